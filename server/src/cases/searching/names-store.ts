import type { Ctx } from '../../platform/context.ts';

export interface Named {
  id: string;
  name: string;
  email?: string;
}

/** Colleagues, teams and inboxes by name; each is at most some hundreds. */
export const selectColleagues = (ctx: Ctx): Promise<Named[]> => ctx.tx.named('search_agents', 'select id, name, email from agent where account_id = $1 order by id limit 5000', [ctx.accountId]);
export const selectTeams = (ctx: Ctx): Promise<Named[]> => ctx.tx.named('search_teams', 'select id, name from team where account_id = $1 order by id limit 5000', [ctx.accountId]);
export const selectInboxes = (ctx: Ctx): Promise<Named[]> => ctx.tx.named('search_inboxes', 'select id, name, address as email from inbox where account_id = $1 order by id limit 5000', [ctx.accountId]);
