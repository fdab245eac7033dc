import type { CaseScope, Permission } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { selectAgent } from './agent-store.ts';

/** What another agent could see and do, for rooms that hand something to them. */
export interface AgentAccess {
  agentId: string;
  name: string;
  isActive: boolean;
  isBot: boolean;
  permissions: ReadonlySet<Permission>;
  caseScope: CaseScope;
  teamIds: readonly string[];
}

/** What the agent may see and do today; undefined when the account has no such agent. Disabled and invited people keep their rights but are not active. */
export async function findAgentAccess(ctx: Pick<Ctx, 'tx' | 'accountId'>, agentId: string): Promise<AgentAccess | undefined> {
  const row = await selectAgent(ctx.tx, ctx.accountId, agentId);
  return row && { agentId: row.id, name: row.name, isActive: row.state === 'active', isBot: row.is_bot, permissions: new Set(row.permissions), caseScope: row.case_scope, teamIds: row.team_ids };
}
