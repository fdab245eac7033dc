import type { Ctx } from '../platform/context.ts';

/** What a rule or macro may name by id. */
export interface References {
  agents: string[];
  teams: string[];
  inboxes: string[];
  fields: string[];
  endpoints: string[];
}

/** Those that the account does not have. */
export function selectMissing(ctx: Ctx, { agents, teams, inboxes, fields, endpoints }: References): Promise<{ what: keyof References; id: string }[]> {
  const part = (what: keyof References, table: string, place: number) => `select '${what}' as what, w.id from unnest($${place}::uuid[]) w(id) where not exists (select from ${table} t where t.account_id = $1 and t.id = w.id)`;
  return ctx.tx.run(`${part('agents', 'agent', 2)} union all ${part('teams', 'team', 3)} union all ${part('inboxes', 'inbox', 4)} union all ${part('fields', 'case_field', 5)} union all ${part('endpoints', 'webhook_endpoint', 6)}`, [ctx.accountId, agents, teams, inboxes, fields, endpoints]);
}
