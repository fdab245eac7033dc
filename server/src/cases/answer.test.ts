import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { openTestDesk, type MailParts, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { listLedger } from '../ledger/list-ledger.ts';
import { verifyLedger } from '../ledger/verify-ledger.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { addNote } from './add-note.ts';
import { listDrafts, saveDraft } from './drafts.ts';
import { download, upload } from './files.ts';
import { getCase } from './get-case.ts';
import { getOutgoing } from './get-outgoing.ts';
import { listEntries } from './list-entries.ts';
import { listUndelivered } from './list-undelivered.ts';
import { receive } from './receive.ts';
import { recordDelivery } from './record-delivery.ts';
import { registerThreadKeys } from './register-thread-keys.ts';
import { reply, type Reply } from './reply.ts';
import { retryDelivery } from './retry-delivery.ts';
import { sendAutomatically } from './send-automatically.ts';
import { updateCase } from './update-case.ts';

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
const answer = (caseId: string, parts: Partial<Reply> = {}, agent = anna) => agent.does((ctx) => reply(ctx, { caseId, text: 'Thank you for writing.', to: ['anna@example.com'], ...parts }));
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const timeline = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const eventsOf = (caseId: string) => desk.asSystem((ctx) => ctx.tx.run<{ topic: string; payload: Record<string, unknown> }>(`select topic, payload from event where payload ->> 'caseId' = $1 order by id`, [caseId]));
const report = (caseId: string, entryId: string, state: 'queued' | 'sending' | 'accepted' | 'bounced' | 'failed' | 'unknown', reason: string | null = null) => desk.asSystem((ctx) => recordDelivery(ctx, { caseId, entryId, state, reason }));

test('an answer is queued durably and turns the case over to the customer', async () => {
  const { caseId } = await arrive({ subject: 'Lamp' });
  const sent = await answer(caseId, { to: ['Anna@Example.com', 'anna@example.com'], cc: ['ANNA@example.com', 'boss@example.com'] });
  assert.deepEqual([sent.direction, sent.delivery?.state, sent.subject, sent.author.name], ['out', 'queued', 'Re: Lamp', 'Anna Agent']);
  assert.deepEqual([sent.to.map((one) => one.address), sent.cc.map((one) => one.address)], [['anna@example.com'], ['boss@example.com']], 'nobody gets it twice');
  const found = await see(caseId);
  assert.deepEqual([found.status, found.waitingSince, found.preview, found.messageCount], ['pending', null, 'Thank you for writing.', 2]);
  assert.ok(found.participants.some((one) => one.address === 'boss@example.com'), 'who is written to takes part');
  assert.deepEqual((await timeline(caseId)).at(-1), sent, 'what the writer gets is what everybody sees');
  assert.deepEqual((await eventsOf(caseId)).slice(-2).map((event) => event.topic), ['message.queued', 'case.changed']);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});

test('card numbers are masked before anything is stored', async () => {
  const { caseId } = await arrive();
  const sent = await answer(caseId, { text: 'Your card 4111 1111 1111 1111 was charged.' });
  const note = await anna.does((ctx) => addNote(ctx, { caseId, text: 'Card 4111-1111-1111-1111' }));
  await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'note', text: '4111111111111111', to: [], cc: [], attachmentIds: [], revision: 0 }));
  const changed = await anna.does((ctx) => updateCase(ctx, caseId, { subject: 'Card 4111111111111111' }));
  assert.deepEqual([sent.text, sent.maskedCardNumbers], ['Your card **** **** **** 1111 was charged.', 1]);
  assert.deepEqual([note.text, note.maskedCardNumbers], ['Card ****-****-****-1111', 1]);
  assert.equal(changed.subject, 'Card ************1111');
  const rows = await desk.asSystem((ctx) => ctx.tx.run<{ found: string }>(
    `select 'entry' as found from entry e where case_id = $1 and e::text ~ '4111.?1111.?1111' union all select 'draft' from draft d where case_id = $1 and d::text ~ '4111.?1111.?1111'
     union all select 'ledger' from ledger l where case_id = $1 and l::text ~ '4111.?1111.?1111' union all select 'case' from cases c where id = $1 and c::text ~ '4111.?1111.?1111'`, [caseId]));
  assert.deepEqual(rows, []);
});

test('an answer to our own inbox goes to nobody', async () => {
  const { caseId } = await arrive();
  await assert.rejects(answer(caseId, { to: [desk.inboxAddress] }), refused('nobody_to_answer'));
  const sent = await answer(caseId, { to: ['anna@example.com'], cc: [desk.inboxAddress.replace('@', '+x@')] });
  assert.deepEqual(sent.cc, []);
});

test('a closed case takes no answer and no note', async () => {
  const { caseId } = await arrive();
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { status: 'closed' }));
  await assert.rejects(answer(caseId), refused('case_closed'));
  await assert.rejects(anna.does((ctx) => addNote(ctx, { caseId, text: 'x' })), refused('case_closed'));
});

test('a newer message of the customer stops an answer and is shown', async () => {
  const first = await arrive({ messageId: '<newer@x>' });
  const second = await arrive({ answers: ['<newer@x>'], text: 'Never mind!' });
  await assert.rejects(answer(first.caseId, { seenEntryId: first.entryId }), (error: unknown) => {
    assert.ok(error instanceof Refusal && error.code === 'newer_message');
    assert.equal((error.extra?.['entry'] as { id: string } | undefined)?.id, second.entryId);
    return true;
  });
  await answer(first.caseId, { seenEntryId: second.entryId });
});

test('a colleague’s answer stops another one, one’s own and automatic mail do not', async () => {
  const { caseId, entryId } = await arrive({ messageId: '<race@x>' });
  const own = await answer(caseId, { seenEntryId: entryId });
  await arrive({ answers: ['<race@x>'], automatic: 'auto_reply' });
  await anna.does((ctx) => addNote(ctx, { caseId, text: 'a note is no message' }));
  await answer(caseId, { seenEntryId: entryId });
  await assert.rejects(answer(caseId, { seenEntryId: own.id }, ben), refused('newer_message'));
});

test('of two agents who answer at once, one is stopped', async () => {
  const { caseId, entryId } = await arrive();
  const results = await Promise.allSettled([answer(caseId, { seenEntryId: entryId }, anna), answer(caseId, { seenEntryId: entryId }, ben)]);
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
});

test('the status that was chosen with the answer stands on the timeline, the usual one does not', async () => {
  const { caseId } = await arrive();
  await answer(caseId);
  assert.deepEqual((await timeline(caseId)).map((entry) => entry.kind), ['message', 'message']);
  await answer(caseId, { thenStatus: 'resolved' });
  const last = (await timeline(caseId)).at(-1);
  assert.deepEqual(last?.kind === 'change' && last.changes, [{ field: 'status', from: 'pending', to: 'resolved' }]);
  assert.equal((await see(caseId)).status, 'resolved');
});

test('the subject of a case we began is no answer yet', async () => {
  const { caseId } = await arrive({ subject: 'AW: Anfrage' });
  assert.equal((await answer(caseId)).subject, 'AW: Anfrage');
});

test('a note tells colleagues and leaves the customer’s turn as it is', async () => {
  const { caseId } = await arrive();
  const before_ = await see(caseId);
  const note = await anna.does((ctx) => addNote(ctx, { caseId, text: 'Look at this' }));
  const found = await see(caseId);
  assert.equal(note.kind, 'note');
  assert.deepEqual([found.status, found.waitingSince, found.preview, found.messageCount], [before_.status, before_.waitingSince, before_.preview, 1]);
  assert.deepEqual((await eventsOf(caseId)).at(-1)?.topic, 'note.added');
});

test('a confirmation of receipt ends nobody’s waiting', async () => {
  const { caseId } = await arrive();
  const before_ = await see(caseId);
  const sent = await desk.asSystem((ctx) => sendAutomatically(ctx, { caseId, text: 'We got your mail.', to: ['anna@example.com'] }));
  assert.deepEqual([sent.automatic, sent.author.kind], ['auto_reply', 'system']);
  const found = await see(caseId);
  assert.deepEqual([found.status, found.waitingSince, found.preview], [before_.status, before_.waitingSince, before_.preview]);
  await assert.rejects(anna.does((ctx) => sendAutomatically(ctx, { caseId, text: 'x', to: ['a@b.test'] })), refused('not_allowed'));
  await report(caseId, sent.id, 'sending');
  await report(caseId, sent.id, 'bounced');
  assert.equal((await see(caseId)).status, 'new', 'a lost confirmation is nobody’s work');
});

test('files are uploaded first and go with one message of their uploader', async () => {
  const { caseId } = await arrive();
  const caller = async (agent: TestAgent) => ({ ...(await agent.does(async (ctx) => ctx.actor)), accountId: desk.accountId });
  const file = await upload(desk.platform, await caller(anna), caseId, { filename: '..\\evil/../inv\u202eoice.pdf', mediaType: 'nonsense', content: Buffer.from('%PDF') });
  assert.deepEqual([file.filename, file.mediaType, file.bytes], ['invoice.pdf', 'application/octet-stream', 4]);
  await assert.rejects(download(desk.platform, await caller(ben), { caseId, attachmentId: file.id, isInline: false }), refused('not_found'), 'a waiting file is only its uploader’s');
  await assert.rejects(answer(caseId, { attachmentIds: [file.id] }, ben), refused('invalid_request'));
  const sent = await answer(caseId, { attachmentIds: [file.id, file.id] });
  assert.deepEqual(sent.attachments, [file]);
  await assert.rejects(answer(caseId, { attachmentIds: [file.id] }), refused('invalid_request'), 'it is sent already');
  const { content } = await download(desk.platform, await caller(ben), { caseId, attachmentId: file.id, isInline: false });
  assert.equal(Buffer.concat(await (content as Readable).toArray()).toString(), '%PDF');
  const out = await desk.asSystem((ctx) => getOutgoing(ctx, caseId, sent.id));
  assert.equal((await desk.platform.files.read(out.attachments[0]?.fileKey ?? '')).toString(), '%PDF');
});

test('too many bytes are refused, and nothing is sent', async () => {
  const { caseId } = await arrive();
  const ids = await anna.does(async (ctx) => {
    const made = [newId(), newId()];
    for (const id of made) await ctx.tx.run(`insert into attachment (account_id, case_id, id, filename, media_type, bytes, file_key, uploaded_by, created_at) values ($1, $2, $3, 'big', 'x/y', 14000000, 'k', $4, now())`, [ctx.accountId, caseId, id, anna.id]);
    return made;
  });
  await assert.rejects(answer(caseId, { attachmentIds: ids }), refused('too_many_attachments'));
  assert.equal((await timeline(caseId)).length, 1);
  await answer(caseId, { attachmentIds: ids.slice(0, 1) });
});

test('sending removes the draft, and a save that was under way does not bring it back', async () => {
  const { caseId } = await arrive();
  const save = (revision: number, text = 'Dear customer') => anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text, to: ['anna@example.com'], cc: [], attachmentIds: [], revision }));
  const first = await save(0);
  await answer(caseId);
  assert.deepEqual((await anna.does((ctx) => listDrafts(ctx, caseId))).items, []);
  await assert.rejects(save(first?.revision ?? 0, 'Dear customer,'), refused('changed_meanwhile'));
  assert.equal((await save(0, 'One more thing'))?.text, 'One more thing');
});

test('the channel gets all it needs to send, with the thread so far', async () => {
  const { caseId } = await arrive({ messageId: '<in-1@x>', subject: 'Parcel', from: 'anna@example.com' });
  const first = await answer(caseId, { text: 'One' });
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId, entryId: first.id, messageId: '<out-1@x>', bytes: 1234 }));
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId, entryId: first.id, messageId: '<out-1@x>', bytes: 1234 }));
  await arrive({ messageId: '<in-2@x>', answers: ['<out-1@x>', '<in-1@x>'] });
  const second = await answer(caseId, { text: 'Two', cc: ['boss@example.com'] });
  const out = await desk.asSystem((ctx) => getOutgoing(ctx, caseId, second.id));
  assert.deepEqual(
    [out.subject, out.text, out.html, out.inReplyTo, out.references, out.messageId, out.state, out.from.address, out.caseNumber],
    ['Re: Parcel', 'Two', null, '<in-2@x>', ['<in-1@x>', '<out-1@x>', '<in-2@x>'], null, 'queued', desk.inboxAddress, (await see(caseId)).number],
  );
  assert.equal((await desk.asSystem((ctx) => getOutgoing(ctx, caseId, first.id))).messageId, '<out-1@x>', 'a retry is the same message');
  const row = (await desk.asSystem((ctx) => listLedger(ctx, { direction: 'out', limit: 10 }))).items.find((each) => each.entryId === first.id);
  assert.deepEqual([row?.messageId, row?.bytes, row?.state], ['<out-1@x>', 1234, 'queued']);
  await assert.rejects(desk.asSystem(async (ctx) => getOutgoing(ctx, caseId, (await timeline(caseId))[0]?.id ?? '')), refused('not_found'));
});

test('the delivery is followed to its end, in the ledger too', async () => {
  const { caseId } = await arrive();
  const sent = await answer(caseId);
  assert.equal(await report(caseId, sent.id, 'sending'), true);
  const next = new Date(desk.clock.now().getTime() + 60_000);
  await desk.asSystem((ctx) => recordDelivery(ctx, { caseId, entryId: sent.id, state: 'queued', reason: '451 try later', nextAttemptAt: next }));
  const waiting = (await timeline(caseId)).at(-1);
  assert.deepEqual(waiting?.kind === 'message' && waiting.delivery, { state: 'queued', reason: '451 try later', attempts: 1, nextAttemptAt: next.toISOString(), canRetry: false });
  await report(caseId, sent.id, 'sending');
  await report(caseId, sent.id, 'accepted', '250 ok');
  assert.equal(await report(caseId, sent.id, 'accepted', '250 ok'), false, 'a repeated report changes nothing');
  assert.equal(await report(caseId, sent.id, 'failed', 'late'), false);
  const done = (await timeline(caseId)).at(-1);
  assert.deepEqual(done?.kind === 'message' && done.delivery, { state: 'accepted', reason: '250 ok', attempts: 2, nextAttemptAt: null, canRetry: false });
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});

test('an answer that bounces brings its case back to the agents', async () => {
  for (const thenStatus of ['pending', 'resolved'] as const) {
    const { caseId } = await arrive();
    const sent = await answer(caseId, { thenStatus });
    await report(caseId, sent.id, 'sending');
    await report(caseId, sent.id, 'accepted');
    await report(caseId, sent.id, 'bounced', '5.1.1 no such user');
    const found = await see(caseId);
    assert.deepEqual([found.status, found.waitingSince], ['open', desk.clock.now().toISOString()]);
    const last = (await timeline(caseId)).at(-1);
    assert.deepEqual(last?.kind === 'change' && [last.author.kind, last.changes], ['system', [{ field: 'status', from: thenStatus, to: 'open' }]]);
  }
});

test('a closed case stays closed, but the delivery is told', async () => {
  const { caseId } = await arrive();
  const sent = await answer(caseId);
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { status: 'closed' }));
  await report(caseId, sent.id, 'failed', 'no route');
  assert.equal((await see(caseId)).status, 'closed');
  await assert.rejects(anna.does((ctx) => retryDelivery(ctx, { caseId, entryId: sent.id })), refused('case_closed'));
});

test('only what was lost, or may have been, can be sent again', async () => {
  const { caseId, entryId } = await arrive();
  const sent = await answer(caseId);
  const again = () => anna.does((ctx) => retryDelivery(ctx, { caseId, entryId: sent.id }));
  await assert.rejects(again(), refused('not_retryable'));
  await report(caseId, sent.id, 'failed', 'refused');
  assert.equal((await timeline(caseId)).find((entry) => entry.id === sent.id && entry.kind === 'message' && entry.delivery?.canRetry)?.id, sent.id);
  const queued = await again();
  assert.deepEqual([queued.delivery?.state, queued.delivery?.attempts, queued.delivery?.reason], ['queued', 0, null]);
  assert.equal((await eventsOf(caseId)).filter((event) => event.topic === 'message.queued').length, 2);
  await assert.rejects(anna.does((ctx) => retryDelivery(ctx, { caseId, entryId })), refused('not_retryable'), 'a customer’s message is not ours to send');
  await assert.rejects(anna.does((ctx) => retryDelivery(ctx, { caseId, entryId: newId() })), refused('not_found'));
});

test('what lies unsent since a while is found over all accounts', async () => {
  const { caseId } = await arrive();
  const sent = await answer(caseId);
  const before_ = new Date(desk.clock.now().getTime() + 1);
  const find = async (states: ('queued' | 'sending')[]) => (await listUndelivered(desk.platform, { states, before: before_, limit: 1000 })).find((one) => one.entryId === sent.id);
  assert.deepEqual(await find(['queued']), { accountId: desk.accountId, caseId, entryId: sent.id, state: 'queued', nextAttemptAt: null });
  assert.equal(await find(['sending']), undefined);
});

test('twelve agents write on one case at once and nothing is lost', async () => {
  const { caseId } = await arrive();
  const { version } = await see(caseId);
  await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? answer(caseId, { text: `Answer ${i}` }) : anna.does((ctx) => addNote(ctx, { caseId, text: `Note ${i}` })))));
  const entries = await timeline(caseId);
  assert.equal(entries.length, 13);
  assert.deepEqual(entries.map((entry) => entry.id), entries.map((entry) => entry.id).sort());
  const found = await see(caseId);
  assert.equal(found.messageCount, 7);
  assert.equal(found.version, version + 12);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});
