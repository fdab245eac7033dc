import type { OpenHours, OpenSpan } from '@rapport/contract';
import { offsetChange, offsetOf } from '../../platform/wall-clock.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** How far ahead anything is looked for. A calendar that opens less than once in so long does not open. */
const HORIZON_DAYS = 3_660;

/** From a moment on, and up to another that is no longer within; in milliseconds. */
export interface Stretch {
  from: number;
  until: number;
}

const minutesIn = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Two that meet or overlap are one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, until } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else all.push({ from, until });
  }
  return all;
}

/** What opens on a day, looked up by the day on the wall as if it were UTC. */
function plan({ week, specialDays, lastDay }: OpenHours): (day: number) => Stretch[] {
  const once = new Map(specialDays.filter(({ isYearly }) => !isYearly).map(({ day, spans }) => [day, spans]));
  const yearly = new Map(specialDays.filter(({ isYearly }) => isYearly).map(({ day, spans }) => [day.slice(5), spans]));
  const end = lastDay === null ? Infinity : Date.parse(lastDay);
  const spansOn = (day: number): readonly OpenSpan[] => {
    if (day > end) return [];
    const name = new Date(day).toISOString().slice(0, 10);
    // What is said of this one day outweighs what is said of every year.
    return once.get(name) ?? yearly.get(name.slice(5)) ?? week[(new Date(day).getUTCDay() + 6) % 7] ?? [];
  };
  return (day) => spansOn(day).map(({ from, until }) => {
    const [opens, closes] = [minutesIn(from), minutesIn(until)];
    return { from: day + opens * MINUTE_MS, until: day + (closes > opens ? closes : closes + 1440) * MINUTE_MS };
  });
}

/** The day cut where the clock on the wall is put forward or back; within each part it runs as time does. */
function evenParts(from: number, until: number, zone: string): (Stretch & { offset: number })[] {
  const change = offsetChange(from, until, zone);
  const parts = change === undefined || change === until ? [{ from, until }] : [{ from, until: change }, { from: change, until }];
  return parts.map((part) => ({ ...part, offset: offsetOf(part.from, zone) }));
}

/**
 * The stretches in which it is open, from a moment on, in order; two may touch. None once the calendar has ended. Open is whenever the clock on the wall says so: an hour that is left
 * out in spring is open for nobody, and one that comes twice in autumn is open twice.
 */
export function* openStretches(start: number, hours: OpenHours): Generator<Stretch, void, undefined> {
  const opensOn = plan(hours);
  const first = Math.floor(start / DAY_MS) * DAY_MS;
  const end = hours.lastDay === null ? Infinity : Date.parse(hours.lastDay) + 3 * DAY_MS;
  for (let day = first; day < Math.min(end, first + HORIZON_DAYS * DAY_MS); day += DAY_MS) {
    for (const part of evenParts(day, day + DAY_MS, hours.timeZone)) {
      const wall = { from: part.from + part.offset, until: part.until + part.offset };
      const spans: Stretch[] = [];
      // The day before as well: what it opens may run over midnight.
      for (let shown = Math.floor(wall.from / DAY_MS) * DAY_MS - DAY_MS; shown < wall.until; shown += DAY_MS) spans.push(...opensOn(shown));
      for (const span of joined(spans)) {
        const from = Math.max(span.from - part.offset, part.from, start);
        const until = Math.min(span.until - part.offset, part.until);
        if (from < until) yield { from, until };
      }
    }
  }
}
