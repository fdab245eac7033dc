import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type MailParts, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { listLedger } from '../../ledger/list-ledger.ts';
import { verifyLedger } from '../../ledger/verify-ledger.ts';
import { Refusal } from '../../platform/refusal.ts';
import { addNote } from '../add-note.ts';
import { listDrafts, saveDraft } from '../drafts.ts';
import { upload } from '../files.ts';
import { findCaseByNumber, getCase } from '../get-case.ts';
import { getOutgoing } from '../get-outgoing.ts';
import { listCases } from '../list-cases.ts';
import { listEntries } from '../list-entries.ts';
import { receive } from '../receive.ts';
import { recordDelivery } from '../record-delivery.ts';
import { registerThreadKeys } from '../register-thread-keys.ts';
import { reply } from '../reply.ts';
import { searchCases } from '../search.ts';
import { updateCase } from '../update-case.ts';
import { listMoves } from './list-moves.ts';
import { mergeCases } from './merge-cases.ts';
import { undoMove } from './undo-move.ts';

let desk: TestDesk;
let anna: TestAgent;
let ben: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent' });
  ben = await desk.agent({ name: 'Ben Agent' });
});
after(() => desk.close());

const arrive = (parts?: MailParts) => desk.asSystem((ctx) => receive(ctx, desk.mail(parts)));
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const timeline = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;
const messages = async (caseId: string) => (await timeline(caseId)).filter((entry) => entry.kind === 'message').map((entry) => entry.id);
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const merge = (caseId: string, intoCaseId: string, isSameMatter = false, agent = anna) => agent.does((ctx) => mergeCases(ctx, { caseId, intoCaseId, isSameMatter }));
const undo = (caseId: string, moveId: string, agent = anna) => agent.does((ctx) => undoMove(ctx, { caseId, moveId }));
/** Two cases of one customer. */
const two = async () => {
  const into = await arrive({ subject: 'Broken lamp' });
  desk.clock.forward({ minutes: 5 });
  const from = await arrive({ subject: 'My lamp again' });
  return { from, into };
};

test('what was on one case is on the other, and the number of the first leads there', async () => {
  const { from, into } = await two();
  const [before_, target] = [await see(from.caseId), await see(into.caseId)];
  await anna.does((ctx) => addNote(ctx, { caseId: from.caseId, text: 'Called the workshop.' }));
  await anna.does((ctx) => updateCase(ctx, from.caseId, { addTags: ['lamp'] }));
  const { case: whole } = await merge(from.caseId, into.caseId);
  assert.equal(whole.id, into.caseId);
  assert.equal(whole.messageCount, 2);
  assert.deepEqual(whole.tags, ['lamp']);
  assert.equal(whole.waitingSince, target.waitingSince, 'the customer has waited since the first of both messages');
  assert.deepEqual(await messages(into.caseId), [into.entryId, from.entryId]);
  assert.deepEqual(await messages(from.caseId), []);
  const gone = await see(from.caseId);
  assert.deepEqual([gone.status, gone.shelf, gone.mergedInto, gone.messageCount], ['closed', 'merged', { id: into.caseId, number: target.number }, 0]);
  const told = [(await timeline(into.caseId)).at(-1), (await timeline(from.caseId)).at(-1)].map((entry) => entry?.kind === 'change' && entry.changes);
  assert.deepEqual(told, [[{ field: 'merge', from: `#${before_.number}`, to: null }], [{ field: 'merge', from: null, to: `#${target.number}` }]], 'both timelines tell of it');
  assert.equal((await desk.asSystem((ctx) => findCaseByNumber(ctx, before_.number))).mergedInto?.id, into.caseId);
  assert.ok(!(await desk.asSystem((ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 100 }))).items.some((row) => row.id === from.caseId));
  const actor = { kind: 'agent', agentId: anna.id, name: 'Anna Agent', permissions: new Set(['case.read']), caseScope: 'all', teamIds: [], address: '', accountId: desk.accountId } as const;
  assert.equal((await searchCases(desk.platform, actor as never, { q: `#${before_.number}`, limit: 10 })).items[0]?.case.id, into.caseId);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
  const ledger = await desk.asSystem((ctx) => listLedger(ctx, { limit: 100 }));
  assert.equal(ledger.items.find((row) => row.entryId === from.entryId)?.caseNumber, target.number, 'the ledger leads to where the message is');
});

test('answers to the merged case find the other: by thread, by token, by number in the subject', async () => {
  const { from, into } = await two();
  const number = (await see(from.caseId)).number;
  const answer = await anna.does((ctx) => reply(ctx, { caseId: from.caseId, text: 'Hello', to: ['anna@example.com'] }));
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId: from.caseId, entryId: answer.id, messageId: 'ours@x' }));
  await merge(from.caseId, into.caseId);
  assert.equal((await arrive({ answers: ['ours@x'] })).caseId, into.caseId);
  assert.equal((await arrive({ caseId: from.caseId })).caseId, into.caseId);
  assert.equal((await arrive({ caseNumber: number })).caseId, into.caseId);
});

test('two cases made by mails in unlucky order take every later mail of their thread together', async () => {
  const one = await arrive({ messageId: 'a@x', subject: 'Order' });
  const other = await arrive({ messageId: 'b@x', from: 'colleague@example.com', subject: 'Re: Order' });
  await merge(other.caseId, one.caseId, true);
  assert.equal((await arrive({ answers: ['b@x', 'a@x'], from: 'colleague@example.com' })).caseId, one.caseId);
  assert.equal((await arrive({ answers: ['a@x'] })).caseId, one.caseId);
});

test('cases of different customers are merged only when it is the same matter, and then both take part', async () => {
  const into = await arrive({ from: 'first@example.com' });
  const from = await arrive({ from: 'second@example.com' });
  await assert.rejects(merge(from.caseId, into.caseId), refused('other_customer'));
  const { case: whole } = await merge(from.caseId, into.caseId, true);
  assert.equal(whole.customer.id, (await see(into.caseId)).customer.id);
  assert.ok(whole.participants.some((one) => one.address === 'second@example.com'));
});

test('a closed, a merged and an unseen case are not merged', async () => {
  const { from, into } = await two();
  const third = await arrive();
  await desk.asSystem((ctx) => updateCase(ctx, third.caseId, { status: 'closed' }));
  await assert.rejects(merge(third.caseId, into.caseId), refused('case_closed'));
  await assert.rejects(merge(into.caseId, third.caseId), refused('case_closed'));
  await assert.rejects(merge(into.caseId, into.caseId), refused('invalid_request'));
  const reader = await desk.agent({ permissions: ['case.read'] });
  await assert.rejects(merge(from.caseId, into.caseId, false, reader), refused('not_allowed'));
  const own = await desk.agent({ scope: 'own', teamIds: [desk.teamId] });
  await desk.asSystem((ctx) => ctx.tx.run('insert into team_member (account_id, team_id, agent_id) values ($1, $2, $3) on conflict do nothing', [desk.accountId, desk.teamId, own.id]));
  await anna.does((ctx) => updateCase(ctx, from.caseId, { assigneeId: own.id }));
  await assert.rejects(merge(from.caseId, into.caseId, false, own), refused('not_found'), 'who sees only one of the two learns nothing of the other');
  await merge(from.caseId, into.caseId);
  await assert.rejects(merge(from.caseId, third.caseId), refused('case_merged'));
  await assert.rejects(anna.does((ctx) => reply(ctx, { caseId: from.caseId, text: 'x', to: ['a@example.com'] })), (error: unknown) => error instanceof Refusal && error.code === 'case_merged' && (error.extra as { mergedInto: { id: string } }).mergedInto.id === into.caseId);
});

test('a merge can be undone: what came from the case goes back, what arrived since stays', async () => {
  const { from, into } = await two();
  await anna.does((ctx) => updateCase(ctx, from.caseId, { addTags: ['lamp'], priority: 'high', status: 'on_hold' }));
  const [fromBefore, intoBefore] = [await see(from.caseId), await see(into.caseId)];
  const { moveId } = await merge(from.caseId, into.caseId);
  const later = await arrive({ caseId: from.caseId });
  assert.equal(later.caseId, into.caseId);
  const back = await undo(into.caseId, moveId);
  const same = (detail: Awaited<ReturnType<typeof see>>) => [detail.status, detail.shelf, detail.priority, detail.tags, detail.messageCount, detail.preview, detail.waitingSince, detail.mergedInto];
  assert.deepEqual(same(back), same(fromBefore));
  const left = await see(into.caseId);
  assert.deepEqual([left.messageCount, left.tags], [2, intoBefore.tags]);
  assert.deepEqual(await messages(into.caseId), [into.entryId, later.entryId]);
  assert.deepEqual(await messages(from.caseId), [from.entryId]);
  assert.equal((await arrive({ caseId: from.caseId })).caseId, from.caseId, 'its token is its own again');
  assert.equal((await desk.asSystem((ctx) => listMoves(ctx, into.caseId))).items[0]?.isUndone, true);
  await assert.rejects(undo(into.caseId, moveId), refused('undone_already'));
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});

test('an undone merge that nobody touched leaves both cases as they were', async () => {
  const { from, into } = await two();
  await anna.does((ctx) => reply(ctx, { caseId: into.caseId, text: 'Soon.', to: ['anna@example.com'] }));
  const [fromBefore, intoBefore] = [await see(from.caseId), await see(into.caseId)];
  assert.equal(intoBefore.status, 'pending');
  const { moveId, case: whole } = await merge(from.caseId, into.caseId);
  assert.equal(whole.status, 'open', 'a customer waits for an answer on one of them');
  await undo(from.caseId, moveId);
  const plain = ({ version: _v, lastActivityAt: _l, ...rest }: Awaited<ReturnType<typeof see>>) => rest;
  assert.deepEqual(plain(await see(from.caseId)), plain(fromBefore));
  assert.deepEqual(plain(await see(into.caseId)), plain(intoBefore));
});

test('a case that was merged on is brought back last', async () => {
  const { from, into } = await two();
  const third = await arrive();
  const first = await merge(from.caseId, into.caseId);
  const second = await merge(into.caseId, third.caseId);
  assert.equal((await arrive({ caseId: from.caseId })).caseId, third.caseId, 'a chain of merges leads to its end');
  await assert.rejects(undo(from.caseId, first.moveId), refused('undo_later_first'));
  await undo(into.caseId, second.moveId);
  await undo(from.caseId, first.moveId);
  assert.deepEqual(await messages(from.caseId), [from.entryId]);
});

test('everybody’s drafts go along, behind the words that stand there already, and back when nobody wrote on', async () => {
  const { from, into } = await two();
  const write = (agent: TestAgent, caseId: string, text: string, attachmentIds: string[] = []) => agent.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text, to: [], cc: [], attachmentIds, revision: 0 } as never));
  const file = await upload(desk.platform, { kind: 'agent', agentId: anna.id, name: 'Anna Agent', permissions: new Set(['case.read', 'case.note']), caseScope: 'all', teamIds: [], address: '', accountId: desk.accountId } as never, from.caseId, { filename: 'a.txt', mediaType: 'text/plain', content: Buffer.from('a') });
  await write(anna, from.caseId, 'From the first', [file.id]);
  await write(ben, from.caseId, 'Ben on the first');
  await write(ben, into.caseId, 'Ben on the second');
  const { moveId } = await merge(from.caseId, into.caseId);
  const drafts = async (agent: TestAgent, caseId: string) => (await agent.does((ctx) => listDrafts(ctx, caseId))).items.map((draft) => [draft.text, draft.attachmentIds.length]);
  assert.deepEqual(await drafts(anna, into.caseId), [['From the first', 1]]);
  assert.deepEqual(await drafts(ben, into.caseId), [['Ben on the second\n\nBen on the first', 0]]);
  assert.deepEqual(await drafts(anna, from.caseId), []);
  await assert.rejects(write(anna, from.caseId, 'late words'), refused('case_merged'));
  await undo(from.caseId, moveId);
  assert.deepEqual(await drafts(anna, from.caseId), [['From the first', 1]]);
  assert.deepEqual(await drafts(anna, into.caseId), []);
  assert.deepEqual(await drafts(ben, into.caseId), [['Ben on the second\n\nBen on the first', 0]], 'what was put together stays together');
});

test('a message on its way is sent and its delivery told, although its case was merged meanwhile', async () => {
  const other = await desk.inbox();
  const into = await arrive({});
  const from = await arrive({ inboxId: other.id });
  const sent = await anna.does((ctx) => reply(ctx, { caseId: from.caseId, text: 'On its way', to: ['anna@example.com'] }));
  await merge(from.caseId, into.caseId);
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId: from.caseId, entryId: sent.id, messageId: 'late@x', rawKey: 'k', bytes: 3 }));
  const outgoing = await desk.asSystem((ctx) => getOutgoing(ctx, from.caseId, sent.id));
  assert.deepEqual([outgoing.caseId, outgoing.inbox.id, outgoing.messageId], [into.caseId, other.id, 'late@x'], 'through the inbox it was written in');
  for (const state of ['sending', 'accepted'] as const) assert.equal(await desk.asSystem((ctx) => recordDelivery(ctx, { caseId: from.caseId, entryId: sent.id, state })), true);
  const entry = (await timeline(into.caseId)).find((one) => one.id === sent.id);
  assert.equal(entry?.kind === 'message' && entry.delivery?.state, 'accepted');
  assert.equal((await arrive({ inboxId: other.id, answers: ['late@x'] })).caseId, into.caseId);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});

test('the same mail fetched again is known, wherever its message went', async () => {
  const { from, into } = await two();
  const mail = desk.mail({ caseId: from.caseId });
  const first = await desk.asSystem((ctx) => receive(ctx, mail));
  await merge(from.caseId, into.caseId);
  const again = await desk.asSystem((ctx) => receive(ctx, mail));
  assert.deepEqual([again.outcome, again.caseId, again.entryId], ['duplicate', into.caseId, first.entryId]);
});

test('what a merge brings is unread for those who had not read it', async () => {
  const { from, into } = await two();
  await desk.asSystem((ctx) => ctx.tx.run('insert into case_read (account_id, agent_id, case_id, entry_id) select account_id, $2, case_id, id from entry where account_id = $1 and id = any($3)', [desk.accountId, ben.id, [into.entryId]]));
  assert.equal((await ben.does((ctx) => getCase(ctx, into.caseId))).isUnread, false);
  await merge(from.caseId, into.caseId);
  assert.equal((await ben.does((ctx) => getCase(ctx, into.caseId))).isUnread, true);
});

test('merging announces the move to those who see either case, and a merge of two at once waits', async () => {
  const { from, into } = await two();
  const { moveId } = await merge(from.caseId, into.caseId);
  const [event] = await desk.asSystem((ctx) => ctx.tx.run<{ payload: Record<string, unknown> }>(`select payload from event where topic = 'case.moved' and payload ->> 'moveId' = $1`, [moveId]));
  assert.deepEqual([event?.payload['caseId'], event?.payload['toCaseId'], event?.payload['isMerged']], [from.caseId, into.caseId, true]);
  const [a, b] = [await arrive(), await arrive()];
  const results = await Promise.allSettled([merge(a.caseId, b.caseId), merge(b.caseId, a.caseId, false, ben)]);
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected'], 'not both into each other');
});
