import type { BulkSelection } from '@rapport/contract';
import { inAccount, systemActor, type AgentActor, type Ctx, type Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listCases } from '../list-cases.ts';
import { searchCases } from '../search.ts';
import { listFiltered } from '../views/list-filtered.ts';
import { findRun, insertItems, lockItem, lockNextItem, lockRun, selectStuck, writeGathered, writeItem, writeState, type ItemRow, type RunRow } from './bulk-store.ts';
import { changeOne } from './change-one.ts';
import { afterLeaverRun, handOn } from './leaver-run.ts';
import { restoreOne } from './restore-one.ts';
import { runActor } from './run-actor.ts';

/** One run takes so many cases; what is more is left for another. */
export const MOST_CASES = 10_000;
const UNDO_MS = 10 * 60_000;
const PAGE = 100;
/** A browser hears of so many cases at once. */
const TOLD_EVERY = 20;
/** After so long the job makes room for others and goes on behind them. */
const TURN_MS = 60_000;
const STUCK_MS = 3 * 60_000;

interface Run {
  accountId: string;
  runId: string;
}
type AgentCtx = Ctx & { actor: AgentActor };

async function tell(ctx: Ctx, run: RunRow, state = run.state): Promise<void> {
  const isUndo = state === 'undoing' || state === 'undone';
  await announce(ctx, 'bulk.progressed', { agentId: run.agent_id, runId: run.id, state, done: isUndo ? run.restored + run.kept : run.done, total: isUndo ? run.changed : run.total });
}

async function found(ctx: Ctx, platform: Platform, actor: AgentActor, selection: BulkSelection, cursor: string | undefined): Promise<{ ids: string[]; next: string | null }> {
  if (selection.by === 'cases') return { ids: selection.caseIds, next: null };
  if (selection.by === 'search') {
    const page = await searchCases(platform, { ...actor, accountId: ctx.accountId }, { q: selection.q, shelf: selection.shelf, timeZone: selection.timeZone, cursor, limit: PAGE });
    return { ids: page.items.map((item) => item.case.id), next: page.nextCursor };
  }
  if (selection.by === 'filter') {
    // In an order that the changes themselves do not stir.
    const page = await listFiltered({ ...ctx, actor }, { filter: selection.filter, sort: 'number_oldest', cursor, limit: PAGE });
    return { ids: page.items.map((item) => item.id), next: page.nextCursor };
  }
  const { by: _by, ...filter } = selection;
  const page = await listCases({ ...ctx, actor }, { ...filter, order: 'newest', cursor, limit: PAGE });
  return { ids: page.items.map((item) => item.id), next: page.nextCursor };
}

/** Writes down the next page of what the view or search shows. Answers false at its end. The cursor is kept with the page, so that going on after a crash leaves nothing out. */
async function gather(ctx: Ctx, platform: Platform, runId: string): Promise<boolean> {
  const run = await lockRun(ctx, runId);
  if (run?.state !== 'gathering') return false;
  const actor = await runActor(ctx, run);
  const page = actor ? await found(ctx, platform, actor, run.selection, run.cursor ?? undefined) : { ids: [], next: null };
  const room = MOST_CASES - run.total;
  const total = run.total + (await insertItems(ctx, runId, run.total, page.ids.slice(0, room)));
  const isCut = page.ids.length > room || (page.next !== null && total >= MOST_CASES);
  const isOver = page.next === null || isCut;
  await writeGathered(ctx, runId, { cursor: page.next, total, isCut, state: isOver ? 'running' : 'gathering' });
  await tell(ctx, { ...run, total }, isOver ? 'running' : 'gathering');
  return !isOver;
}

type Step = 'more' | 'over';

/** Ends a run whose last case has been dealt with. Another worker may still hold one; whoever comes last ends it. */
async function finish(ctx: Ctx, runId: string): Promise<void> {
  const run = await lockRun(ctx, runId);
  if (!run) return;
  const now = ctx.clock.now();
  if (run.state === 'running' && run.done >= run.total) {
    if (run.leaver_id !== null) {
      const { isOver, runId: next } = await afterLeaverRun(ctx, { ...run, leaver_id: run.leaver_id });
      if (next !== null) await ctx.platform.jobs.enqueue(ctx.tx, bulkJob, { accountId: ctx.accountId, runId: next });
      if (!isOver) return;
    }
    // What was closed stays closed, so there is no way back to offer.
    const undoUntil = run.changed > 0 && run.action.status !== 'closed' ? new Date(now.getTime() + UNDO_MS) : null;
    await writeState(ctx, runId, 'done', now, undoUntil);
    await tell(ctx, run, 'done');
  } else if (run.state === 'undoing' && run.restored + run.kept >= run.changed) {
    await writeState(ctx, runId, 'undone', now, null);
    await tell(ctx, run, 'undone');
  }
}

const asAgent = <T>(platform: Platform, accountId: string, runId: string, work: (ctx: AgentCtx, run: RunRow) => Promise<T>): Promise<T | 'gone' | 'nobody'> =>
  inAccount(platform, accountId, systemActor('bulk'), async (ctx) => {
    const run = await findRun(ctx, runId);
    if (!run) return 'gone';
    const actor = await runActor(ctx, run);
    return actor ? work({ ...ctx, actor }, run) : 'nobody';
  });

/** Deals with one case of the run: what is done to it and that it was done are one transaction, so nothing is done twice, whenever the process dies. */
async function step(platform: Platform, { accountId, runId }: Run): Promise<Step> {
  let taken: ItemRow | undefined;
  let isUndo = false;
  try {
    const outcome = await asAgent(platform, accountId, runId, async (ctx, run) => {
      taken = undefined;
      isUndo = run.state === 'undoing';
      if (run.state !== 'running' && !isUndo) return 'over';
      const item = await lockNextItem(ctx, runId, isUndo ? 'changed' : 'waiting');
      if (!item) return 'over';
      taken = item;
      const next = isUndo ? await undoItem(ctx, run, item) : await doItem(ctx, run, item);
      const count = isUndo ? next.restored + next.kept : next.done;
      if (count % TOLD_EVERY === 0) await tell(ctx, next);
      return 'more';
    });
    if (outcome === 'nobody') return refuseNext(platform, { accountId, runId });
    return outcome === 'gone' ? 'over' : outcome;
  } catch (error) {
    const item = taken;
    if (!(error instanceof Refusal) || !item) throw error;
    // What the case had been changed by then is rolled back; why is kept.
    await inAccount(platform, accountId, systemActor('bulk'), async (ctx) => {
      if (!(await lockItem(ctx, runId, item.place, isUndo ? 'changed' : 'waiting'))) return;
      await writeItem(ctx, runId, item.place, { state: isUndo ? 'kept' : 'refused', code: error.code, ...(error.detail === undefined ? {} : { detail: error.detail }) });
    });
    return 'more';
  }
}

async function doItem(ctx: AgentCtx, run: RunRow, item: ItemRow): Promise<RunRow> {
  const done = run.leaver_id === null ? await changeOne(ctx, item.case_id, run.action) : await handOn(ctx, item.case_id, run.leaver_id, run.action.assigneeId ?? null);
  return writeItem(ctx, run.id, item.place, done ? { state: 'changed', ...done } : { state: 'same' });
}

async function undoItem(ctx: AgentCtx, run: RunRow, item: ItemRow): Promise<RunRow> {
  const isWhole = await restoreOne(ctx, item.case_id, item.before ?? {}, item.after ?? {});
  return writeItem(ctx, run.id, item.place, isWhole ? { state: 'restored' } : { state: 'kept', code: 'changed_meanwhile', detail: 'Somebody changed it since; that was left as it is.' });
}

/** Whoever began the run works here no more: what is left is refused. */
async function refuseNext(platform: Platform, { accountId, runId }: Run): Promise<Step> {
  return inAccount(platform, accountId, systemActor('bulk'), async (ctx) => {
    const run = await findRun(ctx, runId);
    const isUndo = run?.state === 'undoing';
    const item = run && (await lockNextItem(ctx, runId, isUndo ? 'changed' : 'waiting'));
    if (!item) return 'over';
    await writeItem(ctx, runId, item.place, { state: isUndo ? 'kept' : 'refused', code: 'not_allowed', detail: 'Whoever began this works here no more.' });
    return 'more';
  });
}

/** Goes on with a run for a while; answers whether it is at its end. Safe to call by several at once and after any crash. */
export async function goOn(platform: Platform, run: Run, turnMs = TURN_MS): Promise<boolean> {
  const until = performance.now() + turnMs;
  const system = systemActor('bulk');
  while (await inAccount(platform, run.accountId, system, (ctx) => gather(ctx, platform, run.runId))) if (performance.now() > until) return false;
  while ((await step(platform, run)) === 'more') if (performance.now() > until) return false;
  await inAccount(platform, run.accountId, system, (ctx) => finish(ctx, run.runId));
  return true;
}

export const bulkJob = defineJob<Run>({
  name: 'cases.bulk',
  concurrency: 2,
  async run(platform, data) {
    if (await goOn(platform, data)) return;
    await inAccount(platform, data.accountId, systemActor('bulk'), (ctx) => platform.jobs.enqueue(ctx.tx, bulkJob, data));
  },
});

/** Takes up runs whose job was lost. */
export const bulkResume = defineJob({
  name: 'cases.bulk-resume',
  schedule: '* * * * *',
  async run(platform) {
    const stuck = await platform.database.asSystem((tx) => selectStuck(tx, new Date(platform.clock.now().getTime() - STUCK_MS)));
    for (const { account_id, id } of stuck) await inAccount(platform, account_id, systemActor('bulk'), (ctx) => platform.jobs.enqueue(ctx.tx, bulkJob, { accountId: account_id, runId: id }, { singletonKey: id }));
  },
});
