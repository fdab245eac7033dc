import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { CaseRecord } from './case-store.ts';
import type { Change } from './message-detail.ts';
import { findAgentFacts, findTeamName, type AgentFacts } from './owner-store.ts';

export interface Owners {
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
}

/** Being assigned lets an agent see a case; this asks whether the case is theirs to work on: the whole desk's, of no team, or of one of their teams. */
function belongsTo(agent: AgentFacts, teamId: string | null): boolean {
  return agent.isActive && agent.readsCases && (agent.scope === 'all' || teamId === null || agent.teamIds.includes(teamId));
}

/** Whether an agent can be given a case of this team. */
export async function fits(ctx: Ctx, agentId: string, teamId: string | null): Promise<boolean> {
  const agent = await findAgentFacts(ctx, agentId);
  return agent !== undefined && belongsTo(agent, teamId);
}

/**
 * Takes a case that is not done from somebody who has left. Whatever makes a case live again asks this on its way to the new record: answering, merging, splitting, bringing back, undoing,
 * a customer's word. Answers the record as it shall be written and how the timeline says it.
 */
export async function withoutLeaver<R extends Pick<CaseRecord, 'status' | 'assigneeId'>>(ctx: Ctx, record: R): Promise<{ record: R; off: Change[] }> {
  const isDone = record.status === 'resolved' || record.status === 'closed';
  const agent = isDone || record.assigneeId === null ? undefined : await findAgentFacts(ctx, record.assigneeId);
  return agent && !agent.isActive ? { record: { ...record, assigneeId: null }, off: [{ field: 'assignee', from: agent.name, to: null }] } : { record, off: [] };
}

const nameOf = async (ctx: Ctx, agentId: string | null): Promise<string | null> => (agentId === null ? null : ((await findAgentFacts(ctx, agentId))?.name ?? null));
const teamNameOf = async (ctx: Ctx, teamId: string | null): Promise<string | null> => (teamId === null ? null : ((await findTeamName(ctx, teamId)) ?? null));

/**
 * Who shall own the case, checked, and how the timeline says it. Refuses an agent who does not serve the case's team (`not_a_member`). A case that moves to another team leaves an
 * assignee behind who is not in it, and one that is begun anew an assignee who is gone, so that it does not lie with somebody who has nothing to do with it any more.
 */
export async function assign(ctx: Ctx, before: CaseRecord, wanted: Owners, { isBegunAnew }: { isBegunAnew: boolean }): Promise<{ assigneeId: string | null; teamId: string | null; changes: Change[] }> {
  const changes: Change[] = [];
  const teamId = wanted.teamId === undefined ? before.teamId : wanted.teamId;
  let assigneeId = wanted.assigneeId === undefined ? before.assigneeId : wanted.assigneeId;
  if (teamId !== before.teamId) {
    const to = await teamNameOf(ctx, teamId);
    if (teamId !== null && to === null) throw new Refusal('invalid_request', 'body.teamId: This team does not exist.');
    changes.push({ field: 'team', from: await teamNameOf(ctx, before.teamId), to });
  }
  if (assigneeId !== null && (assigneeId !== before.assigneeId || teamId !== before.teamId || isBegunAnew)) {
    const agent = await findAgentFacts(ctx, assigneeId);
    // Who has changed teams since goes on with what was theirs; who is gone does not.
    const isKept = assigneeId === before.assigneeId && teamId === before.teamId ? agent?.isActive : agent && belongsTo(agent, teamId);
    if (!isKept) {
      if (wanted.assigneeId !== undefined && wanted.assigneeId !== null) throw new Refusal('not_a_member', 'Choose somebody who serves this team, or move the case to one of their teams.');
      assigneeId = null;
    }
  }
  if (assigneeId !== before.assigneeId) changes.push({ field: 'assignee', from: await nameOf(ctx, before.assigneeId), to: await nameOf(ctx, assigneeId) });
  return { assigneeId, teamId, changes };
}
