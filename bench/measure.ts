import { performance } from 'node:perf_hooks';
import { cpuMsOf } from './process-cpu.ts';

export interface Figures {
  name: string;
  operations: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  appCpuMs: number;
  databaseCpuMs: number;
}

export interface Watched {
  app: readonly number[];
  database: readonly number[];
}

export function percentile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0;
}

/** Runs `operation` `count` times with `clients` side by side, after a warm-up of a tenth of that, and reads CPU before and after. */
export async function measure(name: string, watched: Watched, options: { count: number; clients: number; warmUp?: number }, operation: (i: number) => Promise<unknown>): Promise<Figures> {
  const warmUp = options.warmUp ?? Math.ceil(options.count / 10);
  for (let i = 0; i < warmUp; i += 1) await operation(i);
  const times: number[] = [];
  let next = warmUp;
  const end = warmUp + options.count;
  const cpu = () => [cpuMsOf(watched.app, watched.database), cpuMsOf(watched.database)] as const;
  const [appBefore, databaseBefore] = cpu();
  const started = performance.now();
  const client = async () => {
    while (next < end) {
      const i = next;
      next += 1;
      const from = performance.now();
      await operation(i);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: options.clients }, client));
  const seconds = (performance.now() - started) / 1000;
  const [appAfter, databaseAfter] = cpu();
  times.sort((a, b) => a - b);
  const round = (value: number) => Math.round(value * 100) / 100;
  console.error(`  ${name}: ${options.count} in ${round(seconds)} s`);
  return {
    name, operations: options.count, perSecond: round(options.count / seconds), p50Ms: round(percentile(times, 50)), p95Ms: round(percentile(times, 95)), p99Ms: round(percentile(times, 99)),
    appCpuMs: round((appAfter - appBefore) / options.count), databaseCpuMs: round((databaseAfter - databaseBefore) / options.count),
  };
}

export function printTable(rows: readonly Figures[]): void {
  const header = ['what', 'n', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms app', 'CPU ms database', 'CPU ms together'];
  const lines = rows.map((row) => [row.name, row.operations, row.perSecond, row.p50Ms, row.p95Ms, row.p99Ms, row.appCpuMs, row.databaseCpuMs, Math.round((row.appCpuMs + row.databaseCpuMs) * 100) / 100].map(String));
  const widths = header.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)));
  const draw = (cells: string[]) => `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  console.log([draw(header), `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`, ...lines.map(draw)].join('\n'));
}
