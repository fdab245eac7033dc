import type { CaseScope } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

export interface AgentFacts {
  id: string;
  name: string;
  isActive: boolean;
  readsCases: boolean;
  scope: CaseScope;
  teamIds: string[];
}

/** What decides whether an agent can be given a case. */
export async function findAgentFacts(ctx: Ctx, agentId: string): Promise<AgentFacts | undefined> {
  const [row] = await ctx.tx.named<AgentFacts>(
    'owner_agent',
    `select a.id, a.name, a.state = 'active' as "isActive", 'case.read' = any(r.permissions) as "readsCases", r.case_scope as scope,
       array(select m.team_id from team_member m where m.account_id = $1 and m.agent_id = a.id) as "teamIds"
     from agent a join role r on r.account_id = a.account_id and r.id = a.role_id where a.account_id = $1 and a.id = $2`,
    [ctx.accountId, agentId],
  );
  return row;
}

export async function findTeamName(ctx: Ctx, teamId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ name: string }>('owner_team', 'select name from team where account_id = $1 and id = $2', [ctx.accountId, teamId]);
  return row?.name;
}

export async function findCustomerName(ctx: Ctx, customerId: string): Promise<string> {
  const [row] = await ctx.tx.named<{ name: string }>('owner_customer', 'select name from customer where account_id = $1 and id = $2', [ctx.accountId, customerId]);
  return row?.name ?? '';
}
