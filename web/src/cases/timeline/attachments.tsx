import type { MessageEntry } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatBytes } from '../../i18n/format.ts';
import type { IconName } from '../../ui/icon-names.ts';
import { Icon } from '../../ui/icon.tsx';

type Attachment = MessageEntry['attachments'][number];

export function fileIcon(mediaType: string): IconName {
  if (mediaType.startsWith('image/')) return 'file-image';
  if (/zip|tar|compressed|rar/.test(mediaType)) return 'file-archive';
  if (/sheet|excel|csv/.test(mediaType)) return 'file-spreadsheet';
  return /pdf|text|word|document/.test(mediaType) ? 'file-text' : 'file';
}

/** "PDF", "JPEG": the part of a media type that people know, else the end of the name. */
export function fileKind(file: Pick<Attachment, 'filename' | 'mediaType'>): string {
  const end = /\.([a-z0-9]{1,5})$/i.exec(file.filename)?.[1];
  return (end ?? file.mediaType.split('/')[1]?.split(/[+;.]/)[0] ?? '').toUpperCase();
}

const address = (caseId: string, id: string, isInline = false) => `/api/v1/cases/${caseId}/attachments/${id}${isInline ? '?inline=1' : ''}`;
const isShown = (mediaType: string) => /^image\/(png|jpeg|gif|webp|avif)$/.test(mediaType);

/** The files of an entry. Plain pictures open in a tab, everything else is saved. Pictures that stand in the text are not listed again. */
export function Attachments({ caseId, files }: { caseId: string; files: readonly Attachment[] }) {
  const listed = files.filter((file) => !(file.isInline && file.contentId));
  if (listed.length === 0) return null;
  return (
    <ul aria-label={t('message.attachments', { count: listed.length })} className="mt-3 flex flex-wrap gap-2">
      {listed.map((file) => (
        <li key={file.id} className="flex max-w-full items-stretch overflow-hidden rounded-md border border-line bg-raised">
          <a
            href={address(caseId, file.id, isShown(file.mediaType))} {...(isShown(file.mediaType) ? { target: '_blank', rel: 'noopener' } : { download: file.filename })}
            className="flex min-w-0 items-center gap-2.5 py-1.5 ps-2 pe-3 hover:bg-hover focus-visible:-outline-offset-2"
          >
            {isShown(file.mediaType) ? <img src={address(caseId, file.id, true)} alt="" loading="lazy" decoding="async" className="size-9 shrink-0 rounded-sm bg-hover object-cover" /> : <span className="grid size-9 shrink-0 place-items-center rounded-sm bg-hover text-ink-2"><Icon name={fileIcon(file.mediaType)} size={18} /></span>}
            <span className="min-w-0">
              <bdi className="block max-w-56 truncate text-sm font-medium">{file.filename}</bdi>
              <span className="block text-xs text-ink-3">{fileKind(file)} · {formatBytes(file.bytes)}</span>
            </span>
          </a>
          {isShown(file.mediaType) && <a href={address(caseId, file.id)} download={file.filename} aria-label={t('message.download', { name: file.filename })} className="grid w-9 place-items-center border-s border-line text-ink-2 hover:bg-hover focus-visible:-outline-offset-2"><Icon name="download" size={14} /></a>}
        </li>
      ))}
    </ul>
  );
}
