import type { Customer } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../platform/way-back.ts';
import { getCustomer } from './get-customer.ts';
import { customerWords, normaliseIdentity, type IdentityKind } from './identity.ts';
import { deleteIdentity, insertIdentity, lockIdentities, makePrimary, setVerified, touchCustomer, type IdentityRow } from './identity-store.ts';
import { noteLikeness } from './note-likeness.ts';
import { findByIdentity } from './store.ts';

const MOST_IDENTITIES = 50;

async function changed(ctx: Ctx, customer: Customer): Promise<Customer> {
  const identities = await lockIdentities(ctx, customer.id);
  const version = await touchCustomer(ctx, customer.id, customerWords(customer.name, identities.map((one) => one.value)));
  await noteLikeness(ctx, customer.id);
  await announce(ctx, 'customer.changed', { customerId: customer.id, version });
  return getCustomer(ctx, customer.id);
}

async function held(ctx: Ctx, customerId: string, identityId: string): Promise<{ customer: Customer; all: IdentityRow[]; one: IdentityRow }> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const customer = await getCustomer(ctx, customerId);
  const all = await lockIdentities(ctx, customer.id);
  const one = all.find((row) => row.id === identityId);
  if (!one) throw new Refusal('not_found', 'This customer has no such address.');
  return { customer, all, one };
}

async function insert(ctx: Ctx, customer: Customer, all: readonly IdentityRow[], row: { id: string; kind: IdentityKind; value: string; createdAt?: Date }): Promise<void> {
  if (all.length >= MOST_IDENTITIES) throw new Refusal('too_many_identities', `A customer has at most ${MOST_IDENTITIES} addresses.`);
  if (await insertIdentity(ctx, { ...row, customerId: customer.id })) return;
  const other = await findByIdentity(ctx, row.kind, row.value);
  throw new Refusal('identity_taken', 'If they are one person, merge them.', { extra: { customer: other ?? null } });
}

/** Adds an address. One that the customer has already changes nothing. Refuses `identity_taken` with whose it is, and `too_many_identities`. */
export async function addIdentity(ctx: Ctx, input: { customerId: string; kind: IdentityKind; value: string }): Promise<Customer> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const customer = await getCustomer(ctx, input.customerId);
  const value = normaliseIdentity(input.kind, input.value);
  const all = await lockIdentities(ctx, customer.id);
  if (all.some((row) => row.kind === input.kind && row.value === value)) return customer;
  await insert(ctx, customer, all, { id: newId(), kind: input.kind, value });
  return changed(ctx, customer);
}

/** Makes an address the first of its kind, or says whether it is verified. */
export async function updateIdentity(ctx: Ctx, input: { customerId: string; identityId: string; isPrimary?: true | undefined; isVerified?: boolean | undefined }): Promise<Customer> {
  const { customer, one } = await held(ctx, input.customerId, input.identityId);
  if (input.isPrimary) await makePrimary(ctx, customer.id, one.kind, one.id);
  if (input.isVerified !== undefined && input.isVerified !== (one.verified_at !== null)) await setVerified(ctx, one.id, input.isVerified ? ctx.clock.now() : null);
  return changed(ctx, customer);
}

/** Takes an address away; who writes from it afterwards is somebody new. Refuses `last_identity`: nobody could reach the customer any more. */
export async function removeIdentity(ctx: Ctx, input: { customerId: string; identityId: string }): Promise<Customer & { wayBack: string | null }> {
  const { customer, all, one } = await held(ctx, input.customerId, input.identityId);
  if (all.length === 1) throw new Refusal('last_identity', 'Add another address first.');
  await deleteIdentity(ctx, one.id);
  return { ...(await changed(ctx, customer)), wayBack: sealWayBack(ctx, wayOf(customer.id), one) };
}

const wayOf = (customerId: string) => `address of ${customerId}`;

/** Puts an address back that was just taken away: as the first and verified where it was. Refuses `undo_over`, and what adding refuses. */
export async function restoreIdentity(ctx: Ctx, input: { customerId: string; wayBack: string }): Promise<Customer> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const removed = openWayBack<{ [K in keyof IdentityRow]: Date extends IdentityRow[K] ? string | Extract<IdentityRow[K], null> : IdentityRow[K] }>(ctx, wayOf(input.customerId), input.wayBack);
  const customer = await getCustomer(ctx, input.customerId);
  const all = await lockIdentities(ctx, customer.id);
  if (all.some((row) => row.kind === removed.kind && row.value === removed.value)) return customer;
  await insert(ctx, customer, all, { id: removed.id, kind: removed.kind, value: removed.value, createdAt: new Date(removed.created_at) });
  if (removed.verified_at !== null) await setVerified(ctx, removed.id, new Date(removed.verified_at));
  if (removed.is_primary) await makePrimary(ctx, customer.id, removed.kind, removed.id);
  return changed(ctx, customer);
}
