import type { CaseRow, ServiceClock } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { clocksQuery, policiesQuery } from '../data/service-levels.ts';
import { formatDayAndClock, formatSpan } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { useNow } from '../ui/use-now.ts';
import { clockWord, dueMark, minutesWords } from './due-words.ts';

const MINUTE_MS = 60_000;

/** How a clock stands, in one line. */
function standWords(clock: ServiceClock, now: number): string {
  if (clock.metAt !== null) return clock.isBreached && clock.dueAt !== null ? t('clock.late', { at: formatDayAndClock(clock.metAt), span: formatSpan(Math.max(MINUTE_MS, Date.parse(clock.metAt) - Date.parse(clock.dueAt))) }) : t('clock.met', { at: formatDayAndClock(clock.metAt) });
  if (clock.minutesLeft !== null) return t('clock.paused', { left: minutesWords(clock.minutesLeft) });
  if (clock.dueAt === null) return t('clock.neverDue');
  return `${dueMark(clock.dueAt, now).text} · ${formatDayAndClock(clock.dueAt)}`;
}

function ClockLine({ clock, now }: { clock: ServiceClock; now: number }) {
  const isPaused = clock.minutesLeft !== null;
  const isLate = clock.isBreached || (clock.metAt === null && clock.dueAt !== null && Date.parse(clock.dueAt) <= now);
  return (
    <li className="flex gap-2.5 py-2">
      <Icon name={clock.metAt !== null && !clock.isBreached ? 'circle-check' : isPaused ? 'circle-pause' : isLate ? 'flag' : 'clock'} className={classes('mt-0.5 shrink-0', isLate ? 'text-clay' : clock.metAt !== null ? 'text-moss' : 'text-ink-3')} />
      <div className="min-w-0">
        <p className="font-medium">{clockWord(clock.kind)}</p>
        <p className={classes('text-sm', isLate ? 'font-semibold text-clay' : 'text-ink-2')}>{standWords(clock, now)}</p>
        <p dir="auto" className="text-sm break-words text-ink-3">{t('clock.by', { policy: clock.policyName, minutes: minutesWords(clock.minutes), calendar: clock.calendarName ?? t('due.roundTheClock') })}</p>
      </div>
    </li>
  );
}

/** By when the case is due, and, opened, everything that was promised on it. Nothing where nothing was. */
export function ClocksButton({ row, look }: { row: Pick<CaseRow, 'id' | 'due'>; look: string }) {
  // Where nothing is promised to anybody, no case is asked about.
  const isPromised = (useQuery(policiesQuery).data?.items.length ?? 0) > 0;
  const clocks = useQuery({ ...clocksQuery(row.id), enabled: isPromised }).data ?? [];
  const now = useNow(30_000);
  const first = clocks[0];
  if (!first && !row.due) return null;
  const mark = row.due && dueMark(row.due.at, now);
  const isPaused = !mark && first?.minutesLeft !== null && first?.minutesLeft !== undefined;
  const text = mark?.text ?? (isPaused ? t('due.paused') : t('due.nothing'));
  const kind = row.due?.kind ?? first?.kind;
  const tip = kind === undefined ? text : `${clockWord(kind)} · ${first ? standWords(first, now) : text}${first ? ` · ${first.policyName} · ${first.calendarName ?? t('due.roundTheClock')}` : ''}`;
  return (
    <Popover
      label={t('clock.title')} align="start" className="w-88 p-3"
      trigger={
        <button type="button" data-tip={tip} aria-label={`${t('clock.title')}: ${kind === undefined ? '' : `${clockWord(kind)}, `}${text}`} className={look}>
          <Icon name={mark?.isOverdue ? 'flag' : isPaused ? 'circle-pause' : 'clock'} size={14} className={mark?.isOverdue ? 'text-clay' : mark?.isSoon ? 'text-honey' : 'text-ink-3'} />
          <span className={mark?.isOverdue ? 'font-semibold text-clay' : mark?.isSoon ? 'font-semibold text-honey' : ''}>{text}</span>
        </button>
      }
    >
      <h3 className="text-sm font-semibold">{t('clock.title')}</h3>
      <ul className="-mb-2 max-h-80 divide-y divide-line overflow-y-auto">{clocks.map((clock) => <ClockLine key={`${clock.kind} ${clock.startedAt}`} clock={clock} now={now} />)}</ul>
    </Popover>
  );
}
