import { events, type AnnouncedEvent } from '@rapport/contract';
import { caseReader, isAnyInScope, type CaseScopeFacts } from '../platform/case-scope.ts';
import type { AgentActor } from '../platform/context.ts';

/** Whether the agent's role shows a case that lies, or lay, with one of these teams or assignees. */
export function maySee(actor: AgentActor, facts: CaseScopeFacts): boolean {
  return actor.permissions.has('case.read') && isAnyInScope(caseReader(actor), facts);
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
