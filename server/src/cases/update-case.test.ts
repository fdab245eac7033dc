import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Entry, Permission } from '@rapport/contract';
import { openTestDesk, type MailParts, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { createCase } from './create-case.ts';
import { getCase } from './get-case.ts';
import { listEntries } from './list-entries.ts';
import { receive } from './receive.ts';
import { updateCase, type UpdateCase } from './update-case.ts';
import { wakeDueCases } from './wake-snoozed.ts';

let desk: TestDesk;
let anna: TestAgent;
let otherTeam: string;
const brief = { asked: 'Where the parcel is', tried: 'Asked the carrier', promised: null, next: 'Call them again' };
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId] });
  otherTeam = await desk.team('Billing');
});
after(() => desk.close());

const arrive = async (parts?: MailParts) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(parts)))).caseId;
const change = (caseId: string, input: UpdateCase, agent = anna) => agent.does((ctx) => updateCase(ctx, caseId, input));
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const changes = async (caseId: string): Promise<Extract<Entry, { kind: 'change' }>[]> => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items.filter((entry) => entry.kind === 'change');
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const lastEvent = (caseId: string) => desk.asSystem(async (ctx) => (await ctx.tx.run<{ topic: string; payload: Record<string, unknown> }>(`select topic, payload from event where payload ->> 'caseId' = $1 order by id desc limit 1`, [caseId]))[0]);

test('everything that is changed at once stands in one entry, by whom', async () => {
  const caseId = await arrive({ subject: 'Old subject' });
  const changed = await change(caseId, { status: 'open', priority: 'high', subject: 'New subject', addTags: ['vip', 'refund'], assigneeId: anna.id });
  assert.deepEqual([changed.status, changed.priority, changed.subject, changed.tags, changed.assignee], ['open', 'high', 'New subject', ['vip', 'refund'], { id: anna.id, name: 'Anna Agent' }]);
  const [entry, ...more] = await changes(caseId);
  assert.equal(more.length, 0);
  assert.equal(entry?.author.name, 'Anna Agent');
  assert.deepEqual(entry?.changes, [
    { field: 'status', from: 'new', to: 'open' }, { field: 'priority', from: 'normal', to: 'high' }, { field: 'subject', from: 'Old subject', to: 'New subject' }, { field: 'tags', from: null, to: 'vip, refund' },
    { field: 'assignee', from: null, to: 'Anna Agent' },
  ]);
  const event = await lastEvent(caseId);
  assert.equal(event?.topic, 'case.changed');
  assert.deepEqual(event?.payload, { caseId, version: changed.version, scope: { teamIds: [desk.teamId], assigneeIds: [null, anna.id] }, fields: ['status', 'priority', 'subject', 'tags', 'assignee'] });
});

test('what is the same already changes nothing', async () => {
  const caseId = await arrive();
  const before_ = await see(caseId);
  const same = await change(caseId, { priority: 'normal', teamId: desk.teamId, assigneeId: null, removeTags: ['none'], subject: before_.subject, status: 'new', snoozedUntil: null });
  assert.equal(same.version, before_.version);
  assert.deepEqual(await changes(caseId), []);
});

test('a change leaves the case where it is in the list', async () => {
  const caseId = await arrive();
  const { lastActivityAt } = await see(caseId);
  desk.clock.forward({ hours: 1 });
  assert.equal((await change(caseId, { addTags: ['later'] })).lastActivityAt, lastActivityAt);
});

test('a change that builds on an old version is refused, with the new one', async () => {
  const caseId = await arrive();
  const { version } = await see(caseId);
  await change(caseId, { priority: 'low', version });
  await assert.rejects(change(caseId, { priority: 'urgent', version }), (error: unknown) => error instanceof Refusal && error.code === 'changed_meanwhile' && error.extra?.['version'] === version + 1);
});

test('of two changes on the same version, one wins', async () => {
  const caseId = await arrive();
  const { version } = await see(caseId);
  const results = await Promise.allSettled([change(caseId, { priority: 'low', version }), change(caseId, { priority: 'high', version })]);
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
});

test('a closed case does not change, and a case is new only once', async () => {
  const caseId = await arrive();
  await change(caseId, { status: 'open' });
  await assert.rejects(change(caseId, { status: 'new' }), refused('invalid_request'));
  await change(caseId, { status: 'closed' });
  for (const input of [{ status: 'open' }, { priority: 'low' }, { addTags: ['x'] }, { assigneeId: anna.id }, { snoozedUntil: null }] as const) await assert.rejects(change(caseId, input), refused('case_closed'));
});

test('a case is given only to somebody who serves its team and may read cases', async () => {
  const caseId = await arrive();
  const colleague = await desk.agent({ scope: 'team', teamIds: [desk.teamId] });
  const stranger = await desk.agent({ scope: 'team', teamIds: [otherTeam] });
  const lead = await desk.agent({ scope: 'all' });
  const blind = await desk.agent({ permissions: ['customer.read'] });
  const gone = await desk.agent({ teamIds: [desk.teamId] });
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where id = $1`, [gone.id]));
  assert.equal((await change(caseId, { assigneeId: colleague.id })).assignee?.id, colleague.id);
  assert.equal((await change(caseId, { assigneeId: lead.id })).assignee?.id, lead.id);
  for (const id of [stranger.id, blind.id, gone.id, newId()]) await assert.rejects(change(caseId, { assigneeId: id }), refused('not_a_member'));
  assert.equal((await change(caseId, { assigneeId: stranger.id, teamId: otherTeam, brief })).assignee?.id, stranger.id, 'together with the team it is fine');
  assert.equal((await change(caseId, { teamId: null, assigneeId: colleague.id, brief })).team, null, 'a case of no team is anybody’s');
});

test('a case that moves to another team leaves an assignee behind who is not in it', async () => {
  const caseId = await arrive();
  const colleague = await desk.agent({ name: 'Cora', scope: 'team', teamIds: [desk.teamId] });
  await change(caseId, { assigneeId: colleague.id });
  const moved = await change(caseId, { teamId: otherTeam, brief });
  assert.deepEqual([moved.team?.name, moved.assignee], ['Billing', null]);
  assert.deepEqual((await changes(caseId)).at(-1)?.changes, [{ field: 'team', from: 'Support', to: 'Billing' }, { field: 'assignee', from: 'Cora', to: null }]);
  const event = await lastEvent(caseId);
  assert.deepEqual(event?.payload['scope'], { teamIds: [desk.teamId, otherTeam], assigneeIds: [colleague.id, null] }, 'those who lose sight of it hear of it');
  await assert.rejects(change(caseId, { teamId: newId(), brief }), refused('invalid_request'));
});

test('whoever gives a case away is still shown what they did', async () => {
  const colleague = await desk.agent({ scope: 'team', teamIds: [desk.teamId] });
  const caseId = await arrive();
  const moved = await change(caseId, { teamId: otherTeam, brief }, colleague);
  assert.equal(moved.team?.id, otherTeam);
  await assert.rejects(colleague.does((ctx) => getCase(ctx, caseId)), refused('not_found'));
});

test('assigning needs a permission of its own', async () => {
  const helper = await desk.agent({ permissions: ['case.read', 'case.edit'] as Permission[] });
  const caseId = await arrive();
  await assert.rejects(change(caseId, { assigneeId: helper.id }, helper), refused('not_allowed'));
  await assert.rejects(change(caseId, { teamId: null }, helper), refused('not_allowed'));
  assert.equal((await change(caseId, { priority: 'low' }, helper)).priority, 'low');
});

test('tags are added and removed, each once', async () => {
  const caseId = await arrive();
  await change(caseId, { addTags: ['a', 'b', 'a'] });
  assert.deepEqual((await change(caseId, { addTags: ['b', 'c'], removeTags: ['a'] })).tags, ['b', 'c']);
  await assert.rejects(change(caseId, { addTags: Array.from({ length: 49 }, (_, i) => `tag${i}`) }), refused('invalid_request'));
});

test('a snoozed case lies apart until its time, then wakes on top with an entry', async () => {
  const caseId = await arrive();
  const until = new Date(desk.clock.now().getTime() + 3_600_000).toISOString();
  const snoozed = await change(caseId, { snoozedUntil: until });
  assert.deepEqual([snoozed.shelf, snoozed.status, snoozed.snoozedUntil], ['snoozed', 'new', until]);
  assert.deepEqual((await lastEvent(caseId))?.payload['fields'], ['snooze', 'shelf']);
  desk.clock.forward({ minutes: 59 });
  await wakeDueCases(desk.platform);
  assert.equal((await see(caseId)).shelf, 'snoozed');
  desk.clock.forward({ minutes: 1 });
  await Promise.all([wakeDueCases(desk.platform), wakeDueCases(desk.platform)]);
  const awake = await see(caseId);
  assert.deepEqual([awake.shelf, awake.snoozedUntil, awake.lastActivityAt], ['open', null, desk.clock.now().toISOString()]);
  const woke = (await changes(caseId)).filter((entry) => entry.author.kind === 'system');
  assert.deepEqual(woke.map((entry) => entry.changes), [[{ field: 'snooze', from: until, to: null }]], 'once, also when two processes look');
});

test('a snooze is for a time to come and for work that is not done', async () => {
  const caseId = await arrive();
  await assert.rejects(change(caseId, { snoozedUntil: desk.clock.now().toISOString() }), refused('snooze_in_past'));
  const later = new Date(desk.clock.now().getTime() + 60_000).toISOString();
  await assert.rejects(change(caseId, { status: 'resolved', snoozedUntil: later }), refused('invalid_request'));
  await change(caseId, { snoozedUntil: later });
  assert.equal((await change(caseId, { snoozedUntil: null })).shelf, 'open');
  await change(caseId, { snoozedUntil: later });
  const resolved = await change(caseId, { status: 'resolved' });
  assert.deepEqual([resolved.shelf, resolved.snoozedUntil], ['resolved', null]);
});

test('an agent begins a case for a customer on the telephone; it lies with them', async () => {
  const reader = await desk.agent({ name: 'Own Only', scope: 'own' });
  const made = await reader.does((ctx) => createCase(ctx, { inboxId: desk.inboxId, customer: { email: 'Phone@Example.com', name: 'Phil Phone' }, subject: 'Card 4111 1111 1111 1111', note: 'Called about a charge' }));
  assert.deepEqual([made.status, made.subject, made.assignee?.id, made.team?.id, made.customer.name, made.messageCount, made.waitingSince], ['open', 'Card **** **** **** 1111', reader.id, desk.teamId, 'Phil Phone', 0, null]);
  assert.deepEqual(made.replyTo, [{ address: 'phone@example.com', name: 'Phil Phone' }], 'the first answer goes to the customer');
  assert.deepEqual(made.participants, [{ name: null, address: 'phone@example.com', isCustomer: true }]);
  const entries = (await reader.does((ctx) => listEntries(ctx, { caseId: made.id, limit: 10 }))).items;
  assert.deepEqual(entries.map((entry) => entry.kind), ['change', 'note']);
  await assert.rejects(reader.does((ctx) => createCase(ctx, { inboxId: newId(), customer: { email: 'x@example.com' }, subject: 'x', note: 'x' })), refused('not_found'));
});

test('whom an answer goes to follows the newest message of a person', async () => {
  const other = await desk.inbox();
  const mail = desk.mail({ from: 'asker@example.com', to: [desk.inboxAddress, 'boss@example.com'], cc: [other.address.toUpperCase(), 'asker@example.com', 'BOSS@example.com'], messageId: '<who@x>' });
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, mail));
  const of = async () => {
    const { replyTo, replyAllCc } = await see(caseId);
    return [replyTo.map((one) => one.address), replyAllCc.map((one) => one.address)];
  };
  assert.deepEqual(await of(), [['asker@example.com'], ['boss@example.com']], 'neither our inboxes nor anybody twice');
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: 'robot@example.com', answers: ['<who@x>'], automatic: 'auto_reply' })));
  assert.deepEqual((await of())[0], ['asker@example.com'], 'a robot is not answered');
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: 'boss@example.com', replyTo: ['assistant@example.com'], answers: ['<who@x>'] })));
  assert.deepEqual(await of(), [['assistant@example.com'], []], 'as the message asks for it');
});
