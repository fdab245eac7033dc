const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When the demo company's agents work, in UTC: weekdays, and a few hours at the weekend. */
const OPEN: Record<number, [number, number] | undefined> = { 0: [11, 14], 1: [8.5, 18], 2: [8.5, 18], 3: [8.5, 18], 4: [8.5, 18], 5: [8.5, 17], 6: [9.5, 13] };

function hoursOf(day: Date): { from: number; to: number } | undefined {
  const open = OPEN[day.getUTCDay()];
  if (!open) return undefined;
  const midnight = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  return { from: midnight + open[0] * HOUR, to: midnight + open[1] * HOUR };
}

/** The moment when `minutes` of working time have passed since `start`. */
export function afterWork(start: Date, minutes: number): Date {
  let at = start.getTime();
  let left = minutes * MINUTE;
  for (let days = 0; days < 60; days++) {
    const open = hoursOf(new Date(at));
    if (open && at < open.to) {
      at = Math.max(at, open.from);
      if (at + left <= open.to) return new Date(at + left);
      left -= open.to - at;
    }
    const day = new Date(at);
    at = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + 1);
  }
  throw new RangeError('That much work does not fit into sixty days.');
}

/** Customers sleep too: a moment between 23:00 and 6:30 becomes one in the morning after, `spread` (0 to 1) of the way to half past eight. */
export function whenAwake(at: Date, spread: number): Date {
  const hour = at.getUTCHours() + at.getUTCMinutes() / 60;
  if (hour >= 6.5 && hour < 23) return at;
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + (hour >= 23 ? 1 : 0));
  return new Date(midnight + (6.5 + spread * 2) * HOUR);
}
