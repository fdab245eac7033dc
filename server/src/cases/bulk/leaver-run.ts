import type { Permission } from '@rapport/contract';
import { findAgentAccess } from '../../accounts/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { fits } from '../assign.ts';
import { holdChangeableCase } from '../see-case.ts';
import { changeHeldCase } from '../update-case.ts';
import { insertRun, writeState, type RunRow, type Snapshot } from './bulk-store.ts';
import { difference } from './change-one.ts';

// Whoever may take somebody out may put their cases back on the desk, whatever they may do with cases themselves.
const NEEDED: Permission[] = ['case.read', 'case.edit', 'case.assign'];

/** Writes a run that gives what somebody had open to a successor, or to nobody. Answers its id; its job is still to be queued. */
export async function insertLeaverRun(ctx: Ctx, { leaverId, casesTo, byId }: { leaverId: string; casesTo: string | null; byId: string | null }): Promise<string> {
  const id = newId();
  // On the command line nobody in particular does it; then it stands as given up by whoever left.
  const agentId = byId ?? leaverId;
  const agentName = (await findAgentAccess(ctx, agentId))?.name ?? '';
  await insertRun(ctx, {
    id, agent_id: agentId, agent_name: agentName, leaver_id: leaverId, permissions: NEEDED, case_scope: 'all', action: { assigneeId: casesTo },
    selection: { by: 'filter', filter: { assignees: [leaverId], shelves: ['open', 'snoozed', 'pending', 'on_hold'] } }, state: 'gathering',
  });
  return id;
}

/** One case of a leaver. Undefined when it is somebody else's by now. A successor who does not serve the case's team does not get it. */
export async function handOn(ctx: Ctx & { actor: AgentActor }, caseId: string, leaverId: string, casesTo: string | null): Promise<{ before: Snapshot; after: Snapshot } | undefined> {
  const before = await holdChangeableCase(ctx, caseId);
  if (before.assigneeId !== leaverId) return undefined;
  return difference(before, await changeHeldCase(ctx, before, { assigneeId: casesTo !== null && (await fits(ctx, casesTo, before.teamId)) ? casesTo : null }));
}

/** What comes behind the last case of a run: whoever came back meanwhile gets theirs, and what was more than one run takes is taken by another. */
export async function afterLeaverRun(ctx: Ctx, run: RunRow & { leaver_id: string }): Promise<{ isOver: boolean; runId: string | null }> {
  if ((await findAgentAccess(ctx, run.leaver_id))?.isActive) {
    await writeState(ctx, run.id, 'undoing', null, null);
    return { isOver: false, runId: run.id };
  }
  return { isOver: true, runId: run.is_cut ? await insertLeaverRun(ctx, { leaverId: run.leaver_id, casesTo: run.action.assigneeId ?? null, byId: run.agent_id }) : null };
}
