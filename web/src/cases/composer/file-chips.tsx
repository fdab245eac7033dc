import type { Attachment } from '../../data/draft-state.ts';
import { t } from '../../i18n/index.ts';
import { formatBytes } from '../../i18n/format.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { fileIcon } from '../timeline/attachments.tsx';
import type { Upload } from './use-uploads.ts';

interface Props {
  attachments: readonly Attachment[];
  uploads: readonly Upload[];
  onRemove: (id: string) => void;
  onDrop: (key: number) => void;
  onRetry: (key: number) => void;
}

const chip = 'flex h-8 max-w-full items-center gap-2 rounded-md border border-line bg-raised ps-2 text-sm';

/** The files that go with what is being written. */
export function FileChips({ attachments: all, uploads, onRemove, onDrop, onRetry }: Props) {
  // Pictures among the words are seen there.
  const attachments = all.filter((file) => !file.isInline);
  if (attachments.length + uploads.length === 0) return null;
  return (
    <ul aria-label={t('composer.files')} className="flex flex-wrap gap-2 px-3 pb-2">
      {attachments.map((file) => (
        <li key={file.id} className={chip}>
          <Icon name={fileIcon(file.mediaType)} size={14} className="text-ink-3" />
          <bdi className="max-w-48 truncate">{file.filename}</bdi>
          <span className="text-xs text-ink-3">{formatBytes(file.bytes)}</span>
          <button type="button" aria-label={t('ui.removeThis', { what: file.filename })} onClick={() => onRemove(file.id)} className="grid size-8 place-items-center text-ink-3 hover:text-ink"><Icon name="x" size={14} /></button>
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.key} className={classes(chip, upload.fault && 'border-clay bg-clay-soft')} aria-busy={!upload.fault}>
          <Icon name={upload.fault ? 'circle-alert' : 'loader-circle'} size={14} className={upload.fault ? 'text-clay' : 'text-ink-3 motion-safe:animate-spin'} />
          <bdi className="max-w-48 truncate">{upload.name}</bdi>
          <span className={classes('text-xs', upload.fault ? 'text-clay' : 'text-ink-3')}>{upload.fault ?? formatBytes(upload.bytes)}</span>
          {upload.fault && <button type="button" aria-label={t('upload.retry', { name: upload.name })} onClick={() => onRetry(upload.key)} className="grid size-8 place-items-center text-clay"><Icon name="rotate-ccw" size={14} /></button>}
          <button type="button" aria-label={t('ui.removeThis', { what: upload.name })} onClick={() => onDrop(upload.key)} className="grid size-8 place-items-center text-ink-3 hover:text-ink"><Icon name="x" size={14} /></button>
        </li>
      ))}
    </ul>
  );
}
