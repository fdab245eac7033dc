import type { OpenHours, OpenSpan, SpecialDay } from '@rapport/contract';

const DAY_MS = 86_400_000;
const dayAfter = (day: string, by = 1) => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);
/** Nobody is away for longer in one go; what is longer has a last day instead. */
const MOST_DAYS = 120;

/** A time field knows no 24:00: what closes at midnight closes at 00:00. */
export const shownSpan = ({ from, until }: OpenSpan): OpenSpan => ({ from, until: until === '24:00' ? '00:00' : until });
export const keptSpan = ({ from, until }: OpenSpan): OpenSpan => ({ from, until: until === '00:00' ? '24:00' : until });

/** Special days as people speak of them: one line for days in a row that are alike. */
export interface Holiday {
  key: number;
  name: string;
  from: string;
  until: string;
  isYearly: boolean;
  spans: OpenSpan[];
}

export interface HoursDraft {
  name: string;
  timeZone: string;
  /** From Monday to Sunday. */
  week: OpenSpan[][];
  holidays: Holiday[];
  /** Empty while no end is known. */
  lastDay: string;
}

let nextKey = 1;
export const newHoliday = (day: string): Holiday => ({ key: nextKey++, name: '', from: day, until: day, isYearly: false, spans: [] });

const isAlike = (one: SpecialDay, other: Holiday) => one.name === other.name && one.isYearly === other.isYearly && JSON.stringify(one.spans.map(shownSpan)) === JSON.stringify(other.spans);

export function draftOf(name: string, { timeZone, week, specialDays, lastDay }: OpenHours): HoursDraft {
  const holidays: Holiday[] = [];
  for (const day of specialDays.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const before = holidays.find((each) => isAlike(day, each) && dayAfter(each.until) === day.day);
    if (before) before.until = day.day;
    else holidays.push({ key: nextKey++, name: day.name, from: day.day, until: day.day, isYearly: day.isYearly, spans: day.spans.map(shownSpan) });
  }
  return { name, timeZone, week: week.map((spans) => spans.map(shownSpan)), holidays, lastDay: lastDay ?? '' };
}

export function hoursOf({ timeZone, week, holidays, lastDay }: HoursDraft): OpenHours {
  const specialDays = holidays.flatMap(({ name, from, until, isYearly, spans }) => {
    const count = Math.min(MOST_DAYS, Math.max(1, Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS) + 1));
    return Array.from({ length: count }, (_, i): SpecialDay => ({ name: name.trim(), day: dayAfter(from, i), isYearly, spans: spans.map(keptSpan) }));
  });
  return { timeZone, week: week.map((spans) => spans.map(keptSpan)), specialDays, lastDay: lastDay === '' ? null : lastDay };
}

const isSpan = ({ from, until }: OpenSpan) => /^\d\d:\d\d$/.test(from) && /^\d\d:\d\d$/.test(until) && (from !== until || from === '00:00');

export type Fault = 'span' | 'holiday' | 'range' | 'twice';

/** What stands in the way of saving, for a sentence beside it. */
export function faultOf({ week, holidays }: HoursDraft): Fault | undefined {
  if ([...week, ...holidays.map(({ spans }) => spans)].some((spans) => !spans.every(isSpan))) return 'span';
  if (holidays.some(({ name, from, until }) => name.trim() === '' || from === '' || until === '')) return 'holiday';
  if (holidays.some(({ from, until }) => until < from || Date.parse(until) - Date.parse(from) >= MOST_DAYS * DAY_MS)) return 'range';
  const days = hoursOf({ name: '', timeZone: 'UTC', week: [], holidays, lastDay: '' }).specialDays.map(({ day, isYearly }) => (isYearly ? `yearly ${day.slice(5)}` : day));
  return new Set(days).size < days.length ? 'twice' : undefined;
}
