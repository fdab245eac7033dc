import type { Ctx } from '../../platform/context.ts';

export interface NamesRow {
  company: string;
  agentEmail: string;
  assigneeName: string | null;
  teamName: string | null;
}

/** The names of the company, the one who asks, and an agent and a team a macro speaks of; null for those that do not exist or have left. */
export async function findNames(ctx: Ctx, agentId: string, assigneeId: string | null, teamId: string | null): Promise<NamesRow> {
  const [row] = await ctx.tx.run<NamesRow>(
    `select a.name as company, g.email as "agentEmail", o.name as "assigneeName", t.name as "teamName" from account a join agent g on g.account_id = a.id and g.id = $2
     left join agent o on o.account_id = a.id and o.id = $3 and o.state = 'active' left join team t on t.account_id = a.id and t.id = $4 where a.id = $1`,
    [ctx.accountId, agentId, assigneeId, teamId],
  );
  return row as NamesRow;
}
