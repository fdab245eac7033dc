import { deliveryStates, outcomes, type ledger, type ResponseOf } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectProvedSums, type Sum } from './store.ts';

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

/**
 * The balance of all messages, from the running tally. It is balanced when the tally is what the rows come to, as far as they can be counted in a moment
 * (`selectProvedSums`); an outcome nobody knows, or a number that is missing, shows as well.
 */
export async function summariseLedger(ctx: Ctx, mostCounted?: number): Promise<LedgerSummary> {
  const sums = await selectProvedSums(ctx, mostCounted);
  const summary = summaryOf(sums);
  return { ...summary, isBalanced: summary.isBalanced && sums.every(({ sum, rows }) => rows === null || rows === sum) };
}
