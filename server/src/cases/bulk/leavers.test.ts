import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { AnnouncedEvent } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { updateAgent } from '../../accounts/index.ts';
import { deliverOnce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { countCasesOfAgent } from '../count-cases.ts';
import { getCase } from '../get-case.ts';
import { listEntries } from '../list-entries.ts';
import { receive } from '../receive.ts';
import { updateCase, type UpdateCase } from '../update-case.ts';
import { reply } from '../reply.ts';
import { mergeCases } from '../moving/merge-cases.ts';
import { markSpam, restoreCase } from '../moving/set-aside.ts';
import { splitCase } from '../moving/split-case.ts';
import { undoMove } from '../moving/undo-move.ts';
import { getBulk, listBulk, undoBulk } from './list-bulk.ts';
import { handLeaversCasesOn, sweepLeftOver } from './leavers.ts';
import { startBulk } from './start-bulk.ts';
import { goOn } from './run-bulk.ts';

let desk: TestDesk;
let admin: TestAgent;
let ben: TestAgent;
let cora: TestAgent;
let billing: string;
let waiting: { accountId: string; runId: string }[] = [];

before(async () => {
  desk = await openTestDesk();
  Object.assign(desk.platform, { jobs: { enqueue: async (_tx: unknown, _job: unknown, run: (typeof waiting)[number]) => void waiting.push(run) } });
  billing = await desk.team('Billing');
  admin = await desk.agent({ name: 'Ada' });
});
after(() => desk.close());
beforeEach(async () => {
  ben = await desk.agent({ name: 'Ben Leaver', scope: 'team', teamIds: [desk.teamId, billing] });
  cora = await desk.agent({ name: 'Cora', scope: 'team', teamIds: [desk.teamId] });
});

const caseOf = async (agent: TestAgent, change: UpdateCase = {}) => {
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { assigneeId: agent.id, ...change }));
  return caseId;
};
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const holder = async (caseId: string) => (await see(caseId)).assignee?.name ?? null;
/** What the relay and the workers do: every event once more, and every run to its end. */
async function settle(): Promise<void> {
  const events = await desk.asSystem((ctx) => ctx.tx.run<{ id: string; topic: string; payload: never; created_at: Date }>(`select id, topic, payload, created_at from event where account_id = $1 and topic = any($2) order by id`, [desk.accountId, handLeaversCasesOn.topics]));
  for (const row of events) await deliverOnce(desk.platform, handLeaversCasesOn, { id: row.id, accountId: desk.accountId, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() } as AnnouncedEvent);
  for (let run = waiting.shift(); run; run = waiting.shift()) await goOn(desk.platform, run);
}
const leave = async (casesTo?: string | null) => {
  await admin.does((ctx) => updateAgent(ctx, ben.id, { isDisabled: true, ...(casesTo === undefined ? {} : { casesTo }) }));
  await settle();
};
const comeBack = async () => {
  await admin.does((ctx) => updateAgent(ctx, ben.id, { isDisabled: false }));
  await settle();
};

test('what somebody who leaves had open stands unassigned, and what is done stays theirs', async () => {
  const until = new Date(desk.clock.now().getTime() + 3_600_000).toISOString();
  const [open, snoozed, pending, resolved] = [await caseOf(ben), await caseOf(ben, { snoozedUntil: until }), await caseOf(ben, { status: 'pending' }), await caseOf(ben, { status: 'resolved' })];
  assert.deepEqual(await admin.does((ctx) => countCasesOfAgent(ctx, ben.id)), { open: 1, snoozed: 1, pending: 1, on_hold: 0 });
  await leave();
  assert.deepEqual([await holder(open), await holder(snoozed), await holder(pending), await holder(resolved)], [null, null, null, 'Ben Leaver']);
  assert.deepEqual([(await see(snoozed)).snoozedUntil, (await see(pending)).status, (await see(open)).team?.id], [until, 'pending', desk.teamId]);
  const { items } = await desk.asSystem((ctx) => listEntries(ctx, { caseId: open, limit: 50 }));
  assert.equal(items.at(-1)?.author.name, 'Ada');
  assert.deepEqual(await admin.does((ctx) => countCasesOfAgent(ctx, ben.id)), { open: 0, snoozed: 0, pending: 0, on_hold: 0 });
});

test('a successor takes what lies with teams they serve; the rest stands unassigned with its team', async () => {
  const brief = { asked: 'a', tried: 'b', promised: null, next: 'c' };
  const [support, bill] = [await caseOf(ben), await caseOf(ben, { teamId: billing, brief })];
  await leave(cora.id);
  assert.deepEqual([await holder(support), await holder(bill), (await see(bill)).team?.id], ['Cora', null, billing]);
});

test('whoever comes back within ten minutes has their cases again, but for those that others took', async () => {
  const [left, taken] = [await caseOf(ben), await caseOf(ben)];
  await leave();
  await desk.asSystem((ctx) => updateCase(ctx, taken, { assigneeId: cora.id }));
  await comeBack();
  assert.deepEqual([await holder(left), await holder(taken)], ['Ben Leaver', 'Cora']);
  await leave();
  desk.clock.forward({ minutes: 11 });
  await comeBack();
  assert.equal(await holder(left), null);
});

test('somebody who is back before all of it is handed on gets back what was', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => caseOf(ben)));
  await admin.does((ctx) => updateAgent(ctx, ben.id, { isDisabled: true }));
  await admin.does((ctx) => updateAgent(ctx, ben.id, { isDisabled: false }));
  await settle();
  assert.deepEqual(await Promise.all(ids.map(holder)), ids.map(() => 'Ben Leaver'));
  await leave();
  assert.deepEqual(await Promise.all(ids.map(holder)), ids.map(() => null));
});

test('it is only undone by the return: a desk is never given back to somebody who is gone', async () => {
  const caseId = await caseOf(ben);
  await leave();
  const [row] = await desk.asSystem((ctx) => ctx.tx.run<{ id: string }>('select id from bulk_run where account_id = $1 and leaver_id = $2', [ctx.accountId, ben.id]));
  const run = await admin.does((ctx) => getBulk(ctx, row?.id ?? ''));
  assert.deepEqual([run.changed, run.undoUntil], [1, null]);
  assert.ok(!(await admin.does((ctx) => listBulk(ctx, { limit: 50 }))).items.some(({ id }) => id === run.id), 'nor does it hide what she could undo');
  await assert.rejects(admin.does((ctx) => undoBulk(ctx, run.id)), (error: unknown) => error instanceof Refusal && error.code === 'undo_over');
  assert.equal(await holder(caseId), null);
});

test('whoever may manage people, but sees no case, leaves nothing behind with somebody who is gone', async () => {
  const caseId = await caseOf(ben);
  const office = await desk.agent({ name: 'Office', scope: 'team', permissions: ['agent.manage', 'agent.read'] });
  assert.equal((await office.does((ctx) => countCasesOfAgent(ctx, ben.id))).open, 1, 'how many are left behind is told, not which');
  await desk.asSystem((ctx) => ctx.tx.run(`update role set permissions = '{agent.read}' where account_id = $1 and id = (select role_id from agent where account_id = $1 and id = $2)`, [desk.accountId, ben.id]));
  await office.does((ctx) => updateAgent(ctx, ben.id, { isDisabled: true }));
  await settle();
  assert.equal(await holder(caseId), null);
});

test('cases are not given to the one who leaves, to somebody who is gone, or without somebody leaving', async () => {
  const refuses = (change: Parameters<typeof updateAgent>[2]) => assert.rejects(admin.does((ctx) => updateAgent(ctx, ben.id, change)), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request');
  await refuses({ isDisabled: true, casesTo: ben.id });
  await refuses({ isDisabled: true, casesTo: desk.accountId });
  await refuses({ casesTo: cora.id });
  await admin.does((ctx) => updateAgent(ctx, cora.id, { isDisabled: true }));
  await refuses({ isDisabled: true, casesTo: cora.id });
});

test('a resolved case of somebody who is gone begins anew with nobody, whether the customer writes or a colleague reopens it', async () => {
  const messageId = '<begins-anew@example.com>';
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ messageId })));
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { assigneeId: ben.id, status: 'resolved' }));
  const reopened = await caseOf(ben, { status: 'resolved' });
  await leave();
  assert.equal(await holder(caseId), 'Ben Leaver');
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ answers: [messageId], text: 'It is broken again.' })));
  await desk.asSystem((ctx) => updateCase(ctx, reopened, { status: 'open' }));
  assert.deepEqual([(await see(caseId)).status, await holder(caseId), await holder(reopened)], ['open', null, null]);
  assert.equal((await admin.does((ctx) => countCasesOfAgent(ctx, ben.id))).open, 0);
});

test('nothing that is done with a case of somebody who is gone leaves it unfinished with them', async () => {
  const messageId = '<goes-on@example.com>';
  const { caseId: answered } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ messageId, from: 'goes-on@example.com' })));
  await desk.asSystem((ctx) => updateCase(ctx, answered, { assigneeId: ben.id, status: 'resolved' }));
  const { caseId: divided } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ messageId: '<one@example.com>' })));
  const second = await desk.asSystem((ctx) => receive(ctx, desk.mail({ answers: ['<one@example.com>'], text: 'And another thing.' })));
  await desk.asSystem((ctx) => updateCase(ctx, divided, { assigneeId: ben.id, status: 'resolved' }));
  const [target, open] = [await caseOf(ben, { status: 'resolved' }), await caseOf(cora)];
  const [spam, hidden, remaining] = [await caseOf(ben), await caseOf(ben), await caseOf(cora)];
  await desk.asSystem((ctx) => markSpam(ctx, spam));
  const merge = await desk.asSystem((ctx) => mergeCases(ctx, { caseId: hidden, intoCaseId: remaining, isSameMatter: true }));
  const moved = await caseOf(ben);
  const run = await admin.does((ctx) => startBulk(ctx, { selection: { by: 'cases', caseIds: [moved] }, action: { assigneeId: cora.id } }));
  await settle();
  await leave();

  await admin.does((ctx) => reply(ctx, { caseId: answered, text: 'One more word.', to: ['goes-on@example.com'] }));
  assert.deepEqual([(await see(answered)).status, await holder(answered)], ['pending', null], 'answered');
  const split = await admin.does((ctx) => splitCase(ctx, { caseId: divided, entryIds: [second.entryId], subject: 'Another thing' }));
  assert.deepEqual([split.case.status, split.case.assignee], ['open', null], 'split off');
  await admin.does((ctx) => mergeCases(ctx, { caseId: open, intoCaseId: target, isSameMatter: true }));
  assert.deepEqual([(await see(target)).status, await holder(target)], ['open', null], 'merged into');
  await admin.does((ctx) => restoreCase(ctx, spam));
  await admin.does((ctx) => undoMove(ctx, { caseId: hidden, moveId: merge.moveId }));
  await admin.does((ctx) => undoBulk(ctx, run.id));
  await settle();
  assert.deepEqual([await holder(spam), await holder(hidden), await holder(moved)], [null, null, null], 'brought back, taken apart, undone');
  assert.deepEqual(await admin.does((ctx) => countCasesOfAgent(ctx, ben.id)), { open: 0, snoozed: 0, pending: 0, on_hold: 0 });
});

test('somebody who leaves, comes back and leaves again within minutes gets nothing by the undoing of the first time', async () => {
  const caseId = await caseOf(ben);
  await leave();
  for (const isDisabled of [false, true]) await admin.does((ctx) => updateAgent(ctx, ben.id, { isDisabled }));
  await settle();
  assert.equal(await holder(caseId), null);
  await comeBack();
});

test('an hourly look finds what lies with people who left in other ways, as from an older release', async () => {
  const [open, done] = [await caseOf(ben), await caseOf(ben, { status: 'resolved' })];
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, ben.id]));
  await sweepLeftOver.run(desk.platform, undefined as never);
  await settle();
  assert.deepEqual([await holder(open), await holder(done)], [null, 'Ben Leaver']);
});

test('a resolved case that is opened again stays with whoever is still here, whatever team they serve now', async () => {
  const dan = await desk.agent({ name: 'Dan Mover', scope: 'team', teamIds: [desk.teamId] });
  const caseId = await caseOf(dan, { status: 'resolved' });
  await admin.does((ctx) => updateAgent(ctx, dan.id, { teamIds: [billing] }));
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { status: 'open' }));
  assert.equal(await holder(caseId), 'Dan Mover');
});

test('a successor is asked for while somebody leaves, not afterwards', async () => {
  await leave();
  await assert.rejects(admin.does((ctx) => updateAgent(ctx, ben.id, { isDisabled: true, casesTo: cora.id })), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request');
});
