import type { BlockedSender } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

interface Row { id: string; kind: BlockedSender['kind']; value: string; reason: string; expires_at: Date | null; by_name: string; created_at: Date }
const COLUMNS = 'id, kind, value, reason, expires_at, by_name, created_at';
const shape = (ctx: Ctx, row: Row): BlockedSender => ({
  id: row.id, kind: row.kind, value: row.value, reason: row.reason, expiresAt: row.expires_at?.toISOString() ?? null, isExpired: row.expires_at !== null && row.expires_at <= ctx.clock.now(), byName: row.by_name, createdAt: row.created_at.toISOString(),
});

export async function selectBlocks(ctx: Ctx, before: string, limit: number): Promise<BlockedSender[]> {
  const rows = await ctx.tx.named<Row>('block_list', `select ${COLUMNS} from blocked_sender where account_id = $1 and id < $2 order by id desc limit $3`, [ctx.accountId, before, limit]);
  return rows.map((row) => shape(ctx, row));
}

/** The block in force for an address, or one of these domains. */
export async function findBlockFor(ctx: Ctx, address: string, domains: readonly string[]): Promise<{ kind: BlockedSender['kind']; value: string; reason: string } | undefined> {
  const [row] = await ctx.tx.named<Row>(
    'block_find',
    `select ${COLUMNS} from blocked_sender where account_id = $1 and ((kind = 'address' and value = $2) or (kind = 'domain' and value = any($3))) and (expires_at is null or expires_at > $4) order by kind limit 1`,
    [ctx.accountId, address, domains, ctx.clock.now()],
  );
  return row;
}

/** Blocking again replaces reason and time. The id is a new one, so that the list shows it first. */
export async function writeBlock(ctx: Ctx, row: { id: string; kind: BlockedSender['kind']; value: string; reason: string; expiresAt: Date | null; byName: string }): Promise<BlockedSender> {
  const [made] = await ctx.tx.run<Row>(
    `insert into blocked_sender (account_id, id, kind, value, reason, expires_at, by_name, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (account_id, kind, value) do update set id = excluded.id, reason = excluded.reason, expires_at = excluded.expires_at, by_name = excluded.by_name, created_at = excluded.created_at returning ${COLUMNS}`,
    [ctx.accountId, row.id, row.kind, row.value, row.reason, row.expiresAt, row.byName, ctx.clock.now()],
  );
  if (!made) throw new Error('The block was not written.');
  return shape(ctx, made);
}

export async function deleteBlock(ctx: Ctx, id: string): Promise<string | undefined> {
  const [row] = await ctx.tx.run<{ value: string }>('delete from blocked_sender where account_id = $1 and id = $2 returning value', [ctx.accountId, id]);
  return row?.value;
}

/** Whether somebody of the account has the address, or an address below the domain. */
export async function isOurPeoples(ctx: Ctx, kind: BlockedSender['kind'], value: string): Promise<boolean> {
  const [row] = await ctx.tx.run<{ is: boolean }>(
    `select exists (select from agent a where a.account_id = $1 and (case when $2 = 'address' then lower(a.email) = $3 else split_part(lower(a.email), '@', 2) = $3 or right(split_part(lower(a.email), '@', 2), length($3) + 1) = '.' || $3 end)) as is`,
    [ctx.accountId, kind, value],
  );
  return row?.is ?? false;
}
