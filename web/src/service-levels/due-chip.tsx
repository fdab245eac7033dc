import type { CaseDue } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { calendarsQuery, policiesQuery } from '../data/service-levels.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { dueHint, dueMark } from './due-words.ts';

/** What the policy is called that makes something due, and the calendar it counts by. */
export function useDueHint(due: CaseDue): string {
  const content = useQuery(policiesQuery).data?.items.find(({ id }) => id === due.policyId);
  const calendars = useQuery(calendarsQuery).data ?? [];
  return dueHint(due, content && { name: content.name, calendar: calendars.find(({ id }) => id === content.content.calendarId)?.name ?? null });
}

/** By when something is due on a case, in words; the colour and the icon only repeat them. In a list it is worth a word within the day. */
export function DueChip({ due, now, isAlways = false }: { due: CaseDue; now: number; isAlways?: boolean }) {
  const hint = useDueHint(due);
  const mark = dueMark(due.at, now);
  if (!mark.isNear && !isAlways) return null;
  return (
    <span title={hint} className={classes('flex shrink-0 items-center gap-1 text-xs font-semibold whitespace-nowrap', mark.isOverdue ? 'text-clay' : mark.isSoon ? 'text-honey' : 'text-ink-2')}>
      <Icon name={mark.isOverdue ? 'flag' : 'clock'} size={12} />
      {mark.text}
    </span>
  );
}
