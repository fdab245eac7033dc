import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { addNote } from './add-note.ts';
import { follow, listColleagues, listFollowers, unfollow } from './follow.ts';
import { listMentions, readMentionsOf } from './list-mentions.ts';
import { removeCase } from './moving/set-aside.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { updateCase } from './update-case.ts';

let desk: TestDesk;
let anna: TestAgent;
let bela: TestAgent;
let cora: TestAgent;
let billing: string;
before(async () => {
  desk = await openTestDesk();
  billing = await desk.team('Billing');
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId] });
  bela = await desk.agent({ name: 'Bela', scope: 'team', teamIds: [desk.teamId] });
  cora = await desk.agent({ name: 'Cora', scope: 'team', teamIds: [billing] });
});
after(() => desk.close());

const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const told = (agentId: string) => desk.asSystem((ctx) => ctx.tx.run<{ payload: { caseId: string; entryId: string } }>(`select payload from event where topic = 'agent.mentioned' and payload ->> 'agentId' = $1 order by id`, [agentId]));
const mentionsOf = (agent: TestAgent) => agent.does((ctx) => listMentions(ctx, { limit: 25 }));

test('a colleague who is mentioned is told, follows the case, and finds it among their mentions', async () => {
  const caseId = await arrive();
  const note = await anna.does((ctx) => addNote(ctx, { caseId, text: 'Please look, @Bela', mentionIds: [bela.id, bela.id] }));
  assert.deepEqual(note.mentions, [{ id: bela.id, name: 'Bela', isTold: true }]);
  assert.deepEqual((await told(bela.id)).map(({ payload }) => [payload.caseId, payload.entryId]), [[caseId, note.id]]);
  assert.deepEqual((await bela.does((ctx) => listFollowers(ctx, caseId))).items.map((one) => one.name), ['Bela']);
  const { items, unread } = await mentionsOf(bela);
  assert.deepEqual([items[0]?.caseId, items[0]?.byName, items[0]?.excerpt, items[0]?.isUnread, unread], [caseId, 'Anna Agent', 'Please look, @Bela', true, 1]);
  assert.deepEqual(await bela.does((ctx) => readMentionsOf(ctx, { caseId })), { unread: 0 });
  assert.equal((await mentionsOf(bela)).items[0]?.isUnread, false);
  assert.equal((await bela.does((ctx) => listMentions(ctx, { unread: '1', limit: 25 }))).items.length, 0);
});

test('whoever may not see the case is not told, and the writer learns it', async () => {
  const caseId = await arrive();
  const note = await anna.does((ctx) => addNote(ctx, { caseId, text: '@Cora?', mentionIds: [cora.id, anna.id] }));
  assert.deepEqual(new Map(note.mentions.map((one) => [one.name, one.isTold])), new Map([['Cora', false], ['Anna Agent', true]]));
  assert.equal((await told(cora.id)).length, 0);
  assert.equal((await told(anna.id)).length, 0, 'nobody is told of what they wrote themselves');
  assert.equal((await mentionsOf(cora)).items.length, 0);
  const { items } = await anna.does((ctx) => listColleagues(ctx, caseId));
  assert.deepEqual([items.find((one) => one.id === cora.id)?.canSee, items.find((one) => one.id === bela.id)?.canSee], [false, true]);
});

test('a mention is by id, never by what the text says', async () => {
  const caseId = await arrive();
  assert.deepEqual((await anna.does((ctx) => addNote(ctx, { caseId, text: '@Bela @Cora' }))).mentions, []);
  await assert.rejects(anna.does((ctx) => addNote(ctx, { caseId, text: 'x', mentionIds: [newId()] })), refused('invalid_request'));
});

test('a mention on a case that has left one’s sight is not shown any more', async () => {
  const caseId = await arrive();
  await anna.does((ctx) => addNote(ctx, { caseId, text: '@Bela', mentionIds: [bela.id] }));
  const before_ = await mentionsOf(bela);
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { teamId: billing }));
  const after_ = await mentionsOf(bela);
  assert.equal(after_.unread, before_.unread - 1);
  assert.ok(!after_.items.some((item) => item.caseId === caseId));
});

test('a mention on a deleted case is shown to those who may delete, and to nobody else', async () => {
  const caseId = await arrive();
  const dora = await desk.agent({ name: 'Dora', permissions: ['case.read'] });
  await anna.does((ctx) => addNote(ctx, { caseId, text: '@Dora @Bela the secret', mentionIds: [dora.id, bela.id] }));
  assert.equal((await mentionsOf(dora)).unread, 1);
  await anna.does((ctx) => removeCase(ctx, { caseId, reason: 'A test' }));
  assert.deepEqual([(await mentionsOf(dora)).unread, (await mentionsOf(dora)).items], [0, []]);
  assert.ok((await mentionsOf(bela)).items.some((item) => item.caseId === caseId));
});

test('following is once, ends, and shows nothing that the role does not', async () => {
  const caseId = await arrive();
  await bela.does((ctx) => follow(ctx, caseId));
  const twice = await bela.does((ctx) => follow(ctx, caseId));
  assert.deepEqual([twice.items.length, twice.isFollowing], [1, true]);
  assert.deepEqual(await bela.does((ctx) => unfollow(ctx, caseId)), { items: [], isFollowing: false });
  for (const verb of [follow, unfollow, listFollowers, listColleagues]) await assert.rejects(cora.does<unknown>((ctx) => verb(ctx, caseId)), refused('not_found'));
});

test('a note over a newer message is stopped, and the message shown', async () => {
  const { caseId, entryId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  const newer = await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId })));
  await assert.rejects(anna.does((ctx) => addNote(ctx, { caseId, text: 'x', seenEntryId: entryId })), (error: unknown) => refused('newer_message')(error) && ((error as Refusal).extra?.['entry'] as { id: string } | undefined)?.id === newer.entryId);
  assert.ok(await anna.does((ctx) => addNote(ctx, { caseId, text: 'x', seenEntryId: newer.entryId ?? '' })));
});

test('a status over a newer message, and an assignment over a colleague’s, are stopped with what came before', async () => {
  const { caseId, entryId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  const assigned = await bela.does((ctx) => updateCase(ctx, caseId, { assigneeId: bela.id }));
  const stopped = (code: string, kind: string) => (error: unknown) => refused(code)(error) && ((error as Refusal).extra?.['entry'] as { kind: string } | undefined)?.kind === kind;
  await assert.rejects(anna.does((ctx) => updateCase(ctx, caseId, { assigneeId: anna.id, seenEntryId: entryId })), stopped('changed_meanwhile', 'change'));
  assert.equal((await anna.does((ctx) => updateCase(ctx, caseId, { priority: 'high', seenEntryId: entryId }))).assignee?.id, bela.id, 'what nobody else touched goes through');
  assert.ok((await bela.does((ctx) => updateCase(ctx, caseId, { assigneeId: null, seenEntryId: entryId }))).version > assigned.version, 'one’s own change is no surprise');
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId })));
  await assert.rejects(anna.does((ctx) => updateCase(ctx, caseId, { status: 'resolved', seenEntryId: entryId })), stopped('newer_message', 'message'));
  await bela.does((ctx) => reply(ctx, { caseId, text: 'Here', to: ['anna@example.com'], thenStatus: 'on_hold' }));
  await assert.rejects(anna.does((ctx) => updateCase(ctx, caseId, { status: 'resolved', seenEntryId: entryId })), refused('newer_message'));
});
