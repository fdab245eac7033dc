/** A wall-clock time in a place: months count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export const deviceTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', calendar: 'gregory', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })));
  return format;
}

/** What a clock on the wall shows at a moment. */
export function wallTimeAt(moment: Date, zone: string): WallTime & { second: number } {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(moment).map((part) => [part.type, Number(part.value)]));
  return { year: parts['year'] ?? 0, month: parts['month'] ?? 1, day: parts['day'] ?? 1, hour: parts['hour'] ?? 0, minute: parts['minute'] ?? 0, second: parts['second'] ?? 0 };
}

const asUtc = (wall: WallTime, second = 0): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, second);
/** How far the clock of a place is ahead of UTC at a moment, in milliseconds. */
function offsetAt(ms: number, zone: string): number {
  const { second, ...wall } = wallTimeAt(new Date(ms), zone);
  return asUtc(wall, second) - Math.floor(ms / 1000) * 1000;
}

/**
 * The moment at which a clock on the wall shows a time. When the clock shows it twice (it was put back) the first of the two; when it never does (it was put forward) the time as
 * much later as the clock jumped, so that "2:30" on that night is what follows it, never before. Days beyond the end of a month count on.
 */
export function momentOf(wall: WallTime, zone: string): Date {
  const wanted = asUtc(wall);
  // A day before and after: whatever change there is lies between them.
  const [before, after] = [offsetAt(wanted - 86_400_000, zone), offsetAt(wanted + 86_400_000, zone)];
  const found = [wanted - before, wanted - after].filter((ms) => asUtc(wallTimeAt(new Date(ms), zone)) === wanted);
  return new Date(found.length > 0 ? Math.min(...found) : wanted - before);
}

export interface SendChoice {
  id: 'later' | 'tomorrow' | 'afternoon' | 'monday';
  at: Date;
}

/** Likely times for a mail to go out, all ahead, soonest first: mornings are at nine, afternoons at two, by the clock of the place. */
export function sendChoices(now: Date, zone: string): SendChoice[] {
  const today = wallTimeAt(now, zone);
  const on = (days: number, hour: number) => momentOf({ ...today, day: today.day + days, hour, minute: 0 }, zone);
  const weekday = new Date(asUtc(today)).getUTCDay();
  const toMonday = ((8 - weekday) % 7) || 7;
  const choices: SendChoice[] = [
    { id: 'later', at: on(0, 14) }, { id: 'tomorrow', at: on(1, 9) }, { id: 'afternoon', at: on(1, 14) }, ...(toMonday === 1 ? [] : [{ id: 'monday' as const, at: on(toMonday, 9) }]),
  ];
  return choices.filter(({ at }) => at.getTime() > now.getTime() + 60_000);
}
