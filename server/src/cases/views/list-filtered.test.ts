import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import fc from 'fast-check';
import { caseFilter, caseKinds, casePriorities, caseScopes, caseSorts, paging, permissionNames, shelves, sortedColumns, type CaseFilter, type CaseKind, type CasePriority, type CaseRow, type CaseSort, type ComingWindow, type SortedColumn, type TimeWindow } from '@rapport/contract';
import { openTestDesk, type TestDesk } from '../../../testing/desk.ts';
import { isInScope } from '../../platform/case-scope.ts';
import { inAccount, type AgentActor, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { createField } from '../define-fields.ts';
import { listCases } from '../list-cases.ts';
import { markRead } from '../mark-read.ts';
import { removeCase } from '../moving/set-aside.ts';
import { receive } from '../receive.ts';
import { reply } from '../reply.ts';
import { updateCase } from '../update-case.ts';
import { listFiltered, type Effort } from './list-filtered.ts';

let desk: TestDesk;
let teams: string[];
let agents: string[];
let inboxes: string[];
let fieldId: string;
let amountId: string;
let organizationId: string;
let now: Date;

/** What is true of a case, read without the code under test. */
interface Fact {
  row: CaseRow;
  waiting: Date | null;
  created: Date;
  updated: Date;
  resolved: Date | null;
  promise: Date | null;
  due: Date | null;
  field: string | null;
  organization: string | null;
  hasFile: boolean;
  followers: string[];
  mentioned: string[];
  read: Record<string, string>;
  lastIncoming: string | null;
  snoozed: Date | null;
  amount: number | null;
  language: string | null;
  customerFields: Record<string, unknown>;
  organizationFields: Record<string, unknown>;
  lastDirection: string;
  isUndelivered: boolean;
  planned: string[];
}
let facts: Fact[];

const CASES = 70;
const PLACE = '01990000-0000-7000-8000-000000000001';
before(async () => {
  desk = await openTestDesk();
  teams = [desk.teamId, await desk.team('B'), await desk.team('C')];
  agents = [(await desk.agent()).id, (await desk.agent()).id, (await desk.agent()).id];
  inboxes = [desk.inboxId, (await desk.inbox({}, null)).id];
  fieldId = (await desk.asSystem((ctx) => createField(ctx, { name: 'Plan', type: 'text', options: [], currency: null, kinds: [], isRequired: false }))).id;
  amountId = (await desk.asSystem((ctx) => createField(ctx, { name: 'Seats', type: 'number', options: [], currency: null, kinds: [], isRequired: false }))).id;
  organizationId = newId();
  let seed = 3;
  const dice = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const some = <T>(list: readonly T[]): T => list[dice(list.length)] as T;
  for (let i = 0; i < CASES; i += 1) {
    desk.clock.forward({ hours: dice(30) });
    const { caseId, entryId } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: `customer${dice(6)}@example.com`, inboxId: some(inboxes) })));
    const status = some(['open', 'pending', 'on_hold', 'resolved', 'closed', undefined, undefined, undefined, undefined] as const);
    await desk.asSystem((ctx) => updateCase(ctx, caseId, {
      teamId: some([null, ...teams]), addTags: [...(dice(3) === 0 ? ['red'] : []), ...(dice(3) === 0 ? ['blue'] : [])], priority: some(casePriorities), kind: some(['question', 'complaint', 'problem'] as const),
      subject: some(['A 100% lamp_post', 'Lantern', 'Where is my LAMP?', `Lantern ${'so long '.repeat(60)}`, `Lantern ${'so long '.repeat(60)}2`]), ...(dice(4) === 0 ? { fields: { [fieldId]: some(['gold', 'silver']) } } : {}), ...(dice(3) === 0 ? { fields: { [amountId]: dice(9) - 2 } } : {}), ...(dice(8) === 0 && status === undefined ? { snoozedUntil: '2027-01-01T00:00:00.000Z' } : {}),
    }));
    // As the database holds it, so that assignees of other teams occur as well.
    await desk.asSystem((ctx) => ctx.tx.run(`update cases set assignee_id = $2, next_promise_at = $3, due_at = $4, due_kind = case when $4::timestamptz is not null then 'resolution' end, due_policy_id = case when $4::timestamptz is not null then id end where id = $1`, [caseId, some([null, ...agents]), dice(4) === 0 ? new Date(desk.clock.now().getTime() + (dice(40) - 10) * 86_400_000) : null, dice(3) === 0 ? new Date(desk.clock.now().getTime() + (dice(20) - 5) * 86_400_000) : null]));
    if (dice(4) === 0) await desk.asSystem((ctx) => ctx.tx.run(`insert into case_follower (account_id, case_id, agent_id, since) values ($1, $2, $3, now())`, [ctx.accountId, caseId, some(agents)]));
    if (dice(5) === 0) await desk.asSystem((ctx) => ctx.tx.run(`insert into mention (account_id, agent_id, id, case_id, entry_id, by_name, at) values ($1, $2, $3, $4, $5, 'Somebody', now())`, [ctx.accountId, some(agents), newId(), caseId, entryId]));
    if (dice(5) === 0) await desk.asSystem((ctx) => ctx.tx.run(`insert into planned_message (account_id, id, case_id, hold, state, send_at, author_id, author_name, content, created_at) values ($1, $2, $3, 'schedule', $4, now(), $5, 'x', '{}', now())`, [ctx.accountId, newId(), caseId, some(['waiting', 'held_back']), agents[0]]));
    if (dice(3) === 0 && (status === undefined || status === 'open')) {
      const sent = await as(actorOf('all', agents[0] as string, []), (ctx) => reply(ctx, { caseId, text: 'An answer', to: ['x@example.com'], thenStatus: 'open' }));
      if (dice(2) === 0) await desk.asSystem((ctx) => ctx.tx.run(`update entry set delivery_state = $3 where account_id = $1 and id = $2`, [ctx.accountId, sent.id, some(['failed', 'bounced', 'accepted'])]));
    }
    if (dice(4) === 0) await desk.asSystem((ctx) => ctx.tx.run(`insert into attachment (account_id, case_id, id, entry_id, filename, media_type, bytes, file_key, created_at, is_inline) values ($1, $2, $3, $4, 'a', 'b', 1, 'c', now(), $5)`, [ctx.accountId, caseId, newId(), entryId, dice(2) === 0]));
    if (dice(3) === 0) {
      const reader = some(agents);
      await as(actorOf('all', reader, []), (ctx) => markRead(ctx, { caseId, entryId }));
      if (dice(2) === 0) await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId })));
    }
    if (status !== undefined) await desk.asSystem((ctx) => updateCase(ctx, caseId, { status }));
  }
  await desk.asSystem((ctx) => ctx.tx.run(`insert into organization (account_id, id, name, created_at, fields) values ($1, $2, 'Org', now(), $3)`, [ctx.accountId, organizationId, JSON.stringify({ [PLACE]: 'north' })]));
  await desk.asSystem((ctx) => ctx.tx.run(`update customer k set locale = 'de-AT', fields = $2 from customer_identity i where k.account_id = $1 and i.account_id = $1 and i.customer_id = k.id and i.value in ('customer2@example.com', 'customer4@example.com')`, [ctx.accountId, JSON.stringify({ [PLACE]: 'south' })]));
  await desk.asSystem((ctx) => ctx.tx.run(`update customer k set organization_id = $2 from customer_identity i where k.account_id = $1 and i.account_id = $1 and i.customer_id = k.id and i.value in ('customer1@example.com', 'customer4@example.com')`, [ctx.accountId, organizationId]));
  now = desk.clock.now();
  facts = await desk.asSystem(async (ctx) => {
    const rows: CaseRow[] = [];
    for (const shelf of shelves) rows.push(...(await listCases(ctx, { shelf, order: 'newest', limit: 100 })).items);
    const more = await ctx.tx.run<Omit<Fact, 'row' | 'created' | 'updated' | 'waiting'> & { id: string }>(
      `select c.id, c.resolved_at as resolved, c.next_promise_at as promise, c.due_at as due, c.last_incoming_id as "lastIncoming", k.organization_id as organization, c.snoozed_until as snoozed, split_part(k.locale, '-', 1) as language, k.fields as "customerFields", coalesce((select o.fields from organization o where o.id = k.organization_id), '{}') as "organizationFields",
         (select (value)::text::float8 from case_field_value v where v.case_id = c.id and v.field_id = '${amountId}') as amount, (select direction from entry e where e.case_id = c.id and e.kind = 'message' and e.detail ->> 'automatic' is null order by e.id desc limit 1) as "lastDirection",
         coalesce((select e.delivery_state in ('failed', 'bounced') from entry e where e.case_id = c.id and e.direction = 'out' and e.detail ->> 'automatic' is null order by e.id desc limit 1), false) as "isUndelivered", array(select state from planned_message p where p.case_id = c.id) as planned,
         (select value_key from case_field_value v where v.case_id = c.id and v.field_id = '${fieldId}') as field, exists (select from attachment a where a.case_id = c.id and not a.is_inline) as "hasFile",
         array(select agent_id::text from case_follower f where f.case_id = c.id) as followers, array(select agent_id::text from mention m where m.case_id = c.id) as mentioned,
         coalesce((select jsonb_object_agg(agent_id, entry_id) from case_read r where r.case_id = c.id), '{}') as read
       from cases c join customer k on k.account_id = c.account_id and k.id = c.customer_id where c.account_id = $1`, [ctx.accountId]);
    return rows.map((row) => ({ ...(more.find((one) => one.id === row.id) as Fact & { id: string }), row, waiting: row.waitingSince === null ? null : new Date(row.waitingSince), created: new Date(row.createdAt), updated: new Date(row.lastActivityAt) }));
  });
});
after(() => desk.close());

const actorOf = (scope: AgentActor['caseScope'], agentId: string, teamIds: string[]): AgentActor => ({ kind: 'agent', agentId, name: 'Reader', permissions: new Set(permissionNames), caseScope: scope, teamIds, address: '127.0.0.1' });
const as = <T>(actor: AgentActor, work: (ctx: Ctx & { actor: AgentActor }) => Promise<T>) => inAccount(desk.platform, desk.accountId, actor, (ctx) => work(ctx as Ctx & { actor: AgentActor }));

async function readAll(ctx: Ctx, query: { filter: CaseFilter; sort: CaseSort; limit: number }, effort?: Effort): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFiltered(ctx, { ...query, cursor }, effort);
    assert.ok(page.items.length <= query.limit);
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

const isWithin = (window: TimeWindow | ComingWindow, at: Date | null): boolean => {
  if (at === null) return false;
  if ('nextDays' in window) return at >= now && at.getTime() < now.getTime() + window.nextDays * 86_400_000;
  if ('lastDays' in window) return at.getTime() >= now.getTime() - window.lastDays * 86_400_000;
  return (window.from === undefined || at >= new Date(window.from)) && (window.to === undefined || at < new Date(window.to));
};

/** The same, said once more in the plainest words. */
function fits(filter: CaseFilter, actor: AgentActor, fact: Fact): boolean {
  const { row } = fact;
  const me = actor.agentId;
  if (!isInScope({ scope: actor.caseScope, agentId: me, teamIds: actor.teamIds }, { assigneeId: row.assignee?.id ?? null, teamId: row.team?.id ?? null })) return false;
  const oneOf = (list: readonly string[] | undefined, value: string) => list === undefined || list.includes(value);
  const teamWords = row.team === null ? ['none'] : [row.team.id, ...(actor.teamIds.includes(row.team.id) ? ['mine'] : [])];
  const assigneeWords = row.assignee === null ? ['none'] : [row.assignee.id, ...(row.assignee.id === me ? ['me'] : [])];
  return oneOf(filter.shelves, row.shelf) && oneOf(filter.kinds, row.kind) && oneOf(filter.priorities, row.priority) && oneOf(filter.inboxes, row.inboxId) && oneOf(filter.channels, row.channel)
    && (filter.assignees === undefined || filter.assignees.some((each) => assigneeWords.includes(each))) && (filter.teams === undefined || filter.teams.some((each) => teamWords.includes(each)))
    && (filter.anyTags === undefined || filter.anyTags.some((each) => row.tags.includes(each))) && (filter.allTags ?? []).every((each) => row.tags.includes(each)) && !(filter.noTags ?? []).some((each) => row.tags.includes(each))
    && (filter.customerId === undefined || row.customer.id === filter.customerId) && (filter.organizationId === undefined || fact.organization === filter.organizationId)
    && (filter.fields ?? []).every(({ fieldId: field, value }) => field === fieldId && fact.field === value)
    && (filter.waitingHours === undefined || (fact.waiting !== null && fact.waiting.getTime() < now.getTime() - filter.waitingHours * 3_600_000))
    && (!filter.unread || (fact.lastIncoming !== null && (fact.read[me] ?? '') < fact.lastIncoming)) && (!filter.promiseOverdue || (fact.promise !== null && fact.promise < now))
    && (!filter.hasAttachment || fact.hasFile) && (!filter.followed || fact.followers.includes(me)) && (!filter.mentioned || fact.mentioned.includes(me))
    && !(filter.not?.kinds ?? []).includes(row.kind) && !(filter.not?.priorities ?? []).includes(row.priority) && !(filter.not?.inboxes ?? []).includes(row.inboxId)
    && !(filter.not?.shelves ?? []).some((each) => each === row.shelf) && !(filter.not?.channels ?? []).includes(row.channel) && !(filter.not?.languages ?? []).some((each) => each === fact.language) && !(filter.not?.followers ?? []).some((each) => fact.followers.includes(each))
    && !(filter.not?.customers ?? []).includes(row.customer.id) && !(filter.not?.fields ?? []).some(({ value }) => fact.field === value) && !(filter.not?.assignees ?? []).some((each) => assigneeWords.includes(each)) && !(filter.not?.teams ?? []).some((each) => teamWords.includes(each)) && (filter.subjectHas === undefined || filter.subjectHas.toLowerCase().split(' ').every((word) => row.subject.toLowerCase().includes(word)))
    && (filter.fieldRanges ?? []).every(({ from, to }) => fact.amount !== null && (from === undefined || fact.amount >= Number(from)) && (to === undefined || fact.amount <= Number(to)))
    && (filter.languages === undefined || filter.languages.some((each) => each === fact.language)) && (filter.customerFields ?? []).every(({ fieldId: of, value }) => fact.customerFields[of] === value) && (filter.organizationFields ?? []).every(({ fieldId: of, value }) => fact.organizationFields[of] === value)
    && (filter.followers === undefined || filter.followers.some((each) => fact.followers.includes(each))) && (filter.lastWrote === undefined || fact.lastDirection === (filter.lastWrote === 'customer' ? 'in' : 'out')) && (!filter.undelivered || fact.isUndelivered)
    && (filter.planned === undefined || filter.planned.some((each) => fact.planned.includes(each))) && (filter.messages?.least ?? 0) <= row.messageCount && (filter.messages?.most ?? Infinity) >= row.messageCount
    && (filter.promise === undefined || isWithin(filter.promise, fact.promise)) && (filter.due === undefined || isWithin(filter.due, fact.due)) && (!filter.overdue || (fact.due !== null && fact.due <= now)) && (filter.snoozed === undefined || (row.shelf === 'snoozed' && isWithin(filter.snoozed, fact.snoozed)))
    && (filter.created === undefined || isWithin(filter.created, fact.created)) && (filter.updated === undefined || isWithin(filter.updated, fact.updated)) && (filter.resolved === undefined || isWithin(filter.resolved, fact.resolved));
}

const keyed = (time: Date | string | null) => (time === null ? '9999' : new Date(time).toISOString());
/** What each order compares, the first of it first; `true` for from the greatest down. */
const walkedKeys: Record<(typeof caseSorts)[number], [(fact: Fact) => string, boolean]> = {
  newest: [({ updated }) => keyed(updated), true], oldest: [({ updated }) => keyed(updated), false], created_newest: [({ created }) => keyed(created), true], created_oldest: [({ created }) => keyed(created), false],
  waiting: [({ waiting }) => keyed(waiting), false], due: [({ due }) => keyed(due), false], priority: [({ row, created }) => `${3 - casePriorities.indexOf(row.priority)} ${keyed(created)}`, false],
  number_newest: [({ row }) => String(row.number).padStart(9, '0'), true], number_oldest: [({ row }) => String(row.number).padStart(9, '0'), false],
};

const name = (text: string | null) => text;
const columnKeys: Record<SortedColumn | 'number' | 'plan', (fact: Fact) => string | number | null> = {
  customer: ({ row }) => name(row.customer.name), subject: ({ row }) => name([...row.subject].slice(0, 60).join('')), status: ({ row }) => shelves.indexOf(row.shelf as never), kind: ({ row }) => caseKinds.indexOf(row.kind), assignee: ({ row }) => name(row.assignee?.name ?? null), team: ({ row }) => name(row.team?.name ?? null),
  priority: ({ row }) => casePriorities.indexOf(row.priority), waiting: ({ waiting }) => waiting && -waiting.getTime(), promise: ({ promise }) => promise && promise.getTime(), due: ({ due }) => due && due.getTime(), resolved: ({ resolved }) => resolved && resolved.getTime(), messages: ({ row }) => row.messageCount,
  number: ({ amount }) => amount, plan: ({ field }) => field,
};
const inWords = new Intl.Collator('und');
const compareKeys = (a: string | number, b: string | number) => (typeof a === 'string' ? inWords.compare(a, String(b)) : a - Number(b));

/** Said once more: what has no value comes last, and what is equal stands by its id, the same way round. */
function compare(sort: CaseSort): (a: Fact, b: Fact) => number {
  const byId = (a: Fact, b: Fact) => (a.row.id < b.row.id ? -1 : 1);
  const plain = sort === 'waiting:desc' ? 'waiting' : sort === 'due:asc' ? 'due' : sort === 'priority:desc' ? 'priority' : sort;
  if (plain in walkedKeys) {
    const [keyOf, isDescending] = walkedKeys[plain as keyof typeof walkedKeys];
    const key = (fact: Fact) => `${keyOf(fact)} ${fact.row.id}`;
    return (a, b) => (key(a) < key(b) ? -1 : 1) * (isDescending ? -1 : 1);
  }
  const [what = '', second = '', third] = sort.split(':');
  const keyOf = columnKeys[(what !== 'field' ? what : second === amountId ? 'number' : 'plan') as keyof typeof columnKeys];
  const way = (third ?? second) === 'desc' ? -1 : 1;
  return (a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === null || other === null) return one === other ? byId(a, b) * way : one === null ? 1 : -1;
    return (compareKeys(one, other) || byId(a, b)) * way;
  };
}
const columnSorts = sortedColumns.flatMap((column) => [`${column}:asc` as const, `${column}:desc` as const]);
const sorts = fc.oneof(fc.constantFrom<CaseSort[]>(...caseSorts), fc.constantFrom<CaseSort[]>(...columnSorts), fc.constantFrom('asc', 'desc').chain((way) => fc.boolean().map((isAmount): CaseSort => `field:${isAmount ? amountId : fieldId}:${way as 'asc' | 'desc'}`)));

const maybe = <T>(arbitrary: fc.Arbitrary<T>, odds = 5) => fc.option(arbitrary, { nil: undefined, freq: odds });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Half of the time nothing of it, so that filters that find much are tried as well. */
const seldomly = <T>(parts: { [K in keyof T]: fc.Arbitrary<T[K] | undefined> }): fc.Arbitrary<{ [K in keyof T]?: T[K] | undefined }> => fc.oneof(fc.constant({}), fc.record(parts as { [K in keyof T]: fc.Arbitrary<T[K]> }) as fc.Arbitrary<{ [K in keyof T]?: T[K] | undefined }>);
const lists = <T>(of: readonly T[]) => seldom(fc.subarray([...of], { minLength: 1 }));
const windows = seldom(fc.oneof(fc.record({ lastDays: fc.integer({ min: 1, max: 60 }) }), fc.record({ from: maybe(fc.nat(60)), to: maybe(fc.nat(60)) }).map(({ from, to }) => {
  const at = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  return { ...(from === undefined ? {} : { from: at(from) }), ...(to === undefined ? {} : { to: at(to) }) };
})));
const coming = seldom(fc.oneof(fc.record({ nextDays: fc.integer({ min: 1, max: 300 }) }), fc.record({ from: maybe(fc.integer({ min: -10, max: 40 })), to: maybe(fc.integer({ min: -10, max: 200 })) }).map(({ from, to }) => {
  const at = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
  return { ...(from === undefined ? {} : { from: at(from) }), ...(to === undefined ? {} : { to: at(to) }) };
})));
const readers = fc.record({ scope: fc.constantFrom(...caseScopes), who: fc.nat(2), membership: fc.subarray([0, 1, 2]) }).map(({ scope, who, membership }) => actorOf(scope, agents[who] as string, membership.map((i) => teams[i] as string)));
const efforts = fc.constantFrom<(Effort | undefined)[]>(undefined, ...[{ small: 6, helpings: [4, 9] }, { small: 0, helpings: [1] }, { small: 0, helpings: [3, 5] }, { small: 0, helpings: [500] }, { small: 25, helpings: [10, 20] }].map((one) => ({ ...one, sorted: 1_000 })));
const yes = seldom(fc.constant(true as const));

test('whoever looks, with whatever filter, in whatever order, gets exactly the cases that fit and lie in their scope, page by page', async () => {
  assert.equal(facts.length, CASES);
  let isFound = 0;
  await fc.assert(
    fc.asyncProperty(
      readers, sorts, fc.integer({ min: 1, max: 40 }), efforts,
      fc.record({ shelves: lists(shelves), kinds: lists<CaseKind>(['question', 'complaint', 'problem']), priorities: lists<CasePriority>(casePriorities), inboxes: lists([0, 1]), assignees: lists(['me', 'none', 0, 1] as const), teams: lists(['mine', 'none', 0, 1, 2] as const) }),
      fc.record({ anyTags: lists(['red', 'blue', 'never']), allTags: lists(['red', 'blue']), noTags: lists(['red', 'blue']), customer: seldom(fc.nat(CASES - 1)), organization: yes, fields: seldom(fc.constantFrom('gold', 'silver', 'never')), waitingHours: seldom(fc.integer({ min: 1, max: 900 })) }),
      fc.record({ unread: yes, promiseOverdue: yes, overdue: yes, due: coming, hasAttachment: yes, followed: yes, mentioned: yes, created: windows, updated: windows, resolved: windows }),
      seldomly({
        not: seldom(fc.record({ kinds: lists<CaseKind>(['question', 'complaint']), priorities: lists<CasePriority>(casePriorities.slice(1)), inboxes: lists([0, 1]), assignees: lists(['me', 'none', 0, 1] as const), teams: lists(['mine', 'none', 0, 1, 2] as const),
          shelves: lists(shelves), channels: seldom(fc.constant(['chat' as const])), languages: lists(['de', 'en']), followers: lists([0, 1, 2]), customer: seldom(fc.nat(CASES - 1)), plans: lists(['gold', 'silver', 'never']) })),
        subjectHas: seldom(fc.constantFrom('lamp', 'LANT', '0%', '_', 'lamp where', 'nothing')), range: seldom(fc.record({ from: maybe(fc.integer({ min: -2, max: 4 })), to: maybe(fc.integer({ min: -1, max: 7 })) }).filter(({ from, to }) => from !== undefined || to !== undefined)), languages: lists(['de', 'en']),
        customerPlace: seldom(fc.constantFrom('south', 'never')), organizationPlace: seldom(fc.constantFrom('north', 'never')),
      }),
      seldomly({ followers: lists([0, 1, 2]), lastWrote: seldom(fc.constantFrom('customer', 'us')), undelivered: yes, planned: lists(['waiting', 'held_back']), messages: seldom(fc.record({ least: maybe(fc.nat(4)), most: maybe(fc.nat(4)) })), promise: coming, snoozed: coming }),
      async (actor, sort, limit, effort, first, { customer, organization, fields, ...second }, third, { not, range, customerPlace, organizationPlace, ...fourth }, { followers, ...fifth }) => {
        const of = <T extends string>(from: readonly string[], list: readonly (T | number)[] | undefined) => list?.map((each) => (typeof each === 'number' ? from[each] as string : each));
        const filter = caseFilter.parse(JSON.parse(JSON.stringify({
          ...first, ...second, ...third, ...fourth, ...fifth, not: not && { ...not, customers: not.customer === undefined ? undefined : [facts[not.customer]?.row.customer.id, newId()], fields: not.plans?.map((value) => ({ fieldId, value })), followers: of(agents, not.followers), inboxes: of(inboxes, not.inboxes), assignees: of(agents, not.assignees), teams: of(teams, not.teams) }, fieldRanges: range && [{ fieldId: amountId, ...range }], followers: of(agents, followers),
          customerFields: customerPlace && [{ fieldId: PLACE, value: customerPlace }], organizationFields: organizationPlace && [{ fieldId: PLACE, value: organizationPlace }], inboxes: of(inboxes, first.inboxes), assignees: of(agents, first.assignees), teams: of(teams, first.teams), fields: fields === undefined ? undefined : [{ fieldId, value: fields }],
          customerId: customer === undefined ? undefined : facts[customer]?.row.customer.id, organizationId: organization ? organizationId : undefined,
        })));
        const listed = await as(actor, (ctx) => readAll(ctx, { filter, sort, limit }, effort));
        const wanted = facts.filter((fact) => fits(filter, actor, fact)).sort(compare(sort));
        assert.deepEqual(listed.map((row) => row.number), wanted.map(({ row }) => row.number));
        if (wanted.length > 1) isFound += 1;
      },
    ),
    { numRuns: 700 },
  );
  assert.ok(isFound > 50, `only ${isFound} filters found several cases`);
});

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test('a cursor goes on only in the list it belongs to, and a damaged one is refused', async () => {
  const reader = actorOf('all', agents[0] as string, []);
  const page = (query: Partial<Parameters<typeof listFiltered>[1]>) => as(reader, (ctx) => listFiltered(ctx, { filter: {}, sort: 'newest', limit: 5, ...query }));
  const { nextCursor } = await page({});
  assert.ok(nextCursor);
  await page({ cursor: nextCursor });
  await assert.rejects(page({ cursor: nextCursor, sort: 'oldest' }), refused('invalid_request'));
  await assert.rejects(page({ cursor: nextCursor, filter: { unread: true } }), refused('invalid_request'));
  const [binding, at, id] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as [string, string, string];
  for (const cursor of ['', 'x', ...[-1, 1, 400, 'x', 1.5].map((way) => Buffer.from(JSON.stringify([binding, at, id, way])).toString('base64url')), Buffer.from('["a","b"]').toString('base64url')]) await assert.rejects(page({ cursor }), refused('invalid_request'));
});

test('how a list is read is found out for its first page, and not counted again for the others', async () => {
  const reader = actorOf('all', agents[0] as string, []);
  for (const [sort, effort] of [['newest', { small: 5, helpings: [500], sorted: 5 }], ['customer:asc', { small: 5, helpings: [500], sorted: 5 }], ['customer:asc', { small: 5, helpings: [500], sorted: 1_000 }]] as const) {
    const asked = await as(reader, async (ctx) => {
      const { mock: heard } = mock.method(ctx.tx, 'run');
      let cursor: string | undefined;
      let isPartly: boolean | undefined;
      do {
        const page = await listFiltered(ctx, { filter: {}, sort, limit: 2, cursor }, effort);
        assert.equal(isPartly ?? page.isPartlySorted, page.isPartlySorted, 'every page says the same');
        [isPartly, cursor] = [page.isPartlySorted, page.nextCursor ?? undefined];
      } while (cursor !== undefined);
      return heard.calls.map((call) => call.arguments[0]);
    });
    assert.equal(asked.filter((text) => / as sizes|^select 1 from /.test(text)).length, sort === 'customer:asc' && effort.sorted < 100 ? 2 : 1, sort);
  }
});

test('a field, a value or a customer that is not there finds nothing, and nothing breaks', async () => {
  const reader = actorOf('all', agents[0] as string, []);
  for (const filter of [{ fields: [{ fieldId: newId(), value: 'x' }] }, { fields: [{ fieldId, value: 12 }] }, { customerId: newId() }, { organizationId: newId() }, { teams: ['mine' as const] }, { inboxes: [newId()] }, { anyTags: [`'; drop table cases; --`] }]) {
    assert.deepEqual((await as(reader, (ctx) => listFiltered(ctx, { filter, sort: 'newest', limit: 5 }))).items, [], JSON.stringify(filter));
  }
});

test('what was set aside is shown only to those who may bring it back', async () => {
  const caseId = (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
  const admin = actorOf('all', agents[0] as string, []);
  await as(admin, (ctx) => removeCase(ctx, { caseId, reason: 'a test' }));
  const list = (actor: AgentActor, filter: CaseFilter) => as(actor, (ctx) => listFiltered(ctx, { filter, sort: 'newest', limit: 100 })).then(({ items }) => items.map(({ id }) => id));
  assert.deepEqual(await list(admin, { shelves: ['deleted'] }), [caseId]);
  assert.ok(!(await list(admin, {})).includes(caseId), 'and to nobody who did not ask for it');
  const without: AgentActor = { ...admin, permissions: new Set(permissionNames.filter((name) => name !== 'case.delete')) };
  assert.deepEqual(await list(without, { shelves: ['deleted'] }), []);
  assert.ok(!(await list(without, { shelves: ['deleted', 'open'] })).includes(caseId));
});

test('of more cases than can be put in order the latest are, and the list says so', async () => {
  const reader = actorOf('all', agents[0] as string, []);
  const list = (sort: CaseSort, sorted: number) => as(reader, (ctx) => listFiltered(ctx, { filter: {}, sort, limit: 100 }, { small: 5, helpings: [500], sorted }));
  const latest = (await list('newest', 0)).items.slice(0, 12).map(({ number }) => number);
  const some = await list('customer:asc', 12);
  assert.ok(some.isPartlySorted);
  assert.deepEqual(some.items.map(({ number }) => number).sort(), [...latest].sort());
  const own = actorOf('own', agents[0] as string, []);
  const theirs = await as(own, (ctx) => listFiltered(ctx, { filter: {}, sort: 'newest', limit: 100 }, { small: 5, helpings: [500], sorted: 0 }));
  const sorted = await as(own, (ctx) => listFiltered(ctx, { filter: {}, sort: 'customer:asc', limit: 100 }, { small: 5, helpings: [500], sorted: theirs.items.length }));
  assert.deepEqual([sorted.items.length, sorted.isPartlySorted], [theirs.items.length, false], 'to whoever sees no more than that, nothing is missing');
  const all = await list('customer:asc', 1_000);
  assert.deepEqual([all.isPartlySorted, all.items.length], [false, (await list('newest', 0)).items.length]);
});

test('what a machine sent is nobody’s turn: the customer wrote last although a receipt went out, and of what did not arrive only answers count', async () => {
  const agent = actorOf('all', agents[0] as string, []);
  const begin = async (): Promise<string> => (await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: 'turn@example.com' })))).caseId;
  const send = async (caseId: string, state: string, automatic: string | null) => {
    const sent = await as(agent, (ctx) => reply(ctx, { caseId, text: 'Words', to: ['turn@example.com'], thenStatus: 'open' }));
    await desk.asSystem((ctx) => ctx.tx.run(`update entry set delivery_state = $3, detail = detail || jsonb_build_object('automatic', $4::text) where account_id = $1 and id = $2`, [ctx.accountId, sent.id, state, automatic]));
  };
  const [receipt, failedReceipt, failedAnswer] = [await begin(), await begin(), await begin()];
  await send(receipt, 'accepted', 'reply');
  await send(failedReceipt, 'failed', 'reply');
  await send(failedAnswer, 'failed', null);
  await send(failedAnswer, 'accepted', 'reply');
  const found = async (filter: CaseFilter) => new Set((await as(agent, (ctx) => readAll(ctx, { filter, sort: 'newest', limit: 100 }))).map(({ id }) => id));
  const among = (ids: Set<string>) => [receipt, failedReceipt, failedAnswer].map((id) => ids.has(id));
  assert.deepEqual(among(await found({ lastWrote: 'customer' })), [true, true, false]);
  assert.deepEqual(among(await found({ lastWrote: 'us' })), [false, false, true]);
  assert.deepEqual(among(await found({ undelivered: true })), [false, false, true]);
});

test('however long a subject is, the way to the next page is short', async () => {
  const reader = actorOf('all', agents[0] as string, []);
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ subject: `0000 ${'🏮 lang '.repeat(500)}` })));
  const { nextCursor } = await as(reader, (ctx) => listFiltered(ctx, { filter: {}, sort: 'subject:asc', limit: 1 }));
  assert.ok(paging.cursor.safeParse(nextCursor).success, nextCursor ?? '');
});

test('a list that is ordered by a field that is gone is there, the latest first', async () => {
  const reader = actorOf('all', agents[0] as string, []);
  const list = (sort: CaseSort) => as(reader, (ctx) => listFiltered(ctx, { filter: {}, sort, limit: 20 })).then(({ items }) => items.map(({ number }) => number));
  assert.deepEqual(await list(`field:${newId()}:asc`), await list('newest'));
});
