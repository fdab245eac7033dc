import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { addNote } from './add-note.ts';
import { listDrafts, saveDraft } from './drafts.ts';
import { upload } from './files.ts';
import { getCase } from './get-case.ts';
import { getOutgoing } from './get-outgoing.ts';
import { listEntries } from './list-entries.ts';
import { takeBack } from './planned/change-plan.ts';
import { planMessage } from './planned/plan-message.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { Refusal } from '../platform/refusal.ts';

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
let desk: TestDesk;
let anna: TestAgent;
before(async () => {
  desk = await openTestDesk();
  Object.assign(desk.platform, { jobs: { enqueue: async () => {} } });
  anna = await desk.agent({ name: 'Anna' });
});
after(() => desk.close());

const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
const picture = async (caseId: string, mediaType = 'image/png') => {
  const caller = { ...(await anna.does(async (ctx) => ctx.actor)), accountId: desk.accountId };
  return upload(desk.platform, caller, caseId, { filename: 'lamp.png', mediaType, content: Buffer.from('png'), isInline: true });
};
const to = ['anna@example.com'];

test('a formatted answer is kept as the editor makes it, and its text is made from it', async () => {
  const caseId = await arrive();
  const sent = await anna.does((ctx) => reply(ctx, { caseId, to, text: 'something else', html: '<p onclick="x()">Hello <b>Ida</b>,</p><ul><li>one</li></ul><script>bad()</script>' }));
  assert.equal(sent.html, '<p>Hello <strong>Ida</strong>,</p><ul><li>one</li></ul>');
  assert.equal(sent.text, 'Hello Ida,\n\n * one');
  assert.equal((await anna.does((ctx) => getCase(ctx, caseId))).preview, 'Hello Ida, * one');
  const out = await desk.asSystem((ctx) => getOutgoing(ctx, caseId, sent.id));
  assert.deepEqual([out.html, out.text], [sent.html, sent.text]);
});

test('text alone goes on as text alone', async () => {
  const caseId = await arrive();
  const sent = await anna.does((ctx) => reply(ctx, { caseId, to, text: 'Hello <b>' }));
  assert.deepEqual([sent.html, sent.text], [null, 'Hello <b>']);
});

test('a card number is masked in the text and in the formatted words, in answers, notes and drafts', async () => {
  const caseId = await arrive();
  const html = '<p>4111 <em>1111</em> 1111 1111</p>';
  const draft = await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: '', html, to: [], cc: [], attachmentIds: [], revision: 0 }));
  const note = await anna.does((ctx) => addNote(ctx, { caseId, text: '-', html }));
  const sent = await anna.does((ctx) => reply(ctx, { caseId, to, text: '-', html }));
  for (const one of [draft, note, sent]) assert.deepEqual([one?.html, one?.text], ['<p>**** <em>****</em> **** 1111</p>', '**** **** **** 1111']);
  assert.deepEqual([note.maskedCardNumbers, sent.maskedCardNumbers], [1, 1]);
});

test('pictures in the words travel with the message, and only those that are there', async () => {
  const caseId = await arrive();
  const lamp = await picture(caseId);
  assert.deepEqual([lamp.isInline, lamp.contentId], [true, `${lamp.id}@inline`]);
  const sent = await anna.does((ctx) => reply(ctx, { caseId, to, text: 'A picture', html: `<p><img src="cid:${lamp.contentId}" alt="A lamp"><img src="cid:foreign@inline"></p>`, attachmentIds: [lamp.id] }));
  assert.equal(sent.html, `<p><img src="cid:${lamp.contentId}" alt="A lamp" /></p>`);
  assert.equal(sent.text, 'A picture', 'a picture alone has no text of its own');
  assert.deepEqual(sent.attachments.map((file) => file.contentId), [lamp.contentId]);
  assert.equal((await picture(caseId, 'image/svg+xml')).isInline, false, 'a drawing may hold scripts');
});

test('a draft keeps its formatting, also when a message is taken back', async () => {
  const caseId = await arrive();
  const html = '<p><strong>Soon</strong></p>';
  const { planned } = await anna.does((ctx) => planMessage(ctx, { caseId, message: { kind: 'reply', to, text: 'Soon', html } }));
  assert.equal(planned?.html, html);
  await anna.does((ctx) => takeBack(ctx, { caseId, planId: planned?.id ?? '' }));
  const [draft] = (await anna.does((ctx) => listDrafts(ctx, caseId))).items;
  assert.deepEqual([draft?.html, draft?.text], [html, 'Soon']);
  assert.equal(await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: '', html: null, to: [], cc: [], attachmentIds: [], revision: draft?.revision ?? 0 })), null);
});

test('what a macro changes happens with the answer, or not at all', async () => {
  const caseId = await arrive();
  await anna.does((ctx) => reply(ctx, { caseId, to, text: 'Done', thenStatus: 'on_hold', also: { priority: 'high', addTags: ['refund'], assigneeId: anna.id, note: 'Told the shop.' } }));
  const found = await anna.does((ctx) => getCase(ctx, caseId));
  assert.deepEqual([found.status, found.priority, found.tags, found.assignee?.id], ['on_hold', 'high', ['refund'], anna.id]);
  const entries = (await anna.does((ctx) => listEntries(ctx, { caseId, limit: 50 }))).items;
  assert.deepEqual(entries.map((entry) => entry.kind), ['message', 'message', 'change', 'note', 'change']);
  const next = await arrive();
  await assert.rejects(anna.does((ctx) => reply(ctx, { caseId: next, to, text: 'No', also: { addTags: ['x'], snoozedUntil: '2020-01-01T00:00:00.000Z' } })), refused('snooze_in_past'));
  assert.equal((await anna.does((ctx) => getCase(ctx, next))).messageCount, 1, 'nothing was sent');
});

test('whoever may not assign cannot do it with an answer, now or later', async () => {
  const caseId = await arrive();
  const ben = await desk.agent({ permissions: ['case.read', 'case.reply', 'case.note'] });
  await assert.rejects(ben.does((ctx) => reply(ctx, { caseId, to, text: 'Hi', also: { assigneeId: ben.id } })), refused('not_allowed'));
  await assert.rejects(ben.does((ctx) => planMessage(ctx, { caseId, message: { kind: 'reply', to, text: 'Hi', also: { priority: 'high' } } })), refused('not_allowed'));
});
