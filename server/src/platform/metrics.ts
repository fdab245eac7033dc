import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Everything /metrics shows. One for the process, as its memory and event loop are. */
export const registry = new Registry();

type Labels<L extends string> = Partial<Record<L, string>>;

/**
 * Something that is counted up: `const mails = counter('rapport_mails_in_total', 'Mails taken in, by outcome.', ['outcome'])`, then `mails.add(1, { outcome: 'new_case' })`.
 * Names end in `_total`. A label has a handful of values, never an address or an id. Asking for the same name again gives the same counter.
 */
export function counter<L extends string = never>(name: string, help: string, labels: readonly L[] = []): { add(by?: number, labels?: Labels<L>): void } {
  const known = registry.getSingleMetric(name) as Counter | undefined;
  const made = known ?? new Counter({ name, help, labelNames: [...labels], registers: [registry] });
  return { add: (by = 1, values = {}) => made.inc(values, by) };
}

/** Something that goes up and down. */
export function gauge<L extends string = never>(name: string, help: string, labels: readonly L[] = []): { set(value: number, labels?: Labels<L>): void; forget(): void } {
  const known = registry.getSingleMetric(name) as Gauge | undefined;
  const made = known ?? new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
  return { set: (value, values = {}) => made.set(values, value), forget: () => made.reset() };
}

/** How long things take, in seconds, sorted into `buckets` (upper ends). */
export function histogram<L extends string = never>(name: string, help: string, buckets: readonly number[], labels: readonly L[] = []): { observe(seconds: number, labels?: Labels<L>): void } {
  const known = registry.getSingleMetric(name) as Histogram | undefined;
  const made = known ?? new Histogram({ name, help, buckets: [...buckets], labelNames: [...labels], registers: [registry] });
  return { observe: (seconds, values = {}) => made.observe(values, seconds) };
}

let isCollecting = false;

/** Memory, CPU and event loop of the process; starts to measure when first asked for. */
export function collectProcessMetrics(): void {
  if (isCollecting) return;
  isCollecting = true;
  collectDefaultMetrics({ register: registry });
}
