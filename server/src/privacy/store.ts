import type { Erasure, ErasureReport } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface ErasureRow { id: string; customer_id: string; state: Erasure['state']; hashes: string[]; placeholder_id: string | null; file_keys: string[]; report: ErasureReport | null; by_name: string; created_at: Date; erased_at: Date | null }
const COLUMNS = 'id, customer_id, state, hashes, placeholder_id, file_keys, report, by_name, created_at, erased_at';
export const shapeErasure = (row: ErasureRow): Erasure => ({ id: row.id, customerId: row.customer_id, state: row.state, report: row.report, byName: row.by_name, createdAt: row.created_at.toISOString(), erasedAt: row.erased_at?.toISOString() ?? null });

/** The one that runs already, when there is one. */
export async function insertErasure(ctx: Ctx, row: { id: string; customerId: string; placeholderId: string }): Promise<ErasureRow> {
  await ctx.tx.run(`insert into erasure (account_id, id, customer_id, placeholder_id, by_name, created_at, moved_at) values ($1, $2, $3, $4, $5, $6, $6) on conflict (account_id, customer_id) where state <> 'done' do nothing`, [
    ctx.accountId, row.id, row.customerId, row.placeholderId, ctx.actor.name, ctx.clock.now(),
  ]);
  const [made] = await ctx.tx.run<ErasureRow>(`select ${COLUMNS} from erasure where account_id = $1 and customer_id = $2 and state <> 'done'`, [ctx.accountId, row.customerId]);
  if (!made) throw new Error('The erasure was not written.');
  return made;
}

export async function findErasure(ctx: Ctx, id: string): Promise<ErasureRow | undefined> {
  return (await ctx.tx.run<ErasureRow>(`select ${COLUMNS} from erasure where account_id = $1 and id = $2`, [ctx.accountId, id]))[0];
}

export function selectErasures(ctx: Ctx, limit: number): Promise<ErasureRow[]> {
  return ctx.tx.run<ErasureRow>(`select ${COLUMNS} from erasure where account_id = $1 order by id desc limit $2`, [ctx.accountId, limit]);
}

/** Counts what a step did and remembers which files go, in the transaction of the step, so that a crash loses neither. */
export async function noteStep(ctx: Ctx, id: string, report: ErasureReport, fileKeys: readonly string[]): Promise<void> {
  await ctx.tx.run(`update erasure set state = 'running', report = $3, moved_at = $4, file_keys = array(select distinct k from unnest(file_keys || $5::text[]) k) where account_id = $1 and id = $2`, [ctx.accountId, id, JSON.stringify(report), ctx.clock.now(), fileKeys]);
}

export async function noteHashes(ctx: Ctx, id: string, hashes: readonly string[]): Promise<void> {
  await ctx.tx.run('update erasure set hashes = $3 where account_id = $1 and id = $2', [ctx.accountId, id, hashes]);
}

export async function finishErasure(ctx: Ctx, id: string, report: ErasureReport, at: Date): Promise<void> {
  await ctx.tx.run(`update erasure set state = 'done', report = $3, erased_at = $4, moved_at = $4, file_keys = '{}' where account_id = $1 and id = $2`, [ctx.accountId, id, JSON.stringify(report), at]);
}

/** Over all accounts: erasures whose job was lost. */
export function selectStuck(tx: Tx, before: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from erasure where state <> 'done' and moved_at < $1`, [before]);
}

/** Addresses of customers who were there before a moment, page by page. */
export function selectIdentitiesBefore(ctx: Ctx, before: Date, after: string, limit: number): Promise<{ id: string; customer_id: string; kind: string; value: string; created_before: Date }[]> {
  return ctx.tx.run(
    'select i.id, i.customer_id, i.kind, i.value, c.created_at as created_before from customer_identity i join customer c on c.account_id = i.account_id and c.id = i.customer_id where i.account_id = $1 and c.created_at < $2 and i.id > $3 order by i.id limit $4', [ctx.accountId, before, after, limit]);
}

export async function deleteAnswers(tx: Tx, accountId: string, patterns: readonly string[]): Promise<number> {
  return (await tx.run('delete from idempotency_key where account_id = $1 and answer::text ~* any($2::text[]) returning 1', [accountId, patterns])).length;
}

/** Which of the names are those of colleagues. */
export async function colleaguesAmong(ctx: Ctx, names: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.tx.run<{ name: string }>('select n.name from unnest($2::text[]) n(name) where exists (select from agent a where a.account_id = $1 and lower(a.name) = lower(n.name))', [ctx.accountId, names]);
  return new Set(rows.map((row) => row.name));
}
