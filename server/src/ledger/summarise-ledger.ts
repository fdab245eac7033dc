import { deliveryStates, outcomes, type ledger, type ResponseOf } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectSums, type Sum } from './store.ts';

export type LedgerSummary = ResponseOf<typeof ledger.summary>;

export function summaryOf(sums: readonly Sum[]): LedgerSummary {
  const of = (direction: 'in' | 'out', what: string) => sums.find((each) => each.direction === direction && each.what === what)?.sum ?? 0;
  const total = (direction: 'in' | 'out') => sums.reduce((sum, each) => sum + (each.direction === direction ? each.sum : 0), 0);
  const byOutcome = Object.fromEntries(outcomes.map((what) => [what, of('in', what)])) as LedgerSummary['in']['outcomes'];
  const byState = Object.fromEntries(deliveryStates.map((what) => [what, of('out', what)])) as LedgerSummary['out']['states'];
  const sum = (record: Record<string, number>) => Object.values(record).reduce((a, b) => a + b, 0);
  const seen = total('in');
  const queuedEver = total('out');
  return { in: { seen, outcomes: byOutcome }, out: { queuedEver, states: byState }, isBalanced: seen === sum(byOutcome) && queuedEver === sum(byState) };
}

/** The balance of all messages, from the running tally. */
export async function summariseLedger(ctx: Ctx): Promise<LedgerSummary> {
  return summaryOf(await selectSums(ctx));
}
