import type { NotificationChoices } from '@rapport/contract';

export type Quiet = NotificationChoices['quiet'];
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' })));
  return format;
}

/** Whether there is such a time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the clock on the wall shows, as if it were UTC, cut to minutes. */
function wallOf(at: number, zone: string): number {
  const part = Object.fromEntries(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute']);
}
const offsetOf = (at: number, zone: string) => wallOf(at, zone) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
const minutesIn = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether the agent does not want to be disturbed then: by the clock on their wall, also where it is put forward or back. */
export function isQuiet(at: Date, quiet: Quiet, zone: string): boolean {
  if (!quiet.isOn) return false;
  const wall = wallOf(at.getTime(), zone);
  if (quiet.days.includes(new Date(wall).getUTCDay() || 7)) return true;
  const minute = (wall % DAY_MS) / MINUTE_MS;
  const [from, until] = [minutesIn(quiet.from), minutesIn(quiet.until)];
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** The moment at which the offset changes between two moments, or none. */
function changeBetween(from: number, until: number, zone: string): number[] {
  if (offsetOf(from, zone) === offsetOf(until, zone)) return [];
  let [low, high] = [from, until];
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetOf(middle, zone) === offsetOf(from, zone)) low = middle;
    else high = middle;
  }
  return [high];
}

/** Every moment of a day at which the wall may show this time, and where it never does, the moment at which the clock is put forward over it. */
function momentsOf(wall: number, zone: string): number[] {
  const [before, after] = [wall - DAY_MS, wall + DAY_MS];
  return [wall - offsetOf(before, zone), wall - offsetOf(after, zone), ...changeBetween(before, after, zone)];
}

/**
 * The first moment from `at` on (cut to minutes where it is later) that is not quiet. `undefined` when every day is quiet.
 */
export function quietUntil(at: Date, quiet: Quiet, zone: string): Date | undefined {
  if (!isQuiet(at, quiet, zone)) return at;
  const midnight = Math.floor(wallOf(at.getTime(), zone) / DAY_MS) * DAY_MS;
  const moments: number[] = [];
  for (let day = 0; day <= 8; day += 1) for (const minute of [0, minutesIn(quiet.until)]) moments.push(...momentsOf(midnight + day * DAY_MS + minute * MINUTE_MS, zone));
  const first = moments.sort((a, b) => a - b).find((moment) => moment > at.getTime() && !isQuiet(new Date(moment), quiet, zone));
  return first === undefined ? undefined : new Date(first);
}

/** The next moment after `at` at which the wall shows this time; where the clock is put forward over it, the moment it is put forward. */
export function nextTimeOfDay(at: Date, time: string, zone: string): Date {
  const midnight = Math.floor(wallOf(at.getTime(), zone) / DAY_MS) * DAY_MS;
  const moments = [0, 1, 2].flatMap((day) => {
    const wall = midnight + day * DAY_MS + minutesIn(time) * MINUTE_MS;
    const all = momentsOf(wall, zone).sort((a, b) => a - b);
    return all.filter((moment) => wallOf(moment, zone) === wall).slice(0, 1).concat(all.filter((moment) => wallOf(moment, zone) > wall && wallOf(moment - MINUTE_MS, zone) < wall)).slice(0, 1);
  });
  return new Date(moments.find((moment) => moment > at.getTime()) ?? at.getTime() + DAY_MS);
}
