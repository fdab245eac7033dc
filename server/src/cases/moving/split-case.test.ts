import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type MailParts, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { verifyLedger } from '../../ledger/verify-ledger.ts';
import { Refusal } from '../../platform/refusal.ts';
import { addNote } from '../add-note.ts';
import { getCase } from '../get-case.ts';
import { listEntries } from '../list-entries.ts';
import { receive } from '../receive.ts';
import { registerThreadKeys } from '../register-thread-keys.ts';
import { reply } from '../reply.ts';
import { listLinks } from './links.ts';
import { mergeCases } from './merge-cases.ts';
import { bareSubject } from './new-subject.ts';
import { splitCase, type SplitCase } from './split-case.ts';
import { undoMove } from './undo-move.ts';

let desk: TestDesk;
let anna: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent' });
});
after(() => desk.close());

const arrive = (parts?: MailParts) => desk.asSystem((ctx) => receive(ctx, desk.mail(parts)));
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const timeline = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;
const said = async (caseId: string) => (await timeline(caseId)).filter((entry) => entry.kind !== 'change').map((entry) => entry.id);
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const split = (input: SplitCase, agent = anna) => agent.does((ctx) => splitCase(ctx, input));
const undo = (caseId: string, moveId: string) => anna.does((ctx) => undoMove(ctx, { caseId, moveId }));

/** A case about a lamp, in whose thread the customer then writes about an invoice. */
async function lampThenInvoice() {
  const lamp = await arrive({ subject: 'Broken lamp' });
  const answer = await anna.does((ctx) => reply(ctx, { caseId: lamp.caseId, text: 'We are sorry.', to: ['anna@example.com'] }));
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId: lamp.caseId, entryId: answer.id, messageId: `ours-${answer.id}@x` }));
  desk.clock.forward({ hours: 1 });
  const invoice = await arrive({ caseId: lamp.caseId, subject: 'Wrong invoice', messageId: `invoice-${answer.id}@x` });
  return { caseId: lamp.caseId, lamp, answer, invoice };
}

test('a message about something else becomes a case of its own, with its thread, linked to the old one', async () => {
  const { caseId, lamp, answer, invoice } = await lampThenInvoice();
  const { case: fresh } = await split({ caseId, entryIds: [invoice.entryId], subject: 'Wrong invoice' });
  assert.deepEqual([fresh.subject, fresh.status, fresh.messageCount, fresh.customer.id, fresh.team?.id], ['Wrong invoice', 'open', 1, (await see(caseId)).customer.id, desk.teamId]);
  assert.deepEqual(await said(fresh.id), [invoice.entryId]);
  assert.deepEqual(await said(caseId), [lamp.entryId, answer.id]);
  assert.ok(fresh.waitingSince, 'the customer waits for an answer about the invoice');
  const rest = await see(caseId);
  assert.deepEqual([rest.waitingSince, rest.messageCount, rest.preview], [null, 2, 'We are sorry.'], 'and for none about the lamp');
  assert.deepEqual((await desk.asSystem((ctx) => listLinks(ctx, caseId))).items.map((link) => [link.role, link.other.id]), [['split_into', fresh.id]]);
  assert.deepEqual((await desk.asSystem((ctx) => listLinks(ctx, fresh.id))).items.map((link) => [link.role, link.other.number]), [['split_from', rest.number]]);
  assert.deepEqual(fresh.participants.map((one) => one.address), ['anna@example.com']);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
});

test('an answer to what was split off finds the new case, though it carries the token of the old one', async () => {
  const { caseId, answer, invoice } = await lampThenInvoice();
  const late = await anna.does((ctx) => reply(ctx, { caseId, text: 'About the invoice: …', to: ['anna@example.com'] }));
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId, entryId: late.id, messageId: `late-${late.id}@x` }));
  const { case: fresh, moveId } = await split({ caseId, entryIds: [invoice.entryId, late.id], subject: 'Invoice' });
  assert.equal((await arrive({ caseId, answers: [`late-${late.id}@x`] })).caseId, fresh.id);
  assert.equal((await arrive({ caseId, answers: [`ours-${answer.id}@x`] })).caseId, caseId, 'an answer to what stayed finds the old one');
  assert.equal((await arrive({ caseId })).caseId, caseId);
  await undo(caseId, moveId);
  assert.equal((await arrive({ caseId, answers: [`late-${late.id}@x`] })).caseId, caseId);
});

test('the new case can be its sender’s', async () => {
  const first = await arrive({ from: 'first@example.com' });
  const second = await arrive({ from: 'second@example.com', fromName: 'Second', caseId: first.caseId });
  const { case: fresh } = await split({ caseId: first.caseId, entryIds: [second.entryId], subject: 'Their matter', customer: 'sender' });
  assert.equal(fresh.customer.name, 'Second');
  const { id: note } = await anna.does((ctx) => addNote(ctx, { caseId: first.caseId, text: 'A note' }));
  await assert.rejects(split({ caseId: first.caseId, entryIds: [note], subject: 'x', customer: 'sender' }), refused('invalid_request'));
});

test('what is not on the case, everything at once, and changes cannot be split off', async () => {
  const { caseId, lamp, answer, invoice } = await lampThenInvoice();
  const other = await arrive();
  await assert.rejects(split({ caseId, entryIds: [other.entryId], subject: 'x' }), refused('invalid_request'));
  await assert.rejects(split({ caseId, entryIds: [lamp.entryId, answer.id, invoice.entryId], subject: 'x' }), refused('invalid_request'));
  const reader = await desk.agent({ permissions: ['case.read'] });
  await assert.rejects(split({ caseId, entryIds: [invoice.entryId], subject: 'x' }, reader), refused('not_allowed'));
  const stranger = await desk.agent({ scope: 'own' });
  await assert.rejects(split({ caseId, entryIds: [invoice.entryId], subject: 'x' }, stranger), refused('not_found'));
});

test('an undone split leaves the case as it was, and the new number leads to it', async () => {
  const { caseId, invoice } = await lampThenInvoice();
  const before_ = await see(caseId);
  const { case: fresh, moveId } = await split({ caseId, entryIds: [invoice.entryId], subject: 'Invoice' });
  await undo(fresh.id, moveId);
  const after_ = await see(caseId);
  assert.deepEqual([after_.status, after_.waitingSince, after_.messageCount, after_.preview], [before_.status, before_.waitingSince, before_.messageCount, before_.preview]);
  const tombstone = await see(fresh.id);
  assert.deepEqual([tombstone.shelf, tombstone.mergedInto?.id], ['merged', caseId]);
  assert.equal((await arrive({ caseId: fresh.id })).caseId, caseId);
});

test('what arrived on the new case since stays there when the split is undone', async () => {
  const { caseId, invoice } = await lampThenInvoice();
  const { case: fresh, moveId } = await split({ caseId, entryIds: [invoice.entryId], subject: 'Invoice' });
  const later = await arrive({ caseId: fresh.id });
  await undo(caseId, moveId);
  const left = await see(fresh.id);
  assert.deepEqual([left.shelf, left.mergedInto, left.messageCount], ['open', null, 1]);
  assert.deepEqual(await said(fresh.id), [later.entryId]);
  assert.ok((await said(caseId)).includes(invoice.entryId));
});

test('what was split off and merged back comes to lie where it was', async () => {
  const { caseId, invoice } = await lampThenInvoice();
  const { case: fresh, moveId } = await split({ caseId, entryIds: [invoice.entryId], subject: 'Invoice' });
  await anna.does((ctx) => mergeCases(ctx, { caseId: fresh.id, intoCaseId: caseId }));
  assert.ok((await said(caseId)).includes(invoice.entryId));
  await assert.rejects(undo(caseId, moveId), refused('undo_later_first'));
});

test('a mail with a subject the case never had offers to be split; answers and forwards of known ones do not', async () => {
  const { caseId } = await lampThenInvoice();
  const offered = async (subject: string, parts: MailParts = {}) => {
    const { entryId } = await arrive({ caseId, subject, ...parts });
    const entry = (await timeline(caseId)).find((one) => one.id === entryId);
    return entry?.kind === 'message' && entry.isNewSubject;
  };
  assert.equal(await offered('AW: Broken lamp'), false);
  assert.equal(await offered('Fwd: RE[2]: broken  lamp!'), false);
  assert.equal(await offered('Re: [#12] Wrong invoice'), false, 'it was new once, now it is known');
  assert.equal(await offered('Delivery of my sofa'), true);
  assert.equal(await offered('Re: Delivery of my sofa'), false);
  assert.equal(await offered(''), false);
  assert.equal(await offered('Out of office', { automatic: 'auto_reply' }), false);
});

test('a subject without the marks of mail programs', () => {
  for (const subject of ['Re: Order 12', 'AW: WG: order 12', '[list] Fwd: Order  12', 'SV: Order 12 [#44]', 'RE[3]: Order 12', '回复：Order 12']) assert.equal(bareSubject(subject), 'order 12', subject);
  assert.equal(bareSubject('Regarding: the order'), 'regarding: the order');
});
