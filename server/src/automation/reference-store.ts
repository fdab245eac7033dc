import type { Ctx } from '../platform/context.ts';

/** What a rule or macro may name by id. */
export interface References {
  agents: string[];
  /** Those who are given work or told of it: they must still be at work here. */
  workers: string[];
  teams: string[];
  inboxes: string[];
  fields: string[];
  endpoints: string[];
}

/** Those that the account does not have, or that have left and are to work. */
export function selectMissing(ctx: Ctx, { agents, workers, teams, inboxes, fields, endpoints }: References): Promise<{ what: keyof References; id: string }[]> {
  const part = (what: keyof References, table: string, place: number) => `select '${what}' as what, w.id from unnest($${place}::uuid[]) w(id) where not exists (select from ${table} t where t.account_id = $1 and t.id = w.id${what === 'workers' ? ` and t.state <> 'disabled'` : ''})`;
  return ctx.tx.run(`${part('agents', 'agent', 2)} union all ${part('teams', 'team', 3)} union all ${part('inboxes', 'inbox', 4)} union all ${part('fields', 'case_field', 5)} union all ${part('endpoints', 'webhook_endpoint', 6)} union all ${part('workers', 'agent', 7)}`, [ctx.accountId, agents, teams, inboxes, fields, endpoints, workers]);
}

/** The names of those of these agents who have left. */
export async function selectLeavers(ctx: Ctx, agentIds: readonly string[]): Promise<Map<string, string>> {
  if (agentIds.length === 0) return new Map();
  const rows = await ctx.tx.run<{ id: string; name: string }>(`select id, name from agent where account_id = $1 and id = any($2) and state = 'disabled'`, [ctx.accountId, agentIds]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
