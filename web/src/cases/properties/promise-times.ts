import { momentOf, wallTimeAt, type WallTime } from '../composer/send-times.ts';

export interface PromiseTime {
  id: 'today' | 'tomorrow' | 'friday' | 'monday';
  at: Date;
}

const weekdayOf = (wall: WallTime) => new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();

/** Times people promise something by, all ahead, soonest first, each day once: today at five, otherwise noon, by the clock of the place. */
export function promiseTimes(now: Date, zone: string): PromiseTime[] {
  const today = wallTimeAt(now, zone);
  const weekday = weekdayOf(today);
  const on = (days: number, hour: number) => momentOf({ ...today, day: today.day + days, hour, minute: 0 }, zone);
  const toFriday = (5 - weekday + 7) % 7 || 7;
  const toMonday = (8 - weekday) % 7 || 7;
  const times: PromiseTime[] = [{ id: 'today', at: on(0, 17) }, { id: 'tomorrow', at: on(1, 12) }];
  if (toFriday > 1) times.push({ id: 'friday', at: on(toFriday, 12) });
  if (toMonday > 1) times.push({ id: 'monday', at: on(toMonday, 12) });
  return times.filter(({ at }) => at.getTime() > now.getTime() + 60_000).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What a field for day and time holds, as the moment it means in the place; undefined while it is not whole. */
export function readLocalInput(text: string, zone: string): Date | undefined {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text) ?? [];
  return year === undefined ? undefined : momentOf({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute) }, zone);
}
