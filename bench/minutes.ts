import { percentile } from './measure.ts';

/** What was measured in one minute of many people's work. */
export interface Minute {
  times: Map<string, number[]>;
  errors: Map<string, number>;
  pssMiB: number;
  rssMiB: number;
  appPssMiB: number;
  appCpu: number;
  databaseCpu: number;
  deliveries: number;
}

export const newMinute = (): Minute => ({ times: new Map(), errors: new Map(), pssMiB: 0, rssMiB: 0, appPssMiB: 0, appCpu: 0, databaseCpu: 0, deliveries: 0 });

/** Adds one measured operation to the minute in which it ended. */
export function note(minute: Minute, name: string, ms: number): void {
  const list = minute.times.get(name) ?? [];
  list.push(ms);
  minute.times.set(name, list);
}

const round = (value: number) => Math.round(value * 10) / 10;
const sorted = (minutes: readonly Minute[], name: string) => minutes.flatMap((minute) => minute.times.get(name) ?? []).sort((a, b) => a - b);
const row = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);

/** A table of minutes, one of operations, and how the last minute compares with the first. */
export function printMinutes(minutes: readonly Minute[]): void {
  const names = [...new Set(minutes.flatMap((minute) => [...minute.times.keys()]))].sort();
  row(['minute', ...names.map((name) => `${name} p50 / p95 / p99 ms (n)`), 'PSS MiB (app)', 'RSS MiB', 'CPU % app + database', 'events heard', 'errors']);
  row(['---', ...names.map(() => '---:'), '---:', '---:', '---:', '---:', '---:']);
  minutes.forEach((minute, i) => {
    const cells = names.map((name) => {
      const times = sorted([minute], name);
      return `${[50, 95, 99].map((p) => Math.round(percentile(times, p))).join(' / ')} (${times.length})`;
    });
    row([i + 1, ...cells, `${minute.pssMiB} (${minute.appPssMiB})`, minute.rssMiB, `${minute.appCpu} + ${minute.databaseCpu}`, minute.deliveries, [...minute.errors.values()].reduce((sum, n) => sum + n, 0)]);
  });
  console.log('');
  row(['operation', 'n', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms', 'p50 of the last minute / first', 'p95 of the last minute / first']);
  row(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:']);
  const [first, last] = [minutes[0], minutes.at(-1)];
  for (const name of names) {
    const all = sorted(minutes, name);
    const ratio = (p: number) => (first && last ? round(percentile(sorted([last], name), p) / percentile(sorted([first], name), p)) : '');
    row([name, all.length, ...[50, 95, 99, 100].map((p) => Math.round(percentile(all, p))), ratio(50), ratio(95)]);
  }
  if (first && last) console.log(`\nmemory, last minute / first: ${round(last.pssMiB / first.pssMiB)} (PSS of all processes), ${round(last.appPssMiB / first.appPssMiB)} (PSS of the app alone)`);
  const errors = new Map<string, number>();
  for (const minute of minutes) for (const [what, n] of minute.errors) errors.set(what, (errors.get(what) ?? 0) + n);
  console.log(errors.size === 0 ? 'errors: 0' : `errors: ${JSON.stringify(Object.fromEntries(errors))}`);
}
