import type { Ctx } from '../../platform/context.ts';

/** What hangs on a case or on an entry beside its files, as far as a move took it along. */
export interface Belongings {
  /** Agents who follow the other case only because of the move. */
  followers: string[];
  promiseIds: string[];
}

/** Those who follow the one case follow the other too; answers who did not before. */
export async function copyFollowers(ctx: Ctx, fromCaseId: string, toCaseId: string): Promise<string[]> {
  const rows = await ctx.tx.named<{ agent_id: string }>(
    'move_followers',
    'insert into case_follower (account_id, case_id, agent_id, since) select account_id, $3, agent_id, since from case_follower where account_id = $1 and case_id = $2 order by agent_id on conflict do nothing returning agent_id',
    [ctx.accountId, fromCaseId, toCaseId],
  );
  return rows.map((row) => row.agent_id);
}

export async function dropFollowers(ctx: Ctx, caseId: string, agentIds: readonly string[]): Promise<void> {
  await ctx.tx.named('drop_followers', 'delete from case_follower where account_id = $1 and case_id = $2 and agent_id = any($3)', [ctx.accountId, caseId, agentIds]);
}

/** Mentions stand in notes and go where these go. */
export async function moveMentions(ctx: Ctx, fromCaseId: string, toCaseId: string, entryIds: readonly string[]): Promise<void> {
  await ctx.tx.named('move_mentions', 'update mention set case_id = $3 where account_id = $1 and case_id = $2 and entry_id = any($4)', [ctx.accountId, fromCaseId, toCaseId, entryIds]);
}

/** All promises of a case, those made with some entries, or those with some ids. Answers which moved. */
export async function movePromises(ctx: Ctx, fromCaseId: string, toCaseId: string, which: 'all' | { entryIds: readonly string[] } | { ids: readonly string[] }): Promise<string[]> {
  const [condition, list] = which === 'all' ? ['$4::uuid[] is null', null] : 'ids' in which ? ['id = any($4)', which.ids] : ['entry_id = any($4)', which.entryIds];
  const rows = await ctx.tx.named<{ id: string }>(
    `move_promises_${which === 'all' ? 'all' : Object.keys(which)[0]}`,
    `update promise set case_id = $3 where account_id = $1 and case_id = $2 and ${condition} returning id`,
    [ctx.accountId, fromCaseId, toCaseId, list],
  );
  return rows.map((row) => row.id);
}

/** Messages that wait for their time, with their files: all of a case, or those with some ids. Answers which moved. */
export async function movePlans(ctx: Ctx, fromCaseId: string, toCaseId: string, ids: readonly string[] | null): Promise<string[]> {
  const rows = await ctx.tx.named<{ id: string; attachment_ids: string[] }>(
    'move_plans',
    'update planned_message set case_id = $3 where account_id = $1 and case_id = $2 and ($4::uuid[] is null or id = any($4)) returning id, attachment_ids',
    [ctx.accountId, fromCaseId, toCaseId, ids],
  );
  await ctx.tx.named('move_plan_files', 'update attachment set case_id = $3 where account_id = $1 and case_id = $2 and entry_id is null and id = any($4)', [ctx.accountId, fromCaseId, toCaseId, rows.flatMap((row) => row.attachment_ids)]);
  return rows.map((row) => row.id);
}

/** When the first of a case's open promises falls due. */
export async function findNextPromise(ctx: Ctx, caseId: string): Promise<Date | null> {
  const [row] = await ctx.tx.named<{ at: Date | null }>(`move_next_promise`, `select min(due_at) as at from promise where account_id = $1 and case_id = $2 and state = 'open'`, [ctx.accountId, caseId]);
  return row?.at ?? null;
}
