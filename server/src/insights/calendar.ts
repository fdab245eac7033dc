import { Refusal } from '../platform/refusal.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 800;
const [FIRST_DAY, LAST_DAY] = ['1990-01-01', '2190-12-31'];

/** A day of the calendar, `by` days later. */
export const shifted = (day: string, by: number) => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);

/** How many days the period has; refuses one that ends before it begins, lies beyond all cases or is longer than two years and a bit. */
export function daysOf({ from, to }: { from: string; to: string }): number {
  if (from < FIRST_DAY || to > LAST_DAY) throw new Refusal('invalid_request', `query.from: A report covers days from ${FIRST_DAY} to ${LAST_DAY}.`);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (days < 1) throw new Refusal('invalid_request', 'query.to: The period ends before it begins.');
  if (days > MOST_DAYS) throw new Refusal('invalid_request', `query.from: A report covers at most ${MOST_DAYS} days.`);
  return days;
}
