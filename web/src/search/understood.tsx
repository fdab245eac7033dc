import type { SearchHint } from '@rapport/contract/search-language';
import { withoutPart } from '@rapport/contract/search-language';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { chipWord, read, toggled } from './filter-words.ts';

const quick = [['assignee', 'me', 'mine'], ['status', 'open', 'open'], ['status', 'resolved', 'resolved'], ['has', 'attachment', 'files'], ['after', '30d', 'month']] as const;

/** What the search understood of what was typed: its filters to take away, the ones often used to put on, and what it could not make sense of. */
export function Understood({ text, hints, onText }: { text: string; hints: readonly SearchHint[]; onText: (text: string) => void }) {
  const filters = read(text).parts.filter((part) => part.filter !== undefined);
  const pressed = (filter: string, value: string) => filters.find((part) => part.filter === filter && !part.isNot && part.value === (read(`${filter}:${value}`).parts[0]?.value ?? ''));
  // What was left out is said below, and shown nowhere as if it counted.
  const isLeftOut = (part: (typeof filters)[number]) => hints.some((hint) => hint.code === 'unknown_value' && hint.value === part.value && hint.name === part.filter);
  const own = filters.filter((part) => !isLeftOut(part) && !quick.some(([filter, value]) => pressed(filter, value) === part));
  return (
    <>
      <div role="group" aria-label={t('search.quick')} className="mt-2.5 flex flex-wrap gap-1">
        {quick.map(([filter, value, name]) => {
          const isOn = pressed(filter, value) !== undefined;
          return (
            <button key={name} type="button" aria-pressed={isOn} onClick={() => onText(toggled(text, filter, value))} className={classes('h-7 rounded-full px-3 text-sm transition-colors duration-120', isOn ? 'bg-accent text-on-accent' : 'text-ink-2 hover:bg-hover hover:text-ink')}>
              {t(`search.quick.${name}`)}
            </button>
          );
        })}
        {own.length > 0 && (
          <ul aria-label={t('search.filters')} className="contents">
            {own.map((part) => (
              <li key={part.start} className={classes('inline-flex h-7 max-w-full items-center rounded-full ps-3 text-sm', part.isNot ? 'bg-clay-soft text-clay' : 'bg-accent-soft text-accent')}>
                <bdi className="truncate">{chipWord(part)}</bdi>
                <button type="button" aria-label={t('search.remove', { filter: chipWord(part) })} onClick={() => onText(withoutPart(text, part))} className="grid size-7 shrink-0 place-items-center rounded-full hover:bg-press"><Icon name="x" size={12} /></button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {hints.length > 0 && (
        <ul role="status" className="mt-2 flex flex-col gap-1 text-sm text-ink-2">
          {hints.map((hint) => <li key={`${hint.code} ${hint.name} ${hint.value}`} className="flex items-start gap-2"><Icon name="info" size={14} className="mt-1 shrink-0 text-ink-3" />{t(`search.hint.${hint.code}`, { name: hint.name, value: hint.value })}</li>)}
        </ul>
      )}
    </>
  );
}
