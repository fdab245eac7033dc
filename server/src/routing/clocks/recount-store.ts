import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';
import { NOBODY } from '../../platform/case-scope.ts';

export interface RecountRow {
  position: string;
  done: number;
  total: number;
  is_over: boolean;
}

export async function findRecount(ctx: Ctx): Promise<RecountRow | undefined> {
  const [row] = await ctx.tx.named<RecountRow>('recount', 'select position, done, total, is_over from service_recount where account_id = $1', [ctx.accountId]);
  return row;
}

/** Holds it until the transaction ends. */
export async function lockRecount(ctx: Ctx): Promise<RecountRow | undefined> {
  const [row] = await ctx.tx.named<RecountRow>('recount_lock', 'select position, done, total, is_over from service_recount where account_id = $1 for update', [ctx.accountId]);
  return row;
}

export async function restartRecount(ctx: Ctx, total: number): Promise<void> {
  await ctx.tx.named(
    'recount_restart',
    `insert into service_recount (account_id, position, done, total, is_over, touched_at) values ($1, '${NOBODY}', 0, $2, false, $3)
     on conflict (account_id) do update set position = excluded.position, done = 0, total = excluded.total, is_over = false, touched_at = excluded.touched_at`,
    [ctx.accountId, total, ctx.clock.now()],
  );
}

export async function writeRecount(ctx: Ctx, { position, done, total, is_over }: RecountRow): Promise<void> {
  await ctx.tx.named('recount_write', 'update service_recount set position = $2, done = $3, total = $4, is_over = $5, touched_at = $6 where account_id = $1', [ctx.accountId, position, done, total, is_over, ctx.clock.now()]);
}

/** Accounts whose recount nobody has gone on with. */
export function selectStuckRecounts(tx: Tx, before: Date): Promise<{ account_id: string }[]> {
  return tx.run('select account_id from service_recount where not is_over and touched_at < $1 limit 100', [before]);
}
