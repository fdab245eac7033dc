import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface KeyRow {
  id: string;
  name: string;
  /** Sealed; null for a public key. */
  secret: Buffer | null;
  public_key: string | null;
  created_at: Date;
  used_at: Date | null;
}

export function selectKeys(ctx: Ctx, inboxId: string): Promise<KeyRow[]> {
  return ctx.tx.named('chat_keys', 'select id, name, secret, public_key, created_at, used_at from chat_key where account_id = $1 and inbox_id = $2 order by created_at, id', [ctx.accountId, inboxId]);
}

export async function insertKey(ctx: Ctx, inboxId: string, key: Pick<KeyRow, 'id' | 'name' | 'secret' | 'public_key'>): Promise<void> {
  await ctx.tx.run('insert into chat_key (account_id, id, inbox_id, name, secret, public_key, created_at) values ($1, $2, $3, $4, $5, $6, $7)', [ctx.accountId, key.id, inboxId, key.name, key.secret, key.public_key, ctx.clock.now()]);
}

/** Answers its name; undefined when it is not there. Who came by it is known no longer. */
export async function deleteKey(ctx: Ctx, inboxId: string, keyId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.run<{ name: string }>('delete from chat_key where account_id = $1 and inbox_id = $2 and id = $3 returning name', [ctx.accountId, inboxId, keyId]);
  return row?.name;
}

/** Told by the minute: many may come at once. */
export async function noteKeyUse(ctx: Ctx, keyId: string): Promise<void> {
  await ctx.tx.run(`update chat_key set used_at = $3 where account_id = $1 and id = $2 and (used_at is null or used_at < $3::timestamptz - interval '1 minute')`, [ctx.accountId, keyId, ctx.clock.now()]);
}

export function selectSealed(tx: Tx): Promise<{ id: string; name: string; secret: Buffer }[]> {
  return tx.run('select id, name, secret from chat_key where secret is not null order by account_id, id');
}
