import type { Ctx } from '../../platform/context.ts';

export interface ErasedWords { messageIds: string[]; fileKeys: string[]; customerIds: string[] }

// What says that and when something happened, and nothing of what was said. Every other table that hangs on a case, also one that is added tomorrow, loses its rows of it.
const STAYS = ['case_follower', 'case_link', 'case_read', 'case_tag', 'cases', 'bulk_item', 'entry', 'entry_home', 'escalation', 'insight_fact', 'service_clock'];
// Changes that hold no words of anybody: numbers, states, and names of colleagues and teams. (`created` names the subject, or the case that is followed.)
const PLAIN_CHANGES = ['status', 'priority', 'assignee', 'team', 'tags', 'snooze', 'merge', 'unmerge', 'split', 'unsplit', 'link', 'unlink', 'aside', 'kind'];

interface Hanging { table: string; column: string }
// The tables stay what they are while a program runs.
const known = new WeakMap<object, readonly Hanging[]>();

async function hangingTables(ctx: Ctx): Promise<readonly Hanging[]> {
  const before = known.get(ctx.platform.database);
  if (before) return before;
  const tables = await ctx.tx.run<Hanging>(
    `select quote_ident(t.relname) as "table", quote_ident(a.attname) as "column" from pg_constraint f join pg_class t on t.oid = f.conrelid join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[array_position(f.confkey, (select attnum from pg_attribute where attrelid = f.confrelid and attname = 'id'))]
     where f.contype = 'f' and f.confrelid = 'cases'::regclass and t.relname <> all($1::text[]) order by 1, 2`, [STAYS]);
  known.set(ctx.platform.database, tables);
  return tables;
}

/** Who the cases belonged to or took part in them, and which files they have. */
export async function selectTraces(ctx: Ctx, ids: readonly string[]): Promise<ErasedWords> {
  const people = await ctx.tx.run<{ id: string }>('select customer_id as id from cases where account_id = $1 and id = any($2::uuid[]) union select customer_id from participant where account_id = $1 and case_id = any($2::uuid[]) and customer_id is not null', [ctx.accountId, ids]);
  const messages = await ctx.tx.run<{ id: string }>(`select id from entry where account_id = $1 and case_id = any($2::uuid[]) and kind = 'message'`, [ctx.accountId, ids]);
  const files = await ctx.tx.run<{ key: string }>('select raw_key as key from entry where account_id = $1 and case_id = any($2::uuid[]) and raw_key is not null union select file_key from attachment where account_id = $1 and case_id = any($2::uuid[])', [ctx.accountId, ids]);
  return { customerIds: people.map((row) => row.id), messageIds: messages.map((row) => row.id), fileKeys: files.map((row) => row.key) };
}

/** Empties what was said on the cases. That a message came or went stays, with its time, its direction and whether it was automatic: from these the reports are counted. */
export async function emptyCases(ctx: Ctx, ids: readonly string[], placeholderId: string, at: Date): Promise<void> {
  const gone = (await hangingTables(ctx)).map(({ table, column }, i) => `gone_${i} as (delete from ${table} where account_id = $1 and ${column} = any($2::uuid[]))`);
  await ctx.tx.named('case_hanging', `with ${gone.join(', ')} select 1`, [ctx.accountId, ids]);
  await ctx.tx.run(`delete from entry where account_id = $1 and case_id = any($2::uuid[]) and kind in ('note', 'brief')`, [ctx.accountId, ids]);
  await ctx.tx.run(
    `update entry set body = '', html = null, search_text = null, raw_key = null, delivery_reason = null, author_name = case author_kind when 'customer' then 'Erased person' else author_name end, author_id = case author_kind when 'customer' then null else author_id end,
       detail = jsonb_build_object('channel', detail -> 'channel', 'subject', '', 'from', '{"address": "", "name": null}'::jsonb, 'to', '[]'::jsonb, 'cc', '[]'::jsonb, 'replyTo', '[]'::jsonb, 'hasRemoteContent', false, 'automatic', detail -> 'automatic', 'maskedCardNumbers', coalesce(detail -> 'maskedCardNumbers', '0'), 'isNewParticipant', false, 'messageId', null)
         || case when detail ? 'isImported' then '{"isImported": true}'::jsonb else '{}'::jsonb end
     where account_id = $1 and case_id = any($2::uuid[]) and kind = 'message'`, [ctx.accountId, ids]);
  await ctx.tx.run(
    `update entry set search_text = null, detail = jsonb_build_object('changes', coalesce((select jsonb_agg(change) from jsonb_array_elements(detail -> 'changes') change where change ->> 'field' = any($3) or (change ->> 'field' = 'created' and change ->> 'from' is not null)), '[]'))
     where account_id = $1 and case_id = any($2::uuid[]) and kind = 'change'`, [ctx.accountId, ids, PLAIN_CHANGES]);
  await ctx.tx.run(`delete from entry where account_id = $1 and case_id = any($2::uuid[]) and kind = 'change' and detail -> 'changes' = '[]'`, [ctx.accountId, ids]);
  await ctx.tx.run(`update cases set subject = '', preview = '', customer_id = $3, removed_reason = null, next_promise_at = null, brief_entry_id = null, erased_at = $4 where account_id = $1 and id = any($2::uuid[])`, [ctx.accountId, ids, placeholderId, at]);
}

/** Whether no case belongs to the customer any more, and they take part in none. */
export async function hasNoCases(ctx: Ctx, customerIds: readonly string[], addresses: readonly string[]): Promise<boolean> {
  const [row] = await ctx.tx.run<{ has: boolean }>('select exists (select from cases where account_id = $1 and customer_id = any($2::uuid[])) or exists (select from participant where account_id = $1 and address = any($3)) as has', [ctx.accountId, customerIds, addresses]);
  return row?.has === false;
}
