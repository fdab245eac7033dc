import type { ResponseOf, accounts } from '@rapport/contract';
import { mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { AgentRow } from '../people/agent-store.ts';
import { rightsOf } from '../people/giving.ts';
import { getAgentRow } from '../people/list-agents.ts';
import { mustBeWithin, type Rights } from '../people/rights.ts';
import { makeToken } from '../token.ts';
import { deleteApiKey, insertApiKey, selectApiKeys } from './api-key-store.ts';

// Enough to tell keys apart in the list, far too little to guess the rest.
const PREFIX_LENGTH = 'rk_'.length + 22 + 1 + 4;

export async function listApiKeys(ctx: Ctx): Promise<ResponseOf<typeof accounts.listApiKeys>> {
  mustBeAllowed(ctx.actor, 'apikey.manage');
  const rows = await selectApiKeys(ctx.tx, ctx.accountId);
  return {
    items: rows.map((row) => ({
      id: row.id, name: row.name, prefix: row.prefix, agentId: row.agent_id, agentName: row.agent_name,
      createdAt: row.created_at.toISOString(), lastUsedAt: row.last_used_at?.toISOString() ?? null, expiresAt: row.expires_at?.toISOString() ?? null,
    })),
  };
}

function ceilingFor(actor: AgentActor, agent: AgentRow): Rights | undefined {
  if (actor.apiKeyId !== undefined) throw new Refusal('not_allowed', 'A key cannot make keys. Sign in to make one.');
  if (actor.agentId === agent.id) return undefined;
  mustBeWithin(rightsOf(agent), actor);
  // Through a colleague's key one sees the cases assigned to them, whatever the key's own scope.
  if (actor.caseScope !== 'all') throw new Refusal('more_than_you_have', 'Only someone who sees every case can make a key for somebody else.');
  return rightsOf(agent);
}

/**
 * Makes a key that acts as an agent, with what the agent may do at the moment of use. A key for oneself has nothing above that; one for a colleague never grows beyond
 * what the colleague could do today, or its maker would rise with them. The key itself is answered once and not kept.
 */
export async function createApiKey(ctx: Ctx, input: { name: string; agentId?: string | undefined; expiresAt?: Date | undefined }): Promise<{ id: string; name: string; key: string }> {
  mustBeAllowed(ctx.actor, 'apikey.manage');
  const { tx, accountId, actor } = ctx;
  const agentId = input.agentId ?? (actor.kind === 'agent' ? actor.agentId : undefined);
  if (agentId === undefined) throw new Refusal('invalid_request', 'Say which agent the key acts as.');
  const agent = await getAgentRow(ctx, agentId);
  if (agent.state !== 'active') throw new Refusal('not_allowed', 'This agent is not active.');
  const now = ctx.clock.now();
  if (input.expiresAt && input.expiresAt <= now) throw new Refusal('invalid_request', 'The key would have run out already.');
  const ceiling = actor.kind === 'agent' ? ceilingFor(actor, agent) : undefined;
  const { token, hash } = makeToken('api-key', accountId);
  const id = newId();
  await insertApiKey(tx, { accountId, id, agentId, name: input.name, prefix: token.slice(0, PREFIX_LENGTH), hash, createdAt: now, createdBy: actor.kind === 'agent' ? actor.agentId : undefined, expiresAt: input.expiresAt, ceiling });
  await recordAudit(ctx, 'api_key.created', { target: input.name, detail: { madeKeyId: id, actsAs: agent.email, expiresAt: input.expiresAt?.toISOString() ?? null } });
  return { id, name: input.name, key: token };
}

/** Ends a key from the next request on. */
export async function revokeApiKey(ctx: Ctx, apiKeyId: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'apikey.manage');
  const removed = await deleteApiKey(ctx.tx, ctx.accountId, apiKeyId);
  if (!removed) throw new Refusal('not_found', 'This key does not exist any more.');
  await recordAudit(ctx, 'api_key.revoked', { target: removed.name, detail: { revokedKeyId: apiKeyId } });
  rightsChanged(ctx, removed.agent_id);
}
