import type { DeliveryState } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import type { BriefDetail, Change, ChangeDetail, MessageDetail, NoteDetail } from './message-detail.ts';

export interface AttachmentRow {
  id: string;
  filename: string;
  mediaType: string;
  bytes: number;
  isInline: boolean;
  contentId: string | null;
}

/** An entry as it is stored. */
export interface EntryRow {
  id: string;
  case_id: string;
  kind: 'message' | 'note' | 'change' | 'brief';
  direction: 'in' | 'out' | null;
  author_kind: 'customer' | 'agent' | 'bot' | 'system';
  author_id: string | null;
  author_name: string;
  occurred_at: Date;
  created_at: Date;
  body: string;
  html: string | null;
  detail: MessageDetail | NoteDetail | ChangeDetail | BriefDetail;
  raw_key: string | null;
  delivery_state: DeliveryState | null;
  delivery_reason: string | null;
  delivery_attempts: number;
  next_attempt_at: Date | null;
  attachments: AttachmentRow[];
}

const COLUMNS = 'e.id, e.case_id, e.kind, e.direction, e.author_kind, e.author_id, e.author_name, e.occurred_at, e.created_at, e.body, e.html, e.detail, e.raw_key, e.delivery_state, e.delivery_reason, e.delivery_attempts, e.next_attempt_at';
/** A page of entries with their files; files are looked up once for the page, not once for each entry. */
const withFiles = (page: string, first = '', more = ''): string => `
  with ${first} page as materialized (select ${COLUMNS} from entry e where e.account_id = $1 and e.case_id = $2 and ${page}),
  files as (
    select a.entry_id, jsonb_agg(jsonb_build_object('id', a.id, 'filename', a.filename, 'mediaType', a.media_type, 'bytes', a.bytes, 'isInline', a.is_inline, 'contentId', a.content_id) order by a.id) as attachments
    from attachment a where a.account_id = $1 and a.case_id = $2 and a.entry_id = any (array(select id from page)) group by a.entry_id
  )
  select e.*, coalesce(files.attachments, '[]') as attachments ${more} from page e left join files on files.entry_id = e.id order by e.id`;

export interface EntryPage {
  /** Oldest first. */
  rows: EntryRow[];
  /** Whether there is more in the direction the page was read. */
  hasMore: boolean;
}

// Fifty mails may hold two megabytes each. A page ends before it becomes more than a server makes and a browser draws at once; one entry is always on it.
const PAGE_BYTES = 4_000_000;

/** Of the next `$4` entries those that fit on a page, told by their lengths before anything of them is read. */
const pageOf = (condition: string, order: 'asc' | 'desc'): string => withFiles(
  'e.id = any (array(select id from fitting where place = 1 or so_far <= $5))',
  `next as materialized (
    select e.id, octet_length(e.body) + coalesce(octet_length(e.html), 0) as bytes from entry e where e.account_id = $1 and e.case_id = $2 and ${condition} order by e.id ${order} limit $4
  ), fitting as (
    select id, row_number() over ordered as place, sum(bytes) over ordered as so_far from next window ordered as (order by id ${order})
  ),`,
  ', (select count(*)::int from next) as found',
);
const BEFORE = pageOf('e.id < $3', 'desc');
const AFTER = pageOf('e.id > $3', 'asc');

async function selectPage(ctx: Ctx, name: string, text: string, caseId: string, from: string, limit: number): Promise<EntryPage> {
  const rows = await ctx.tx.named<EntryRow & { found: number }>(name, text, [ctx.accountId, caseId, from, limit + 1, PAGE_BYTES]);
  return { rows, hasMore: (rows[0]?.found ?? 0) > Math.min(rows.length, limit) };
}

/** The newest entries before one, at most `limit`. */
export async function selectBefore(ctx: Ctx, caseId: string, before: string, limit: number): Promise<EntryPage> {
  const { rows, hasMore } = await selectPage(ctx, 'entries_before', BEFORE, caseId, before, limit);
  return { rows: rows.slice(-limit), hasMore };
}

/** The oldest entries after one, at most `limit`. */
export async function selectAfter(ctx: Ctx, caseId: string, after: string, limit: number): Promise<EntryPage> {
  const { rows, hasMore } = await selectPage(ctx, 'entries_after', AFTER, caseId, after, limit);
  return { rows: rows.slice(0, limit), hasMore };
}

export async function findEntry(ctx: Ctx, caseId: string, entryId: string): Promise<EntryRow | undefined> {
  const [row] = await ctx.tx.named<EntryRow>('entry_find', withFiles('e.id = $3'), [ctx.accountId, caseId, entryId]);
  return row;
}

/** The newest message behind `after` that a writer should have seen: a customer's, or an answer by somebody else. */
export async function findNewerMessage(ctx: Ctx, caseId: string, after: string, writerId: string | null): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ id: string }>(
    'entry_newer_message',
    `select id from entry where account_id = $1 and case_id = $2 and id > $3 and kind = 'message' and detail ->> 'automatic' is null and (direction = 'in' or author_id is distinct from $4)
     order by id desc limit 1`,
    [ctx.accountId, caseId, after, writerId],
  );
  return row?.id;
}

/** The newest change of one of these fields by somebody else, after an entry. Only the end of the timeline is read. */
export async function findNewerChange(ctx: Ctx, caseId: string, after: string, writerId: string | null, fields: readonly string[]): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ id: string }>(
    'entry_newer_change',
    `select id from entry where account_id = $1 and case_id = $2 and id > $3 and kind = 'change' and author_id is distinct from $4
       and exists (select from jsonb_array_elements(detail -> 'changes') change where change ->> 'field' = any($5)) order by id desc limit 1`,
    [ctx.accountId, caseId, after, writerId, fields],
  );
  return row?.id;
}

/** The conversation of the newest message that has one. */
export async function findNewestConversation(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ conversation: string }>('entry_newest_conversation', 'select conversation from entry where account_id = $1 and case_id = $2 and conversation is not null order by id desc limit 1', [ctx.accountId, caseId]);
  return row?.conversation;
}

/** The messages of a conversation behind one, oldest first, whichever cases they lie on. Spam and deleted cases keep theirs: the other end is told of neither. */
export function selectConversation(ctx: Ctx, conversation: string, after: string, limit: number): Promise<EntryRow[]> {
  return ctx.tx.named<EntryRow>('entry_conversation', `select ${COLUMNS}, coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'filename', a.filename, 'mediaType', a.media_type, 'bytes', a.bytes, 'isInline', a.is_inline, 'contentId', a.content_id) order by a.id)
       from attachment a where a.account_id = $1 and a.case_id = e.case_id and a.entry_id = e.id), '[]') as attachments from entry e where e.account_id = $1 and e.conversation = $2 and e.id > $3 order by e.id limit $4`, [ctx.accountId, conversation, after, limit]);
}

export async function selectConversationCase(ctx: Ctx, conversation: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ case_id: string }>('entry_conversation_case', 'select case_id from entry where account_id = $1 and conversation = $2 order by id desc limit 1', [ctx.accountId, conversation]);
  return row?.case_id;
}

/** A file of a message of this conversation. */
export async function selectConversationFile(ctx: Ctx, conversation: string, fileId: string): Promise<(AttachmentRow & { fileKey: string }) | undefined> {
  const [row] = await ctx.tx.named<AttachmentRow & { fileKey: string }>(
    'entry_conversation_file',
    `select a.id, a.filename, a.media_type as "mediaType", a.bytes, a.is_inline as "isInline", a.content_id as "contentId", a.file_key as "fileKey"
     from entry e join attachment a on a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id where e.account_id = $1 and e.conversation = $2 and a.id = $3`,
    [ctx.accountId, conversation, fileId],
  );
  return row;
}

/** How far anybody of the desk has read a case. */
export async function selectReadUpTo(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ entry_id: string }>('entry_read_up_to', 'select entry_id from case_read where account_id = $1 and agent_id = any (array(select id from agent where account_id = $1)) and case_id = $2 order by entry_id desc limit 1', [ctx.accountId, caseId]);
  return row?.entry_id;
}

export async function setDelivery(ctx: Ctx, caseId: string, entryId: string, delivery: { state: DeliveryState; reason: string | null; attempts: number; nextAttemptAt: Date | null }): Promise<void> {
  await ctx.tx.named('entry_delivery', 'update entry set delivery_state = $4, delivery_reason = $5, delivery_attempts = $6, next_attempt_at = $7 where account_id = $1 and case_id = $2 and id = $3', [
    ctx.accountId, caseId, entryId, delivery.state, delivery.reason, delivery.attempts, delivery.nextAttemptAt,
  ]);
}

/** What a line of the timeline says now; false when it is not there any more. */
export async function rewriteChange(ctx: Ctx, caseId: string, entryId: string, changes: readonly Change[]): Promise<boolean> {
  const rows = await ctx.tx.named('entry_rewrite', `update entry set detail = $4 where account_id = $1 and case_id = $2 and id = $3 and kind = 'change' returning 1`, [ctx.accountId, caseId, entryId, JSON.stringify({ changes })]);
  return rows.length > 0;
}

export async function setMessageId(ctx: Ctx, caseId: string, entryId: string, messageId: string, rawKey: string | null): Promise<void> {
  await ctx.tx.named(
    'entry_message_id',
    `update entry set detail = detail || jsonb_build_object('messageId', $4::text), raw_key = coalesce($5, raw_key) where account_id = $1 and case_id = $2 and id = $3`,
    [ctx.accountId, caseId, entryId, messageId, rawKey],
  );
}

export interface MessageIdRow {
  id: string;
  message_id: string;
  direction: 'in' | 'out';
}

/** The message ids of the case's messages before an entry, oldest first: the first of all, and at most `limit` of the newest; with their direction. */
export async function selectMessageIds(ctx: Ctx, caseId: string, before: string, limit: number): Promise<MessageIdRow[]> {
  const from = `select id, detail ->> 'messageId' as message_id, direction from entry where account_id = $1 and case_id = $2 and id < $3 and kind = 'message' and conversation is null and detail ->> 'messageId' is not null`;
  const rows = await ctx.tx.named<MessageIdRow>('entry_message_ids', `(${from} order by id desc limit $4) union (${from} order by id limit 1) order by id desc`, [ctx.accountId, caseId, before, limit]);
  return rows.reverse();
}

/** The last words of a live conversation on a case before an entry, oldest first. */
export function selectTranscript(ctx: Ctx, caseId: string, before: string, limit: number): Promise<EntryRow[]> {
  return ctx.tx.named<EntryRow>('entry_transcript', withFiles('e.conversation is not null and e.id < $3 order by e.id desc limit $4'), [ctx.accountId, caseId, before, limit]);
}

/** The newest message of a customer, those that a program wrote only when `orAutomatic`. Read backwards, so the first hit ends it. */
export async function findNewestIncoming(ctx: Ctx, caseId: string, orAutomatic: boolean): Promise<MessageDetail | undefined> {
  const [row] = await ctx.tx.named<{ detail: MessageDetail }>(
    'entry_newest_incoming',
    `select detail from entry where account_id = $1 and case_id = $2 and kind = 'message' and direction = 'in' and ($3 or detail ->> 'automatic' is null)
       and not exists (select from participant p where p.account_id = $1 and p.case_id = $2 and p.address = lower(trim(detail #>> '{from,address}')) and not p.is_known) order by id desc limit 1`,
    [ctx.accountId, caseId, orAutomatic],
  );
  return row?.detail;
}

/** The newest message that a person wrote to us: what an answer quotes. */
export async function findNewestIncomingId(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ id: string }>(
    'entry_newest_incoming_id',
    `select id from entry where account_id = $1 and case_id = $2 and kind = 'message' and direction = 'in' and detail ->> 'automatic' is null order by id desc limit 1`,
    [ctx.accountId, caseId],
  );
  return row?.id;
}

/** Messages whose delivery is not settled, over all accounts, oldest first. The partial index holds these states only. */
export function selectUndelivered(tx: Tx, states: readonly DeliveryState[], before: Date, limit: number): Promise<{ account_id: string; case_id: string; id: string; delivery_state: DeliveryState; next_attempt_at: Date | null }[]> {
  return tx.run(
    `select account_id, case_id, id, delivery_state, next_attempt_at from entry
     where delivery_state in ('queued', 'sending', 'failed', 'bounced', 'unknown') and delivery_state = any($1) and created_at < $2 order by created_at limit $3`,
    [states, before, limit],
  );
}
