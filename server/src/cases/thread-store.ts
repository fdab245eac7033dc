import type { Ctx } from '../platform/context.ts';

/** Where a message that is coming in might belong, as far as what is stored says. */
export interface Traces {
  /** Set when the same message was received before. */
  received: { caseId: string; entryId: string } | undefined;
  /** Known thread keys and their cases. */
  threads: Map<string, { caseId: string; isAwaited: boolean; knowsSender: boolean; /** The case whose token the key's message carried, when it was split off since. */ wasCaseId: string | null }>;
  /** The case of the token, when it exists. */
  tokenCaseId: string | undefined;
  /** The case with that number, when the sender takes part in it. */
  numberedCaseId: string | undefined;
}

interface Row {
  what: 'received' | 'thread' | 'token' | 'number';
  key: string | null;
  case_id: string;
  entry_id: string | null;
  is_awaited: boolean;
  knows_sender: boolean;
  was_case_id: string | null;
}

const KNOWS = 'exists (select from participant p where p.account_id = $1 and p.case_id = found.case_id and p.address = $7 and p.is_known)';

/** All traces in one statement; every branch is one or a few index probes. */
export async function findTraces(ctx: Ctx, asked: { inboxId: string; dedupeKey: string; keys: string[]; tokenCaseId: string | null; caseNumber: number | null; sender: string }): Promise<Traces> {
  const rows = await ctx.tx.named<Row>(
    'case_traces',
    `select 'received' as what, null as key, coalesce(home.case_id, r.case_id) as case_id, r.entry_id, false as is_awaited, false as knows_sender, null::uuid as was_case_id
       from received r left join entry_home home on home.account_id = r.account_id and home.entry_id = r.entry_id where r.account_id = $1 and r.inbox_id = $2 and r.dedupe_key = $3
     union all select 'thread', key, case_id, null, is_awaited, ${KNOWS}, was_case_id from thread found where account_id = $1 and inbox_id = $2 and key = any($4)
     union all select 'token', null, id, null, false, false, null from cases where account_id = $1 and id = $5
     union all select 'number', null, case_id, null, false, true, null from (select id as case_id from cases where account_id = $1 and number = $6) found where ${KNOWS}`,
    [ctx.accountId, asked.inboxId, asked.dedupeKey, asked.keys, asked.tokenCaseId, asked.caseNumber, asked.sender],
  );
  const of = (what: Row['what']) => rows.find((row) => row.what === what);
  const received = of('received');
  return {
    received: received && { caseId: received.case_id, entryId: received.entry_id as string },
    threads: new Map(rows.filter((row) => row.what === 'thread').map((row) => [row.key as string, { caseId: row.case_id, isAwaited: row.is_awaited, knowsSender: row.knows_sender, wasCaseId: row.was_case_id }])),
    tokenCaseId: of('token')?.case_id,
    numberedCaseId: of('number')?.case_id,
  };
}

/** Whether an address is known on a case: it began it, somebody known brought it, or we wrote to it. */
export async function takesPart(ctx: Ctx, caseId: string, address: string): Promise<boolean> {
  return (await ctx.tx.named('case_takes_part', 'select from participant where account_id = $1 and case_id = $2 and address = $3 and is_known', [ctx.accountId, caseId, address])).length > 0;
}

/** The message a key was waiting for has come. */
export async function endAwaiting(ctx: Ctx, inboxId: string, keys: string[]): Promise<void> {
  await ctx.tx.named('thread_seen', 'update thread set is_awaited = false where account_id = $1 and inbox_id = $2 and key = any($3)', [ctx.accountId, inboxId, keys]);
}

/** Keys of our own messages. A key that leads to another case already is left where it is. */
export async function addThreadKeys(ctx: Ctx, inboxId: string, caseId: string, keys: readonly string[]): Promise<void> {
  await ctx.tx.named('thread_add', 'insert into thread (account_id, inbox_id, key, case_id) select $1, $2, key, $3 from unnest($4::text[]) key on conflict do nothing', [ctx.accountId, inboxId, caseId, keys]);
}

/** Addresses that take part from now on; those that do already are known from now on. `customerId` when they are a known customer's. */
export async function addParticipants(ctx: Ctx, caseId: string, addresses: readonly string[], customerId: string | null = null): Promise<void> {
  await ctx.tx.named(
    'participant_add',
    'insert into participant (account_id, case_id, address, customer_id, added_at) select $1, $2, address, $5, $4 from unnest($3::text[]) address on conflict (account_id, case_id, address) do update set is_known = true where not participant.is_known',
    [ctx.accountId, caseId, addresses, ctx.clock.now(), customerId],
  );
}
