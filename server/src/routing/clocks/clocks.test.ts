import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { builtInRoles, policyContent, type AnnouncedEvent, type OpenHours, type ServicePolicy } from '@rapport/contract';
import fc from 'fast-check';
import type { z } from 'zod';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { createCase, getCase, markSpam, mergeCases, receive, recordDelivery, reply, restoreCase, splitCase, undoMove, updateCase, wakeDueCases, type UpdateCase } from '../../cases/index.ts';
import { listFiltered } from '../../cases/views/list-filtered.ts';
import { createCustomerField } from '../../customers/define-fields.ts';
import { getCustomer, updateCustomer } from '../../customers/index.ts';
import { createOrganization, updateOrganization } from '../../customers/organizations.ts';
import { deliverOnce } from '../../platform/events/index.ts';
import { createCalendar, removeCalendar, updateCalendar } from '../hours/calendars.ts';
import { Refusal } from '../../platform/refusal.ts';
import { createPolicy, listPolicies, orderPolicies, removePolicy, restorePolicy, updatePolicy } from '../policies/policies.ts';
import { followCases } from './follow-cases.ts';
import { listClocks } from './list-clocks.ts';
import { goOnRecounting } from './recount.ts';
import { settleClocks } from './settle.ts';
import { tellWhatIsDue } from './tell-due.ts';

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
let desk: TestDesk;
let chief: TestAgent;
before(async () => {
  desk = await openTestDesk();
  Object.assign(desk.platform, { jobs: { enqueue: async () => undefined } });
  chief = await desk.agent({ name: 'Carla Chief', scope: 'all', permissions: builtInRoles.admin.permissions });
});
after(() => desk.close());
afterEach(async () => {
  await hear();
  for (const policy of await policies()) await chief.does((ctx) => removePolicy(ctx, policy.id));
  await recount();
  // A Monday morning again, later than everything before.
  const day = new Date(Math.ceil((desk.clock.now().getTime() + 1) / 86_400_000) * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  desk.clock.moveTo(new Date(day.getTime() + 9 * 3_600_000));
});

let count = 0;
type Draft = Partial<Omit<z.input<typeof policyContent>, 'targets'>> & { targets?: Partial<z.input<typeof policyContent>['targets']> };
const contentOf = ({ targets, ...rest }: Draft) => policyContent.parse({ conditions: {}, calendarId: null, warning: null, ...rest, targets: { firstResponse: null, nextResponse: null, resolution: null, ...targets } });
const write = (draft: Draft, name = `Policy ${(count += 1)}`): Promise<ServicePolicy> => chief.does((ctx) => createPolicy(ctx, { name, content: contentOf(draft) }));
const policies = async () => (await chief.does(listPolicies)).items;
const recount = () => goOnRecounting(desk.platform, desk.accountId);
const arrive = async (parts: Parameters<TestDesk['mail']>[0] = {}) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(parts)))).caseId;
const answer = (caseId: string, thenStatus: 'open' | 'pending' | 'on_hold' | 'resolved' = 'pending') => chief.does((ctx) => reply(ctx, { caseId, text: 'Thank you.', to: ['anna@example.com'], thenStatus }));
const change = (caseId: string, input: UpdateCase) => chief.does((ctx) => updateCase(ctx, caseId, input));
const dueOf = async (caseId: string) => (await chief.does((ctx) => getCase(ctx, caseId))).due;
const clocksOf = async (caseId: string) => (await chief.does((ctx) => listClocks(ctx, caseId))).items;
const later = (minutes: number) => new Date(desk.clock.now().getTime() + minutes * 60_000).toISOString();

async function unheard(): Promise<AnnouncedEvent[]> {
  const rows = await desk.asSystem((ctx) => ctx.tx.run<{ id: string; topic: string; payload: never; created_at: Date }>(
    'select e.id, e.topic, e.payload, e.created_at from event e where e.topic = any($1) and not exists (select 1 from event_handled h where h.account_id = e.account_id and h.event_id = e.id and h.listener = $2) order by e.xid, e.id', [followCases.topics, followCases.name],
  ));
  return rows.map((row) => ({ id: row.id, accountId: desk.accountId, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() }) as AnnouncedEvent);
}
async function hear(): Promise<void> {
  for (const event of await unheard()) if (followCases.concerns?.(event) ?? true) await deliverOnce(desk.platform, followCases, event);
}
/** Everything that was told of service levels so far. */
const told = () => desk.asSystem((ctx) => ctx.tx.run<{ said: string }>(`select topic || ' ' || (payload ->> 'clock') || ' ' || (payload ->> 'caseId') as said from event where topic like 'sla.%' order by xid, id`)).then((rows) => rows.map(({ said }) => said));
const toldOf = async (caseId: string) => (await told()).filter((line) => line.endsWith(caseId)).map((line) => line.slice(0, line.lastIndexOf(' ')));

test('a new case has a time by which it is to be answered, and once it has passed somebody is told, once', async () => {
  const policy = await write({ targets: { firstResponse: 60 } });
  const caseId = await arrive();
  await hear();
  assert.deepEqual(await dueOf(caseId), { at: later(60), kind: 'first_response', policyId: policy.id });
  desk.clock.forward({ minutes: 59 });
  await tellWhatIsDue(desk.platform);
  assert.deepEqual(await toldOf(caseId), []);
  desk.clock.forward({ minutes: 1 });
  await Promise.all([tellWhatIsDue(desk.platform), tellWhatIsDue(desk.platform)]);
  await tellWhatIsDue(desk.platform);
  assert.deepEqual(await toldOf(caseId), ['sla.breached first_response']);
  assert.equal((await clocksOf(caseId))[0]?.isBreached, true);
});

test('of a program that dies while it tells nothing was told, and the next tells it once', async () => {
  await write({ targets: { firstResponse: 60 } });
  const caseId = await arrive();
  await hear();
  desk.clock.forward({ hours: 2 });
  await assert.rejects(desk.asSystem(async (ctx) => {
    await settleClocks(ctx, [caseId]);
    throw new Error('killed');
  }), /killed/);
  assert.deepEqual(await toldOf(caseId), []);
  await tellWhatIsDue(desk.platform);
  await tellWhatIsDue(desk.platform);
  assert.deepEqual(await toldOf(caseId), ['sla.breached first_response']);
});

test('a case whose clocks cannot be counted holds up nobody else’s alarm', async () => {
  const hours: OpenHours = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]), specialDays: [], lastDay: null };
  const calendar = await chief.does((ctx) => createCalendar(ctx, { name: 'Broken later', hours }));
  await write({ targets: { firstResponse: 30 }, calendarId: calendar.id, conditions: { priorities: ['urgent'] } });
  await write({ targets: { firstResponse: 60 } });
  const [broken, sound] = [await arrive(), await arrive()];
  await change(broken, { priority: 'urgent' });
  await hear();
  const setZone = (zone: string) => desk.asSystem((ctx) => ctx.tx.run(`update calendar set hours = jsonb_set(hours, '{timeZone}', to_jsonb($2::text)) where id = $1`, [calendar.id, zone]));
  await setZone('Nowhere/AtAll');
  desk.clock.forward({ hours: 2 });
  await tellWhatIsDue(desk.platform);
  assert.deepEqual([await toldOf(broken), await toldOf(sound)], [[], ['sla.breached first_response']]);
  await setZone('UTC');
  await tellWhatIsDue(desk.platform);
  assert.deepEqual(await toldOf(broken), ['sla.breached first_response'], 'and it is told of when it can be counted');
});

test('what is answered in time is due no more, and what the customer writes next is to be answered anew', async () => {
  await write({ targets: { firstResponse: 60, nextResponse: 30 } });
  const caseId = await arrive();
  await hear();
  desk.clock.forward({ minutes: 10 });
  await answer(caseId);
  await hear();
  assert.equal(await dueOf(caseId), null);
  desk.clock.forward({ minutes: 500 });
  const asked = desk.clock.now();
  await arrive({ caseId });
  desk.clock.forward({ minutes: 5 });
  await arrive({ caseId });
  await hear();
  assert.deepEqual((await dueOf(caseId))?.at, new Date(asked.getTime() + 30 * 60_000).toISOString());
  assert.deepEqual((await clocksOf(caseId)).map(({ kind, metAt, isBreached }) => [kind, metAt !== null, isBreached]), [['next_response', false, false], ['first_response', true, false]]);
  await tellWhatIsDue(desk.platform);
  assert.deepEqual(await toldOf(caseId), []);
});

test('a warning comes before, and not when the answer was quicker', async () => {
  await write({ targets: { firstResponse: 60 }, warning: { minutesBefore: 15 } });
  const [slow, quick] = [await arrive(), await arrive()];
  await hear();
  desk.clock.forward({ minutes: 45 });
  await answer(quick);
  await tellWhatIsDue(desk.platform);
  await tellWhatIsDue(desk.platform);
  assert.deepEqual([await toldOf(slow), await toldOf(quick)], [['sla.warned first_response'], []]);
  desk.clock.forward({ minutes: 20 });
  await tellWhatIsDue(desk.platform);
  assert.deepEqual(await toldOf(slow), ['sla.warned first_response', 'sla.breached first_response']);
});

test('an answer that nobody heard of yet when its time came is no breach; one that came too late is, though it was answered', async () => {
  await write({ targets: { firstResponse: 60 } });
  const [kept, late] = [await arrive(), await arrive()];
  await hear();
  desk.clock.forward({ minutes: 50 });
  await answer(kept);
  desk.clock.forward({ minutes: 20 });
  await answer(late);
  await tellWhatIsDue(desk.platform);
  assert.deepEqual([await toldOf(kept), await toldOf(late)], [[], ['sla.breached first_response']]);
});

test('the solution waits while the customer is to answer and while the case sleeps, and is due again with what was left', async () => {
  await write({ targets: { resolution: 120 } });
  const caseId = await arrive();
  await hear();
  desk.clock.forward({ minutes: 20 });
  await answer(caseId);
  await hear();
  assert.equal(await dueOf(caseId), null);
  const [paused] = await clocksOf(caseId);
  assert.deepEqual([paused?.kind, paused?.minutesLeft, paused?.pausedAt], ['resolution', 100, desk.clock.now().toISOString()]);
  desk.clock.forward({ hours: 30 });
  await arrive({ caseId });
  await hear();
  assert.equal((await dueOf(caseId))?.at, later(100));
  await change(caseId, { snoozedUntil: later(60) });
  await hear();
  assert.equal(await dueOf(caseId), null);
  desk.clock.forward({ minutes: 60 });
  await wakeDueCases(desk.platform);
  await hear();
  assert.equal((await dueOf(caseId))?.at, later(100));
  await answer(caseId, 'open');
  await hear();
  assert.equal((await dueOf(caseId))?.at, later(100), 'an answer after which the case stays open stops nothing');
  await change(caseId, { status: 'on_hold' });
  await hear();
  assert.equal((await dueOf(caseId))?.at, later(100), 'waiting for others stops it only where the policy says so');
  await change(caseId, { status: 'resolved' });
  await hear();
  assert.deepEqual([await dueOf(caseId), (await clocksOf(caseId))[0]?.metAt], [null, desk.clock.now().toISOString()]);
  desk.clock.forward({ hours: 5 });
  await arrive({ caseId });
  await hear();
  assert.equal((await dueOf(caseId))?.at, later(100), 'while it was solved nobody waited');
});

test('an answer that was lost answers nothing', async () => {
  await write({ targets: { firstResponse: 60 } });
  const caseId = await arrive();
  const due = later(60);
  desk.clock.forward({ minutes: 5 });
  const { id: entryId } = await answer(caseId);
  await hear();
  assert.equal(await dueOf(caseId), null);
  await desk.asSystem((ctx) => recordDelivery(ctx, { caseId, entryId, state: 'failed', reason: 'no such mailbox' }));
  await hear();
  assert.equal((await dueOf(caseId))?.at, due);
});

test('of the policies that fit the first holds, and a case that comes to be urgent is due as the policy for urgent ones says', async () => {
  const urgent = await write({ conditions: { priorities: ['urgent'] }, targets: { firstResponse: 15 } });
  const all = await write({ targets: { firstResponse: 240 } });
  const caseId = await arrive();
  const began = desk.clock.now().getTime();
  await hear();
  assert.equal((await dueOf(caseId))?.policyId, all.id);
  await change(caseId, { priority: 'urgent' });
  await hear();
  assert.deepEqual(await dueOf(caseId), { at: new Date(began + 15 * 60_000).toISOString(), kind: 'first_response', policyId: urgent.id });
  await chief.does((ctx) => orderPolicies(ctx, [all.id]));
  assert.deepEqual((await policies()).map(({ id }) => id), [all.id, urgent.id]);
  await recount();
  assert.equal((await dueOf(caseId))?.policyId, all.id);
});

test('a policy is for an inbox, a team, a kind, or what is known of the customer’s organization', async () => {
  const other = await desk.inbox({}, null);
  await write({ conditions: { inboxes: [other.id], teams: ['none'], kinds: ['question'] }, targets: { firstResponse: 30 } });
  const [here, there] = [await arrive(), await arrive({ inboxId: other.id, to: [other.address] })];
  await hear();
  assert.deepEqual([await dueOf(here), (await dueOf(there))?.at], [null, later(30)]);
  await change(there, { kind: 'complaint' });
  await hear();
  assert.equal(await dueOf(there), null);
});

test('a calendar decides which minutes count, and when it changes the open cases are due anew', async () => {
  const workday = [{ from: '09:00', until: '17:00' }];
  const hours: OpenHours = { timeZone: 'UTC', week: [workday, workday, workday, workday, workday, [], []], specialDays: [], lastDay: null };
  const calendar = await chief.does((ctx) => createCalendar(ctx, { name: 'Office', hours }));
  await write({ calendarId: calendar.id, targets: { firstResponse: 480 } });
  desk.clock.forward({ hours: 4 });
  const caseId = await arrive();
  await hear();
  const monday = desk.clock.now().getTime() - 13 * 3_600_000;
  assert.equal((await dueOf(caseId))?.at, new Date(monday + 37 * 3_600_000).toISOString());
  await assert.rejects(chief.does((ctx) => removeCalendar(ctx, calendar.id)), refused('still_in_use'));
  await chief.does((ctx) => updateCalendar(ctx, { calendarId: calendar.id, name: 'Office', version: calendar.version, hours: { ...hours, week: [workday, [], workday, workday, workday, [], []] } }));
  await recount();
  assert.equal((await dueOf(caseId))?.at, new Date(monday + 61 * 3_600_000).toISOString());
});

test('a new policy counts for cases that are open already, but of what was over before it nobody is told', async () => {
  const old = await arrive();
  const answered = await arrive();
  await answer(answered);
  desk.clock.forward({ hours: 10 });
  const young = await arrive();
  const policy = await write({ targets: { firstResponse: 60 } });
  await recount();
  assert.deepEqual((await chief.does(listPolicies)).recount?.isOver, true);
  assert.equal((await dueOf(young))?.at, later(60));
  assert.equal((await clocksOf(old))[0]?.isBreached, true);
  assert.deepEqual(await clocksOf(answered), [], 'what was answered before was never promised');
  desk.clock.forward({ minutes: 61 });
  await tellWhatIsDue(desk.platform);
  assert.deepEqual([await toldOf(old), await toldOf(young)], [[], ['sla.breached first_response']]);
  const changed = await chief.does((ctx) => updatePolicy(ctx, { policyId: policy.id, name: policy.name, content: contentOf({ targets: { firstResponse: 120 } }), version: policy.version }));
  await recount();
  assert.deepEqual([(await clocksOf(young))[0]?.isBreached, (await dueOf(young))?.at], [false, later(59)]);
  await assert.rejects(chief.does((ctx) => updatePolicy(ctx, { policyId: policy.id, name: 'Late', content: changed.content, version: 1 })), refused('changed_meanwhile'));
});

test('with its policy a promise goes, and comes back with it; what is over stays as it was judged', async () => {
  const policy = await write({ targets: { firstResponse: 60, nextResponse: 60 } }, 'Gold');
  const caseId = await arrive();
  await answer(caseId);
  await hear();
  await arrive({ caseId });
  await hear();
  const { wayBack } = await chief.does((ctx) => removePolicy(ctx, policy.id));
  await recount();
  assert.deepEqual([await dueOf(caseId), (await clocksOf(caseId)).map(({ kind, policyName }) => `${kind} ${policyName}`)], [null, ['first_response Gold']]);
  await chief.does((ctx) => restorePolicy(ctx, wayBack ?? ''));
  await recount();
  assert.equal((await dueOf(caseId))?.at, later(60));
  await assert.rejects(chief.does((ctx) => restorePolicy(ctx, wayBack ?? '')), refused('undone_already'));
});

test('what is set aside is due to nobody, and due again when it comes back', async () => {
  await write({ targets: { firstResponse: 60 } });
  const caseId = await arrive();
  await hear();
  await chief.does((ctx) => markSpam(ctx, caseId));
  await hear();
  assert.equal(await dueOf(caseId), null);
  desk.clock.forward({ hours: 3 });
  await tellWhatIsDue(desk.platform);
  await chief.does((ctx) => restoreCase(ctx, caseId));
  await hear();
  assert.deepEqual([(await dueOf(caseId))?.at, await toldOf(caseId)], [later(60), []]);
});

test('a merge takes the wait along, its undoing brings it back, and what is split off waits by itself', async () => {
  await write({ targets: { firstResponse: 60, nextResponse: 30 } });
  const early = await arrive();
  const due = later(60);
  desk.clock.forward({ minutes: 10 });
  const late = await arrive();
  const lateDue = later(60);
  await hear();
  const { moveId } = await chief.does((ctx) => mergeCases(ctx, { caseId: early, intoCaseId: late }));
  await hear();
  assert.equal((await dueOf(late))?.at, due);
  assert.deepEqual(await clocksOf(early), []);
  await chief.does((ctx) => undoMove(ctx, { caseId: late, moveId }));
  await hear();
  assert.deepEqual([(await dueOf(early))?.at, (await dueOf(late))?.at], [due, lateDue]);
  const more = await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId: late })));
  const split = await chief.does((ctx) => splitCase(ctx, { caseId: late, entryIds: [more.entryId], subject: 'Another matter' }));
  await hear();
  assert.equal((await dueOf(split.case.id))?.kind, 'first_response');
});

test('a case that an agent begins waits for no first answer, and automatic mail makes nobody wait', async () => {
  await write({ targets: { firstResponse: 60, resolution: 600 } });
  const made = await chief.does((ctx) => createCase(ctx, { inboxId: desk.inboxId, customer: { email: 'phone@example.com' }, subject: 'Called us', note: 'About the bill' }));
  const receipt = await arrive({ automatic: 'auto_reply' });
  await hear();
  assert.deepEqual([(await dueOf(made.id))?.kind, (await clocksOf(receipt)).some(({ kind }) => kind === 'first_response')], ['resolution', false]);
});

test('a list is put in order by what is due first, and shows what is overdue', async () => {
  await write({ conditions: { priorities: ['urgent'] }, targets: { firstResponse: 10 } });
  await write({ targets: { firstResponse: 60 } });
  const tag = `list${(count += 1)}`;
  const [first, second, third] = [await arrive(), await arrive(), await arrive()];
  await answer(third);
  for (const caseId of [first, second, third]) await change(caseId, { addTags: [tag], ...(caseId === second ? { priority: 'urgent' as const } : {}) });
  await hear();
  const list = async (sort: 'due' | 'due:desc', filter = {}) => (await chief.does((ctx) => listFiltered(ctx, { filter: { allTags: [tag], ...filter }, sort, limit: 10 }))).items.map(({ id }) => id);
  assert.deepEqual(await list('due'), [second, first, third]);
  assert.deepEqual((await list('due:desc')).slice(0, 2), [first, second]);
  assert.deepEqual(await list('due', { overdue: true }), []);
  desk.clock.forward({ minutes: 11 });
  assert.deepEqual(await list('due', { overdue: true }), [second]);
  assert.deepEqual(await list('due', { due: { nextDays: 1 } }), [first]);
});

test('a policy names what is there, and its order takes only what there is', async () => {
  await assert.rejects(write({ conditions: { teams: [desk.accountId] }, targets: { firstResponse: 60 } }), refused('invalid_request'));
  await assert.rejects(write({ calendarId: desk.accountId, targets: { firstResponse: 60 } }), refused('invalid_request'));
  await assert.rejects(write({ conditions: { organizationFields: [{ fieldId: desk.accountId, value: 'gold' }] }, targets: { firstResponse: 60 } }), refused('invalid_request'));
  await write({ targets: { firstResponse: 60 } }, 'Silver');
  await assert.rejects(write({ targets: { firstResponse: 60 } }, 'silver'), refused('name_taken'));
  await assert.rejects(chief.does((ctx) => orderPolicies(ctx, [desk.accountId])), refused('not_found'));
  const reader = await desk.agent({ permissions: builtInRoles.agent.permissions });
  await assert.rejects(reader.does((ctx) => createPolicy(ctx, { name: 'Mine', content: contentOf({ targets: { firstResponse: 1 } }) })), refused('not_allowed'));
});

test('the tier of an organization decides, and when it changes so does what is promised', async () => {
  const field = await chief.does((ctx) => createCustomerField(ctx, { subject: 'organization', name: 'Tier', type: 'text', options: [], currency: null }));
  const organization = await chief.does((ctx) => createOrganization(ctx, { name: 'Gold Ltd', domains: ['gold.test'], note: '', fields: { [field.id]: 'gold' } }));
  await write({ conditions: { organizationFields: [{ fieldId: field.id, value: 'gold' }] }, targets: { firstResponse: 15 } });
  const caseId = await arrive({ from: 'rich@gold.test' });
  const { customer } = await chief.does((ctx) => getCase(ctx, caseId));
  await hear();
  assert.equal(await dueOf(caseId), null, 'nobody has said yet that they belong there');
  await chief.does(async (ctx) => updateCustomer(ctx, customer.id, { version: (await getCustomer(ctx, customer.id)).version, organizationId: organization.id }));
  await hear();
  assert.equal((await dueOf(caseId))?.at, later(15));
  await chief.does((ctx) => updateOrganization(ctx, organization.id, { version: organization.version, fields: { [field.id]: 'silver' } }));
  await hear();
  await recount();
  assert.equal(await dueOf(caseId), null);
});

test('a recount of many cases goes on where it was, and doing it again changes nothing', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) ids.push(await arrive());
  await write({ targets: { firstResponse: 60, resolution: 90 } });
  await recount();
  const state = () => desk.asSystem((ctx) => ctx.tx.run('select s.*, s.xmin::text from service_clock s where s.account_id = $1 order by case_id, kind, entry_id', [desk.accountId]));
  const before = await state();
  assert.equal(before.filter((row) => ids.includes(row.case_id as string)).length, 24);
  await desk.asSystem((ctx) => settleClocks(ctx, ids));
  assert.deepEqual(await state(), before);
});

test('whatever happens to a case, and however late or often it is heard of, its clocks are what its timeline says', async () => {
  await write({ targets: { firstResponse: 60, nextResponse: 45, resolution: 600 }, warning: { percent: 50 }, pausedBy: ['pending', 'snoozed', 'on_hold'] });
  type Step = 'asks' | 'answers' | 'answers_open' | 'resolves' | 'holds' | 'opens' | 'snoozes' | 'waits' | 'hears' | 'tells';
  const step = fc.constantFrom<Step>('asks', 'answers', 'answers_open', 'resolves', 'holds', 'opens', 'snoozes', 'waits', 'waits', 'hears', 'tells');
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
    const caseId = await arrive();
    const deeds: Record<Step, () => Promise<unknown>> = {
      asks: () => arrive({ caseId }), answers: () => answer(caseId), answers_open: () => answer(caseId, 'open'), resolves: () => change(caseId, { status: 'resolved' }), holds: () => change(caseId, { status: 'on_hold' }), opens: () => change(caseId, { status: 'open' }),
      snoozes: async () => ((await chief.does((ctx) => getCase(ctx, caseId))).status === 'resolved' ? undefined : change(caseId, { snoozedUntil: later(10_000) })), waits: async () => desk.clock.forward({ minutes: 25 }), hears: hear, tells: () => tellWhatIsDue(desk.platform),
    };
    for (const each of steps) await deeds[each]();
    await hear();
    await tellWhatIsDue(desk.platform);
    const [clocks, due] = [await clocksOf(caseId), await dueOf(caseId)];
    const running = clocks.filter(({ metAt, dueAt }) => metAt === null && dueAt !== null);
    assert.equal(due?.at ?? null, running[0]?.dueAt ?? null);
    assert.equal((await toldOf(caseId)).filter((line) => line.startsWith('sla.breached')).length, clocks.filter(({ isBreached }) => isBreached).length, 'each breach is told once');
    await desk.asSystem((ctx) => ctx.tx.run('delete from service_clock where account_id = $1 and case_id = $2', [desk.accountId, caseId]));
    await desk.asSystem((ctx) => settleClocks(ctx, [caseId]));
    assert.deepEqual(await clocksOf(caseId), clocks, 'made anew they are the same');
  }), { numRuns: 25 });
});
