import type { ClockPause, OpenHours, PolicyWarning } from '@rapport/contract';
import { dueAfter, openMsBetween } from '../hours/open-hours.ts';
import type { Spell, Wait } from './story.ts';

const MINUTE_MS = 60_000;
const ALWAYS = [{ from: '00:00', until: '24:00' }];
/** Of a policy without a calendar. */
export const roundTheClock: OpenHours = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => ALWAYS), specialDays: [], lastDay: null };

/** What a clock runs by. */
export interface Measure {
  minutes: number;
  warning: PolicyWarning | null;
  pausedBy: readonly ClockPause[];
  hours: OpenHours;
}

export interface Run {
  /** Null while it stands still, and when the calendar ends before the promise does. */
  dueAt: Date | null;
  warnAt: Date | null;
  /** Since when it stands still. */
  pausedAt: Date | null;
  /** Of the open time, while it stands still. */
  leftMs: number | null;
}

/** When `openMs` of open time will have passed within the spells in which it runs. */
function runOut(wait: Wait, spells: readonly Spell[], openMs: number, isStill: (spell: Spell) => boolean, hours: OpenHours): Omit<Run, 'warnAt'> {
  let leftMs = openMs;
  for (const [i, spell] of spells.entries()) {
    const end = spells[i + 1]?.from;
    if (end && end <= wait.startedAt) continue;
    // What came after the end changes nothing about what was judged by then.
    if (wait.metAt !== null && spell.from >= wait.metAt) break;
    const from = spell.from > wait.startedAt ? spell.from : wait.startedAt;
    // Of what is over nothing stands still: it was due when it would have been had it gone on.
    const isLast = !end || (wait.metAt !== null && end >= wait.metAt);
    if (isStill(spell)) {
      if (isLast) return { dueAt: null, pausedAt: from, leftMs };
      continue;
    }
    const ranMs = isLast ? 0 : openMsBetween(from, end, hours);
    if (isLast || ranMs >= leftMs) return { dueAt: dueAfter(from, leftMs, hours) ?? null, pausedAt: null, leftMs: null };
    leftMs -= ranMs;
  }
  return { dueAt: dueAfter(wait.startedAt, leftMs, hours) ?? null, pausedAt: null, leftMs: null };
}

/** How much of a promise passes before the warning, in open minutes. */
function minutesUntilWarning(minutes: number, warning: PolicyWarning): number {
  return 'percent' in warning ? (minutes * warning.percent) / 100 : Math.max(0, minutes - warning.minutesBefore);
}

/**
 * How the clock of a wait stands: only open time counts, and only while the case does not stand still by what the policy says. Nothing here looks at the time of day: the same wait and
 * spells come to the same.
 */
export function runClock(wait: Wait, spells: readonly Spell[], { minutes, warning, pausedBy, hours }: Measure): Run {
  const isStill = ({ stillness }: Spell) => stillness !== null && (stillness === 'over' || pausedBy.includes(stillness));
  const run = runOut(wait, spells, minutes * MINUTE_MS, isStill, hours);
  const warned = warning === null ? null : runOut(wait, spells, minutesUntilWarning(minutes, warning) * MINUTE_MS, isStill, hours);
  return { ...run, warnAt: warned?.dueAt ?? null };
}
