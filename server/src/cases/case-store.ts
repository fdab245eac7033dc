import type { CaseKind, CasePriority, CaseStatus, ChannelName } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { CaseState } from './case-state.ts';

/** A case as the verbs change it. They hold its row locked, change this, and write it back together with an entry. */
export interface CaseRecord extends CaseState {
  id: string;
  number: number;
  subject: string;
  channel: ChannelName;
  inboxId: string;
  customerId: string;
  priority: CasePriority;
  kind: CaseKind;
  assigneeId: string | null;
  teamId: string | null;
  tags: string[];
  lastActivityAt: Date;
  lastEntryId: string | null;
  /** The newest message of a customer. */
  lastIncomingId: string | null;
  preview: string;
  messageCount: number;
  followsCaseId: string | null;
  /** When the first of the open promises falls due. */
  nextPromiseAt: Date | null;
  /** The hand-over brief that is pinned until somebody answers. */
  briefEntryId: string | null;
  version: number;
  isDemo: boolean;
  /** Where a merged case went; it is a tombstone then. */
  mergedIntoId: string | null;
  /** Set aside, with its status kept for the way back. */
  removedAs: 'spam' | 'deleted' | null;
}

interface Row {
  id: string; number: number; subject: string; channel: ChannelName; inbox_id: string; customer_id: string; status: CaseStatus; priority: CasePriority; kind: CaseKind; assignee_id: string | null; team_id: string | null; tags: string[];
  snoozed_until: Date | null; waiting_since: Date | null; resolved_at: Date | null; last_activity_at: Date; last_entry_id: string | null; last_incoming_id: string | null; preview: string; message_count: number;
  follows_case_id: string | null; next_promise_at: Date | null; brief_entry_id: string | null; version: number; is_demo: boolean; merged_into_id: string | null; removed_as: 'spam' | 'deleted' | null;
}

const COLUMNS = `c.id, c.number, c.subject, c.channel, c.inbox_id, c.customer_id, c.status, c.priority, c.kind, c.assignee_id, c.team_id, c.tags, c.snoozed_until, c.waiting_since, c.resolved_at,
  c.last_activity_at, c.last_entry_id, c.last_incoming_id, c.preview, c.message_count, c.follows_case_id, c.next_promise_at, c.brief_entry_id, c.version, c.is_demo, c.merged_into_id, c.removed_as`;

const recordOf = (row: Row): CaseRecord => ({
  id: row.id, number: row.number, subject: row.subject, channel: row.channel, inboxId: row.inbox_id, customerId: row.customer_id, status: row.status, priority: row.priority, kind: row.kind, assigneeId: row.assignee_id, teamId: row.team_id, tags: row.tags,
  snoozedUntil: row.snoozed_until, waitingSince: row.waiting_since, resolvedAt: row.resolved_at, lastActivityAt: row.last_activity_at, lastEntryId: row.last_entry_id, lastIncomingId: row.last_incoming_id, preview: row.preview,
  messageCount: row.message_count, followsCaseId: row.follows_case_id, nextPromiseAt: row.next_promise_at, briefEntryId: row.brief_entry_id, version: row.version, isDemo: row.is_demo, mergedIntoId: row.merged_into_id, removedAs: row.removed_as,
});

/** Whatever the reader's scope; `mustSee` comes after. */
export async function findRecord(ctx: Ctx, caseId: string): Promise<CaseRecord | undefined> {
  const [row] = await ctx.tx.named<Row>('case_record', `select ${COLUMNS} from cases c where c.account_id = $1 and c.id = $2`, [ctx.accountId, caseId]);
  return row && recordOf(row);
}

/** Holds the case until the transaction ends: everything that changes a case or its timeline comes through here. */
export async function lockRecord(ctx: Ctx, caseId: string): Promise<CaseRecord | undefined> {
  const [row] = await ctx.tx.named<Row>('case_lock', `select ${COLUMNS} from cases c where c.account_id = $1 and c.id = $2 for update`, [ctx.accountId, caseId]);
  return row && recordOf(row);
}

/** The case that went on where this one had ended, newest first. One that was merged goes on elsewhere, by its own way. */
export async function findSuccessor(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ id: string }>('case_successor', 'select id from cases where account_id = $1 and follows_case_id = $2 and merged_into_id is null order by id desc limit 1', [ctx.accountId, caseId]);
  return row?.id;
}

export async function findIdByNumber(ctx: Ctx, number: number): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ id: string }>('case_by_number', 'select id from cases where account_id = $1 and number = $2', [ctx.accountId, number]);
  return row?.id;
}

/** An entry about to be written. */
export interface NewEntry {
  id: string;
  kind: 'message' | 'note' | 'change' | 'brief';
  direction: 'in' | 'out' | null;
  author: { kind: 'customer' | 'agent' | 'bot' | 'system'; id: string | null; name: string };
  occurredAt: Date;
  body: string;
  html: string | null;
  detail: object;
  /** Null when there is nothing to find. */
  searchText: string | null;
  searchBucket: number;
  rawKey: string | null;
  deliveryState: 'queued' | null;
  /** As of `Incoming`. */
  conversation?: string | undefined;
}

const ENTRY_COLUMNS = `(account_id, case_id, id, kind, direction, author_kind, author_id, author_name, occurred_at, created_at, body, html, detail, search_text, search_bucket, raw_key, delivery_state, conversation)`;
const entryValues = (ctx: Ctx, entry: NewEntry): unknown[] => [
  entry.id, entry.kind, entry.direction, entry.author.kind, entry.author.id, entry.author.name, entry.occurredAt, ctx.clock.now(), entry.body, entry.html, JSON.stringify(entry.detail),
  entry.searchText, entry.searchBucket, entry.rawKey, entry.deliveryState, entry.conversation ?? null,
];
/** `$first` and the fifteen after it, in the order of `entryValues`. */
const entryPlaces = (first: number): string => Array.from({ length: 16 }, (_, i) => `$${first + i}`).join(', ');

const CASE_UPDATE = `update cases set subject = $3, status = $4, priority = $5, assignee_id = $6, team_id = $7, tags = $8, snoozed_until = $9, waiting_since = $10, resolved_at = $11, last_activity_at = $12,
  last_entry_id = $13, last_incoming_id = $14, preview = $15, message_count = $16, version = $17, kind = $18, next_promise_at = $19, brief_entry_id = $20 where account_id = $1 and id = $2`;
const caseValues = (ctx: Ctx, record: CaseRecord): unknown[] => [
  ctx.accountId, record.id, record.subject, record.status, record.priority, record.assigneeId, record.teamId, record.tags, record.snoozedUntil, record.waitingSince, record.resolvedAt, record.lastActivityAt,
  record.lastEntryId, record.lastIncomingId, record.preview, record.messageCount, record.version, record.kind, record.nextPromiseAt, record.briefEntryId,
];

/** The next state of a locked case and the entry that goes with it, in one statement. */
export async function writeWithEntry(ctx: Ctx, record: CaseRecord, entry: NewEntry): Promise<void> {
  await ctx.tx.named('case_append', `with changed as (${CASE_UPDATE} returning id) insert into entry ${ENTRY_COLUMNS} select $1, id, ${entryPlaces(21)} from changed`, [...caseValues(ctx, record), ...entryValues(ctx, entry)]);
}

/** The state alone, where the timeline shows nothing. */
export async function writeRecord(ctx: Ctx, record: CaseRecord): Promise<void> {
  await ctx.tx.named('case_write', CASE_UPDATE, caseValues(ctx, record));
}

/** What comes along with a message that was received. */
export interface Accompaniment {
  attachments: { id: string; filename: string; mediaType: string; bytes: number; fileKey: string; contentId: string | null; isInline: boolean }[];
  participants: { address: string; name: string | null; customerId: string | null; /** False when they come with somebody who was not known on the case. */ isKnown: boolean }[];
  /** Keys nobody knew before. */
  threadKeys: { key: string; isAwaited: boolean }[];
  dedupeKey: string;
}

const accompanied = (first: number): string => `
  attached as (insert into attachment (account_id, case_id, id, entry_id, filename, media_type, bytes, file_key, content_id, is_inline, created_at)
    select $1, $2, a.id, $${first}, a.filename, a."mediaType", a.bytes, a."fileKey", a."contentId", a."isInline", $${first + 1} from jsonb_to_recordset($${first + 2}) a(id uuid, filename text, "mediaType" text, bytes bigint, "fileKey" text, "contentId" text, "isInline" boolean)),
  joined as (insert into participant (account_id, case_id, address, name, customer_id, added_at, is_known)
    select $1, $2, p.address, p.name, p."customerId", $${first + 1}, p."isKnown" from jsonb_to_recordset($${first + 3}) p(address text, name text, "customerId" uuid, "isKnown" boolean)
    on conflict (account_id, case_id, address) do update set is_known = true where excluded.is_known and not participant.is_known),
  threaded as (insert into thread (account_id, inbox_id, key, case_id, is_awaited)
    select $1, $${first + 4}, t.key, $2, t."isAwaited" from jsonb_to_recordset($${first + 5}) t(key text, "isAwaited" boolean) on conflict do nothing returning key),
  remembered as (insert into received (account_id, inbox_id, dedupe_key, case_id, entry_id, at) values ($1, $${first + 4}, $${first + 6}, $2, $${first}, $${first + 1}))`;
const accompanimentValues = (ctx: Ctx, inboxId: string, entry: NewEntry, with_: Accompaniment): unknown[] => [
  entry.id, ctx.clock.now(), JSON.stringify(with_.attachments), JSON.stringify(with_.participants), inboxId, JSON.stringify(with_.threadKeys), with_.dedupeKey,
];

/** Another transaction took the same thread or message a moment before. Running the whole verb again finds what it wrote. */
class TakenMeanwhile extends Error {
  // The database's word for "run it again", which the transaction runner understands.
  readonly code = '40001';
}

async function claiming<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === '23505' && constraint === 'received_pkey') throw new TakenMeanwhile('The same message is being received twice at once.');
    throw error;
  }
}

/** As `writeWithEntry`, for a message received in `inboxId`. Everything or nothing; run again when somebody else was quicker. */
export async function writeReceived(ctx: Ctx, record: CaseRecord, inboxId: string, entry: NewEntry, with_: Accompaniment): Promise<void> {
  const [row] = await claiming(ctx.tx.named<{ threads: number }>(
    'case_append_received',
    `with changed as (${CASE_UPDATE} returning id), written as (insert into entry ${ENTRY_COLUMNS} select $1, id, ${entryPlaces(21)} from changed), ${accompanied(37)} select count(*)::int as threads from threaded`,
    [...caseValues(ctx, record), ...entryValues(ctx, entry), ...accompanimentValues(ctx, inboxId, entry, with_)],
  ));
  if (row?.threads !== with_.threadKeys.length) throw new TakenMeanwhile('A message of the same thread is being received at once.');
}

const CASE_INSERT = `insert into cases (account_id, id, number, subject, channel, inbox_id, customer_id, status, priority, assignee_id, team_id, tags, waiting_since, last_activity_at, last_entry_id, last_incoming_id, preview, message_count, follows_case_id, version, is_demo, created_at)
  select $1, $2, numbered.number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21 from numbered returning number`;
// Numbers are handed out in the order of commits: the row stays locked from here to the commit, so this comes as late as possible.
const NUMBERED = `numbered as (update account set next_case_number = next_case_number + 1 where id = $1 returning next_case_number - 1 as number)`;
const insertValues = (ctx: Ctx, record: Omit<CaseRecord, 'number'>): unknown[] => [
  ctx.accountId, record.id, record.subject, record.channel, record.inboxId, record.customerId, record.status, record.priority, record.assigneeId, record.teamId, record.tags, record.waitingSince, record.lastActivityAt,
  record.lastEntryId, record.lastIncomingId, record.preview, record.messageCount, record.followsCaseId, record.version, record.isDemo, ctx.clock.now(),
];

// The bucket of a new case's first entry is only known with its number.
const entryOfNewCase = (bucketSql: string): string => {
  const places = Array.from({ length: 16 }, (_, i) => (i === 12 ? bucketSql : `$${22 + i}`)).join(', ');
  return `written as (insert into entry ${ENTRY_COLUMNS} select $1, $2, ${places} from begun)`;
};
const BUCKET_OF_NUMBER = '(begun.number / ($34::int))::int';

/** Begins a case with its first entry; answers its number. `bucketSize` is how many cases share a search bucket. */
export async function beginWithEntry(ctx: Ctx, record: Omit<CaseRecord, 'number'>, entry: NewEntry, bucketSize: number): Promise<number> {
  const [row] = await ctx.tx.named<{ number: number }>(
    'case_begin',
    `with ${NUMBERED}, begun as (${CASE_INSERT}), ${entryOfNewCase(BUCKET_OF_NUMBER)} select number from begun`,
    [...insertValues(ctx, record), ...entryValues(ctx, { ...entry, searchBucket: bucketSize })],
  );
  return (row as { number: number }).number;
}

/** Begins a case with a message received in its inbox; answers its number. */
export async function beginReceived(ctx: Ctx, record: Omit<CaseRecord, 'number'>, entry: NewEntry, with_: Accompaniment, bucketSize: number): Promise<number> {
  const [row] = await claiming(ctx.tx.named<{ number: number; threads: number }>(
    'case_begin_received',
    `with ${NUMBERED}, begun as (${CASE_INSERT}), ${entryOfNewCase(BUCKET_OF_NUMBER)}, ${accompanied(38)} select number, (select count(*)::int from threaded) as threads from begun`,
    [...insertValues(ctx, record), ...entryValues(ctx, { ...entry, searchBucket: bucketSize }), ...accompanimentValues(ctx, record.inboxId, entry, with_)],
  ));
  if (row?.threads !== with_.threadKeys.length) throw new TakenMeanwhile('A message of the same thread is being received at once.');
  return row.number;
}
