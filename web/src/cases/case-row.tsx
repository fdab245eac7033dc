import { channelTraits, type CaseRow } from '@rapport/contract';
import { memo } from 'react';
import { t } from '../i18n/index.ts';
import { formatFull, formatShort, formatSpan } from '../i18n/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { DueChip } from '../service-levels/due-chip.tsx';
import { kindWord, promiseMark } from './properties/property-words.ts';
import { priorityLook, priorityWord, subjectOf, tagTone } from './words.ts';

const HOUR = 3_600_000;

/** What a row shows, which is less than what is known of a case. */
export type ShownOfRow = Pick<CaseRow, 'channel' | 'subject' | 'preview' | 'isUnread' | 'priority' | 'kind' | 'status' | 'tags' | 'lastActivityAt' | 'waitingSince' | 'nextPromiseAt' | 'due' | 'hasHeldBack'> & { customer: Pick<CaseRow['customer'], 'name'>; assignee: { name: string } | null };

/** How long the customer has been waiting, once it is worth a word: after a day, and marked after three. */
function Waiting({ since, now }: { since: string | null; now: number }) {
  if (since === null) return null;
  const ms = now - Date.parse(since);
  if (ms < 24 * HOUR) return null;
  const isLong = ms >= 72 * HOUR;
  return (
    <span title={t('row.waitsSince', { since: formatFull(since) })} className={classes('flex shrink-0 items-center gap-1 text-xs font-semibold', isLong ? 'text-clay' : 'text-honey')}>
      <Icon name={isLong ? 'flag' : 'hourglass'} size={12} />
      {t('row.waits', { span: formatSpan(ms) })}
    </span>
  );
}

/** A promise to the customer that falls due soon, or is overdue. */
function PromiseDue({ row, now }: { row: ShownOfRow; now: number }) {
  const mark = promiseMark(row, now);
  if (!mark || !row.nextPromiseAt) return null;
  return (
    <span title={t('promise.first', { due: formatFull(row.nextPromiseAt) })} className={classes('flex shrink-0 items-center gap-1 text-xs font-semibold', mark.isOverdue ? 'text-clay' : 'text-honey')}>
      <Icon name={mark.isOverdue ? 'flag' : 'hourglass'} size={12} />
      {mark.text}
    </span>
  );
}

interface Props {
  row: ShownOfRow;
  /** Whose work it is matters in lists of everybody's cases. */
  isAssigneeShown: boolean;
  density: 'compact' | 'cosy' | 'roomy';
  isSelected: boolean;
  /** Minutes tick once for the whole list. */
  now: number;
}

/** What can be told about a case at a glance, in two or three lines. */
export const CaseRowContent = memo(function CaseRowContent({ row, isAssigneeShown, density, isSelected, now }: Props) {
  const isCompact = density === 'compact';
  const priority = row.priority === 'normal' ? undefined : row.priority;
  return (
    <div className="flex h-full gap-3 py-2 ps-4 pe-3.5">
      <span className="relative mt-0.5">
        <Avatar name={row.customer.name} size={isCompact ? 28 : 34} />
        {row.isUnread && <span className="absolute -start-0.5 -top-0.5 size-2.5 rounded-full bg-accent ring-2 ring-surface" aria-hidden="true" />}
      </span>
      <div className="flex min-w-0 grow flex-col justify-center gap-px">
        <div className="flex items-center gap-2">
          <span dir="auto" className={classes('align-frame min-w-0 grow truncate', row.isUnread ? 'font-bold text-ink' : 'font-medium text-ink')}>
            {row.isUnread && <span className="sr-only">{t('row.unread')} </span>}
            {row.customer.name}
          </span>
          {channelTraits[row.channel].isLive && <span title={t('row.chat')} className="shrink-0 text-ink-3"><Icon name="messages-square" size={14} /><span className="sr-only">{t('row.chat')}</span></span>}
          {isAssigneeShown && row.assignee && <span title={t('row.assignedTo', { name: row.assignee.name })}><Avatar name={row.assignee.name} size={18} className="block" /></span>}
          <time dateTime={row.lastActivityAt} className={classes('shrink-0 text-xs', isSelected ? 'text-ink-2' : 'text-ink-3')}>{formatShort(row.lastActivityAt)}</time>
        </div>
        <div className="flex items-center gap-1.5">
          {priority && <span title={priorityWord(priority)} className={priorityLook(priority).tone === 'clay' ? 'text-clay' : priorityLook(priority).tone === 'honey' ? 'text-honey' : 'text-ink-3'}><Icon name={priorityLook(priority).icon} size={14} /><span className="sr-only">{t('row.priority', { priority: priorityWord(priority) })}</span></span>}
          <span dir="auto" className={classes('align-frame min-w-0 grow truncate', row.isUnread ? 'font-semibold' : isSelected ? 'text-ink' : 'text-ink-2')}>{subjectOf(row)}</span>
          {row.hasHeldBack && <span title={t('row.heldBackHint')} className="flex shrink-0 items-center gap-1 text-xs font-semibold text-clay"><Icon name="send" size={12} />{t('row.heldBack')}</span>}
          <PromiseDue row={row} now={now} />
          {row.due ? <DueChip due={row.due} now={now} /> : <Waiting since={row.waitingSince} now={now} />}
        </div>
        {!isCompact && (
          <div className="flex items-center gap-1.5">
            <span dir="auto" className={classes('align-frame min-w-0 grow truncate text-sm', isSelected ? 'text-ink-2' : 'text-ink-3')}>{row.preview}</span>
            {row.kind !== 'question' && <Badge tone={row.kind === 'complaint' ? 'clay' : row.kind === 'dispute' ? 'plum' : 'neutral'} className="shrink-0">{kindWord(row.kind)}</Badge>}
            {row.tags.slice(0, density === 'roomy' ? 3 : 1).map((tag) => <Badge key={tag} tone={tagTone(tag)} className="max-w-24 shrink-0">{tag}</Badge>)}
          </div>
        )}
      </div>
    </div>
  );
});
