// What the planner makes of every part of a filter, on a database with enough cases that reading all of a table would show.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sortedColumns, type CaseFilter, type CaseRow, type Page } from '@rapport/contract';
import { fillCases, type Bulk } from '../../../testing/bulk-cases.ts';
import { openTestDesk, type AgentCtx, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { caseReader } from '../../platform/case-scope.ts';
import { newId } from '../../platform/ids.ts';
import { createField } from '../define-fields.ts';
import { findFiltered, listFiltered } from './list-filtered.ts';
import { newestStatement, scanStatement, setStatement, sizesStatement, type Statement } from './filter-store.ts';
import { readFilter } from './read-filter.ts';
import { readSort } from './sorts.ts';
import { orders, type Position, type WalkedSort } from './walks.ts';

let desk: TestDesk;
let bulk: Bulk;
let filters: Record<string, CaseFilter>;
let readers: Record<string, TestAgent>;
const SMALL = 2_000;
/** As large a part of these cases as the largest helping is of a great desk's: whoever reads most of a table is right to read all of it. */
const HELPINGS = [200, 500];

before(async () => {
  desk = await openTestDesk();
  const { accountId } = desk;
  const pool = desk.superuserPool();
  bulk = await fillCases(pool, { accountId, messages: 40_000, until: desk.clock.now() });
  const fieldId = (await desk.asSystem((ctx) => createField(ctx, { name: 'Plan', type: 'text', options: [], currency: null, kinds: [], isRequired: false }))).id;
  const numberId = (await desk.asSystem((ctx) => createField(ctx, { name: 'Seats', type: 'number', options: [], currency: null, kinds: [], isRequired: false }))).id;
  const organizationId = newId();
  const [whole, narrow, own] = [await desk.agent({ teamIds: bulk.teamIds.slice(0, 2) }), await desk.agent({ scope: 'team', teamIds: bulk.teamIds.slice(0, 2) }), await desk.agent({ scope: 'own' })];
  readers = { whole, narrow, own };
  const fill = (sql: string, ...values: unknown[]) => pool.query(`${sql}`, [accountId, ...values]);
  await fill(`insert into case_field_value (account_id, case_id, field_id, value, value_key) select account_id, id, $2, '"gold"', case when number % 50 = 0 then 'gold' else 'silver' end from cases where account_id = $1 and number % 2 = 0`, fieldId);
  await fill(`insert into case_field_value (account_id, case_id, field_id, value, value_key) select account_id, id, $2, to_jsonb(number % 40), (number % 40)::text from cases where account_id = $1 and number % 3 = 0`, numberId);
  await fill(`insert into organization (account_id, id, name, created_at) values ($1, $2, 'Org', now())`, organizationId);
  await fill(`insert into organization (account_id, id, name, created_at) select $1, gen_random_uuid(), 'Org ' || n, now() from generate_series(1, 2000) n`);
  await fill(`update customer set organization_id = $2 where account_id = $1 and id in (select id from customer where account_id = $1 order by id limit 100)`, organizationId);
  await fill(`update cases set next_promise_at = created_at + interval '3 days', kind = case when number % 5 = 0 then 'complaint' else 'question' end, priority = case when number % 90 = 0 then 'urgent' else priority end where account_id = $1 and number % 9 = 0`);
  await fill(`update cases set due_at = created_at + interval '2 days', due_kind = 'resolution', due_policy_id = id where account_id = $1 and number % 7 = 0`);
  await fill(`insert into attachment (account_id, case_id, id, entry_id, filename, media_type, bytes, file_key, created_at) select account_id, id, gen_random_uuid(), last_entry_id, 'a', 'b', 1, 'c', now() from cases where account_id = $1 and number % 4 = 0`);
  for (const agent of [whole, narrow, own]) {
    await fill(`insert into case_follower (account_id, case_id, agent_id, since) select account_id, id, $2, now() from cases where account_id = $1 and number % 30 = 0`, agent.id);
    await fill(`insert into case_read (account_id, agent_id, case_id, entry_id) select account_id, $2, id, last_entry_id from cases where account_id = $1 and number % 3 > 0`, agent.id);
    await fill(`insert into mention (account_id, agent_id, id, case_id, entry_id, by_name, at) select account_id, $2, gen_random_uuid(), id, last_entry_id, 'x', now() from cases where account_id = $1 and number % 40 = 0`, agent.id);
  }
  await pool.query('vacuum (analyze) cases, case_tag, case_field_value, case_follower, case_read, mention, attachment, customer, organization, team');
  const [some] = (await pool.query<{ customer_id: string; tag: string; inbox_id: string }>(`select customer_id, inbox_id, tags[1] as tag from cases where account_id = $1 and tags <> '{}' limit 1`, [accountId])).rows;
  assert.ok(some);
  const day = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString();
  filters = {
    'nothing': {}, 'a busy shelf': { shelves: ['closed'] }, 'shelves': { shelves: ['open', 'pending'] }, 'a kind': { kinds: ['complaint'] }, 'a priority': { priorities: ['urgent'] }, 'an inbox': { inboxes: [some.inbox_id] }, 'a channel': { channels: ['email'] },
    'me': { assignees: ['me'] }, 'nobody, open': { shelves: ['open'], assignees: ['none'] }, 'a colleague': { assignees: [bulk.agentIds[0] as string] }, 'my teams': { teams: ['mine'] }, 'a team': { teams: [bulk.teamIds[0] as string] }, 'no team, resolved': { shelves: ['resolved'], teams: ['none'] },
    'any tag': { anyTags: [some.tag, 'never'] }, 'all tags': { allTags: [some.tag, 'never'] }, 'no tag': { noTags: [some.tag] }, 'a customer': { customerId: some.customer_id }, 'an organization': { organizationId },
    'a rare value of a field': { fields: [{ fieldId, value: 'gold' }] }, 'a common value of a field': { fields: [{ fieldId, value: 'silver' }] }, 'waiting': { waitingHours: 48 }, 'unread': { unread: true }, 'overdue': { promiseOverdue: true }, 'with a file': { hasAttachment: true }, 'followed': { followed: true }, 'mentioned': { mentioned: true },
    'created lately': { created: { lastDays: 7 } }, 'created long ago': { created: { from: day(900), to: day(890) } }, 'stirred lately': { updated: { lastDays: 3 } }, 'resolved lately': { resolved: { lastDays: 3 } }, 'resolved before': { resolved: { to: day(800) } },
    'not a kind': { not: { kinds: ['question'] } }, 'not mine': { not: { assignees: ['me', 'none'], teams: ['mine'] } }, 'neither of much': { not: { shelves: ['closed'], channels: ['chat'], followers: [whole.id], customers: [some.customer_id], languages: ['de'], fields: [{ fieldId, value: 'silver' }] } }, 'letters of the subject': { subjectHas: 'lamp' }, 'a language': { languages: ['de'] }, 'a field of the customer': { customerFields: [{ fieldId: newId(), value: 'x' }] }, 'a field of the organization': { organizationFields: [{ fieldId: newId(), value: 'x' }] },
    'a range of a field': { fieldRanges: [{ fieldId: numberId, from: 3, to: 5 }] }, 'followed by others': { followers: [bulk.agentIds[0] as string, whole.id] }, 'the customer wrote last': { lastWrote: 'customer' }, 'undelivered': { undelivered: true }, 'held back': { planned: ['held_back'] }, 'long ones': { messages: { least: 6 } }, 'promised soon': { promise: { nextDays: 3 } }, 'due soon': { due: { nextDays: 1 } }, 'not kept': { overdue: true }, 'awake soon': { snoozed: { nextDays: 3 } },
    'much at once': { shelves: ['open', 'pending'], kinds: ['complaint'], unread: true, noTags: [some.tag], created: { lastDays: 60 }, hasAttachment: true },
  };
});
after(() => desk.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
/** Tables that stay short: an account has some dozens of teams. */
const SHORT = ['team'];

async function mustWalkIndexes(ctx: AgentCtx, what: string, { text, values }: Statement): Promise<void> {
  const [row] = await ctx.tx.run<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (format json) ${text}`, values);
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  assert.ok(plan);
  const whole = nodes(plan).filter((node) => node['Node Type'] === 'Seq Scan' && !SHORT.includes(node['Relation Name'] ?? ''));
  assert.deepEqual(whole.map((node) => node['Relation Name']), [], `${what} reads a whole table`);
}

test('no part of a filter makes the database read a whole table, whoever looks and in whatever order', async () => {
  for (const [who, reader] of Object.entries(readers)) {
    await reader.does(async (ctx) => {
      for (const [what, filter] of Object.entries(filters)) {
        const read = await readFilter(ctx, filter);
        if (!read) continue;
        const scope = caseReader(ctx.actor);
        await mustWalkIndexes(ctx, `${who}, ${what}, sizes`, sizesStatement(ctx, scope, read, SMALL));
        const sizes = (await ctx.tx.run<{ sizes: number[] }>(sizesStatement(ctx, scope, read, SMALL).text, sizesStatement(ctx, scope, read, SMALL).values))[0]?.sizes ?? [];
        for (const sort of who === 'whole' ? (Object.keys(orders) as WalkedSort[]) : (['newest', 'waiting'] as const)) {
          // The order of a set says nothing about how it is found: once for each source is enough.
          if (sort === 'newest') for (const [source] of sizes.entries()) await mustWalkIndexes(ctx, `${who}, ${what}, source ${source}, ${sort}`, setStatement(ctx, scope, read, source, orders[sort], undefined, SMALL, 51));
          const { found } = await findFiltered(ctx, read, { order: orders[sort], walked: sort }, undefined, 20, { small: 0, helpings: [200], sorted: 0 });
          const middle: Position | undefined = found[10];
          for (const after of [undefined, middle]) for (const size of HELPINGS) {
            const scan = scanStatement(ctx, scope, read, sort, after, size);
            if (scan) await mustWalkIndexes(ctx, `${who}, ${what}, ${sort}${after ? ', further on' : ''}, ${size}`, scan);
          }
        }
      }
    });
  }
});

test('no column that a table is ordered by makes the database read a whole table', async () => {
  await readers['narrow']?.does(async (ctx) => {
    const scope = caseReader(ctx.actor);
    const read = await readFilter(ctx, filters['a busy shelf'] as CaseFilter);
    assert.ok(read);
    for (const column of sortedColumns) {
      const sorting = readSort(`${column}:asc`, []);
      if (sorting?.walked) continue;
      const made = sorting && newestStatement(ctx, scope, read, sorting.order, undefined, 500, 51);
      assert.ok(made);
      await mustWalkIndexes(ctx, column, made);
    }
  });
});

test('every list is the same whether its smallest part is looked through or the cases are walked in order', async () => {
  const reader = readers['whole'];
  assert.ok(reader);
  for (const [what, filter] of Object.entries(filters)) {
    for (const sort of ['newest', 'waiting', 'priority', 'promise:asc', 'promise:desc', 'due:asc'] as const) {
      const page = (small: number): Promise<Page<CaseRow>> => reader.does((ctx) => listFiltered(ctx, { filter, sort, limit: 30 }, { small, helpings: [100_000], sorted: 0 }));
      const [walked, whole] = [await page(0), await page(100_000)];
      assert.deepEqual(whole.items.map(({ number }) => number), walked.items.map(({ number }) => number), `${what}, ${sort}`);
    }
  }
});
