import type { SearchHit } from '@rapport/contract';
import { Link } from '@tanstack/react-router';
import { toggleSelected } from '../cases/bulk/selection.ts';
import { stateOf, statusLook, statusWord, subjectOf } from '../cases/words.ts';
import { t } from '../i18n/index.ts';
import { formatFull, formatShort } from '../i18n/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { Snippet } from './snippet.tsx';

interface Props {
  hit: SearchHit;
  words: string;
  /** Undefined where this agent may not change cases. */
  isChosen: boolean | undefined;
  /** Some are chosen, so that every case shows that it can be. */
  isChoosing: boolean;
}

/** A case that was found, with the places where it was. Each opens the case there, the words marked. */
export function Hit({ hit: { case: row, entryId, snippet, also }, words, isChosen, isChoosing }: Props) {
  const state = stateOf(row);
  const place = { to: '/cases/$view/$number', params: { view: row.shelf, number: String(row.number) } } as const;
  const search = (entry: string | null) => (entry === null ? {} : { entry, find: words });
  return (
    <li data-case={row.id} className={classes('group relative rounded-lg', isChosen && 'bg-accent-soft')}>
      {isChosen !== undefined && (
        // The keyboard has a key for it; a stop at every case would double the way through the list.
        <button
          type="button" tabIndex={-1} aria-pressed={isChosen} aria-label={t('search.select', { number: row.number })} title={t('command.list.select')} onClick={() => toggleSelected(row.id)}
          className={classes('absolute start-3 top-3.5 z-1 grid size-9 place-items-center rounded-full md:start-4', isChosen ? 'bg-accent text-on-accent' : isChoosing ? 'bg-surface text-ink-3 ring-1 ring-line-strong' : 'bg-surface text-ink-3 opacity-0 ring-1 ring-line-strong group-hover:opacity-100 focus-visible:opacity-100')}
        >
          <Icon name="check" />
        </button>
      )}
      <Link {...place} search={search(entryId)} data-hit="" className="flex gap-3 rounded-lg border border-transparent px-3 py-3 hover:bg-hover focus-visible:bg-hover md:px-4">
        <Avatar name={row.customer.name} size={36} className="mt-0.5" />
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className="align-frame min-w-0 truncate font-semibold">{subjectOf(row)}</span>
            <bdi className="shrink-0 text-sm text-ink-3">#{row.number}</bdi>
            <span className="grow" />
            <time dateTime={row.lastActivityAt} title={formatFull(row.lastActivityAt)} className="shrink-0 text-xs text-ink-3">{formatShort(row.lastActivityAt)}</time>
          </span>
          <span dir="auto" className="align-frame mt-0.5 line-clamp-2 text-sm text-ink-2"><Snippet text={snippet} /></span>
          <span className="mt-1.5 flex flex-wrap items-center gap-1.5 text-xs text-ink-3">
            <Badge tone={statusLook(state).tone} icon={statusLook(state).icon}>{statusWord(state)}</Badge>
            <bdi>{row.customer.name}</bdi>
            {row.assignee && <>· <bdi>{row.assignee.name}</bdi></>}
          </span>
        </span>
      </Link>
      {also.length > 0 && (
        <ul aria-label={t('search.also')} className="mb-2 ms-[3.75rem] flex flex-col border-s-2 border-line md:ms-16">
          {also.map((one) => (
            <li key={one.entryId}><Link {...place} search={search(one.entryId)} data-hit="" className="block rounded-md px-3 py-1.5 hover:bg-hover focus-visible:bg-hover"><span dir="auto" className="align-frame line-clamp-1 text-sm text-ink-2"><Snippet text={one.snippet} /></span></Link></li>
          ))}
        </ul>
      )}
    </li>
  );
}
