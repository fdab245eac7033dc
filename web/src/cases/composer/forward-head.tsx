import type { MessageEntry } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ComposerState } from './use-composer.ts';

/** Which message goes along with a forward, and which of its files. Pictures in its text always do. */
export function ForwardHead({ original, composer }: { original: MessageEntry | undefined; composer: ComposerState }) {
  if (!original) return <p className="px-4 pt-2 text-sm text-clay">{t('composer.forwardNobody')}</p>;
  const files = original.attachments.filter((file) => !(file.isInline && file.contentId !== null));
  const { originalFileIds } = composer.draft.content;
  const toggle = (id: string) => composer.edit({ originalFileIds: originalFileIds.includes(id) ? originalFileIds.filter((other) => other !== id) : [...originalFileIds, id] });
  return (
    <div className="flex flex-col gap-1 px-4 pt-2 text-sm text-ink-2">
      <p className="flex items-center gap-1.5"><Icon name="corner-up-right" size={14} /><span dir="auto" className="truncate">{t('composer.forwards', { name: original.author.name, at: formatDayAndClock(original.occurredAt) })}</span></p>
      {files.length > 0 && (
        <ul aria-label={t('composer.forwardFiles')} className="flex flex-wrap gap-1.5">
          {files.map((file) => (
            <li key={file.id}>
              <label className="flex h-7 items-center gap-1.5 rounded-sm bg-hover px-2"><input type="checkbox" className="accent-accent" checked={originalFileIds.includes(file.id)} onChange={() => toggle(file.id)} /><bdi className="max-w-48 truncate">{file.filename}</bdi></label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
