import type { Erasure } from '@rapport/contract';
import { getAgentByEmail, recordAudit } from '../accounts/index.ts';
import { findPerson, getCustomer } from '../customers/index.ts';
import { ownAddressesAmong } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { mustSeeAll } from './must-see-all.ts';
import { erasureJob } from './jobs.ts';
import { findErasure, insertErasure, selectErasures, shapeErasure } from './store.ts';

const MOST_LISTED = 100;

/** Begins to erase a customer whose name was typed once more. Refuses `name_does_not_match`, and `still_in_use` when an address is a colleague's or an inbox's: those are not the customer's to erase. */
export async function startErasure(ctx: Ctx, input: { customerId: string; name: string }): Promise<Erasure> {
  mustSeeAll(ctx, 'customer.erase');
  const customer = await getCustomer(ctx, input.customerId);
  if (input.name.trim() !== customer.name.trim()) throw new Refusal('name_does_not_match', 'Type the customer’s name exactly as it is shown.');
  const addresses = ((await findPerson(ctx, customer.id))?.identities ?? []).map((one) => one.value);
  const ours = await ownAddressesAmong(ctx, 'email', addresses);
  for (const address of addresses) if (ours.has(address) || (await isColleague(ctx, address))) throw new Refusal('still_in_use', 'One of the addresses is a colleague’s or an inbox of ours. Take it off this customer first.');
  const row = await insertErasure(ctx, { id: newId(), customerId: customer.id, placeholderId: newId() });
  // The audit log says who asked, and names nobody who is to be forgotten.
  await recordAudit(ctx, 'customer.erasure_started', { detail: { erasureId: row.id } });
  await ctx.platform.jobs.enqueue(ctx.tx, erasureJob, { accountId: ctx.accountId, erasureId: row.id }, { singletonKey: row.id });
  return shapeErasure(row);
}

async function isColleague(ctx: Ctx, address: string): Promise<boolean> {
  return getAgentByEmail(ctx, address).then(() => true, (error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') return false;
    throw error;
  });
}

/** The newest hundred. */
export async function listErasures(ctx: Ctx): Promise<{ items: Erasure[] }> {
  mustSeeAll(ctx, 'customer.erase');
  return { items: (await selectErasures(ctx, MOST_LISTED)).map(shapeErasure) };
}

/** One erasure. Throws `not_found`. */
export async function getErasure(ctx: Ctx, id: string): Promise<Erasure> {
  mustSeeAll(ctx, 'customer.erase');
  const row = await findErasure(ctx, id);
  if (!row) throw new Refusal('not_found', 'There is no such erasure.');
  return shapeErasure(row);
}
