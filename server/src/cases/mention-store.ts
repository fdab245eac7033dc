import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';

export interface MentionRow {
  id: string; case_id: string; number: number; subject: string; customer_name: string; entry_id: string; by_name: string; body: string; at: Date; read_at: Date | null;
}

export async function insertMentions(ctx: Ctx, mentions: readonly { id: string; agentId: string }[], about: { caseId: string; entryId: string; byAgentId: string | null; byName: string }): Promise<void> {
  await ctx.tx.named(
    'mention_insert',
    `insert into mention (account_id, agent_id, id, case_id, entry_id, by_agent_id, by_name, at) select $1, m."agentId", m.id, $3, $4, $5, $6, $7 from jsonb_to_recordset($2) m(id uuid, "agentId" uuid)`,
    [ctx.accountId, JSON.stringify(mentions), about.caseId, about.entryId, about.byAgentId, about.byName, ctx.clock.now()],
  );
}

/** The reader's mentions below `before`, newest first; those on cases that they see no more are left out. */
export function selectMentions(ctx: Ctx, reader: CaseReader, before: string, onlyUnread: boolean, limit: number): Promise<MentionRow[]> {
  const unread = onlyUnread ? 'and m.read_at is null' : '';
  return ctx.tx.named<MentionRow>(
    onlyUnread ? 'mention_list_unread' : 'mention_list',
    `select m.id, m.case_id, c.number, c.subject, k.name as customer_name, m.entry_id, m.by_name, left(e.body, 400) as body, m.at, m.read_at
     from mention m join cases c on c.account_id = $1 and c.id = m.case_id join customer k on k.account_id = $1 and k.id = c.customer_id join entry e on e.account_id = $1 and e.case_id = m.case_id and e.id = m.entry_id
     where m.account_id = $1 and m.agent_id = $2 and m.id < $3 ${unread} and case_in_scope($4, $2, $5, c.assignee_id, c.team_id) and ($7 or c.removed_as is distinct from 'deleted') order by m.id desc limit $6`,
    [ctx.accountId, reader.agentId, before, reader.scope, reader.teamIds, limit, reader.seesDeleted],
  );
}

/** How many are unread, counted no further than `most`. */
export async function countUnread(ctx: Ctx, reader: CaseReader, most: number): Promise<number> {
  const [row] = await ctx.tx.named<{ count: number }>(
    'mention_unread',
    `select count(*)::int as count from (
       select from mention m join cases c on c.account_id = $1 and c.id = m.case_id where m.account_id = $1 and m.agent_id = $2 and m.read_at is null and case_in_scope($3, $2, $4, c.assignee_id, c.team_id) and ($6 or c.removed_as is distinct from 'deleted') limit $5
     ) unread`,
    [ctx.accountId, reader.agentId, reader.scope, reader.teamIds, most, reader.seesDeleted],
  );
  return row?.count ?? 0;
}

/** Marks as read those given, or those of a case, or all; answers how many were unread. */
export async function markMentionsRead(ctx: Ctx, agentId: string, what: { ids: readonly string[] | null; caseId: string | null }): Promise<number> {
  const rows = await ctx.tx.named(
    'mention_read',
    'update mention set read_at = $3 where account_id = $1 and agent_id = $2 and read_at is null and ($4::uuid[] is null or id = any($4)) and ($5::uuid is null or case_id = $5) returning 1',
    [ctx.accountId, agentId, ctx.clock.now(), what.ids, what.caseId],
  );
  return rows.length;
}
