import type { Ctx } from '../../platform/context.ts';
import { replaceText, textColumns } from '../../platform/database/personal-text.ts';

/** Whose traces go: every id the customer ever had, their addresses in lower case, and for each a pattern that finds it as a whole; and their full names, for the cases they took part in. */
export interface Person {
  customerIds: readonly string[];
  addresses: readonly string[];
  patterns: readonly string[];
  /** The same for the words that search keeps, in which an address stands in parts. */
  words: readonly string[];
  /** Patterns of their full names. */
  names: readonly string[];
  /** The same for the words that search keeps. */
  nameWords: readonly string[];
}

export interface ErasedCase {
  removed: { cases: number; messages: number; attachments: number };
  pseudonymised: { cases: number; messages: number; names: number };
  messageIds: string[];
  fileKeys: string[];
  /** Messages of others that name the person and have lost the bytes of their mail; these are among the files. */
  namingIds: string[];
}

/** The next case that the person has to do with, locked; undefined when there is none. */
export async function lockCaseOf(ctx: Ctx, person: Person): Promise<{ id: string; merged_into_id: string | null } | undefined> {
  const [row] = await ctx.tx.run<{ id: string; merged_into_id: string | null }>(
    `select c.id, c.merged_into_id from cases c where c.account_id = $1 and c.id = (
       select id from (select id from cases where account_id = $1 and customer_id = any($2::uuid[]) union all select case_id from participant where account_id = $1 and address = any($3)) of_them limit 1) for update`,
    [ctx.accountId, person.customerIds, person.addresses],
  );
  return row;
}

/** Whether nobody else wrote to the case or belongs to it; cases that were merged into it are looked at with it. */
export async function isTheirsAlone(ctx: Ctx, ids: readonly string[], person: Person): Promise<boolean> {
  const [row] = await ctx.tx.run<{ others: boolean }>(
    `select exists (select from cases where account_id = $1 and id = any($2::uuid[]) and customer_id <> all($3::uuid[]))
       or exists (select from participant where account_id = $1 and case_id = any($2::uuid[]) and customer_id <> all($3::uuid[]))
       or exists (select from entry where account_id = $1 and case_id = any($2::uuid[]) and author_kind = 'customer' and author_id <> all($3::uuid[])) as others`,
    [ctx.accountId, ids, person.customerIds],
  );
  return !(row?.others ?? false);
}

export async function familyOf(ctx: Ctx, caseId: string): Promise<string[]> {
  const rows = await ctx.tx.run<{ id: string }>('with recursive family(id) as (select $2::uuid union select c.id from family f join cases c on c.account_id = $1 and c.merged_into_id = f.id) select id from family', [ctx.accountId, caseId]);
  return rows.map((row) => row.id);
}

export async function eraseCases(ctx: Ctx, ids: readonly string[]): Promise<ErasedCase> {
  const messages = await ctx.tx.run<{ id: string }>(`select id from entry where account_id = $1 and case_id = any($2::uuid[]) and kind = 'message'`, [ctx.accountId, ids]);
  const attachments = await ctx.tx.run<{ key: string }>('select file_key as key from attachment where account_id = $1 and case_id = any($2::uuid[])', [ctx.accountId, ids]);
  const raws = await ctx.tx.run<{ key: string }>('select raw_key as key from entry where account_id = $1 and case_id = any($2::uuid[]) and raw_key is not null', [ctx.accountId, ids]);
  await ctx.tx.run('update cases set follows_case_id = null where account_id = $1 and follows_case_id = any($2::uuid[])', [ctx.accountId, ids]);
  await ctx.tx.run('delete from cases where account_id = $1 and id = any($2::uuid[])', [ctx.accountId, ids]);
  return {
    removed: { cases: ids.length, messages: messages.length, attachments: attachments.length }, pseudonymised: { cases: 0, messages: 0, names: 0 },
    messageIds: messages.map((row) => row.id), fileKeys: [...attachments, ...raws].map((row) => row.key), namingIds: [],
  };
}

/** Takes the person out of cases in which others were too: what they wrote is emptied, its files go, and the case belongs to the placeholder where it was theirs. */
export async function pseudonymiseCases(ctx: Ctx, ids: readonly string[], person: Person, placeholderId: string): Promise<ErasedCase> {
  const theirs = await ctx.tx.run<{ id: string; raw_key: string | null }>(
    `select id, raw_key from entry where account_id = $1 and case_id = any($2::uuid[]) and kind = 'message' and (author_id = any($3::uuid[]) or (direction = 'in' and lower(detail #>> '{from,address}') = any($4)))`,
    [ctx.accountId, ids, person.customerIds, person.addresses],
  );
  const own = theirs.map((row) => row.id);
  const files = await ctx.tx.run<{ key: string }>('delete from attachment where account_id = $1 and case_id = any($2::uuid[]) and entry_id = any($3::uuid[]) returning file_key as key', [ctx.accountId, ids, own]);
  await ctx.tx.run(
    `update entry set body = '', html = null, search_text = null, raw_key = null, author_name = 'Erased person', author_id = null,
       detail = detail || '{"subject": "", "from": {"address": "", "name": null}, "to": [], "cc": [], "replyTo": []}'::jsonb - 'mail' where account_id = $1 and case_id = any($2::uuid[]) and id = any($3::uuid[])`,
    [ctx.accountId, ids, own],
  );
  // What they said of our work.
  await ctx.tx.run(
    `update entry set author_name = 'Erased person', author_id = null, search_text = null, detail = jsonb_build_object('changes', (select jsonb_agg(change - 'name') from jsonb_array_elements(detail -> 'changes') change))
     where account_id = $1 and case_id = any($2::uuid[]) and kind = 'change' and author_id = any($3::uuid[])`,
    [ctx.accountId, ids, person.customerIds],
  );
  await ctx.tx.run('delete from participant where account_id = $1 and case_id = any($2::uuid[]) and (address = any($3) or customer_id = any($4::uuid[]))', [ctx.accountId, ids, person.addresses, person.customerIds]);
  await ctx.tx.run(
    `update cases set preview = case when last_incoming_id = any($3::uuid[]) or last_entry_id = any($3::uuid[]) then '' else preview end, customer_id = case when customer_id = any($4::uuid[]) then $5 else customer_id end, version = version + 1
     where account_id = $1 and id = any($2::uuid[])`,
    [ctx.accountId, ids, own, person.customerIds, placeholderId],
  );
  const naming = await dropOriginalsNaming(ctx, person.names, ids);
  const names = await forgetNames(ctx, ids, person);
  return {
    removed: { cases: 0, messages: 0, attachments: files.length }, pseudonymised: { cases: ids.length, messages: own.length, names },
    messageIds: own, fileKeys: [...files.map((row) => row.key), ...theirs.flatMap((row) => (row.raw_key === null ? [] : [row.raw_key])), ...naming.fileKeys], namingIds: naming.messageIds,
  };
}

/** Takes the person's full names out of everything that hangs on the cases, found from the catalogue, and out of its search words; answers out of how many rows. */
async function forgetNames(ctx: Ctx, caseIds: readonly string[], { names, nameWords }: Person): Promise<number> {
  let rows = 0;
  if (names.length === 0) return rows;
  for (const column of await textColumns(ctx.tx)) {
    if (column.caseColumn === null || !column.hasAccount) continue;
    const isWords = column.column === 'search_text';
    for (const pattern of isWords ? nameWords : names) rows += await replaceText(ctx.tx, column, ctx.accountId, pattern, isWords ? '' : 'Erased person', caseIds);
  }
  return rows;
}

/** What the person was called beside their messages. */
export async function namesInCases(ctx: Ctx, { customerIds, addresses }: Pick<Person, 'customerIds' | 'addresses'>): Promise<string[]> {
  const rows = await ctx.tx.run<{ name: string }>(
    `with of_them as materialized (select id as case_id from cases where account_id = $1 and customer_id = any($2::uuid[]) union select case_id from participant where account_id = $1 and address = any($3))
     select distinct e.author_name as name from of_them t join entry e on e.account_id = $1 and e.case_id = t.case_id where e.author_kind = 'customer' and e.author_id = any($2::uuid[])
     union select distinct a ->> 'name' from of_them t join entry e on e.account_id = $1 and e.case_id = t.case_id cross join lateral jsonb_path_query(e.detail, '$.** ? (@.address.type() == "string" && @.name.type() == "string")') a where lower(a ->> 'address') = any($3)`,
    [ctx.accountId, customerIds, addresses],
  );
  return rows.map((row) => row.name);
}

/** Lets go of the bytes of every message that names the person: an address in a text can be replaced, in the mail as it came it cannot. */
export async function dropOriginalsNaming(ctx: Ctx, patterns: readonly string[], caseIds?: readonly string[]): Promise<{ messageIds: string[]; fileKeys: string[] }> {
  const rows = await ctx.tx.run<{ id: string; raw_key: string }>(
    `with naming as materialized (select case_id, id, raw_key from entry where account_id = $1 and raw_key is not null and ($3::uuid[] is null or case_id = any($3)) and (detail::text ~* any($2::text[]) or body ~* any($2::text[]) or html ~* any($2::text[])))
     update entry e set raw_key = null from naming n where e.account_id = $1 and e.case_id = n.case_id and e.id = n.id returning e.id, n.raw_key`,
    [ctx.accountId, patterns, caseIds ?? null],
  );
  return { messageIds: rows.map((row) => row.id), fileKeys: rows.map((row) => row.raw_key) };
}

/**
 * Takes the person's addresses out of the words of messages and notes that name them. Only of those: words in a row look alike for several addresses (`ida@x.example` stands within `berg.ida@x.example`), so
 * words alone do not tell whose they are. Before the texts themselves are changed.
 */
export async function forgetWords(ctx: Ctx, { patterns, words }: Person): Promise<void> {
  for (const [i, pattern] of patterns.entries()) {
    await ctx.tx.run(`update entry set search_text = regexp_replace(search_text, $3, '', 'gi') where account_id = $1 and search_text is not null and (detail::text ~* $2 or body ~* $2 or html ~* $2)`, [ctx.accountId, pattern, words[i]]);
  }
}
