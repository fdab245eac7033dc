import { permissionNames, type BulkAction, type BulkRun, type BulkSelection } from '@rapport/contract';
import { mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { briefNeeded, missingIn } from '../hand-over.ts';
import { mustSeeShelf } from '../list-cases.ts';
import { findRun, insertItems, insertRun, writeGathered, type RunRow } from './bulk-store.ts';
import { bulkJob } from './run-bulk.ts';
import { shapeRun } from './shape-run.ts';

/** What every case would be refused for is refused before anything begins. */
function mustMakeSense(ctx: Ctx, action: BulkAction): void {
  if (action.assigneeId !== undefined || action.teamId !== undefined) mustBeAllowed(ctx.actor, 'case.assign');
  if (action.teamId !== undefined) {
    const missing = missingIn(action.brief);
    if (missing.length > 0) throw briefNeeded(missing);
  }
  if (typeof action.snoozedUntil === 'string' && new Date(action.snoozedUntil) <= ctx.clock.now()) throw new Refusal('snooze_in_past', 'Choose a time that is still to come.');
}

/** Begins to change many cases; a job does it, each case on its own. Refuses `brief_needed` (a new team without a whole brief) and `snooze_in_past`. */
export async function startBulk(ctx: Ctx & { actor: AgentActor }, input: { selection: BulkSelection; action: BulkAction }): Promise<BulkRun> {
  mustBeAllowed(ctx.actor, 'case.edit');
  const { selection, action } = input;
  mustMakeSense(ctx, action);
  if (selection.by === 'view' || selection.by === 'search') mustSeeShelf(ctx.actor, selection.shelf);
  const id = newId();
  const { actor } = ctx;
  await insertRun(ctx, { id, agent_id: actor.agentId, agent_name: actor.name, permissions: permissionNames.filter((name) => actor.permissions.has(name)), case_scope: actor.caseScope, action, selection, state: selection.by === 'cases' ? 'running' : 'gathering' });
  if (selection.by === 'cases') {
    const total = await insertItems(ctx, id, 0, [...new Set(selection.caseIds)]);
    await writeGathered(ctx, id, { cursor: null, total, isCut: false, state: 'running' });
  }
  await ctx.platform.jobs.enqueue(ctx.tx, bulkJob, { accountId: ctx.accountId, runId: id });
  return shapeRun((await findRun(ctx, id)) as RunRow);
}
