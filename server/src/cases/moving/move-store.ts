import type { CaseStatus } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { CaseState } from '../case-state.ts';
import type { Belongings } from './belongings-store.ts';
import type { Said } from './moved-state.ts';

/** The state as it is kept beside a move. */
export interface KeptState {
  status: CaseStatus;
  snoozedUntil: string | null;
  waitingSince: string | null;
  resolvedAt: string | null;
}

export interface ThreadKey {
  inboxId: string;
  key: string;
}

export interface MovedDraft {
  agentId: string;
  mode: 'reply' | 'note' | 'forward';
  /** Of the draft where it went; another one now means that somebody wrote on. */
  revision: number;
  /** False where it was put behind words that stood there already. */
  isAlone: boolean;
}

/** What a move took along, so that it can go back. */
export interface MoveFacts {
  entryIds: string[];
  threads: ThreadKey[];
  /** Addresses that take part in the other case only because of the move. */
  addresses: string[];
  tags: string[];
  linkIds: string[];
  drafts: MovedDraft[];
  belongings: Belongings;
  /** The hand-over brief that was pinned where the entries came from. */
  briefEntryId: string | null;
  planIds: string[];
  /** The states before and after; of a merge's tombstone only before. */
  from: { before: KeptState; after: KeptState };
  into: { before: KeptState; after: KeptState };
}

export interface MoveRow {
  id: string;
  kind: 'merge' | 'split';
  from_case_id: string;
  into_case_id: string;
  by_name: string;
  at: Date;
  from_entry_id: string;
  into_entry_id: string;
  facts: MoveFacts;
  undone_at: Date | null;
}

const text = (date: Date | null) => date?.toISOString() ?? null;
const date = (kept: string | null) => (kept === null ? null : new Date(kept));
export const keepState = (state: CaseState): KeptState => ({ status: state.status, snoozedUntil: text(state.snoozedUntil), waitingSince: text(state.waitingSince), resolvedAt: text(state.resolvedAt) });
export const stateOf = (kept: KeptState): CaseState => ({ status: kept.status, snoozedUntil: date(kept.snoozedUntil), waitingSince: date(kept.waitingSince), resolvedAt: date(kept.resolvedAt) });

export async function insertMove(ctx: Ctx, move: Omit<MoveRow, 'undone_at' | 'at' | 'by_name'>): Promise<void> {
  await ctx.tx.named(
    'move_insert',
    'insert into case_move (account_id, id, kind, from_case_id, into_case_id, by_name, at, from_entry_id, into_entry_id, facts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [ctx.accountId, move.id, move.kind, move.from_case_id, move.into_case_id, ctx.actor.name, ctx.clock.now(), move.from_entry_id, move.into_entry_id, JSON.stringify(move.facts)],
  );
}

export async function lockMove(ctx: Ctx, moveId: string): Promise<MoveRow | undefined> {
  const [row] = await ctx.tx.named<MoveRow>('move_lock', 'select id, kind, from_case_id, into_case_id, by_name, at, from_entry_id, into_entry_id, facts, undone_at from case_move where account_id = $1 and id = $2 for update', [ctx.accountId, moveId]);
  return row;
}

export async function endMove(ctx: Ctx, moveId: string): Promise<void> {
  await ctx.tx.named('move_undone', 'update case_move set undone_at = $3 where account_id = $1 and id = $2', [ctx.accountId, moveId, ctx.clock.now()]);
}

export interface ListedMove {
  id: string; kind: 'merge' | 'split'; at: Date; by_name: string; from_case_id: string; from_number: number; into_case_id: string; into_number: number; entry_id: string; entry_count: number; undone_at: Date | null;
}

/** Moves from or into a case, newest first. */
export function selectMoves(ctx: Ctx, caseId: string, limit: number): Promise<ListedMove[]> {
  return ctx.tx.named<ListedMove>(
    'move_list',
    `select m.id, m.kind, m.at, m.by_name, m.from_case_id, f.number as from_number, m.into_case_id, i.number as into_number, case when m.from_case_id = $2 then m.from_entry_id else m.into_entry_id end as entry_id,
       jsonb_array_length(m.facts -> 'entryIds') as entry_count, m.undone_at
     from (select * from case_move where account_id = $1 and from_case_id = $2 union all select * from case_move where account_id = $1 and into_case_id = $2) m
     join cases f on f.account_id = $1 and f.id = m.from_case_id join cases i on i.account_id = $1 and i.id = m.into_case_id order by m.id desc limit $3`,
    [ctx.accountId, caseId, limit],
  );
}

export async function setMergedInto(ctx: Ctx, caseId: string, intoCaseId: string | null): Promise<void> {
  await ctx.tx.named('case_merged_into', 'update cases set merged_into_id = $3 where account_id = $1 and id = $2', [ctx.accountId, caseId, intoCaseId]);
}

/** What of a case can move, oldest first: everything but its own changes. With `ids`, those of them. */
export async function selectMovable(ctx: Ctx, caseId: string, ids: readonly string[] | null): Promise<{ id: string; kind: string }[]> {
  return ctx.tx.named('move_movable', `select id, kind from entry where account_id = $1 and case_id = $2 and kind <> 'change' and ($3::uuid[] is null or id = any($3)) order by id`, [ctx.accountId, caseId, ids]);
}

/** Moves entries with their files, as far as they still lie on the case. Answers what moved. */
export async function moveEntries(ctx: Ctx, from: { id: string; inboxId: string }, toCaseId: string, entryIds: readonly string[]): Promise<{ id: string; kind: string }[]> {
  const moved = await ctx.tx.named<{ id: string; kind: string }>('move_entries', 'update entry set case_id = $3 where account_id = $1 and case_id = $2 and id = any($4) returning id, kind', [ctx.accountId, from.id, toCaseId, entryIds]);
  const ids = moved.map(({ id }) => id);
  await ctx.tx.named('move_files', 'update attachment set case_id = $3 where account_id = $1 and case_id = $2 and entry_id = any($4)', [ctx.accountId, from.id, toCaseId, ids]);
  await ctx.tx.named(
    'move_homes',
    'insert into entry_home (account_id, entry_id, case_id, inbox_id) select $1, id, $2, $3 from unnest($4::uuid[]) id on conflict (account_id, entry_id) do update set case_id = excluded.case_id',
    [ctx.accountId, toCaseId, from.inboxId, ids],
  );
  return moved;
}

export async function moveAllThreads(ctx: Ctx, fromCaseId: string, toCaseId: string): Promise<ThreadKey[]> {
  return ctx.tx.named<ThreadKey>('move_threads', 'update thread set case_id = $3 where account_id = $1 and case_id = $2 returning inbox_id as "inboxId", key', [ctx.accountId, fromCaseId, toCaseId]);
}

/** The keys of these messages; what answers them later and carries the old case's token is told by `was_case_id`. */
export async function splitThreads(ctx: Ctx, fromCaseId: string, toCaseId: string, entryIds: readonly string[]): Promise<ThreadKey[]> {
  return ctx.tx.named<ThreadKey>(
    'split_threads',
    `update thread set case_id = $3, was_case_id = coalesce(was_case_id, $2) where account_id = $1 and case_id = $2
       and key = any (array(select detail ->> 'messageId' from entry where account_id = $1 and case_id = $3 and id = any($4) and kind = 'message')) returning inbox_id as "inboxId", key`,
    [ctx.accountId, fromCaseId, toCaseId, entryIds],
  );
}

/** Brings keys back, as far as they still lead to `fromCaseId`. */
export async function returnThreads(ctx: Ctx, fromCaseId: string, toCaseId: string, keys: readonly ThreadKey[]): Promise<void> {
  await ctx.tx.named(
    'return_threads',
    `update thread t set case_id = $3, was_case_id = nullif(t.was_case_id, $3) from unnest($4::uuid[], $5::text[]) k(inbox_id, key) where t.account_id = $1 and t.inbox_id = k.inbox_id and t.key = k.key and t.case_id = $2`,
    [ctx.accountId, fromCaseId, toCaseId, keys.map((each) => each.inboxId), keys.map((each) => each.key)],
  );
}

/** Those who take part in one case take part in the other from now on; answers the addresses that are new there. They stay where they were too, for mails that name its number. */
export async function copyParticipants(ctx: Ctx, fromCaseId: string, toCaseId: string): Promise<string[]> {
  const rows = await ctx.tx.named<{ address: string }>(
    'move_participants',
    'insert into participant (account_id, case_id, address, name, customer_id, added_at, is_known) select account_id, $3, address, name, customer_id, added_at, is_known from participant where account_id = $1 and case_id = $2 order by address on conflict do nothing returning address',
    [ctx.accountId, fromCaseId, toCaseId],
  );
  return rows.map(({ address }) => address);
}

/** Takes addresses off a case again, but for those that some message on it names. */
export async function dropParticipants(ctx: Ctx, caseId: string, addresses: readonly string[]): Promise<void> {
  await ctx.tx.named(
    'drop_participants',
    `delete from participant p where p.account_id = $1 and p.case_id = $2 and p.address = any($3) and not exists (
       select from entry e, lateral (select e.detail -> 'from' as one union all select jsonb_array_elements(coalesce(e.detail -> 'to', '[]')) union all select jsonb_array_elements(coalesce(e.detail -> 'cc', '[]'))) named
       where e.account_id = $1 and e.case_id = $2 and e.kind = 'message' and lower(named.one ->> 'address') = p.address)`,
    [ctx.accountId, caseId, addresses],
  );
}

/** What the newest messages of a case are, after some came or went. */
export async function findNewest(ctx: Ctx, caseId: string): Promise<{ lastIncomingId: string | null; text: string; lastMovableId: string | null }> {
  const [row] = await ctx.tx.named<{ lastIncomingId: string | null; text: string | null; lastMovableId: string | null }>(
    'move_newest',
    `select (select id from entry where account_id = $1 and case_id = $2 and kind = 'message' and direction = 'in' order by id desc limit 1) as "lastIncomingId",
       (select left(body, 4000) from entry where account_id = $1 and case_id = $2 and kind = 'message' and (direction = 'in' or detail ->> 'automatic' is null) order by id desc limit 1) as text,
       (select id from entry where account_id = $1 and case_id = $2 and kind <> 'change' order by id desc limit 1) as "lastMovableId"`,
    [ctx.accountId, caseId],
  );
  return { lastIncomingId: row?.lastIncomingId ?? null, text: row?.text ?? '', lastMovableId: row?.lastMovableId ?? null };
}

// More than a conversation has after its last answer.
const SAID = 200;

/** The newest messages of a case, oldest first. */
export async function selectSaid(ctx: Ctx, caseId: string): Promise<Said[]> {
  const rows = await ctx.tx.named<Said>(
    'move_said',
    `select direction, occurred_at as at, detail ->> 'automatic' is not null as "isAutomatic" from entry where account_id = $1 and case_id = $2 and kind = 'message' order by id desc limit $3`,
    [ctx.accountId, caseId, SAID],
  );
  return rows.reverse();
}

/** When a customer wrote first after an entry; null when nobody did. */
export async function findArrivalAfter(ctx: Ctx, caseId: string, entryId: string): Promise<Date | null> {
  const [row] = await ctx.tx.named<{ at: Date }>(
    'move_arrival',
    `select occurred_at as at from entry where account_id = $1 and case_id = $2 and id > $3 and kind = 'message' and direction = 'in' and detail ->> 'automatic' is null order by id limit 1`,
    [ctx.accountId, caseId, entryId],
  );
  return row?.at ?? null;
}

/** Whoever had not read the one case up to `upTo` has not read what it brings into the other: their bookmark there goes back, and the case shows as unread to them. */
export async function lowerBookmarks(ctx: Ctx, fromCaseId: string, toCaseId: string, upTo: string, except: string | null): Promise<void> {
  await ctx.tx.named(
    'move_bookmarks',
    `delete from case_read r where r.account_id = $1 and r.case_id = $3 and r.agent_id is distinct from $5
       and not exists (select from case_read b where b.account_id = $1 and b.case_id = $2 and b.agent_id = r.agent_id and b.entry_id >= $4)`,
    [ctx.accountId, fromCaseId, toCaseId, upTo, except],
  );
}

/** Whose the messages are: the senders of some of them, by their id, oldest first. */
export async function selectSenders(ctx: Ctx, caseId: string, entryIds: readonly string[]): Promise<{ customerId: string; name: string }[]> {
  return ctx.tx.named(
    'move_senders',
    `select e.author_id as "customerId", e.author_name as name from entry e join customer c on c.account_id = $1 and c.id = e.author_id where e.account_id = $1 and e.case_id = $2 and e.id = any($3) and e.kind = 'message' and e.direction = 'in' order by e.id`,
    [ctx.accountId, caseId, entryIds],
  );
}

/** Those who take part in a case and are named by one of the messages, with what is known of them. */
export async function copyNamedParticipants(ctx: Ctx, fromCaseId: string, toCaseId: string, entryIds: readonly string[]): Promise<void> {
  await ctx.tx.named(
    'split_participants',
    `insert into participant (account_id, case_id, address, name, customer_id, added_at, is_known) select p.account_id, $3, p.address, p.name, p.customer_id, p.added_at, p.is_known from participant p where p.account_id = $1 and p.case_id = $2 and p.address in (
       select lower(named.one ->> 'address') from entry e, lateral (select e.detail -> 'from' as one union all select jsonb_array_elements(coalesce(e.detail -> 'to', '[]')) union all select jsonb_array_elements(coalesce(e.detail -> 'cc', '[]'))) named
       where e.account_id = $1 and e.case_id = $3 and e.id = any($4) and e.kind = 'message') order by p.address on conflict do nothing`,
    [ctx.accountId, fromCaseId, toCaseId, entryIds],
  );
}
