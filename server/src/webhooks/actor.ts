import type { AnnouncedEvent } from '@rapport/contract';
import { findAgentAccess, findKeyAccess } from '../accounts/index.ts';
import { caseReader, isAnyInScope, type CaseScopeFacts } from '../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';
import type { EndpointRow } from './store.ts';

/** Whom an endpoint acts for, with what they may see today; or why it acts for nobody any more. What a key made never reaches further than the key. */
export async function actorOf(ctx: Pick<Ctx, 'tx' | 'accountId'>, endpoint: Pick<EndpointRow, 'agent_id' | 'api_key_id'>, now: Date): Promise<AgentActor | 'agent_left' | 'key_gone'> {
  const apiKeyId = endpoint.api_key_id;
  const access = apiKeyId === null ? await findAgentAccess(ctx, endpoint.agent_id) : await findKeyAccess(ctx, apiKeyId, now);
  if (!access && apiKeyId !== null) return 'key_gone';
  if (!access?.isActive || !access.permissions.has('webhook.manage')) return 'agent_left';
  const { agentId, name, permissions, caseScope, teamIds } = access;
  return { kind: 'agent', agentId, name, permissions, caseScope, teamIds, address: 'webhook', ...(apiKeyId === null ? {} : { apiKeyId }) };
}

/** What somebody needs to be allowed to hear of a topic at all. */
export const neededFor = (topic: string) => (topic.startsWith('customer.') ? 'customer.read' : 'case.read');

/** Whether they may hear of it: events of a case by whether they see it or saw it, events of customers with the right to see customers. */
export function mayHear(actor: AgentActor, event: AnnouncedEvent): boolean {
  if (!actor.permissions.has(neededFor(event.topic))) return false;
  if (event.topic.startsWith('customer.')) return true;
  const { scope } = event.payload as { scope?: CaseScopeFacts };
  return scope !== undefined && isAnyInScope(caseReader(actor), scope);
}
