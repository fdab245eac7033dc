import type { NotificationChoices } from '@rapport/contract';
import { offsetChange, offsetOf, wallOf } from '../platform/wall-clock.ts';

export type Quiet = NotificationChoices['quiet'];
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

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

/** Every moment of a day at which the wall may show this time, and where it never does, the moment at which the clock is put forward over it. */
function momentsOf(wall: number, zone: string): number[] {
  const [before, after] = [wall - DAY_MS, wall + DAY_MS];
  return [wall - offsetOf(before, zone), wall - offsetOf(after, zone), offsetChange(before, after, zone)].filter((moment) => moment !== undefined);
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
