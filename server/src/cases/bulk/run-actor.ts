import { caseScopes } from '@rapport/contract';
import { findAgentAccess } from '../../accounts/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import type { RunRow } from './bulk-store.ts';

/**
 * Who a run acts as: its agent with the rights of today, but never more than whoever started it had then (an API key may reach less far than its agent).
 * What somebody left behind is always put back on the desk. Undefined when the agent works here no more.
 */
export async function runActor(ctx: Pick<Ctx, 'tx' | 'accountId'>, run: RunRow): Promise<AgentActor | undefined> {
  if (run.leaver_id !== null) return { kind: 'agent', agentId: run.agent_id, name: run.agent_name, permissions: new Set(run.permissions), caseScope: run.case_scope, teamIds: [], address: '' };
  const access = await findAgentAccess(ctx, run.agent_id);
  if (!access?.isActive) return undefined;
  const held = new Set(run.permissions);
  const caseScope = caseScopes[Math.min(caseScopes.indexOf(access.caseScope), caseScopes.indexOf(run.case_scope))] ?? 'own';
  return { kind: 'agent', agentId: run.agent_id, name: access.name, permissions: new Set([...access.permissions].filter((name) => held.has(name))), caseScope, teamIds: access.teamIds, address: '' };
}
