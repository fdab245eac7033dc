import { emailInboxSettings, type CaseStatus } from '@rapport/contract';
import type pg from 'pg';
import { searchWords } from '../src/platform/search-words.ts';
import { newId } from '../src/platform/ids.ts';
import { makeWords, randomFrom, type Random } from './bulk-words.ts';

export interface BulkOptions {
  /** It must have its roles. */
  accountId: string;
  /** The inbox all cases belong to; without one, four are made. */
  inboxId?: string;
  /** How many messages; they lie on a fifth as many cases. */
  messages: number;
  agents?: number;
  teams?: number;
  /** The history ends here; it began three years before, unless `years` says otherwise. */
  until?: Date;
  years?: number;
  seed?: number;
  onProgress?: (line: string) => void;
}

export interface Bulk {
  cases: number;
  messages: number;
  agentIds: string[];
  teamIds: string[];
  inboxIds: string[];
  inboxAddresses: string[];
  /** Words by how many messages have them: in about a third, in about one of a hundred, in two or three of all. */
  words: { everywhere: string; common: string; rare: string };
  /** Some Message-IDs of stored mails, by which an answer finds its case. */
  answerable: { messageId: string; from: string; inboxId: string; inboxAddress: string }[];
}

const BATCH = 2_000;
const pad = (n: number) => String(n).padStart(7, '0');

/** Shelves as a desk of some years has them: nearly everything is done. */
function statusOf(random: Random, age: number): { status: CaseStatus; isSnoozed: boolean } {
  const dice = random();
  if (age > 0.03) return { status: dice < 0.02 ? 'open' : dice < 0.03 ? 'pending' : dice < 0.3 ? 'resolved' : 'closed', isSnoozed: false };
  if (dice < 0.15) return { status: 'new', isSnoozed: false };
  if (dice < 0.45) return { status: 'open', isSnoozed: dice > 0.42 };
  return { status: dice < 0.7 ? 'pending' : dice < 0.75 ? 'on_hold' : 'resolved', isSnoozed: false };
}

type Run = <R = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<R[]>;

/** In one transaction, without triggers and foreign keys. */
async function quickly<T>(pool: pg.Pool, work: (run: Run) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin; set local statement_timeout = 0; set local session_replication_role = replica');
    const result = await work(async (text, values = []) => (await client.query(text, values)).rows as never);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const insert = (run: Run, table: string, columns: string, types: string, rows: readonly object[]) => run(`insert into ${table} (${columns}) select ${columns} from json_to_recordset($1) r(${types})`, [JSON.stringify(rows)]);

interface Inbox {
  id: string;
  address: string;
  team_id: string | null;
}

/** Agents, teams and inboxes. */
async function fillPeople(run: Run, accountId: string, count: { agents: number; teams: number }, inboxId: string | undefined, from: Date) {
  const [role] = await run<{ id: string }>(`select id from role where account_id = $1 order by key = 'agent' desc nulls last limit 1`, [accountId]);
  if (!role) throw new Error('Found the account first: it has no roles.');
  const base = { account_id: accountId, created_at: from };
  const agentIds = Array.from({ length: count.agents }, () => newId());
  const teamIds = Array.from({ length: count.teams }, () => newId());
  await insert(run, 'agent', 'account_id, id, email, name, role_id, created_at', 'account_id uuid, id uuid, email text, name text, role_id uuid, created_at timestamptz', agentIds.map((id, i) => ({ ...base, id, email: `bulk-${i}@${accountId}.test`, name: `Agent ${i}`, role_id: role.id })));
  await insert(run, 'team', 'account_id, id, name, created_at', 'account_id uuid, id uuid, name text, created_at timestamptz', teamIds.map((id, i) => ({ ...base, id, name: `Bulk team ${i}` })));
  await insert(run, 'team_member', 'account_id, team_id, agent_id', 'account_id uuid, team_id uuid, agent_id uuid', agentIds.map((agent_id, i) => ({ account_id: accountId, team_id: teamIds[i % teamIds.length], agent_id })));
  if (inboxId !== undefined) return { agentIds, teamIds, inboxes: await run<Inbox>('select id, address, team_id from inbox where account_id = $1 and id = $2', [accountId, inboxId]) };
  const inboxes = teamIds.slice(0, 4).map((team_id, i) => ({ ...base, id: newId(), channel: 'email', name: `Bulk inbox ${i}`, address: `bulk${i}@${accountId.slice(-12)}.test`, team_id, settings: emailInboxSettings.parse({ address: `bulk${i}@${accountId.slice(-12)}.test` }) }));
  await insert(run, 'inbox', 'account_id, id, channel, name, address, team_id, settings, created_at', 'account_id uuid, id uuid, channel text, name text, address text, team_id uuid, settings jsonb, created_at timestamptz', inboxes);
  await insert(run, 'inbox_address', 'channel, address, account_id, inbox_id', 'channel text, address text, account_id uuid, inbox_id uuid', inboxes.map((inbox) => ({ channel: 'email', address: inbox.address, account_id: accountId, inbox_id: inbox.id })));
  return { agentIds, teamIds, inboxes: inboxes as Inbox[] };
}

/**
 * Fills an account with a history of some years, quickly: rows go in without their triggers, the word index is built at the end, and the tallies are counted once.
 * Needs a superuser's connections, as test and embedded databases have them. The tables are vacuumed and analysed when it is done.
 */
export async function fillCases(pool: pg.Pool, options: BulkOptions): Promise<Bulk> {
  const { accountId, messages, until = new Date(), years = 3, seed = 7, onProgress = () => {} } = options;
  const random = randomFrom(seed);
  const words = makeWords(random);
  const caseCount = Math.max(1, Math.round(messages / 5));
  const customerCount = Math.max(1, Math.round(caseCount / 2.5));
  const span = years * 365 * 86_400_000;
  const from = new Date(until.getTime() - span);
  // Building the index once is ten times quicker than keeping it up to date row by row; with few rows it is not worth the lock.
  const isIndexedLater = messages > 5_000;
  const { agentIds, teamIds, inboxes, firstNumber, searchIndex } = await quickly(pool, async (run) => {
    const people = await fillPeople(run, accountId, { agents: options.agents ?? 30, teams: options.teams ?? 6 }, options.inboxId, from);
    const [account] = await run<{ next: string }>('update account set next_case_number = next_case_number + $2 where id = $1 returning next_case_number as next', [accountId, caseCount]);
    const [index] = isIndexedLater ? await run<{ indexdef: string }>(`select indexdef from pg_indexes where indexname = 'entry_search'`) : [];
    if (index) await run('drop index entry_search');
    return { ...people, firstNumber: Number(account?.next ?? 1) - caseCount, searchIndex: index?.indexdef };
  });

  const customers = Array.from({ length: customerCount }, (_, i) => ({ id: newId(new Date(from.getTime() + (span * i) / customerCount)), name: words.name(), address: `customer${pad(i)}@${words.word()}.example` }));
  for (let i = 0; i < customers.length; i += BATCH * 2) {
    const rows = customers.slice(i, i + BATCH * 2).map((customer) => ({ account_id: accountId, ...customer, identity: newId(), search_text: searchWords(`${customer.name} ${customer.address}`), at: from }));
    await quickly(pool, (run) => run(
      `with r as materialized (select * from json_to_recordset($1) r(account_id uuid, id uuid, name text, address text, identity uuid, search_text text, at timestamptz)),
       c as (insert into customer (account_id, id, name, search_text, created_at) select account_id, id, name, search_text, at from r)
       insert into customer_identity (account_id, id, customer_id, kind, value, created_at) select account_id, identity, id, 'email', address, at from r`, [JSON.stringify(rows)]));
  }
  onProgress(`${customerCount} customers`);

  const rest = { made: 0, entries: [] as object[], cases: [] as object[] };
  const flush = async () => {
    const { cases, entries } = rest;
    rest.cases = [];
    rest.entries = [];
    await quickly(pool, async (run) => {
      await insert(run, 'cases', CASE_COLUMNS, CASE_TYPES, cases);
      await insert(run, 'entry', ENTRY_COLUMNS, ENTRY_TYPES, entries);
    });
  };
  for (let i = 0; i < caseCount; i += 1) {
    const left = caseCount - i;
    // Mostly a few messages, sometimes dozens; around what is still to be made for each case that is left, so that the sum is right.
    const mean = (messages - rest.made) / left;
    const wanted = random() < 0.02 ? Math.round(mean * (2 + random() * 8)) : Math.round(mean * 2 * random() * 0.95);
    const count = left === 1 ? messages - rest.made : Math.max(1, Math.min(messages - rest.made - (left - 1), wanted));
    const begun = from.getTime() + (span * i) / caseCount;
    const customer = customers[Math.floor(random() ** 2 * customers.length)] as (typeof customers)[number];
    const inbox = inboxes[Math.floor(random() ** 2 * inboxes.length)] as (typeof inboxes)[number];
    const { status, isSnoozed } = statusOf(random, (until.getTime() - begun) / span);
    const id = newId(new Date(begun));
    const subject = words.sentence().text.slice(0, 60);
    const number = firstNumber + i;
    const agent = () => Math.floor(random() ** 1.5 * agentIds.length);
    const assignee = status === 'new' || random() < 0.25 ? null : agent();
    let at = begun;
    let last = { id: '', text: '', at: begun, incoming: '' };
    for (let k = 0; k < count; k += 1) {
      const isIn = k % 2 === 0;
      if (k > 0) at = Math.min(until.getTime(), at + random() * 2 * 86_400_000);
      const { text, folded } = words.message(random);
      const entryId = newId(new Date(at));
      const author = agent();
      const messageId = `<${i}-${k}@${accountId.slice(-12)}.test>`;
      rest.entries.push({
        account_id: accountId, case_id: id, id: entryId, kind: 'message', direction: isIn ? 'in' : 'out', author_kind: isIn ? 'customer' : 'agent', author_id: isIn ? customer.id : agentIds[author], author_name: isIn ? customer.name : `Agent ${author}`,
        occurred_at: new Date(at), created_at: new Date(at), body: text, search_text: isIn ? `${searchWords(`${subject} ${customer.name} ${customer.address}`)}\n${folded}` : `${searchWords(customer.address)}\n${folded}`, search_bucket: Math.floor(number / 512),
        delivery_state: isIn ? null : 'accepted',
        detail: { channel: 'email', subject, from: { address: isIn ? customer.address : inbox.address, name: null }, to: [{ address: isIn ? inbox.address : customer.address, name: null }], cc: [], replyTo: [], hasRemoteContent: false, automatic: null, maskedCardNumbers: 0, isNewParticipant: false, messageId },
      });
      last = { id: entryId, text, at, incoming: isIn ? entryId : last.incoming };
    }
    rest.made += count;
    rest.cases.push({
      account_id: accountId, id, number, subject, channel: 'email', inbox_id: inbox.id, customer_id: customer.id, status, priority: random() < 0.1 ? 'high' : 'normal', assignee_id: assignee === null ? null : agentIds[assignee], team_id: random() < 0.1 ? null : (assignee === null ? inbox.team_id : teamIds[assignee % teamIds.length]),
      tags: random() < 0.2 ? [words.tag(random)] : [], snoozed_until: isSnoozed ? new Date(until.getTime() + 86_400_000) : null, waiting_since: status === 'new' || status === 'open' ? new Date(last.at) : null, last_activity_at: new Date(last.at), last_entry_id: last.id, last_incoming_id: last.incoming,
      preview: last.text.slice(0, 140), message_count: count, resolved_at: status === 'resolved' || status === 'closed' ? new Date(last.at) : null, created_at: new Date(begun),
    });
    if (rest.entries.length >= BATCH) await flush();
    if (i > 0 && i % 20_000 === 0) onProgress(`${i} cases, ${rest.made} messages`);
  }
  await flush();

  await quickly(pool, async (run) => {
    for (const statement of DERIVED) await run(statement, [accountId]);
    onProgress('derived rows are in');
    if (searchIndex === undefined) return;
    await run(`set local maintenance_work_mem = '512MB'`);
    await run(searchIndex);
    onProgress('words are indexed');
  });
  const client = await pool.connect();
  await client.query('set statement_timeout = 0');
  await client.query('vacuum (analyze) cases, entry, customer, customer_identity, participant, thread, received, ledger, ledger_tally, case_tally, case_tag, case_read');
  client.release(true);
  const answerable = await quickly(pool, (run) => run<Bulk['answerable'][number]>(
    `select e.detail ->> 'messageId' as "messageId", e.detail #>> '{from,address}' as "from", c.inbox_id as "inboxId", i.address as "inboxAddress"
     from cases c join entry e on e.account_id = c.account_id and e.case_id = c.id and e.id = c.last_incoming_id join inbox i on i.account_id = c.account_id and i.id = c.inbox_id where c.account_id = $1 and c.status in ('new', 'open', 'pending') limit 500`, [accountId]));
  return { cases: caseCount, messages: rest.made, agentIds, teamIds, inboxIds: inboxes.map((inbox) => inbox.id), inboxAddresses: inboxes.map((inbox) => inbox.address), words: words.samples, answerable };
}

const columnsOf = (types: string) => types.split(', ').map((part) => part.split(' ')[0]).join(', ');
const CASE_TYPES = 'account_id uuid, id uuid, number bigint, subject text, channel text, inbox_id uuid, customer_id uuid, status text, priority text, assignee_id uuid, team_id uuid, tags text[], snoozed_until timestamptz, waiting_since timestamptz, last_activity_at timestamptz, last_entry_id uuid, last_incoming_id uuid, preview text, message_count int, resolved_at timestamptz, created_at timestamptz';
const CASE_COLUMNS = columnsOf(CASE_TYPES);
const ENTRY_TYPES = 'account_id uuid, case_id uuid, id uuid, kind text, direction text, author_kind text, author_id uuid, author_name text, occurred_at timestamptz, created_at timestamptz, body text, detail jsonb, search_text text, search_bucket int, delivery_state text';
const ENTRY_COLUMNS = columnsOf(ENTRY_TYPES);

/** What follows from the cases and messages. */
const DERIVED = [
  `insert into participant (account_id, case_id, address, customer_id, added_at) select c.account_id, c.id, i.value, c.customer_id, c.created_at from cases c join customer_identity i on i.account_id = c.account_id and i.customer_id = c.customer_id where c.account_id = $1 on conflict do nothing`,
  `insert into thread (account_id, inbox_id, key, case_id) select e.account_id, c.inbox_id, e.detail ->> 'messageId', e.case_id from entry e join cases c on c.account_id = e.account_id and c.id = e.case_id where e.account_id = $1 and e.kind = 'message' on conflict do nothing`,
  `insert into received (account_id, inbox_id, dedupe_key, case_id, entry_id, at) select e.account_id, c.inbox_id, e.detail ->> 'messageId', e.case_id, e.id, e.created_at from entry e join cases c on c.account_id = e.account_id and c.id = e.case_id where e.account_id = $1 and e.direction = 'in' on conflict do nothing`,
  `insert into ledger (account_id, id, direction, at, inbox_id, door, message_id, sender, recipient, subject, bytes, outcome, state, case_id, entry_id)
   select e.account_id, e.id, e.direction, e.created_at, c.inbox_id, case e.direction when 'in' then 'smtp' end, e.detail ->> 'messageId', e.detail #>> '{from,address}', e.detail #>> '{to,0,address}', e.detail ->> 'subject', length(e.body),
     case when e.direction = 'in' then 'appended' end, e.delivery_state, e.case_id, e.id from entry e join cases c on c.account_id = e.account_id and c.id = e.case_id where e.account_id = $1 and e.kind = 'message' on conflict do nothing`,
  `insert into case_tag (account_id, tag, case_id) select account_id, unnest(tags), id from cases where account_id = $1 on conflict do nothing`,
  'delete from case_tally where account_id = $1',
  'insert into case_tally (account_id, team_id, assignee_id, shelf, change) select account_id, team_id, assignee_id, shelf, count(*) from cases where account_id = $1 group by 1, 2, 3, 4',
  'delete from ledger_tally where account_id = $1',
  'insert into ledger_tally (account_id, direction, what, change) select account_id, direction, coalesce(outcome, state), count(*) from ledger where account_id = $1 group by 1, 2, 3',
];
