const MINUTE_MS = 60_000;

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

/** What the clock on the wall shows, as if it were UTC, cut to minutes. The time zones are the platform's own, and so as new as Node is. */
export function wallOf(at: number, zone: string): number {
  const part = Object.fromEntries(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute']);
}

/** By how much the wall is ahead of UTC. */
export const offsetOf = (at: number, zone: string): number => wallOf(at, zone) - Math.floor(at / MINUTE_MS) * MINUTE_MS;

/** The moment at which the offset changes between two moments no further apart than two changes ever are, or none. */
export function offsetChange(from: number, until: number, zone: string): number | undefined {
  if (offsetOf(from, zone) === offsetOf(until, zone)) return undefined;
  let [low, high] = [from, until];
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetOf(middle, zone) === offsetOf(from, zone)) low = middle;
    else high = middle;
  }
  return high;
}
