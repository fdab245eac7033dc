import type { Customer } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { getCustomer, mergeRecords, undoMergeRecords } from '../../customers/index.ts';
import { caseReader } from '../../platform/case-scope.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { countCasesOf, hasCaseOutOfSight, moveCustomerCases, returnCustomerCases } from './customer-move-store.ts';

/** More belong to an address that many write from, and one transaction should not hold them all. */
const MOST_CASES = 5_000;

/** Cases change hands with a merge, so whoever merges sees them all. */
async function mustSeeCasesOf(ctx: Ctx, customerIds: readonly string[]): Promise<void> {
  if (await hasCaseOutOfSight(ctx, caseReader(ctx.actor), customerIds)) throw new Refusal('not_allowed', 'One of them has cases outside what your role sees. Ask somebody who sees them all.');
}

/**
 * Merges a customer into another: addresses, cases and participations go over, in one transaction, and the id that goes keeps leading to the survivor. Refuses `too_large_to_merge`,
 * `merge_with_itself`, `not_found`, and `not_allowed` to who does not see every case of both.
 */
export async function mergeCustomers(ctx: Ctx, input: { customerId: string; intoCustomerId: string }): Promise<{ mergeId: string; customer: Customer }> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const mergeId = await mergeRecords(ctx, input, async (fromId, intoId) => {
    await mustSeeCasesOf(ctx, [fromId, intoId]);
    if ((await countCasesOf(ctx, fromId, MOST_CASES + 1)) > MOST_CASES) throw new Refusal('too_large_to_merge', `More than ${MOST_CASES} cases would go over. Merge the smaller into the larger.`);
    return moveCustomerCases(ctx, fromId, intoId);
  });
  const customer = await getCustomer(ctx, input.intoCustomerId);
  await recordAudit(ctx, 'customer.merged', { detail: { mergeId, customerId: input.customerId, intoCustomerId: customer.id } });
  return { mergeId, customer };
}

/** Puts back what a merge moved; what arrived since stays with the survivor. Refuses `undo_later_first` and `undone_already`. Answers who is there again. */
export async function undoCustomerMerge(ctx: Ctx, mergeId: string): Promise<Customer> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const customerId = await undoMergeRecords(ctx, mergeId, async (merge) => {
    await mustSeeCasesOf(ctx, [merge.from_customer_id, merge.into_customer_id]);
    await returnCustomerCases(ctx, merge.from_customer_id, merge.into_customer_id, merge.facts.caseIds, merge.facts.participations);
  });
  await recordAudit(ctx, 'customer.unmerged', { detail: { mergeId, customerId } });
  return getCustomer(ctx, customerId);
}
