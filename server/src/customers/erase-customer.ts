import type { Ctx } from '../platform/context.ts';
import { deleteCustomers, insertPlaceholder, selectPerson } from './erase-store.ts';

/** Every id a customer ever had, with names and addresses; undefined when the customer is not there. */
export function findPerson(ctx: Ctx, customerId: string): Promise<{ customerIds: string[]; names: string[]; identities: { kind: string; value: string }[] } | undefined> {
  return selectPerson(ctx, customerId);
}

/** Somebody without a name, to whom cases of an erased person belong when others were in them too. Doing it again is harmless. */
export function addPlaceholder(ctx: Ctx, id: string): Promise<void> {
  return insertPlaceholder(ctx, id);
}

/** Removes a person's records with their addresses, merges and suggestions, and blocks of the very addresses. Their cases must be gone. */
export function eraseCustomers(ctx: Ctx, customerIds: readonly string[], addresses: readonly string[]): Promise<{ customers: number; identities: number }> {
  return deleteCustomers(ctx, customerIds, addresses);
}
