import type { AnnouncedEvent } from '@rapport/contract';
import { findAgentAccess } from '../accounts/index.ts';
import { caseReader, isInScope } from '../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';

/** Whom an endpoint acts for, with what they may see today; undefined when they are not active or may no longer set up endpoints. */
export async function actorOf(ctx: Pick<Ctx, 'tx' | 'accountId'>, agentId: string): Promise<AgentActor | undefined> {
  const access = await findAgentAccess(ctx, agentId);
  if (!access?.isActive || !access.permissions.has('webhook.manage')) return undefined;
  const { name, permissions, caseScope, teamIds } = access;
  return { kind: 'agent', agentId, name, permissions, caseScope, teamIds, address: 'webhook' };
}

/** Whether they may hear of it: events of a case by whom it lies or lay with, events of customers with the right to see customers. */
export function mayHear(actor: AgentActor, event: AnnouncedEvent): boolean {
  if (event.topic.startsWith('customer.')) return actor.permissions.has('customer.read');
  const { scope } = event.payload as { scope?: { teamIds: (string | null)[]; assigneeIds: (string | null)[] } };
  if (!scope || !actor.permissions.has('case.read')) return false;
  const reader = caseReader(actor);
  return scope.assigneeIds.some((assigneeId) => scope.teamIds.some((teamId) => isInScope(reader, { assigneeId, teamId })));
}
