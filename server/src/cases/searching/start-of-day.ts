/** When a day (`2026-03-01`) begins in a time zone (an IANA name; UTC when it is unknown), in whatever hour the clocks change. */
export function startOfDay(day: string, timeZone = 'UTC'): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const offset = (at: number) => shownAt(at, timeZone) - at;
  // The offset at the wanted time as if it were UTC, then at what that leads to: right on both sides of a change.
  const near = wanted - offset(wanted);
  return new Date(wanted - offset(near));
}

/** What day it is in a time zone. */
export const dayIn = (at: Date, timeZone = 'UTC'): string => new Date(shownAt(at.getTime(), timeZone)).toISOString().slice(0, 10);

/** What clocks there show, read as if it were UTC. */
function shownAt(at: number, timeZone: string): number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  } catch {
    return at;
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
}
