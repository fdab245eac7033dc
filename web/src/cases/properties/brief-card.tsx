import type { BriefEntry } from '@rapport/contract';
import { memo } from 'react';
import { t } from '../../i18n/index.ts';
import { formatClock, formatFull } from '../../i18n/format.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';

function Parts({ entry }: { entry: BriefEntry }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-base max-md:grid-cols-1">
      {(['asked', 'tried', 'promised', 'next'] as const).map((part) => entry[part] !== '' && (
        <div key={part} className="contents">
          <dt className="text-sm font-semibold text-accent">{t(`brief.${part}`)}</dt>
          <dd dir="auto" className={classes('break-words whitespace-pre-wrap max-md:mb-1', part === 'next' && 'font-medium')}>{entry[part]}</dd>
        </div>
      ))}
    </dl>
  );
}

const wayOf = (entry: BriefEntry) => t('brief.way', { from: entry.fromTeam ?? t('assign.noTeam'), to: entry.toTeam ?? t('assign.noTeam') });

/** A hand-over on the timeline. */
export const BriefCard = memo(function BriefCard({ entry }: { entry: BriefEntry }) {
  return (
    <article aria-label={t('brief.by', { name: entry.author.name, at: formatFull(entry.occurredAt) })} className="flex gap-3">
      <span className="mt-1 grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-accent max-md:hidden"><Icon name="arrow-right" /></span>
      <div className="min-w-0 grow rounded-lg border border-accent-line bg-accent-soft px-4 py-3">
        <header className="mb-2 flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm font-semibold text-accent">{t('brief.label')}</span>
          <span dir="auto" className="text-sm">{wayOf(entry)}</span>
          <span dir="auto" className="text-sm text-ink-2">{entry.author.name}</span>
          <span className="grow" />
          <time dateTime={entry.occurredAt} title={formatFull(entry.occurredAt)} className="text-xs text-ink-2">{formatClock(entry.occurredAt)}</time>
        </header>
        <Parts entry={entry} />
      </div>
    </article>
  );
});

/** The same above the timeline, until somebody answers the customer. */
export const PinnedBrief = memo(function PinnedBrief({ entry }: { entry: BriefEntry }) {
  return (
    <details open className="group shrink-0 border-b border-accent-line bg-accent-soft">
      <summary className="mx-auto flex min-h-9 max-w-[56rem] cursor-default items-center gap-2 px-4 text-sm md:px-6">
        <Icon name="arrow-right" size={14} className="text-accent" />
        <span className="font-semibold text-accent">{t('brief.label')}</span>
        <span dir="auto" className="min-w-0 truncate text-ink-2">{wayOf(entry)} · {entry.author.name}</span>
        <span className="grow" />
        <Icon name="chevron-down" size={14} className="text-ink-2 transition-transform duration-120 group-open:rotate-180" />
      </summary>
      <div className="mx-auto max-h-[28vh] max-w-[56rem] overflow-y-auto px-4 pb-3 md:px-6"><Parts entry={entry} /></div>
    </details>
  );
});
