import type { Ctx } from '../platform/context.ts';
import type { IdentityKind } from './identity.ts';

export interface IdentityRow { id: string; kind: IdentityKind; value: string; is_primary: boolean; verified_at: Date | null; created_at: Date }

/** A customer's addresses, locked so that two changes of them follow each other. */
export function lockIdentities(ctx: Ctx, customerId: string): Promise<IdentityRow[]> {
  return ctx.tx.run<IdentityRow>('select id, kind, value, is_primary, verified_at, created_at from customer_identity where account_id = $1 and customer_id = $2 order by created_at, id for update', [ctx.accountId, customerId]);
}

/** False when somebody has the address. */
export async function insertIdentity(ctx: Ctx, row: { id: string; customerId: string; kind: IdentityKind; value: string; createdAt?: Date }): Promise<boolean> {
  const made = await ctx.tx.run('insert into customer_identity (account_id, id, customer_id, kind, value, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (account_id, kind, value) do nothing returning 1', [
    ctx.accountId, row.id, row.customerId, row.kind, row.value, row.createdAt ?? ctx.clock.now(),
  ]);
  return made.length > 0;
}

export async function deleteIdentity(ctx: Ctx, identityId: string): Promise<void> {
  await ctx.tx.run('delete from customer_identity where account_id = $1 and id = $2', [ctx.accountId, identityId]);
}

export async function makePrimary(ctx: Ctx, customerId: string, kind: IdentityKind, identityId: string): Promise<void> {
  // In two steps, because the index allows one at any moment.
  await ctx.tx.run('update customer_identity set is_primary = false where account_id = $1 and customer_id = $2 and kind = $3 and is_primary', [ctx.accountId, customerId, kind]);
  await ctx.tx.run('update customer_identity set is_primary = true where account_id = $1 and id = $2', [ctx.accountId, identityId]);
}

export async function setVerified(ctx: Ctx, identityId: string, at: Date | null): Promise<void> {
  await ctx.tx.run('update customer_identity set verified_at = $3 where account_id = $1 and id = $2', [ctx.accountId, identityId, at]);
}

/** The customer's row is locked and counted on; answers its new version and name. */
export async function touchCustomer(ctx: Ctx, customerId: string, words: string): Promise<number> {
  const [row] = await ctx.tx.run<{ version: number }>('update customer set search_text = $3, version = version + 1 where account_id = $1 and id = $2 returning version', [ctx.accountId, customerId, words]);
  if (!row) throw new Error('The customer was removed at the same moment.');
  return row.version;
}
