import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { Refusal } from '../platform/refusal.ts';
import { addNote } from './add-note.ts';
import { getCase } from './get-case.ts';
import { listEntries } from './list-entries.ts';
import { tellOverduePromises } from './promise-overdue.ts';
import { changePromise, listPromises, makePromise } from './promises.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { updateCase } from './update-case.ts';

let desk: TestDesk;
let anna: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId] });
});
after(() => desk.close());

const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
const inHours = (hours: number) => new Date(desk.clock.now().getTime() + hours * 3_600_000).toISOString();
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const events = (caseId: string, topic: string) => desk.asSystem((ctx) => ctx.tx.run<{ payload: Record<string, unknown> }>(`select payload from event where topic = $2 and payload ->> 'caseId' = $1 order by id`, [caseId, topic]));
const lines = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items.flatMap((entry) => (entry.kind === 'change' ? entry.changes : [])).filter((change) => change.field === 'promise');

test('a promise is made with a reply or a note and shows when the first of them falls due', async () => {
  const caseId = await arrive();
  const sent = await anna.does((ctx) => reply(ctx, { caseId, text: 'You hear from us by tomorrow', to: ['anna@example.com'], promise: { text: 'Call back', dueAt: inHours(24) } }));
  const note = await anna.does((ctx) => addNote(ctx, { caseId, text: 'Told her on the telephone', promise: { text: 'Send the label', dueAt: inHours(2) } }));
  const found = await see(caseId);
  assert.deepEqual(found.promises.map((one) => [one.text, one.entryId, one.madeBy.name, one.state, one.isOverdue]), [['Send the label', note.id, 'Anna Agent', 'open', false], ['Call back', sent.id, 'Anna Agent', 'open', false]]);
  assert.equal(found.nextPromiseAt, inHours(2));
  assert.equal((await events(caseId, 'promise.changed')).length, 2);
});

test('a promise for a time that has passed is refused, and the reply with it', async () => {
  const caseId = await arrive();
  await assert.rejects(anna.does((ctx) => reply(ctx, { caseId, text: 'x', to: ['anna@example.com'], promise: { text: 'x', dueAt: inHours(-1) } })), refused('promise_in_past'));
  assert.equal((await see(caseId)).messageCount, 1);
});

test('kept, broken or withdrawn, a promise is settled, told, and can be opened again', async () => {
  const caseId = await arrive();
  const { id, version } = await anna.does((ctx) => makePromise(ctx, { caseId, text: 'Refund', dueAt: inHours(5) }));
  const kept = await anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'kept', version }));
  assert.deepEqual([kept.state, kept.settledBy, (await see(caseId)).nextPromiseAt], ['kept', 'Anna Agent', null]);
  await assert.rejects(anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'broken', version })), refused('changed_meanwhile'));
  await anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'open' }));
  await anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, dueAt: inHours(7) }));
  assert.equal((await see(caseId)).nextPromiseAt, inHours(7));
  await anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'withdrawn' }));
  assert.deepEqual((await lines(caseId)).map((line) => line.to), ['open', 'kept', 'open', 'moved', 'withdrawn']);
  const before_ = (await see(caseId)).version;
  await anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'withdrawn' }));
  assert.equal((await see(caseId)).version, before_, 'what is the same already changes nothing');
});

test('a promise that falls due is told of once, to whoever made it; a kept one never', async () => {
  const [caseId, quiet] = [await arrive(), await arrive()];
  const late = await anna.does((ctx) => makePromise(ctx, { caseId, text: 'Call back', dueAt: inHours(1) }));
  const settled = await anna.does((ctx) => makePromise(ctx, { caseId: quiet, text: 'Call back', dueAt: inHours(1) }));
  await anna.does((ctx) => changePromise(ctx, { caseId: quiet, promiseId: settled.id, state: 'kept' }));
  desk.clock.forward({ minutes: 59 });
  await tellOverduePromises(desk.platform);
  assert.equal((await events(caseId, 'promise.overdue')).length, 0);
  desk.clock.forward({ minutes: 1 });
  await tellOverduePromises(desk.platform);
  await tellOverduePromises(desk.platform);
  const [told, ...more] = await events(caseId, 'promise.overdue');
  assert.deepEqual([told?.payload['promiseId'], told?.payload['agentId'], more.length, (await events(quiet, 'promise.overdue')).length], [late.id, anna.id, 0, 0]);
  assert.equal((await see(caseId)).promises[0]?.isOverdue, true);
  assert.equal((await lines(caseId)).at(-1)?.to, 'overdue');
  await anna.does((ctx) => changePromise(ctx, { caseId, promiseId: late.id, dueAt: inHours(1) }));
  desk.clock.forward({ hours: 1 });
  await tellOverduePromises(desk.platform);
  assert.equal((await events(caseId, 'promise.overdue')).length, 2, 'a new time is told of anew');
});

test('promises of cases out of sight and of closed cases stay as they are', async () => {
  const caseId = await arrive();
  const { id } = await anna.does((ctx) => makePromise(ctx, { caseId, text: 'x', dueAt: inHours(1) }));
  const stranger = await desk.agent({ scope: 'own' });
  await assert.rejects(stranger.does((ctx) => listPromises(ctx, caseId)), refused('not_found'));
  await assert.rejects(stranger.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'kept' })), refused('not_found'));
  const reader = await desk.agent({ permissions: ['case.read'] });
  await assert.rejects(reader.does((ctx) => makePromise(ctx, { caseId, text: 'x', dueAt: inHours(1) })), refused('not_allowed'));
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { status: 'closed' }));
  await assert.rejects(anna.does((ctx) => changePromise(ctx, { caseId, promiseId: id, state: 'kept' })), refused('case_closed'));
  desk.clock.forward({ hours: 2 });
  await tellOverduePromises(desk.platform);
  assert.equal((await events(caseId, 'promise.overdue')).length, 0);
});
