import type { BulkItem, BulkRun, Page } from '@rapport/contract';
import { caseReader } from '../../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findRun, lockRun, selectItems, selectRuns, writeState, type ItemState, type RunRow } from './bulk-store.ts';
import { bulkJob } from './run-bulk.ts';
import { shapeRun } from './shape-run.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
type AgentCtx = Ctx & { actor: AgentActor };

/** Only whoever began a run sees it. */
function own(ctx: AgentCtx, run: RunRow | undefined): RunRow {
  if (run?.agent_id !== ctx.actor.agentId) throw new Refusal('not_found', 'This run does not exist.');
  return run;
}

export async function getBulk(ctx: AgentCtx, runId: string): Promise<BulkRun> {
  return shapeRun(own(ctx, await findRun(ctx, runId)));
}

/** This agent's runs, newest first; they are kept for thirty days. */
export async function listBulk(ctx: AgentCtx, query: { cursor?: string | undefined; limit: number }): Promise<Page<BulkRun>> {
  const position = readCursor(query.cursor, ['bulk'], 1);
  const rows = await selectRuns(ctx, ctx.actor.agentId, position ? uuidIn(position[0]) : LAST_ID, query.limit + 1);
  const last = rows.slice(0, query.limit).at(-1);
  return { items: rows.slice(0, query.limit).map(shapeRun), nextCursor: rows.length > query.limit && last ? writeCursor([last.id], ['bulk']) : null };
}

/** What became of the cases of a run. */
export async function listBulkItems(ctx: AgentCtx, query: { runId: string; state?: ItemState | undefined; cursor?: string | undefined; limit: number }): Promise<Page<BulkItem>> {
  own(ctx, await findRun(ctx, query.runId));
  const binding = ['bulk-items', query.runId, query.state];
  const after = Number(readCursor(query.cursor, binding, 1)?.[0] ?? 0) || 0;
  const rows = await selectItems(ctx, caseReader(ctx.actor), query.runId, after, query.state, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ caseId: row.case_id, number: row.number, subject: row.subject, state: row.state, code: row.code, detail: row.detail })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.place], binding) : null,
  };
}

/** Begins to put back what a run changed. Refuses `undo_over` when it is too late, undone already, or nothing can be put back. */
export async function undoBulk(ctx: AgentCtx, runId: string): Promise<BulkRun> {
  const run = own(ctx, await lockRun(ctx, runId));
  if (run.leaver_id !== null || run.state !== 'done' || run.undo_until === null || run.undo_until <= ctx.clock.now()) throw new Refusal('undo_over', 'It can be undone for ten minutes after its end, and once.');
  await writeState(ctx, runId, 'undoing', null, null);
  await ctx.platform.jobs.enqueue(ctx.tx, bulkJob, { accountId: ctx.accountId, runId });
  return shapeRun(own(ctx, await findRun(ctx, runId)));
}
