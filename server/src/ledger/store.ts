import type { DeliveryState, Door, LedgerRow, Outcome } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface NewRecord {
  id: string;
  direction: 'in' | 'out';
  at: Date;
  inboxId: string | null;
  door: Door | null;
  messageId: string | null;
  sender: string;
  recipient: string;
  subject: string;
  bytes: number;
  outcome: Outcome | null;
  state: DeliveryState | null;
  reason: string | null;
  maskedCardNumbers: number;
  caseId: string | null;
  entryId: string | null;
  rawKey: string | null;
  isDemo: boolean;
}

export interface OutgoingUpdate {
  entryId: string;
  state?: DeliveryState;
  reason?: string | null;
  messageId?: string;
  /** Once the message is composed: its size and the stored bytes. */
  bytes?: number;
  rawKey?: string;
}

export async function insertRecord(ctx: Ctx, row: NewRecord): Promise<void> {
  await ctx.tx.named(
    'ledger_insert',
    `insert into ledger (account_id, id, direction, at, inbox_id, door, message_id, sender, recipient, subject, bytes, outcome, state, reason, masked_card_numbers, case_id, entry_id, raw_key, is_demo)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [ctx.accountId, row.id, row.direction, row.at, row.inboxId, row.door, row.messageId, row.sender, row.recipient, row.subject, row.bytes, row.outcome, row.state, row.reason, row.maskedCardNumbers, row.caseId, row.entryId, row.rawKey, row.isDemo],
  );
}

/** Many at once, in one statement. */
export async function insertRecords(ctx: Ctx, rows: readonly NewRecord[]): Promise<void> {
  await ctx.tx.named(
    'ledger_insert_many',
    `insert into ledger (account_id, id, direction, at, inbox_id, door, message_id, sender, recipient, subject, bytes, outcome, state, reason, masked_card_numbers, case_id, entry_id, raw_key, is_demo)
     select $1, l.id, l.direction, l.at, l."inboxId", l.door, l."messageId", l.sender, l.recipient, l.subject, l.bytes, l.outcome, l.state, l.reason, l."maskedCardNumbers", l."caseId", l."entryId", l."rawKey", l."isDemo"
     from jsonb_to_recordset($2) l(id uuid, direction text, at timestamptz, "inboxId" uuid, door text, "messageId" text, sender text, recipient text, subject text, bytes int, outcome text, state text, reason text, "maskedCardNumbers" int, "caseId" uuid, "entryId" uuid, "rawKey" text, "isDemo" boolean)`,
    [ctx.accountId, JSON.stringify(rows)],
  );
}

export async function updateOutgoingState(ctx: Ctx, update: OutgoingUpdate): Promise<void> {
  await ctx.tx.named(
    'ledger_update_outgoing',
    `update ledger set state = coalesce($3, state), reason = case when $4 then $5 else reason end, message_id = coalesce($6, message_id), bytes = coalesce($7, bytes), raw_key = coalesce($8, raw_key)
     where account_id = $1 and entry_id = $2 and direction = 'out'`,
    [ctx.accountId, update.entryId, update.state ?? null, update.reason !== undefined, update.reason ?? null, update.messageId ?? null, update.bytes ?? null, update.rawKey ?? null],
  );
}

export interface LedgerFilter {
  direction?: 'in' | 'out' | undefined;
  outcome?: Outcome | undefined;
  state?: DeliveryState | undefined;
  inbox?: string | undefined;
}

interface Row {
  id: string; direction: 'in' | 'out'; at: Date; inbox_id: string | null; door: Door | null; message_id: string | null; sender: string; recipient: string; subject: string; bytes: number;
  outcome: Outcome | null; state: DeliveryState | null; reason: string | null; masked_card_numbers: number; case_id: string | null; case_number: number | null; entry_id: string | null; raw_key: string | null; purged_at: Date | null;
}

// A row stays as it was written; the case it leads to is the one its message lies on now.
const WITH_CASE = 'left join entry_home home on home.account_id = l.account_id and home.entry_id = l.entry_id left join cases c on c.account_id = l.account_id and c.id = coalesce(home.case_id, l.case_id)';
const WITH_INBOX = 'left join inbox i on i.account_id = l.account_id and i.id = l.inbox_id';

/**
 * A row is shown to those who may see its case; one without a case to those who may see an unassigned case of its inbox. Of a case that is gone nobody knows any more whose it was: its
 * rows are for those who see every case. Needs `c` and `i` beside `l`.
 */
function inScope(reader: CaseReader, value: (each: unknown) => string): string[] {
  const known = reader.seesDeleted ? [] : [`c.removed_as is distinct from 'deleted'`];
  if (reader.scope === 'all') return known;
  return [...known, '(l.case_id is null or c.id is not null)', `case_in_scope(${value(reader.scope)}, ${value(reader.agentId)}, ${value(reader.teamIds)}, c.assignee_id, case when l.case_id is null then i.team_id else c.team_id end)`];
}

/** Rows below `before`, newest first. */
export async function selectRecords(ctx: Ctx, reader: CaseReader, filter: LedgerFilter, before: string | undefined, limit: number): Promise<LedgerRow[]> {
  const values: unknown[] = [ctx.accountId];
  const value = (each: unknown) => `$${values.push(each)}`;
  const where = [`l.account_id = $1`, ...inScope(reader, value)];
  if (before !== undefined) where.push(`l.id < ${value(before)}`);
  if (filter.direction !== undefined) where.push(`l.direction = ${value(filter.direction)}`);
  // As literals, so that the planner sees that the partial indexes fit; the contract lets no other words through.
  if (filter.outcome !== undefined) where.push(`l.outcome = '${filter.outcome.replaceAll("'", '')}'`);
  if (filter.state !== undefined) where.push(`l.state = '${filter.state.replaceAll("'", '')}'`);
  if (filter.inbox !== undefined) where.push(`l.inbox_id = ${value(filter.inbox)}`);
  const rows = await ctx.tx.run<Row>(
    `select l.id, l.direction, l.at, l.inbox_id, l.door, l.message_id, l.sender, l.recipient, l.subject, l.bytes, l.outcome, l.state, l.reason, l.masked_card_numbers, coalesce(c.id, l.case_id) as case_id, c.number as case_number, l.entry_id, l.raw_key, l.purged_at
     from ledger l ${WITH_CASE} ${WITH_INBOX} where ${where.join(' and ')} order by l.id desc limit ${value(limit)}`,
    values,
  );
  return rows.map((row) => ({
    id: row.id, direction: row.direction, at: row.at.toISOString(), inboxId: row.inbox_id, door: row.door, messageId: row.message_id, sender: row.sender, recipient: row.recipient, subject: row.subject, bytes: row.bytes,
    outcome: row.outcome, state: row.state, reason: row.reason, maskedCardNumbers: row.masked_card_numbers, caseId: row.case_id, caseNumber: row.case_number, entryId: row.entry_id, hasRaw: row.raw_key !== null, purgedAt: row.purged_at?.toISOString() ?? null,
  }));
}

export async function findRaw(ctx: Ctx, reader: CaseReader, id: string): Promise<{ raw_key: string | null } | undefined> {
  const values: unknown[] = [ctx.accountId, id];
  const where = ['l.account_id = $1', 'l.id = $2', ...inScope(reader, (each) => `$${values.push(each)}`)];
  const [row] = await ctx.tx.run<{ raw_key: string | null }>(
    `select l.raw_key from ledger l ${WITH_CASE} ${WITH_INBOX} where ${where.join(' and ')}`,
    values,
  );
  return row;
}

export interface Sum {
  direction: 'in' | 'out';
  what: string;
  sum: number;
}

/** From the tally: the cost depends on the outcomes there are, not on the messages. */
export function selectSums(ctx: Ctx): Promise<Sum[]> {
  return ctx.tx.named<Sum>('ledger_sums', 'select direction, what, sum(change)::int8 as sum from ledger_tally where account_id = $1 group by direction, what', [ctx.accountId]);
}

export interface ProvedSum extends Sum {
  /** How many rows there are; null where counting them would take too long. */
  rows: number | null;
}

// Counting so many rows takes a few hundredths of a second.
const MOST_COUNTED = 50_000;

/**
 * The tally beside what the rows say, both of one moment: all of it in a ledger of up to fifty thousand rows. In a larger one only the outcomes and states that have an
 * index of their own are counted, that is everything but what ended well; `verifyLedger` counts the rest.
 */
export function selectProvedSums(ctx: Ctx, most = MOST_COUNTED): Promise<ProvedSum[]> {
  return ctx.tx.named<ProvedSum>(
    'ledger_proved_sums',
    `with tally as (select direction, what, sum(change)::int8 as sum from ledger_tally where account_id = $1 group by direction, what),
     sample as materialized (select direction, coalesce(outcome, state) as what from ledger where account_id = $1 limit $2 + 1),
     size as (select count(*) <= $2 as is_small from sample),
     counted as (
       select direction, what, count(*) as rows from sample where (select is_small from size) group by direction, what
       union all select 'in', outcome, count(*) from ledger where not (select is_small from size) and account_id = $1 and outcome in ('set_aside', 'duplicate', 'delivery_report', 'ignored') group by outcome
       union all select 'out', state, count(*) from ledger where not (select is_small from size) and account_id = $1 and state <> 'accepted' group by state
     )
     select coalesce(t.direction, c.direction) as direction, coalesce(t.what, c.what) as what, coalesce(t.sum, 0)::int8 as sum,
       case when (select is_small from size) or coalesce(t.what, c.what) not in ('new_case', 'appended', 'accepted') then coalesce(c.rows, 0)::int8 end as rows
     from tally t full join counted c on c.direction = t.direction and c.what = t.what`,
    [ctx.accountId, most],
  );
}

/** From the rows themselves; reads them all. */
export function countRows(ctx: Ctx): Promise<Sum[]> {
  return ctx.tx.run<Sum>('select direction, coalesce(outcome, state) as what, count(*) as sum from ledger where account_id = $1 group by 1, 2', [ctx.accountId]);
}

/** Messages on cases without their row in the ledger, rows that point to no message, and rows whose state is not the message's: at most 100 of them. */
export function selectFaults(ctx: Ctx): Promise<{ fault: string; ledger_id: string | null; entry_id: string | null }[]> {
  return ctx.tx.run(
    `select * from (
       select 'message_without_row' as fault, null::uuid as ledger_id, e.id as entry_id from entry e
         where e.account_id = $1 and e.kind = 'message' and not exists (select from ledger l where l.account_id = $1 and l.entry_id = e.id and l.direction = e.direction and (l.state is not null or l.outcome in ('new_case', 'appended')))
       union all
       select 'row_without_message', l.id, l.entry_id from ledger l
         left join entry_home home on home.account_id = $1 and home.entry_id = l.entry_id
         where l.account_id = $1 and l.purged_at is null and (l.state is not null or l.outcome in ('new_case', 'appended'))
           and not exists (select from entry e where e.account_id = $1 and e.case_id = coalesce(home.case_id, l.case_id) and e.id = l.entry_id)
       union all
       select 'state_differs', l.id, l.entry_id from ledger l left join entry_home home on home.account_id = $1 and home.entry_id = l.entry_id
         join entry e on e.account_id = $1 and e.case_id = coalesce(home.case_id, l.case_id) and e.id = l.entry_id where l.account_id = $1 and l.direction = 'out' and l.state is distinct from e.delivery_state
     ) fault limit 100`,
    [ctx.accountId],
  );
}

/** Accounts whose tally has grown enough to be worth folding. */
export function accountsToFold(tx: Tx): Promise<{ account_id: string }[]> {
  return tx.run('select account_id from ledger_tally group by account_id having count(*) > 50');
}

/** Replaces the changes of an account by their sums. Changes that are being written meanwhile stay as they are, for the next time. */
export async function foldTally(tx: Tx, accountId: string): Promise<void> {
  const gone = await tx.run<{ direction: string; what: string; change: number }>('delete from ledger_tally where account_id = $1 returning direction, what, change', [accountId]);
  const sums = new Map<string, { direction: string; what: string; change: number }>();
  for (const { direction, what, change } of gone) {
    const key = `${direction} ${what}`;
    sums.set(key, { direction, what, change: (sums.get(key)?.change ?? 0) + change });
  }
  const kept = [...sums.values()].filter(({ change }) => change !== 0);
  await tx.run('insert into ledger_tally (account_id, direction, what, change) select $1, * from unnest($2::text[], $3::text[], $4::int[])', [accountId, kept.map((k) => k.direction), kept.map((k) => k.what), kept.map((k) => k.change)]);
}

export function selectAccounts(tx: Tx): Promise<{ id: string; name: string }[]> {
  return tx.run('select id, name from account order by created_at');
}

export async function deleteDemoRecords(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.tx.run<{ raw_key: string | null }>('delete from ledger where account_id = $1 and is_demo returning raw_key', [ctx.accountId]);
  return rows.flatMap((row) => (row.raw_key === null ? [] : [row.raw_key]));
}

/** Rows of messages that are deleted for good, repeats of them too: they stay, without their bytes. Answers the stored messages they pointed to. */
export async function purgeRecords(ctx: Ctx, entryIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.run<{ raw_key: string | null }>(
    `with gone as (select id, direction, raw_key from ledger where account_id = $1 and entry_id = any($2) and direction = 'in' union all select id, direction, raw_key from ledger where account_id = $1 and entry_id = any($2) and direction = 'out')
     update ledger l set raw_key = null, purged_at = $3 from gone where l.account_id = $1 and l.id = gone.id returning gone.raw_key`,
    [ctx.accountId, entryIds, ctx.clock.now()],
  );
  return rows.flatMap((row) => (row.raw_key === null ? [] : [row.raw_key]));
}

export async function eraseRecords(ctx: Ctx, entryIds: readonly string[], patterns: readonly string[]): Promise<{ rows: number; rawKeys: string[] }> {
  // By messages alone an index finds them; by an address every row is looked at.
  const found = patterns.length === 0
    ? `select id, raw_key from ledger where account_id = $1 and entry_id = any($2::uuid[]) and direction = 'in' and cardinality($3::text[]) = 0 union all select id, raw_key from ledger where account_id = $1 and entry_id = any($2::uuid[]) and direction = 'out'`
    : `select id, raw_key from ledger where account_id = $1 and (entry_id = any($2::uuid[]) or sender ~* any($3::text[]) or recipient ~* any($3::text[])) and (purged_at is null or sender <> '')`;
  const rows = await ctx.tx.run<{ raw_key: string | null }>(
    `with gone as materialized (${found})
     update ledger l set sender = '', recipient = '', subject = '', message_id = null, raw_key = null, purged_at = $4 from gone where l.account_id = $1 and l.id = gone.id returning gone.raw_key`,
    [ctx.accountId, entryIds, patterns, ctx.clock.now()],
  );
  return { rows: rows.length, rawKeys: rows.flatMap((row) => (row.raw_key === null ? [] : [row.raw_key])) };
}
