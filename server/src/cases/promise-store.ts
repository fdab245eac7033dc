import type { PromiseState } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface PromiseRow {
  id: string; case_id: string; text: string; due_at: Date; state: PromiseState; made_by_id: string | null; made_by_name: string; made_at: Date; entry_id: string | null;
  settled_by_name: string | null; settled_at: Date | null; overdue_at: Date | null; version: number;
}

const COLUMNS = 'id, case_id, text, due_at, state, made_by_id, made_by_name, made_at, entry_id, settled_by_name, settled_at, overdue_at, version';

/** Open ones by their time, then the settled ones, the newest first. */
export function selectPromises(ctx: Ctx, caseId: string): Promise<PromiseRow[]> {
  return ctx.tx.named<PromiseRow>(
    'promise_list',
    `select ${COLUMNS} from promise where account_id = $1 and case_id = $2 order by state <> 'open', case when state = 'open' then due_at end, settled_at desc, id limit 200`,
    [ctx.accountId, caseId],
  );
}

export async function findPromise(ctx: Ctx, caseId: string, promiseId: string): Promise<PromiseRow | undefined> {
  const [row] = await ctx.tx.named<PromiseRow>('promise_find', `select ${COLUMNS} from promise where account_id = $1 and case_id = $2 and id = $3`, [ctx.accountId, caseId, promiseId]);
  return row;
}

export async function insertPromise(ctx: Ctx, row: PromiseRow): Promise<void> {
  await ctx.tx.named('promise_insert', 'insert into promise (account_id, case_id, id, text, due_at, made_by_id, made_by_name, made_at, entry_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    ctx.accountId, row.case_id, row.id, row.text, row.due_at, row.made_by_id, row.made_by_name, row.made_at, row.entry_id,
  ]);
}

export async function writePromise(ctx: Ctx, row: PromiseRow): Promise<void> {
  await ctx.tx.named('promise_write', 'update promise set text = $4, due_at = $5, state = $6, settled_by_name = $7, settled_at = $8, overdue_at = $9, version = $10 where account_id = $1 and case_id = $2 and id = $3', [
    ctx.accountId, row.case_id, row.id, row.text, row.due_at, row.state, row.settled_by_name, row.settled_at, row.overdue_at, row.version,
  ]);
}

/** Of one case: how many are open, and when the first of them falls due. */
export async function openPromises(ctx: Ctx, caseId: string): Promise<{ count: number; next: Date | null }> {
  const [row] = await ctx.tx.named<{ count: number; next: Date | null }>('promise_open', `select count(*)::int as count, min(due_at) as next from promise where account_id = $1 and case_id = $2 and state = 'open'`, [ctx.accountId, caseId]);
  return row ?? { count: 0, next: null };
}

/** Open promises of all accounts whose time has come and of which nobody has been told yet. */
export function selectFallenDue(tx: Tx, now: Date, limit: number): Promise<{ account_id: string; case_id: string; id: string }[]> {
  return tx.run(`select account_id, case_id, id from promise where state = 'open' and overdue_at is null and due_at <= $1 order by due_at limit $2`, [now, limit]);
}
