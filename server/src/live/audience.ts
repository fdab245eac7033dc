import { events, type AnnouncedEvent } from '@rapport/contract';
import { caseReader, isInScope } from '../platform/case-scope.ts';
import type { AgentActor } from '../platform/context.ts';

/** Where a case stands (or stood before a change), as far as seeing it is concerned. */
export interface CaseScopeFacts {
  teamIds: readonly (string | null)[];
  assigneeIds: readonly (string | null)[];
}

/** Whether the agent's role shows a case that lies, or lay, with one of these teams or assignees. */
export function maySee(actor: AgentActor, { teamIds, assigneeIds }: CaseScopeFacts): boolean {
  if (!actor.permissions.has('case.read')) return false;
  if (actor.caseScope === 'all') return true;
  const reader = caseReader(actor);
  // Before and after need not stand in the same place of both lists: who could see any of the pairs may hear.
  return assigneeIds.some((assigneeId) => teamIds.some((teamId) => isInScope(reader, { assigneeId, teamId })));
}

/** Whether an event may be told to the agent. An event this version does not know, announced by a newer process beside it, is told to nobody. */
export function mayHear(actor: AgentActor, event: AnnouncedEvent): boolean {
  switch (events[event.topic]?.audience) {
    case 'account':
      return true;
    case 'agent':
      return (event.payload as { agentId?: string }).agentId === actor.agentId;
    case 'case':
      return maySee(actor, (event.payload as { scope: CaseScopeFacts }).scope);
    default:
      return false;
  }
}
