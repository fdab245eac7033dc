import type { ImportFormat, ImportOptions } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { inboxesQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { formatBytes } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { formatWord, hasNumbers, isMail, uploadFormats } from './import-words.ts';
import { importQuery, importsQuery } from './imports-query.ts';
import { named } from './upload-files.ts';
import { beginUpload } from './uploads.ts';

const HEAD_BYTES = 32 * 1024;

/** Choose files, where they go, and have them read through. Nothing is written before somebody has seen what it would be. */
export function NewImportPage() {
  const navigate = useNavigate();
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const earlier = useQuery(importsQuery).data ?? [];
  const picker = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [chosen, setChosen] = useState<ImportFormat>();
  const [isGuessed, setGuessed] = useState(false);
  const [inboxId, setInboxId] = useState<string>();
  const [mailStatus, setMailStatus] = useState<ImportOptions['mailStatus']>('resolved');
  const [name, setName] = useState('');
  const [typedSource, setSource] = useState<string>();
  const format = chosen ?? 'mbox';
  const inbox = inboxId ?? inboxes[0]?.id;
  // A later export of what came before is the usual case: then what is here already is known again.
  const source = hasNumbers(format) ? (typedSource ?? earlier.find((run) => run.format === format)?.options.source ?? '') : '';

  async function pick(list: readonly File[]): Promise<void> {
    setFiles(list);
    setName((before) => before || (list[0]?.name ?? ''));
    for (const file of list) {
      const { format: guessed } = await client.imports.guess({ query: { name: file.name.slice(-200) }, body: file.slice(0, HEAD_BYTES) }).catch(() => ({ format: null }));
      if (guessed === null) continue;
      setChosen(guessed);
      setGuessed(true);
      return;
    }
  }

  const begin = useMutation({
    mutationFn: async () => {
      const sending = named(files);
      const run = await client.imports.create({ body: { name: (name.trim() || formatWord(format)).slice(0, 200), format, inboxId: inbox ?? '', options: { mailStatus, source }, files: sending.map((each) => ({ name: each.name, bytes: each.file.size })) } });
      void beginUpload(run, sending);
      return run;
    },
    onSuccess: (run) => {
      queryClient.setQueryData(importQuery(run.id).queryKey, run);
      void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
      void navigate({ to: '/admin/imports/$importId', params: { importId: run.id } });
    },
    onError: (error) => showTrouble(explain(error)),
  });

  return (
    <Page title={t('imports.create')} description={t('imports.createLead')} before={<Link to="/admin/imports" className={buttonLook('quiet', 'sm', '-ms-2 mb-1')}><Icon name="arrow-left" className="rtl:-scale-x-100" />{t('imports.all')}</Link>}>
      <Card title={t('imports.filesTitle')} description={t('imports.filesLead')}>
        <input ref={picker} type="file" multiple hidden aria-label={t('imports.filesTitle')} onChange={(event) => void pick([...(event.target.files ?? [])])} />
        <div
          className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong/60 px-4 py-6 text-center"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            if (!begin.isPending) void pick([...event.dataTransfer.files]);
          }}
        >
          {files.length === 0 ? <p className="text-ink-2">{t('imports.drop')}</p> : <ul className="flex flex-col gap-1">{files.map((file) => <li key={file.name} className="break-all"><bdi>{file.name}</bdi> <span className="text-sm text-ink-3">{formatBytes(file.size)}</span></li>)}</ul>}
          <Button icon="upload" disabled={begin.isPending} onClick={() => picker.current?.click()}>{t(files.length === 0 ? 'imports.choose' : 'imports.chooseOthers')}</Button>
        </div>
      </Card>
      {files.length > 0 && (
        <Card
          title={t('imports.howTitle')}
          footer={<Button tone="primary" isBusy={begin.isPending} disabled={inbox === undefined} onClick={() => begin.mutate()}>{t('imports.checkDo')}</Button>}
        >
          <div className="flex flex-col gap-4">
            <div className="grid gap-4 md:grid-cols-2">
              <Field label={t('imports.format')} hint={isGuessed ? t('imports.guessed') : undefined}><Select value={format} options={uploadFormats.map((value) => ({ value, label: formatWord(value) }))} onChange={(value) => { setChosen(value); setGuessed(false); }} /></Field>
              <Field label={t('imports.inbox')} hint={t('imports.inboxHint')}><Select value={inbox ?? ''} options={inboxes.map((one) => ({ value: one.id, label: one.name }))} onChange={setInboxId} /></Field>
            </div>
            <div className="grid gap-4 md:grid-cols-2">
              <Field label={t('imports.name')} hint={t('imports.nameHint')}><Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} /></Field>
              {hasNumbers(format) && <Field label={t('imports.source')} hint={t('imports.sourceHint')}><Input value={source} maxLength={60} onChange={(event) => setSource(event.target.value.replace(/\s/g, '-').replace(/[^\w.-]/g, ''))} /></Field>}
            </div>
            {isMail(format) && (
              <div className="flex flex-col gap-1.5">
                <p className="text-sm font-medium">{t('imports.mailStatus')}</p>
                <RadioCards label={t('imports.mailStatus')} columns={3} value={mailStatus} onChange={setMailStatus} options={(['resolved', 'closed', 'open'] as const).map((value) => ({ value, title: t(`status.${value}`), hint: t(`imports.mailStatus.${value}`) }))} />
              </div>
            )}
          </div>
        </Card>
      )}
    </Page>
  );
}
