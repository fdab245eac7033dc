import type { Ctx } from '../../platform/context.ts';

export interface NewCaseRow {
  id: string; number: number; subject: string; customerId: string; status: string; priority: string; assigneeId: string | null; tags: string[]; waitingSince: Date | null; resolvedAt: Date | null; lastActivityAt: Date;
  lastEntryId: string; lastIncomingId: string | null; preview: string; messageCount: number; createdAt: Date;
}

/** Takes as many numbers for cases, and answers the first. They are held until the commit, so this comes as late as possible. */
export async function takeNumbers(ctx: Ctx, count: number): Promise<number> {
  const [row] = await ctx.tx.named<{ first: number }>('import_numbers', 'update account set next_case_number = next_case_number + $2 where id = $1 returning next_case_number - $2 as first', [ctx.accountId, count]);
  return (row as { first: number }).first;
}

export async function insertCases(ctx: Ctx, importId: string, inbox: { id: string; channel: string; teamId: string | null }, rows: readonly NewCaseRow[]): Promise<void> {
  await ctx.tx.named(
    'import_cases',
    `insert into cases (account_id, id, number, subject, channel, inbox_id, customer_id, status, priority, assignee_id, team_id, tags, waiting_since, resolved_at, last_activity_at, last_entry_id, last_incoming_id, preview, message_count, created_at, import_id, import_version)
     select $1, c.id, c.number, c.subject, $4, $3, c."customerId", c.status, c.priority, c."assigneeId", $5, array(select jsonb_array_elements_text(c.tags)), c."waitingSince", c."resolvedAt", c."lastActivityAt", c."lastEntryId", c."lastIncomingId", c.preview, c."messageCount", c."createdAt", $2, 1
     from jsonb_to_recordset($6) c(id uuid, number bigint, subject text, "customerId" uuid, status text, priority text, "assigneeId" uuid, tags jsonb, "waitingSince" timestamptz, "resolvedAt" timestamptz, "lastActivityAt" timestamptz, "lastEntryId" uuid, "lastIncomingId" uuid, preview text, "messageCount" int, "createdAt" timestamptz)`,
    [ctx.accountId, importId, inbox.id, inbox.channel, inbox.teamId, JSON.stringify(rows)],
  );
}

export interface NewEntryRow {
  caseId: string; id: string; kind: string; direction: string | null; authorKind: string; authorId: string | null; authorName: string; at: Date; body: string; html: string | null; detail: object; searchText: string; searchBucket: number; rawKey: string | null; deliveryState: string | null; dedupeKey: string;
  files: { id: string; filename: string; mediaType: string; bytes: number; fileKey: string; contentId: string | null; isInline: boolean }[];
  people: { address: string; name: string | null; customerId: string | null }[];
  threadKeys: { key: string; isAwaited: boolean }[];
}

/** The same message is being brought in twice at once. Running the whole transaction again finds what the other wrote. */
class TakenMeanwhile extends Error {
  readonly code = '40001';
}

/** Entries with what hangs on them, in a few statements however many they are. */
export async function insertEntries(ctx: Ctx, inboxId: string, rows: readonly NewEntryRow[]): Promise<void> {
  const now = ctx.clock.now();
  await ctx.tx.named(
    'import_entries',
    `insert into entry (account_id, case_id, id, kind, direction, author_kind, author_id, author_name, occurred_at, created_at, body, html, detail, search_text, search_bucket, raw_key, delivery_state)
     select $1, e."caseId", e.id, e.kind, e.direction, e."authorKind", e."authorId", e."authorName", e.at, e.at, e.body, e.html, e.detail, e."searchText", e."searchBucket", e."rawKey", e."deliveryState"
     from jsonb_to_recordset($2) e("caseId" uuid, id uuid, kind text, direction text, "authorKind" text, "authorId" uuid, "authorName" text, at timestamptz, body text, html text, detail jsonb, "searchText" text, "searchBucket" int, "rawKey" text, "deliveryState" text)`,
    [ctx.accountId, JSON.stringify(rows.map(({ files: _f, people: _p, threadKeys: _t, dedupeKey: _d, ...row }) => row))],
  );
  await remember(ctx, inboxId, rows.map(({ dedupeKey, caseId, id }) => ({ key: dedupeKey, caseId, entryId: id })));
  const files = rows.flatMap((row) => row.files.map((one) => ({ ...one, caseId: row.caseId, entryId: row.id })));
  if (files.length > 0) {
    await ctx.tx.named(
      'import_files',
      `insert into attachment (account_id, case_id, id, entry_id, filename, media_type, bytes, file_key, content_id, is_inline, created_at)
       select $1, f."caseId", f.id, f."entryId", f.filename, f."mediaType", f.bytes, f."fileKey", f."contentId", f."isInline", $3
       from jsonb_to_recordset($2) f("caseId" uuid, id uuid, "entryId" uuid, filename text, "mediaType" text, bytes bigint, "fileKey" text, "contentId" text, "isInline" boolean)`,
      [ctx.accountId, JSON.stringify(files), now],
    );
  }
  const people = rows.flatMap((row) => row.people.map((one) => ({ ...one, caseId: row.caseId, at: row.at })));
  if (people.length > 0) {
    await ctx.tx.named(
      'import_people',
      `insert into participant (account_id, case_id, address, name, customer_id, added_at, is_known)
       select distinct on (p."caseId", p.address) $1::uuid, p."caseId", p.address, p.name, p."customerId", p.at, true
       from jsonb_to_recordset($2) p("caseId" uuid, address text, name text, "customerId" uuid, at timestamptz) order by p."caseId", p.address, p."customerId" is null, p.at on conflict do nothing`,
      [ctx.accountId, JSON.stringify(people)],
    );
  }
  const threads = rows.flatMap((row) => row.threadKeys.map((one) => ({ ...one, caseId: row.caseId })));
  if (threads.length > 0) {
    // A key that leads to another case already is left where it is. In one order for everybody, as where live mail takes keys.
    await ctx.tx.named(
      'import_threads',
      `insert into thread (account_id, inbox_id, key, case_id, is_awaited)
       select distinct on (t.key) $1::uuid, $2::uuid, t.key, t."caseId", t."isAwaited" from jsonb_to_recordset($3) t(key text, "caseId" uuid, "isAwaited" boolean) order by t.key, t."isAwaited"
       on conflict (account_id, inbox_id, key) do update set is_awaited = false where thread.is_awaited and not excluded.is_awaited and thread.case_id = excluded.case_id`,
      [ctx.accountId, inboxId, JSON.stringify(threads)],
    );
  }
}

/** By which things are known when they come again. */
export async function remember(ctx: Ctx, inboxId: string, rows: readonly { key: string; caseId: string; entryId: string }[]): Promise<void> {
  const made = await ctx.tx.named(
    'import_remember',
    `insert into received (account_id, inbox_id, dedupe_key, case_id, entry_id, at) select $1, $2, r.key, r."caseId", r."entryId", $4 from jsonb_to_recordset($3) r(key text, "caseId" uuid, "entryId" uuid) order by r.key on conflict do nothing returning 1`,
    [ctx.accountId, inboxId, JSON.stringify(rows), ctx.clock.now()],
  );
  if (made.length !== rows.length) throw new TakenMeanwhile('The same message is being taken in at once.');
}

/** Which of these keys are known in the inbox, and on which case what they stand for lies now. */
export async function selectReceived(ctx: Ctx, inboxId: string, keys: readonly string[]): Promise<{ key: string; case_id: string }[]> {
  if (keys.length === 0) return [];
  return ctx.tx.named('import_received', 'select r.dedupe_key as key, coalesce(home.case_id, r.case_id) as case_id from received r left join entry_home home on home.account_id = r.account_id and home.entry_id = r.entry_id where r.account_id = $1 and r.inbox_id = $2 and r.dedupe_key = any($3)', [ctx.accountId, inboxId, keys]);
}

/** Where these thread keys lead. */
export async function selectThreads(ctx: Ctx, inboxId: string, keys: readonly string[]): Promise<{ key: string; case_id: string; is_awaited: boolean }[]> {
  if (keys.length === 0) return [];
  return ctx.tx.named('import_threads_known', 'select key, case_id, is_awaited from thread where account_id = $1 and inbox_id = $2 and key = any($3)', [ctx.accountId, inboxId, keys]);
}

/** Whether an import may put more on these cases, and who is known on them. */
export async function selectImportable(ctx: Ctx, ids: readonly string[]): Promise<{ id: string; can_take: boolean; people: string[] }[]> {
  if (ids.length === 0) return [];
  return ctx.tx.named(
    'import_importable',
    `select c.id, c.import_id is not null and c.merged_into_id is null and c.removed_as is null as can_take, array(select p.address from participant p where p.account_id = c.account_id and p.case_id = c.id and p.is_known limit 200) as people
     from cases c where c.account_id = $1 and c.id = any($2)`,
    [ctx.accountId, ids],
  );
}

export interface HeldCase { id: string; number: number; status: string; isTouched: boolean; lastEntryId: string; lastIncomingId: string | null; lastActivityAt: Date; createdAt: Date; waitingSince: Date | null; takes: boolean }

/** Holds cases that are appended to, in one order for everybody. `takes` is false for one that was merged, set aside or never imported. */
export async function lockImported(ctx: Ctx, ids: readonly string[]): Promise<HeldCase[]> {
  return ctx.tx.named(
    'import_lock',
    `select id, number, status, version is distinct from import_version as "isTouched", last_entry_id as "lastEntryId", last_incoming_id as "lastIncomingId", last_activity_at as "lastActivityAt", created_at as "createdAt", waiting_since as "waitingSince",
       import_id is not null and merged_into_id is null and removed_as is null as takes from cases where account_id = $1 and id = any($2) order by id for update`,
    [ctx.accountId, ids],
  );
}

/** What appending changes about cases that are held. Who worked on one since keeps its state, and sees by the version that there is more. */
export async function updateAppended(ctx: Ctx, rows: readonly { id: string; messages: number; lastEntryId: string; lastIncomingId: string | null; lastActivityAt: Date; createdAt: Date; preview: string | null; waitingSince: Date | null; resolvedAt: Date | null; isTouched: boolean }[]): Promise<void> {
  await ctx.tx.named(
    'import_appended',
    `update cases c set message_count = c.message_count + n.messages, last_entry_id = n."lastEntryId", last_incoming_id = n."lastIncomingId", last_activity_at = n."lastActivityAt", created_at = n."createdAt", preview = coalesce(n.preview, c.preview),
       waiting_since = case when n."isTouched" then c.waiting_since else n."waitingSince" end, resolved_at = case when n."isTouched" then c.resolved_at else n."resolvedAt" end, version = c.version + case when n."isTouched" then 1 else 0 end
     from jsonb_to_recordset($2) n(id uuid, messages int, "lastEntryId" uuid, "lastIncomingId" uuid, "lastActivityAt" timestamptz, "createdAt" timestamptz, preview text, "waitingSince" timestamptz, "resolvedAt" timestamptz, "isTouched" boolean)
     where c.account_id = $1 and c.id = n.id`,
    [ctx.accountId, JSON.stringify(rows)],
  );
}

// Planned answers, those held back too, and drafts are work of people too, though neither moves the version.
const TOUCHED = `(version <> import_version
  or exists (select from planned_message p where p.account_id = cases.account_id and p.case_id = cases.id)
  or exists (select from draft d where d.account_id = cases.account_id and d.case_id = cases.id))`;

export async function countImported(ctx: Ctx, importId: string): Promise<{ cases: number; touched: number }> {
  const [row] = await ctx.tx.run<{ cases: number; touched: number }>(`select count(*) as cases, count(*) filter (where ${TOUCHED}) as touched from cases where account_id = $1 and import_id = $2`, [ctx.accountId, importId]);
  return row ?? { cases: 0, touched: 0 };
}

/** Takes some cases of an import away with everything on them and the tombstones that point to them. Answers what has to go elsewhere. */
export async function deleteImported(ctx: Ctx, importId: string, keepTouched: boolean, limit: number): Promise<{ removed: number; messageIds: string[]; fileKeys: string[] }> {
  const found = await ctx.tx.run<{ id: string }>(`select id from cases where account_id = $1 and import_id = $2 ${keepTouched ? `and not (${TOUCHED})` : ''} order by id limit $3 for update`, [ctx.accountId, importId, limit]);
  if (found.length === 0) return { removed: 0, messageIds: [], fileKeys: [] };
  const all = await ctx.tx.run<{ id: string }>(
    'with recursive gone(id) as (select unnest($2::uuid[]) union select c.id from gone g join cases c on c.account_id = $1 and c.merged_into_id = g.id) select id from gone',
    [ctx.accountId, found.map((row) => row.id)],
  );
  const ids = all.map((row) => row.id);
  const messages = await ctx.tx.run<{ id: string }>(`select id from entry where account_id = $1 and case_id = any($2) and kind = 'message'`, [ctx.accountId, ids]);
  const files = await ctx.tx.run<{ key: string }>(
    'select raw_key as key from entry where account_id = $1 and case_id = any($2) and raw_key is not null union select file_key from attachment where account_id = $1 and case_id = any($2)',
    [ctx.accountId, ids],
  );
  await ctx.tx.run('update cases set follows_case_id = null where account_id = $1 and follows_case_id = any($2)', [ctx.accountId, ids]);
  await ctx.tx.run('delete from received where account_id = $1 and case_id = any($2)', [ctx.accountId, ids]);
  await ctx.tx.run('delete from cases where account_id = $1 and id = any($2)', [ctx.accountId, ids]);
  return { removed: found.length, messageIds: messages.map((row) => row.id), fileKeys: files.map((row) => row.key) };
}
