import type { CustomerExport } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface ExportRow {
  id: string; customer_id: string; state: CustomerExport['state']; has_notes: boolean; attempts: number; failure: CustomerExport['failure']; run_id: string | null; done: number; total: number; bytes: number; part_keys: string[]; by_name: string; created_at: Date; ready_at: Date | null; expires_at: Date | null;
}
const COLUMNS = 'id, customer_id, state, has_notes, attempts, failure, run_id, done, total, bytes, part_keys, by_name, created_at, ready_at, expires_at';
export const shapeExport = (row: ExportRow): CustomerExport => ({
  id: row.id, customerId: row.customer_id, state: row.state, failure: row.failure, hasNotes: row.has_notes, done: row.done, total: row.total, bytes: Number(row.bytes), byName: row.by_name, createdAt: row.created_at.toISOString(),
  readyAt: row.ready_at?.toISOString() ?? null, expiresAt: row.expires_at?.toISOString() ?? null,
});

/** The one that is being made already, when there is one. */
export async function insertExport(ctx: Ctx, row: { id: string; customerId: string; hasNotes: boolean }): Promise<ExportRow> {
  await ctx.tx.run(`insert into customer_export (account_id, id, customer_id, has_notes, by_name, created_at, moved_at) values ($1, $2, $3, $4, $5, $6, $6) on conflict (account_id, customer_id) where state in ('waiting', 'running') do nothing`, [
    ctx.accountId, row.id, row.customerId, row.hasNotes, ctx.actor.name, ctx.clock.now(),
  ]);
  const [made] = await ctx.tx.run<ExportRow>(`select ${COLUMNS} from customer_export where account_id = $1 and customer_id = $2 and state in ('waiting', 'running')`, [ctx.accountId, row.customerId]);
  if (!made) throw new Error('The export was not written.');
  return made;
}

export async function findExport(ctx: Ctx, id: string): Promise<ExportRow | undefined> {
  return (await ctx.tx.run<ExportRow>(`select ${COLUMNS} from customer_export where account_id = $1 and id = $2`, [ctx.accountId, id]))[0];
}

export function selectExports(ctx: Ctx, customerId: string, limit: number): Promise<ExportRow[]> {
  return ctx.tx.run<ExportRow>(`select ${COLUMNS} from customer_export where account_id = $1 and customer_id = $2 order by id desc limit $3`, [ctx.accountId, customerId, limit]);
}

/** Makes the run the one that goes on, from the beginning. Answers the row as it was and the pieces that an earlier run left behind; undefined when there is nothing to make any more. */
export async function beginRun(ctx: Ctx, id: string, runId: string, total: number): Promise<{ row: ExportRow; left: string[] } | undefined> {
  const [before] = await ctx.tx.run<ExportRow>(`select ${COLUMNS} from customer_export where account_id = $1 and id = $2 and state in ('waiting', 'running') for update`, [ctx.accountId, id]);
  if (!before) return undefined;
  await ctx.tx.run(`update customer_export set state = 'running', attempts = attempts + 1, run_id = $3, total = $4, done = 0, bytes = 0, part_keys = '{}', moved_at = $5 where account_id = $1 and id = $2`, [ctx.accountId, id, runId, total, ctx.clock.now()]);
  return { row: before, left: before.part_keys };
}

/** Writes down how far the run is, with the name of the next piece where there is one. Answers false when it is to stop: it was cancelled, the customer is gone, or another run goes on. */
export async function noteProgress(ctx: Ctx, id: string, runId: string, more: { done: number; part?: { key: string; bytes: number } }): Promise<boolean> {
  const rows = await ctx.tx.run(
    `update customer_export set done = $4, moved_at = $5, part_keys = part_keys || $6::text[], bytes = bytes + $7 where account_id = $1 and id = $2 and run_id = $3 and state = 'running' returning 1`,
    [ctx.accountId, id, runId, more.done, ctx.clock.now(), more.part ? [more.part.key] : [], more.part?.bytes ?? 0],
  );
  return rows.length > 0;
}

export async function finishExport(ctx: Ctx, id: string, runId: string, expiresAt: Date): Promise<boolean> {
  return (await ctx.tx.run(`update customer_export set state = 'ready', done = total, ready_at = $4, moved_at = $4, expires_at = $5 where account_id = $1 and id = $2 and run_id = $3 and state = 'running' returning 1`, [ctx.accountId, id, runId, ctx.clock.now(), expiresAt])).length > 0;
}

/**
 * Ends an export that is not ended yet. Answers the names of its pieces; undefined when it has ended already. They stay in the row until `clearPieces`: a run that has not heard of the end may store one more.
 */
export async function endExport(ctx: Ctx, id: string, state: 'cancelled' | 'failed' | 'expired', failure: CustomerExport['failure'] = null): Promise<string[] | undefined> {
  const rows = await ctx.tx.run<{ part_keys: string[] }>(
    `update customer_export set state = $3, failure = $4, bytes = 0, moved_at = $5 where account_id = $1 and id = $2 and state in ('waiting', 'running', 'ready') returning part_keys`, [ctx.accountId, id, state, failure, ctx.clock.now()]);
  return rows[0]?.part_keys;
}

export async function clearPieces(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run(`update customer_export set part_keys = '{}' where account_id = $1 and id = $2 and state in ('cancelled', 'failed', 'expired')`, [ctx.accountId, id]);
}

/** Takes every archive of the account away, whosever it is: another person's may hold words of the one who is erased. Answers the pieces. */
export async function dropExports(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.tx.run<{ part_keys: string[] }>(`update customer_export set state = 'cancelled', bytes = 0, moved_at = $2 where account_id = $1 and state in ('waiting', 'running', 'ready') returning part_keys`, [ctx.accountId, ctx.clock.now()]);
  return rows.flatMap((row) => row.part_keys);
}

/** Over all accounts: exports whose job was lost. */
export function selectStuckExports(tx: Tx, before: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from customer_export where state in ('waiting', 'running') and moved_at < $1 order by moved_at limit 100`, [before]);
}

/** Over all accounts: archives whose day is over. */
export function selectExpired(tx: Tx, now: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from customer_export where state = 'ready' and expires_at <= $1 order by expires_at limit 100`, [now]);
}

/** Over all accounts: exports that ended a while ago and whose pieces are not known to be gone. */
export function selectToClear(tx: Tx, before: Date): Promise<{ account_id: string; id: string; part_keys: string[] }[]> {
  return tx.run(`select account_id, id, part_keys from customer_export where state in ('cancelled', 'failed', 'expired') and part_keys <> '{}' and moved_at < $1 order by moved_at limit 100`, [before]);
}
