import type { Agent } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectAgent, selectAgents, type AgentRow } from './agent-store.ts';

export function agentOf(row: AgentRow): Agent {
  return {
    id: row.id, name: row.name, email: row.email, roleId: row.role_id, roleName: row.role_name, teamIds: row.team_ids, state: row.state,
    hasSecondFactor: row.has_second_factor, isBot: row.is_bot, createdAt: row.created_at.toISOString(), externalId: row.external_id,
  };
}

export async function listAgents(ctx: Ctx, query: { externalId?: string | undefined } = {}): Promise<{ items: Agent[] }> {
  mustBeAllowed(ctx.actor, 'agent.read');
  return { items: (await selectAgents(ctx.tx, ctx.accountId, query.externalId)).map(agentOf) };
}

export async function getAgentRow(ctx: Pick<Ctx, 'tx' | 'accountId'>, agentId: string): Promise<AgentRow> {
  const row = await selectAgent(ctx.tx, ctx.accountId, agentId);
  if (!row) throw new Refusal('not_found', 'This agent does not exist.');
  return row;
}
