import type { ImportRun } from '@rapport/contract';
import { useRef, useState } from 'react';
import { formatBytes } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card } from '../../ui/page.tsx';
import { ByteProgress } from './byte-progress.tsx';
import { missingOf } from './import-words.ts';
import { named } from './upload-files.ts';
import { beginUpload, strangersTo, type Upload } from './uploads.ts';

const SHOWN = 20;

/** An upload on its way; or one that broke off: what is missing, and how it goes on. */
export function UploadCard({ run, upload }: { run: ImportRun; upload: Upload | undefined }) {
  const picker = useRef<HTMLInputElement>(null);
  const [strangers, setStrangers] = useState<readonly string[]>([]);
  const missing = missingOf(run);
  if (upload?.isMoving) {
    return (
      <Card title={t('imports.sending')} description={t('imports.sendingLead')}>
        <ByteProgress label={t('imports.sending')} value={upload.sent} max={upload.total} words={t('imports.sent', { sent: formatBytes(upload.sent), total: formatBytes(upload.total) })} />
      </Card>
    );
  }
  const pick = (list: readonly File[]): void => {
    const chosen = named(list);
    const others = strangersTo(run, chosen);
    setStrangers(others.map(({ name }) => name));
    if (others.length === 0 && chosen.length > 0) void beginUpload(run, chosen);
  };
  return (
    <Card title={t('imports.missingTitle')} description={t('imports.missingLead')}>
      <div
        className="flex flex-col gap-4"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          pick([...event.dataTransfer.files]);
        }}
      >
        <ul aria-label={t('imports.missingTitle')} className="divide-y divide-line">
          {missing.slice(0, SHOWN).map(({ name, bytes, expectedBytes }) => (
            <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-6 py-2">
              <bdi className="break-all">{name}</bdi>
              <span className="text-sm text-ink-3 tabular-nums">{t('imports.here', { here: formatBytes(bytes), total: formatBytes(expectedBytes ?? bytes) })}</span>
            </li>
          ))}
          {missing.length > SHOWN && <li className="py-2 text-sm text-ink-3">{t('imports.missingMore', { count: missing.length - SHOWN })}</li>}
        </ul>
        {strangers.length > 0 && <p role="alert" className="flex items-start gap-1.5 text-sm text-clay"><Icon name="circle-alert" size={14} className="mt-0.5" /><span className="break-words">{t('imports.notTheSame', { name: strangers[0] ?? '', count: strangers.length })}</span></p>}
        <input ref={picker} type="file" multiple hidden aria-label={t('imports.chooseSame')} onChange={(event) => { pick([...(event.target.files ?? [])]); event.target.value = ''; }} />
        <div className="flex flex-wrap gap-2">
          {upload && <Button tone="primary" icon="upload" onClick={() => void beginUpload(run, upload.files)}>{t('imports.sendRest')}</Button>}
          <Button tone={upload ? 'plain' : 'primary'} icon="upload" onClick={() => picker.current?.click()}>{t('imports.chooseSame')}</Button>
        </div>
      </div>
    </Card>
  );
}
