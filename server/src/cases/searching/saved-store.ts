import type { Ctx } from '../../platform/context.ts';

export interface SavedRow {
  id: string;
  name: string;
  q: string;
  created_at: Date;
}

/** An agent's searches by name; they are few. */
export const selectSaved = (ctx: Ctx, agentId: string): Promise<SavedRow[]> =>
  ctx.tx.named('saved_searches', 'select id, name, q, created_at from saved_search where account_id = $1 and agent_id = $2 order by lower(name), id', [ctx.accountId, agentId]);

/** Searches of one agent are saved one after the other, so that neither the limit nor a name is passed by two at once. */
export const lockSaved = (ctx: Ctx, agentId: string): Promise<unknown> => ctx.tx.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`saved_search ${ctx.accountId} ${agentId}`]);

export const insertSaved = (ctx: Ctx, agentId: string, row: SavedRow): Promise<unknown> =>
  ctx.tx.run('insert into saved_search (account_id, agent_id, id, name, q, created_at) values ($1, $2, $3, $4, $5, $6)', [ctx.accountId, agentId, row.id, row.name, row.q, row.created_at]);

export const writeSaved = (ctx: Ctx, agentId: string, row: SavedRow): Promise<unknown> =>
  ctx.tx.run('update saved_search set name = $4, q = $5 where account_id = $1 and agent_id = $2 and id = $3', [ctx.accountId, agentId, row.id, row.name, row.q]);

/** Answers whether there was one. */
export async function deleteSaved(ctx: Ctx, agentId: string, id: string): Promise<boolean> {
  return (await ctx.tx.run('delete from saved_search where account_id = $1 and agent_id = $2 and id = $3 returning id', [ctx.accountId, agentId, id])).length > 0;
}
