import type { CaseScope, Permission } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import type { RowQuery } from './row-store.ts';

export interface ExportRow { id: string; agent_id: string; question: RowQuery; permissions: Permission[]; case_scope: CaseScope; team_ids: string[]; state: 'running' | 'ready' | 'failed'; done: number; total: number }

export async function insertExport(ctx: Ctx, row: ExportRow): Promise<void> {
  await ctx.tx.run(
    'insert into insight_export (account_id, id, agent_id, question, permissions, case_scope, team_ids, state, done, total, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    [ctx.accountId, row.id, row.agent_id, JSON.stringify(row.question), row.permissions, row.case_scope, row.team_ids, row.state, row.done, row.total, ctx.clock.now()],
  );
}

export async function findExport(ctx: Ctx, id: string): Promise<ExportRow | undefined> {
  return (await ctx.tx.run<ExportRow>('select id, agent_id, question, permissions, case_scope, team_ids, state, done, total from insight_export where account_id = $1 and id = $2', [ctx.accountId, id]))[0];
}

/** For the first statement of a transaction: all others see what the first of them saw. */
export async function readOneMoment(ctx: Ctx): Promise<void> {
  await ctx.tx.run('set transaction isolation level repeatable read');
}

/** Begins the text anew: what an earlier try has written is gone. */
export async function beginParts(ctx: Ctx, id: string, total: number): Promise<void> {
  await ctx.tx.run(`update insight_export set state = 'running', done = 0, total = $3 where account_id = $1 and id = $2`, [ctx.accountId, id, total]);
  await ctx.tx.run('delete from insight_export_part where account_id = $1 and export_id = $2', [ctx.accountId, id]);
}

export async function addPart(ctx: Ctx, id: string, place: number, content: string, rows: number): Promise<void> {
  await ctx.tx.run('insert into insight_export_part (account_id, export_id, place, content) values ($1, $2, $3, $4)', [ctx.accountId, id, place, content]);
  await ctx.tx.run('update insight_export set done = done + $3 where account_id = $1 and id = $2', [ctx.accountId, id, rows]);
}

export async function setExportState(ctx: Ctx, id: string, state: ExportRow['state']): Promise<void> {
  await ctx.tx.run('update insight_export set state = $3 where account_id = $1 and id = $2', [ctx.accountId, id, state]);
}

export async function findPart(ctx: Ctx, id: string, place: number): Promise<string | undefined> {
  return (await ctx.tx.run<{ content: string }>('select content from insight_export_part where account_id = $1 and export_id = $2 and place = $3', [ctx.accountId, id, place]))[0]?.content;
}

/** All of the account, finished or not: a run that is under way finds its row gone and stops. */
export async function dropExports(ctx: Ctx): Promise<number> {
  return (await ctx.tx.run('delete from insight_export where account_id = $1 returning 1', [ctx.accountId])).length;
}

export async function deleteExports(tx: Tx, before: Date): Promise<number> {
  return (await tx.run('delete from insight_export where (account_id, id) in (select account_id, id from insight_export where created_at < $1 order by created_at limit 100) returning 1', [before])).length;
}
