import type { CustomerMerge } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { getCustomer } from './get-customer.ts';
import { customerWords } from './identity.ts';
import { touchCustomer } from './identity-store.ts';
import { fillFrom, findMerge, finishUndo, insertMerge, lockCustomers, moveIdentities, returnIdentities, selectMerges, selectNamed, setMergedInto, unfill, type MergeFacts, type MergeRow } from './merge-store.ts';
import { noteLikeness } from './note-likeness.ts';

/** Makes words, likeness and version follow what a customer has now. One that was merged is found by nothing. */
async function settle(ctx: Ctx, id: string): Promise<void> {
  const row = await selectNamed(ctx, id);
  if (!row) return;
  const version = await touchCustomer(ctx, id, row.merged_into_id === null ? customerWords(row.name, row.values) : '');
  await noteLikeness(ctx, id);
  await announce(ctx, 'customer.changed', { customerId: id, version });
}

/** What the desk moves along: it answers what it moved. */
export type MoveAlong = (fromId: string, intoId: string) => Promise<Pick<MergeFacts, 'caseIds' | 'participations'>>;

/**
 * Merges one customer's record into another's. Both are locked before anything moves, so that no case can begin for the one who goes. Values of the survivor win; what it lacks is taken over.
 * Refuses `merge_with_itself`, also when one was merged into the other already.
 */
export async function mergeRecords(ctx: Ctx, input: { customerId: string; intoCustomerId: string }, moveAlong: MoveAlong): Promise<string> {
  const survivors = async () => [await getCustomer(ctx, input.customerId), await getCustomer(ctx, input.intoCustomerId)] as const;
  const [seenFrom, seenInto] = await survivors();
  await lockCustomers(ctx, [seenFrom.id, seenInto.id]);
  // Somebody else may have merged one of them while we waited.
  const [from, into] = await survivors();
  if (from.id === into.id) throw new Refusal('merge_with_itself', 'They are one already.');
  if (from.id !== seenFrom.id || into.id !== seenInto.id) throw new Refusal('changed_meanwhile', 'One of them was merged at the same moment. Look again.');
  const identities = await moveIdentities(ctx, from.id, into.id);
  const along = await moveAlong(from.id, into.id);
  const filled = await fillFrom(ctx, from.id, into.id);
  await setMergedInto(ctx, from.id, into.id);
  const id = newId();
  await insertMerge(ctx, { id, fromId: from.id, intoId: into.id, facts: { fromName: from.name, ...identities, ...along, filled } });
  await settle(ctx, from.id);
  await settle(ctx, into.id);
  return id;
}

/** Undoes a merge; what arrived since stays with the survivor. Refuses `undone_already`, and `undo_later_first` when the survivor was merged into somebody itself. */
export async function undoMergeRecords(ctx: Ctx, mergeId: string, moveBack: (merge: MergeRow) => Promise<void>): Promise<string> {
  const seen = await findMerge(ctx, mergeId);
  if (!seen) throw new Refusal('not_found', 'There is no such merge.');
  await lockCustomers(ctx, [seen.from_customer_id, seen.into_customer_id]);
  const merge = (await findMerge(ctx, mergeId)) ?? seen;
  if (merge.undone_at !== null) throw new Refusal('undone_already', 'They are two again.');
  if ((await selectNamed(ctx, merge.into_customer_id))?.merged_into_id !== null) throw new Refusal('undo_later_first', 'The survivor was merged into somebody since; undo that first.');
  await returnIdentities(ctx, merge);
  await moveBack(merge);
  await unfill(ctx, merge.into_customer_id, merge.facts.filled);
  await setMergedInto(ctx, merge.from_customer_id, null);
  await finishUndo(ctx, merge.id);
  await settle(ctx, merge.from_customer_id);
  await settle(ctx, merge.into_customer_id);
  return merge.from_customer_id;
}

/** Who was merged into a customer, newest first. */
export async function listMerges(ctx: Ctx, customerId: string): Promise<{ items: CustomerMerge[] }> {
  const { id } = await getCustomer(ctx, customerId);
  return { items: await selectMerges(ctx, id) };
}
