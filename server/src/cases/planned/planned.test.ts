import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type MailParts, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { verifyLedger } from '../../ledger/verify-ledger.ts';
import type { Job } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listDrafts, saveDraft } from '../drafts.ts';
import { getCase } from '../get-case.ts';
import { listEntries } from '../list-entries.ts';
import { receive } from '../receive.ts';
import { reply } from '../reply.ts';
import { updateCase } from '../update-case.ts';
import { listPlanned, reschedule, sendPlannedNow, takeBack } from './change-plan.ts';
import { listCases } from '../list-cases.ts';
import { holdBackScheduled } from './hold-back-others.ts';
import { planMessage, type PlanMessage } from './plan-message.ts';
import { release, releaseDue } from './release-job.ts';

let desk: TestDesk;
let anna: TestAgent;
let ben: TestAgent;
before(async () => {
  desk = await openTestDesk();
  Object.assign(desk.platform, { jobs: { enqueue: async (_tx: unknown, _job: Job) => {} } });
  anna = await desk.agent({ name: 'Anna Agent' });
  ben = await desk.agent({ name: 'Ben Agent' });
});
after(() => desk.close());

const arrive = (parts?: MailParts) => desk.asSystem((ctx) => receive(ctx, desk.mail(parts)));
const plan = async (caseId: string, parts: Partial<Omit<PlanMessage, 'message'>> & { message?: Partial<PlanMessage['message']> } = {}, agent = anna) => {
  const { planned } = await agent.does((ctx) => planMessage(ctx, { caseId, ...parts, message: { kind: 'reply', text: 'Thank you for writing.', to: ['anna@example.com'], ...parts.message } as PlanMessage['message'] }));
  assert.ok(planned);
  return planned;
};
const inHours = (hours: number) => new Date(desk.clock.now().getTime() + hours * 3_600_000).toISOString();
const waiting = async (caseId: string) => (await anna.does((ctx) => listPlanned(ctx, caseId))).items;
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const timeline = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;
const sentTexts = async (caseId: string) => (await timeline(caseId)).flatMap((entry) => (entry.kind === 'message' && entry.direction === 'out' ? [entry.text] : []));
const drafts = async (caseId: string, agent = anna) => (await agent.does((ctx) => listDrafts(ctx, caseId))).items;
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const hear = (caseId: string, entryId: string, topic: 'message.received' | 'message.queued') =>
  desk.asSystem((ctx) => holdBackScheduled.handle(ctx, { id: newId(), accountId: desk.accountId, topic, at: '', payload: { caseId, entryId, version: 1, scope: { teamIds: [], assigneeIds: [] }, inboxId: desk.inboxId, channel: 'email' } } as never));

test('an answer waits ten seconds on the case, and then goes out once', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId, { message: { cc: ['boss@example.com'], bcc: ['audit@example.com'] } });
  assert.deepEqual([planned.hold, planned.state, planned.author.name, Date.parse(planned.sendAt) - desk.clock.now().getTime()], ['undo', 'waiting', 'Anna Agent', 10_000]);
  assert.deepEqual([await sentTexts(caseId), (await see(caseId)).status], [[], 'new'], 'nothing has happened to the customer yet');
  assert.equal((await see(caseId)).hasPlanned, true);
  await releaseDue(desk.platform);
  assert.equal((await waiting(caseId)).length, 1, 'it is not its time');
  desk.clock.forward({ seconds: 10 });
  await Promise.all([releaseDue(desk.platform), releaseDue(desk.platform)]);
  assert.deepEqual([await sentTexts(caseId), await waiting(caseId), (await see(caseId)).status], [['Thank you for writing.'], [], 'pending']);
  const entry = (await timeline(caseId)).at(-1);
  assert.ok(entry?.kind === 'message' && entry.delivery?.state === 'queued' && entry.author.id === anna.id);
  assert.deepEqual(entry.bcc.map((one) => one.address), ['audit@example.com']);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});

test('taken back, it is the draft again with all that belonged to it, and nothing goes out', async () => {
  const { caseId } = await arrive();
  await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: 'Dear', to: [], cc: [], attachmentIds: [], revision: 0 }));
  const planned = await plan(caseId, { message: { text: 'Dear customer', cc: ['boss@example.com'], bcc: ['audit@example.com'], subject: 'Another subject' } });
  assert.deepEqual(await drafts(caseId), [], 'what waits to be sent is no draft');
  const { mode } = await anna.does((ctx) => takeBack(ctx, { caseId, planId: planned.id }));
  assert.equal(mode, 'reply');
  const [draft] = await drafts(caseId);
  assert.deepEqual([draft?.text, draft?.to, draft?.cc, draft?.bcc, draft?.subject], ['Dear customer', ['anna@example.com'], ['boss@example.com'], ['audit@example.com'], 'Another subject']);
  desk.clock.forward({ minutes: 5 });
  await releaseDue(desk.platform);
  assert.deepEqual([await sentTexts(caseId), (await see(caseId)).status], [[], 'new']);
});

test('what was begun meanwhile is not lost when an answer is taken back', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId, { message: { text: 'First' } });
  await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: 'Second', to: [], cc: [], attachmentIds: [], revision: 0 }));
  await anna.does((ctx) => takeBack(ctx, { caseId, planId: planned.id }));
  assert.equal((await drafts(caseId))[0]?.text, 'First\n\nSecond');
});

test('a draft of the same words that was saved a moment too late does not double them when the answer is taken back', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId, { message: { text: 'First' } });
  await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: 'First', to: [], cc: [], attachmentIds: [], revision: 0 }));
  await anna.does((ctx) => takeBack(ctx, { caseId, planId: planned.id }));
  assert.deepEqual((await drafts(caseId)).map((draft) => draft.text), ['First']);
});

test('a draft that was begun meanwhile stays when the answer goes out', async () => {
  const { caseId } = await arrive();
  await plan(caseId);
  await anna.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: 'One more thing', to: [], cc: [], attachmentIds: [], revision: 0 }));
  desk.clock.forward({ seconds: 11 });
  await releaseDue(desk.platform);
  assert.deepEqual([(await sentTexts(caseId)).length, (await drafts(caseId))[0]?.text], [1, 'One more thing']);
});

test('once it was handed over it is too late, and that is said', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId);
  desk.clock.forward({ seconds: 11 });
  await releaseDue(desk.platform);
  await assert.rejects(anna.does((ctx) => takeBack(ctx, { caseId, planId: planned.id })), refused('too_late'));
  await assert.rejects(anna.does((ctx) => reschedule(ctx, { caseId, planId: planned.id, sendAt: inHours(1) })), refused('too_late'));
  await assert.rejects(anna.does((ctx) => sendPlannedNow(ctx, { caseId, planId: planned.id })), refused('too_late'));
  assert.deepEqual([await drafts(caseId), (await sentTexts(caseId)).length], [[], 1]);
});

test('taking back and sending at the same moment: one of them, never both and never neither', async () => {
  const outcomes = new Set<string>();
  for (let i = 0; i < 24; i += 1) {
    const { caseId } = await arrive();
    const planned = await plan(caseId);
    desk.clock.forward({ seconds: 11 });
    const job = { accountId: desk.accountId, planId: planned.id };
    const back = () => anna.does((ctx) => takeBack(ctx, { caseId, planId: planned.id })).then(() => 'back', (error: unknown) => (refused('too_late')(error) ? 'late' : Promise.reject(error as Error)));
    const go = () => release(desk.platform, job);
    const results = await Promise.all(i % 2 === 0 ? [back(), go(), go()] : [go(), back(), go()]);
    const isSent = (await sentTexts(caseId)).length;
    const isDraft = (await drafts(caseId)).length;
    assert.equal(isSent + isDraft, 1, `sent ${isSent} and draft ${isDraft} after ${results.join(', ')}`);
    assert.equal(results.includes('back'), isDraft === 1);
    assert.equal((await waiting(caseId)).length, 0);
    outcomes.add(isSent ? 'sent' : 'back');
  }
  assert.ok(outcomes.size > 0);
});

test('files wait with their message, go along with it, and come back with the draft of whoever takes it back', async () => {
  const { caseId } = await arrive();
  const id = newId();
  await anna.does((ctx) => ctx.tx.run(`insert into attachment (account_id, case_id, id, filename, media_type, bytes, file_key, uploaded_by, created_at) values ($1, $2, $3, 'a.pdf', 'application/pdf', 4, 'k', $4, now())`, [ctx.accountId, caseId, id, anna.id]));
  const planned = await plan(caseId, { message: { attachmentIds: [id] } });
  assert.deepEqual(planned.attachments.map((file) => file.filename), ['a.pdf']);
  await ben.does((ctx) => takeBack(ctx, { caseId, planId: planned.id }));
  const [draft] = await drafts(caseId, ben);
  assert.deepEqual([draft?.attachments.map((file) => file.id), await drafts(caseId)], [[id], []]);
  await plan(caseId, { message: { attachmentIds: [id] } }, ben);
  desk.clock.forward({ seconds: 11 });
  await releaseDue(desk.platform);
  const entry = (await timeline(caseId)).at(-1);
  assert.ok(entry?.kind === 'message' && entry.attachments[0]?.id === id);
  await assert.rejects(plan(caseId, { message: { attachmentIds: [newId()] } }), refused('invalid_request'));
});

test('a scheduled answer waits for its time, whoever is at work then', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId, { sendAt: inHours(20), timeZone: 'Europe/Berlin' });
  assert.deepEqual([planned.hold, planned.timeZone], ['schedule', 'Europe/Berlin']);
  desk.clock.forward({ hours: 19 });
  await releaseDue(desk.platform);
  assert.equal((await waiting(caseId)).length, 1);
  const later = await ben.does((ctx) => reschedule(ctx, { caseId, planId: planned.id, sendAt: inHours(5) }));
  desk.clock.forward({ hours: 4 });
  await releaseDue(desk.platform);
  assert.equal((await waiting(caseId))[0]?.sendAt, later.sendAt, 'the job of the first time finds it waiting');
  desk.clock.forward({ hours: 1 });
  await releaseDue(desk.platform);
  assert.deepEqual([(await sentTexts(caseId)).length, await waiting(caseId)], [1, []]);
});

test('a scheduled answer is held back as soon as the customer writes first, and the agent may send it anyway', async () => {
  const { caseId } = await arrive({ messageId: '<plan-1@x>' });
  const planned = await plan(caseId, { sendAt: inHours(20) });
  await hear(caseId, (await arrive({ answers: ['<plan-1@x>'], automatic: 'auto_reply', text: 'I am away' })).entryId, 'message.received');
  assert.equal((await waiting(caseId))[0]?.state, 'waiting', 'a program does not count');
  await hear(caseId, (await arrive({ answers: ['<plan-1@x>'], text: 'Solved it!' })).entryId, 'message.received');
  assert.deepEqual([(await waiting(caseId))[0]?.state, (await waiting(caseId))[0]?.reason], ['held_back', 'newer_message']);
  const isMarked = async () => (await anna.does((ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 100 }))).items.find(({ id }) => id === caseId)?.hasHeldBack;
  assert.equal(await isMarked(), true, 'its row in every list says so');
  desk.clock.forward({ hours: 30 });
  await releaseDue(desk.platform);
  assert.equal((await sentTexts(caseId)).length, 0);
  const entry = await anna.does((ctx) => sendPlannedNow(ctx, { caseId, planId: planned.id }));
  assert.equal(entry.text, 'Thank you for writing.');
  assert.equal(await isMarked() ?? false, false);
  assert.deepEqual([(await sentTexts(caseId)).length, await waiting(caseId)], [1, []]);
});

test('a colleague’s answer holds it back too, one’s own does not; given another time it waits again', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId, { sendAt: inHours(3) });
  await hear(caseId, (await anna.does((ctx) => reply(ctx, { caseId, text: 'By the way', to: ['anna@example.com'] }))).id, 'message.queued');
  assert.equal((await waiting(caseId))[0]?.state, 'waiting');
  await hear(caseId, (await ben.does((ctx) => reply(ctx, { caseId, text: 'I am at it', to: ['anna@example.com'] }))).id, 'message.queued');
  assert.equal((await waiting(caseId))[0]?.state, 'held_back');
  await anna.does((ctx) => reschedule(ctx, { caseId, planId: planned.id, sendAt: inHours(4) }));
  desk.clock.forward({ hours: 4 });
  await releaseDue(desk.platform);
  assert.equal((await sentTexts(caseId)).length, 3);
});

test('also without that word the time itself looks: what came between holds it back', async () => {
  const { caseId } = await arrive({ messageId: '<plan-2@x>' });
  await plan(caseId);
  await arrive({ answers: ['<plan-2@x>'], text: 'Never mind' });
  desk.clock.forward({ seconds: 11 });
  await releaseDue(desk.platform);
  assert.deepEqual([(await waiting(caseId))[0]?.reason, (await sentTexts(caseId)).length], ['newer_message', 0]);
});

test('on a closed case, or under the name of somebody who may not answer any more, nothing goes out', async () => {
  const first = await arrive();
  await plan(first.caseId, { sendAt: inHours(1) });
  await desk.asSystem((ctx) => updateCase(ctx, first.caseId, { status: 'closed' }));
  const gone = await desk.agent({ name: 'Gone Agent' });
  const second = await arrive();
  await plan(second.caseId, { sendAt: inHours(1) }, gone);
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, gone.id]));
  desk.clock.forward({ hours: 2 });
  await releaseDue(desk.platform);
  assert.deepEqual([(await waiting(first.caseId))[0]?.reason, (await waiting(second.caseId))[0]?.reason], ['case_closed', 'refused']);
  assert.match((await waiting(second.caseId))[0]?.detail ?? '', /Gone Agent may not answer/);
  assert.deepEqual([(await waiting(first.caseId))[0]?.code, (await waiting(second.caseId))[0]?.code], [null, 'not_allowed'], 'the code says it to readers of other languages');
  await desk.asSystem((ctx) => ctx.tx.run(`update planned_message set reason = 'refused' where account_id = $1 and reason = 'not_allowed'`, [ctx.accountId]));
  assert.deepEqual([(await waiting(second.caseId))[0]?.reason, (await waiting(second.caseId))[0]?.code], ['refused', null], 'an older row has its words only');
  assert.deepEqual([await sentTexts(first.caseId), await sentTexts(second.caseId)], [[], []]);
});

test('what sending would refuse is refused at once, with nothing kept', async () => {
  const { caseId, entryId } = await arrive({ messageId: '<plan-3@x>' });
  await assert.rejects(plan(caseId, { message: { to: [desk.inboxAddress] } }), refused('nobody_to_answer'));
  await assert.rejects(plan(caseId, { message: { from: 'boss@elsewhere.test' } }), refused('not_a_from_address'));
  await assert.rejects(plan(caseId, { sendAt: inHours(-1) }), refused('time_has_passed'));
  await assert.rejects(plan(caseId, { sendAt: inHours(24 * 400) }), refused('invalid_request'));
  await arrive({ answers: ['<plan-3@x>'] });
  await assert.rejects(plan(caseId, { message: { seenEntryId: entryId } as never }), refused('newer_message'));
  const reader = await desk.agent({ permissions: ['case.read'] });
  await assert.rejects(plan(caseId, {}, reader), refused('not_allowed'));
  const own = await desk.agent({ scope: 'own' });
  await assert.rejects(plan(caseId, {}, own), refused('not_found'));
  assert.deepEqual(await waiting(caseId), []);
});

test('card numbers are masked in what waits', async () => {
  const { caseId } = await arrive();
  const planned = await plan(caseId, { message: { text: 'Card 4111 1111 1111 1111' } });
  assert.equal(planned.text, 'Card **** **** **** 1111');
  const [found] = await desk.asSystem((ctx) => ctx.tx.run<{ count: number }>(`select count(*)::int as count from planned_message p where p::text ~ '4111.?1111.?1111'`));
  assert.equal(found?.count, 0);
});

test('an account that gives no time sends at once', async () => {
  const { caseId } = await arrive();
  await desk.asSystem((ctx) => ctx.tx.run(`update account set settings = settings || '{"undoSeconds": 0}' where id = $1`, [ctx.accountId]));
  const { planned, entry } = await anna.does((ctx) => planMessage(ctx, { caseId, message: { kind: 'reply', text: 'Now', to: ['anna@example.com'] } }));
  assert.deepEqual([planned, entry?.text, (await sentTexts(caseId)).length], [null, 'Now', 1]);
  await desk.asSystem((ctx) => ctx.tx.run(`update account set settings = settings - 'undoSeconds' where id = $1`, [ctx.accountId]));
});
