import type { ImportRun } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { inboxesQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { formatBytes, formatFull, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { ByteProgress } from './byte-progress.tsx';
import { CountsTable } from './counts-table.tsx';
import { formatWord, missingOf, stateOf } from './import-words.ts';
import { importQuery, importsQuery, isMoving } from './imports-query.ts';
import { OddList } from './odd-list.tsx';
import { RemovalDialog } from './removal-dialog.tsx';
import { UploadCard } from './upload-card.tsx';
import { useUpload } from './uploads.ts';

type Deed = 'check' | 'run' | 'stop';

/** One import: what it would make, how far it is, what it made. */
export function ImportPage() {
  const { importId } = useParams({ strict: false }) as { importId: string };
  const run = useQuery(importQuery(importId));
  return (
    <LoadState query={run} explain={explain} skeleton={<Page title={t('settings.imports')}>{null}</Page>}>
      {(found) => <Shown run={found} />}
    </LoadState>
  );
}

function Shown({ run }: { run: ImportRun }) {
  const inbox = (useQuery(inboxesQuery).data ?? []).find((one) => one.id === run.inboxId);
  const [isRemoving, setRemoving] = useState(false);
  const show = (next: ImportRun) => {
    queryClient.setQueryData(importQuery(run.id).queryKey, next);
    void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
  };
  const act = useMutation({
    mutationFn: (deed: Deed) => client.imports[deed]({ params: { importId: run.id } }),
    onSuccess: show,
    onError: (error) => {
      showTrouble(explain(error));
      void queryClient.invalidateQueries({ queryKey: importQuery(run.id).queryKey });
    },
  });
  // Nothing of an import is news, so lists are looked at again once it is in, or gone.
  const before = useRef(run.state);
  useEffect(() => {
    if (before.current !== run.state && (run.state === 'done' || run.state === 'removed')) void queryClient.invalidateQueries();
    before.current = run.state;
  }, [run.state]);
  const { words, tone } = stateOf(run);
  const isUpload = run.origin === 'upload';
  const isBegun = run.counts.records > 0;
  const counts = isBegun ? run.counts : run.found;
  const upload = useUpload(run.id);
  const isAwaited = isUpload && (run.state === 'uploading' || run.state === 'stopped') && (upload?.isMoving === true || missingOf(run).length > 0);
  const hasFiles = run.files.length > 0 && !isAwaited;
  return (
    <Page
      title={run.name}
      description={<>{formatWord(run.format)}{run.options.source !== '' && <> · <bdi>{run.options.source}</bdi></>}{inbox && <> · <bdi>{inbox.name}</bdi></>} · {t('imports.by', { name: run.byName, date: formatFull(run.createdAt) })}</>}
      before={<Link to="/admin/imports" className={buttonLook('quiet', 'sm', '-ms-2 mb-1')}><Icon name="arrow-left" className="rtl:-scale-x-100" />{t('imports.all')}</Link>}
      actions={
        <>
          {isUpload && hasFiles && !isBegun && (run.state === 'uploading' || run.state === 'checked') && <Button isBusy={act.isPending && act.variables === 'check'} onClick={() => act.mutate('check')}>{t(run.found === null ? 'imports.checkDo' : 'imports.checkAgain')}</Button>}
          {isUpload && hasFiles && (run.state === 'checked' || run.state === 'stopped') && <Button tone="primary" isBusy={act.isPending && act.variables === 'run'} onClick={() => act.mutate('run')}>{t(run.state === 'stopped' ? 'imports.goOn' : 'imports.run')}</Button>}
          {(run.state === 'running' || run.state === 'checking') && <Button icon="pause" isBusy={act.isPending} onClick={() => act.mutate('stop')}>{t('imports.stop')}</Button>}
          {!isMoving(run) && run.state !== 'removed' && <Button icon="trash-2" onClick={() => setRemoving(true)}>{t('imports.remove')}</Button>}
        </>
      }
    >
      {run.trouble !== null && <Banner tone="trouble" icon="circle-alert" className="rounded-md">{t(`imports.trouble.${run.trouble}`)}</Banner>}
      {isAwaited && <UploadCard run={run} upload={upload} />}
      {(counts || !isAwaited) && (
        <Card title={<span className="flex flex-wrap items-center gap-2">{t(isBegun ? 'imports.made' : 'imports.would')}<Badge tone={tone}>{words}</Badge></span>} description={t(`imports.about.${run.state}`)}>
          <div className="flex flex-col gap-4">
            {isMoving(run) && run.state !== 'removing' && (
              <ByteProgress label={words} value={run.readBytes} max={run.totalBytes} words={t('imports.read', { read: formatBytes(run.readBytes), total: formatBytes(run.totalBytes) })} />
            )}
            {counts && <CountsTable counts={counts} />}
          </div>
        </Card>
      )}
      {run.formerColleagues.length > 0 && (
        <Card title={t('imports.formerTitle', { count: run.formerColleagues.length })} description={t('imports.formerLead')}>
          <ul className="divide-y divide-line">
            {run.formerColleagues.map((one) => (
              <li key={one.email ?? one.name} className="flex flex-wrap items-baseline justify-between gap-x-6 py-2">
                <span><bdi>{one.name}</bdi>{one.email && <bdi className="ms-2 text-sm text-ink-3">{one.email}</bdi>}</span>
                <span className="text-sm text-ink-3 tabular-nums">{t('imports.wrote', { count: one.entries, shown: formatNumber(one.entries) })}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {counts && !isMoving(run) && <OddList run={run} />}
      {isRemoving && <RemovalDialog run={run} onClose={() => setRemoving(false)} onBegun={(next) => { setRemoving(false); show(next); }} />}
    </Page>
  );
}
