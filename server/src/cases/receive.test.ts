import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDesk, type MailParts, type TestDesk } from '../../testing/desk.ts';
import { summariseLedger } from '../ledger/summarise-ledger.ts';
import { newId } from '../platform/ids.ts';
import { getCase } from './get-case.ts';
import type { Received } from './incoming.ts';
import { listEntries } from './list-entries.ts';
import { receive } from './receive.ts';
import { registerThreadKeys } from './register-thread-keys.ts';
import { reply } from './reply.ts';
import { updateCase } from './update-case.ts';
import { writeRecord } from './case-store.ts';
import { holdCase } from './see-case.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
});
after(() => desk.close());

const arrive = (parts?: MailParts): Promise<Received> => {
  const mail = desk.mail(parts);
  return desk.asSystem((ctx) => receive(ctx, mail));
};
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const timeline = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;
const messages = async (caseId: string) => (await timeline(caseId)).filter((entry) => entry.kind === 'message');
const set = (caseId: string, status: 'open' | 'pending' | 'on_hold' | 'resolved' | 'closed') => desk.asSystem((ctx) => updateCase(ctx, caseId, { status }));
const eventsOf = (caseId: string) => desk.asSystem((ctx) => ctx.tx.run<{ topic: string; payload: Record<string, unknown> }>(`select topic, payload from event where payload ->> 'caseId' = $1 order by id`, [caseId]));

test('a first mail becomes a new case of its customer, in the team of the inbox', async () => {
  const occurredAt = new Date(desk.clock.now().getTime() - 3_600_000);
  const { outcome, caseId, entryId } = await arrive({ from: 'Bea@Example.com', fromName: 'Bea Customer', subject: 'Broken lamp', text: 'The lamp I got\n\nis broken.', occurredAt, cc: ['helper@example.com'] });
  assert.equal(outcome, 'new_case');
  const found = await see(caseId);
  assert.equal(found.status, 'new');
  assert.equal(found.shelf, 'open');
  assert.equal(found.subject, 'Broken lamp');
  assert.equal(found.customer.name, 'Bea Customer');
  assert.equal(found.team?.id, desk.teamId);
  assert.equal(found.assignee, null);
  assert.equal(found.preview, 'The lamp I got is broken.');
  assert.equal(found.waitingSince, occurredAt.toISOString(), 'the wait began when the mail was sent, not when it was read');
  assert.equal(found.isUnread, true);
  assert.deepEqual(found.participants, [{ name: 'Bea Customer', address: 'bea@example.com', isCustomer: true }, { name: null, address: 'helper@example.com', isCustomer: false }]);
  const [message] = await messages(caseId);
  assert.equal(message?.id, entryId);
  assert.equal(message?.author.kind, 'customer');
  assert.equal(message?.isNewParticipant, false);
  assert.deepEqual((await eventsOf(caseId)).map((event) => event.topic), ['case.created', 'message.received']);
});

test('the same mail again changes nothing and is accounted for', async () => {
  const before_ = await desk.asSystem(summariseLedger);
  const mail = desk.mail({});
  const first = await desk.asSystem((ctx) => receive(ctx, mail));
  const second = await desk.asSystem((ctx) => receive(ctx, { ...mail, door: 'imap' }));
  assert.equal(second.outcome, 'duplicate');
  assert.equal(second.caseId, first.caseId);
  assert.equal(second.entryId, first.entryId);
  assert.notEqual(second.ledgerId, first.ledgerId);
  assert.equal((await messages(first.caseId)).length, 1);
  const after_ = await desk.asSystem(summariseLedger);
  assert.equal(after_.in.seen, before_.in.seen + 2);
  assert.equal(after_.in.outcomes.duplicate, before_.in.outcomes.duplicate + 1);
  assert.equal(after_.isBalanced, true);
});

test('the same mail to two inboxes is a case of each', async () => {
  const other = await desk.inbox();
  const mail = desk.mail({});
  const one = await desk.asSystem((ctx) => receive(ctx, mail));
  const two = await desk.asSystem((ctx) => receive(ctx, { ...mail, inboxId: other.id }));
  assert.equal(two.outcome, 'new_case');
  assert.notEqual(one.caseId, two.caseId);
});

test('an answer finds its case by the message it answers, ours or the customer’s', async () => {
  const first = await arrive({ messageId: '<first@x>' });
  const answer = await desk.asSystem((ctx) => reply(ctx, { caseId: first.caseId, text: 'Hello', to: ['anna@example.com'] }));
  await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId: first.caseId, entryId: answer.id, messageId: '<ours@x>' }));
  assert.equal((await arrive({ answers: ['<ours@x>'] })).caseId, first.caseId);
  assert.equal((await arrive({ answers: ['<unknown@x>', '<first@x>'] })).caseId, first.caseId);
});

test('the subject alone joins nothing', async () => {
  const first = await arrive({ subject: 'Invoice' });
  const second = await arrive({ subject: 'Re: Invoice' });
  assert.notEqual(second.caseId, first.caseId);
});

test('a case number in the subject counts only for somebody who takes part', async () => {
  const first = await arrive({ from: 'kim@example.com' });
  const { number } = await see(first.caseId);
  assert.equal((await arrive({ from: 'kim@example.com', caseNumber: number })).caseId, first.caseId);
  assert.notEqual((await arrive({ from: 'stranger@example.com', caseNumber: number })).caseId, first.caseId);
});

test('a signed token leads to its case even when nothing else does', async () => {
  const first = await arrive();
  assert.equal((await arrive({ from: 'elsewhere@example.org', caseId: first.caseId })).caseId, first.caseId);
  const gone = await arrive({ caseId: newId() });
  assert.equal(gone.outcome, 'new_case', 'a token of a case that is gone is no reason to lose the mail');
});

test('somebody new in a thread is let in and pointed out, until somebody known brings them in', async () => {
  const first = await arrive({ messageId: '<shared@x>', from: 'one@example.com' });
  const second = await arrive({ answers: ['<shared@x>'], from: 'two@example.com' });
  const third = await arrive({ answers: ['<shared@x>'], from: 'two@example.com' });
  assert.deepEqual([second.caseId, third.caseId], [first.caseId, first.caseId]);
  assert.deepEqual((await messages(first.caseId)).map((message) => message.isNewParticipant), [false, true, true]);
  const answered = async () => (await see(first.caseId)).replyTo.map(({ address }) => address);
  assert.deepEqual(await answered(), ['one@example.com'], 'answers go to whom the case belongs, not to whoever wrote last');
  await arrive({ answers: ['<shared@x>'], from: 'one@example.com', to: [desk.inboxAddress, 'two@example.com'] });
  await arrive({ answers: ['<shared@x>'], from: 'two@example.com' });
  assert.equal((await messages(first.caseId)).at(-1)?.isNewParticipant, false);
  assert.deepEqual(await answered(), ['two@example.com']);
});

test('an answer that arrives before the mail it answers is joined by it', async () => {
  const answer = await arrive({ from: 'ben@example.com', to: [desk.inboxAddress, 'amy@example.com'], messageId: '<b@x>', answers: ['<a@x>'] });
  const first = await arrive({ from: 'amy@example.com', messageId: '<a@x>' });
  assert.equal(answer.outcome, 'new_case');
  assert.equal(first.caseId, answer.caseId);
});

test('customers who answer a mail we never saw stay strangers to each other', async () => {
  const one = await arrive({ from: 'reader1@example.com', answers: ['<newsletter@x>'] });
  const two = await arrive({ from: 'reader2@example.com', answers: ['<newsletter@x>'] });
  const again = await arrive({ from: 'reader1@example.com', answers: ['<newsletter@x>'] });
  assert.notEqual(two.caseId, one.caseId);
  assert.equal(again.caseId, one.caseId);
});

test('a program that gives every mail the same Message-ID does not melt its users into one case', async () => {
  const one = await arrive({ from: 'form1@example.com', messageId: '<form@shop>', key: 'form-1' });
  const two = await arrive({ from: 'form2@example.com', messageId: '<form@shop>', key: 'form-2' });
  assert.equal(two.outcome, 'new_case');
  assert.notEqual(two.caseId, one.caseId);
});

test('a message of the customer makes it our turn again', async () => {
  for (const status of ['pending', 'on_hold'] as const) {
    const first = await arrive({ messageId: `<turn-${status}@x>` });
    await set(first.caseId, status);
    desk.clock.forward({ hours: 2 });
    await arrive({ answers: [`<turn-${status}@x>`] });
    const found = await see(first.caseId);
    assert.equal(found.status, 'open');
    assert.equal(found.waitingSince, desk.clock.now().toISOString());
  }
});

test('who writes twice has been waiting since the first time', async () => {
  const first = await arrive({ messageId: '<twice@x>' });
  const since = (await see(first.caseId)).waitingSince;
  desk.clock.forward({ hours: 5 });
  await arrive({ answers: ['<twice@x>'] });
  assert.equal((await see(first.caseId)).waitingSince, since);
});

test('a message wakes a snoozed case', async () => {
  const first = await arrive({ messageId: '<snoozed@x>' });
  await desk.asSystem((ctx) => updateCase(ctx, first.caseId, { snoozedUntil: new Date(desk.clock.now().getTime() + 86_400_000).toISOString() }));
  assert.equal((await see(first.caseId)).shelf, 'snoozed');
  await arrive({ answers: ['<snoozed@x>'] });
  assert.equal((await see(first.caseId)).shelf, 'open');
});

test('a resolved case reopens within the reopening days, and the timeline says so', async () => {
  const first = await arrive({ messageId: '<resolved@x>' });
  await set(first.caseId, 'resolved');
  desk.clock.forward({ days: 14 });
  const again = await arrive({ answers: ['<resolved@x>'] });
  assert.equal(again.caseId, first.caseId);
  assert.equal((await see(first.caseId)).status, 'open');
  assert.deepEqual((await timeline(first.caseId)).filter((entry) => entry.kind === 'change').at(-1)?.changes, [{ field: 'status', from: 'resolved', to: 'open' }]);
});

test('later a new case begins that is linked to the old one, and the thread goes on there', async () => {
  const first = await arrive({ messageId: '<later@x>' });
  await set(first.caseId, 'resolved');
  desk.clock.forward({ days: 14, seconds: 1 });
  const next = await arrive({ answers: ['<later@x>'] });
  assert.equal(next.outcome, 'new_case');
  assert.notEqual(next.caseId, first.caseId);
  assert.equal((await see(first.caseId)).status, 'resolved');
  const [old, fresh] = [await see(first.caseId), await see(next.caseId)];
  assert.deepEqual((await timeline(next.caseId)).flatMap((entry) => (entry.kind === 'change' ? entry.changes : [])), [{ field: 'created', from: `#${old.number}`, to: `#${fresh.number}` }]);
  assert.equal((await arrive({ answers: ['<later@x>'] })).caseId, next.caseId, 'an answer to the old thread finds the new case');
});

test('a closed case never changes', async () => {
  const first = await arrive({ messageId: '<closed@x>' });
  await set(first.caseId, 'closed');
  // That another case goes on with it is told beside it.
  const all = async () => JSON.stringify([{ ...(await see(first.caseId)), hasLinks: null }, await timeline(first.caseId)]);
  const before_ = await all();
  const next = await arrive({ answers: ['<closed@x>'] });
  assert.equal(next.outcome, 'new_case');
  assert.equal(await all(), before_);
  await set(next.caseId, 'closed');
  const third = await arrive({ answers: ['<closed@x>'] });
  assert.equal(third.outcome, 'new_case');
  assert.ok(![first.caseId, next.caseId].includes(third.caseId), 'the chain of cases is followed to its end');
});

test('an automatic mail is kept, but wakes, reopens and hurries nothing', async () => {
  const first = await arrive({ messageId: '<auto@x>' });
  for (const status of ['pending', 'resolved'] as const) {
    await set(first.caseId, status);
    const { version, ...before_ } = await see(first.caseId);
    const robot = await arrive({ answers: ['<auto@x>'], automatic: 'auto_reply' });
    assert.equal(robot.caseId, first.caseId);
    const found = await see(first.caseId);
    assert.deepEqual([found.status, found.waitingSince, found.shelf], [before_.status, before_.waitingSince, before_.shelf]);
    assert.ok(found.version > version);
  }
  const list = await arrive({ automatic: 'list' });
  assert.equal((await see(list.caseId)).waitingSince, null, 'nobody waits behind a newsletter');
});

test('an answer that carries the headers of a group or of a customer’s own desk is an answer: it reopens, wakes and makes somebody wait', async () => {
  const first = await arrive({ messageId: '<group@x>' });
  for (const status of ['pending', 'resolved'] as const) {
    await set(first.caseId, status);
    await arrive({ answers: ['<group@x>'], automatic: 'list' });
    const found = await see(first.caseId);
    assert.deepEqual([found.shelf, found.waitingSince === null], ['open', false], status);
  }
});

test('a sender’s clock that runs ahead makes nobody wait from the future', async () => {
  const { caseId } = await arrive({ occurredAt: new Date(desk.clock.now().getTime() + 86_400_000) });
  assert.equal((await see(caseId)).waitingSince, desk.clock.now().toISOString());
});

test('a customer is one person however they write their address', async () => {
  const one = await arrive({ from: 'Same.Person@Example.com', fromName: 'Same Person' });
  const two = await arrive({ from: 'same.person@example.com', fromName: null });
  assert.equal((await see(one.caseId)).customer.id, (await see(two.caseId)).customer.id);
});

test('our own inboxes take no part', async () => {
  const other = await desk.inbox();
  const { caseId } = await arrive({ to: [desk.inboxAddress, other.address.replace('@', '+tag@')], cc: ['person@example.com'] });
  assert.deepEqual((await see(caseId)).participants.map((one) => one.address), ['anna@example.com', 'person@example.com']);
});

test('signs the database cannot keep do not lose the mail', async () => {
  const { caseId } = await arrive({ subject: 'odd\u0000 sign \ud83d', text: 'a\u0000b \udc00', fromName: 'N\u0000' });
  const [message] = await messages(caseId);
  assert.equal(message?.text, 'ab \ufffd');
});

test('a mail without subject takes its first words', async () => {
  const { caseId } = await arrive({ subject: '  ', text: 'Please call me back' });
  assert.equal((await see(caseId)).subject, 'Please call me back');
});

test('what fails leaves nothing behind', async () => {
  const mail = desk.mail({ messageId: '<fails@x>' });
  await assert.rejects(desk.asSystem(async (ctx) => {
    await receive(ctx, mail);
    throw new Error('the process ends here');
  }));
  assert.equal((await desk.asSystem((ctx) => receive(ctx, mail))).outcome, 'new_case');
});

test('twelve mails of one thread at the same moment make one case', async () => {
  const root = `<storm-${newId()}@x>`;
  const storm = Array.from({ length: 12 }, (_, i) => desk.mail(i === 0 ? { messageId: root } : { messageId: `<${i}${root.slice(1)}`, answers: [root] }));
  const results = await Promise.all(storm.map((mail) => desk.asSystem((ctx) => receive(ctx, mail))));
  const caseIds = new Set(results.map((result) => result.caseId));
  assert.equal(caseIds.size, 1);
  assert.equal(results.filter((result) => result.outcome === 'new_case').length, 1);
  const [caseId] = caseIds;
  assert.equal((await messages(caseId as string)).length, 12);
  assert.equal((await see(caseId as string)).messageCount, 12);
});

test('twelve copies of one mail at the same moment are one message', async () => {
  const mail = desk.mail();
  const results = await Promise.all(Array.from({ length: 12 }, () => desk.asSystem((ctx) => receive(ctx, mail))));
  assert.equal(results.filter((result) => result.outcome === 'new_case').length, 1);
  assert.equal(results.filter((result) => result.outcome === 'duplicate').length, 11);
  assert.equal(new Set(results.map((result) => result.entryId)).size, 1);
});

test('twelve mails of one new customer at the same moment make twelve cases of one customer', async () => {
  const results = await Promise.all(Array.from({ length: 12 }, () => arrive({ from: 'fast@example.com' })));
  const found = await Promise.all(results.map((result) => see(result.caseId)));
  assert.equal(new Set(found.map((each) => each.id)).size, 12);
  assert.equal(new Set(found.map((each) => each.number)).size, 12);
  assert.equal(new Set(found.map((each) => each.customer.id)).size, 1);
});

test('two answers to a closed case at the same moment begin one new case', async () => {
  const first = await arrive({ messageId: '<race@x>' });
  await set(first.caseId, 'closed');
  const results = await Promise.all([arrive({ answers: ['<race@x>'] }), arrive({ answers: ['<race@x>'] })]);
  assert.equal(new Set(results.map((result) => result.caseId)).size, 1);
});

/** A conversation in which everybody answers to all, as mails carry it: each names every mail above it. */
const threads = fc
  .array(fc.record({ parent: fc.nat(100), from: fc.constantFrom('amy', 'ben', 'cat') }), { minLength: 1, maxLength: 6 })
  .chain((mails) => fc.record({ mails: fc.constant(mails), order: fc.array(fc.nat(mails.length - 1), { maxLength: mails.length * 2 }), isTogether: fc.boolean() }));

test('whatever the order in which the mails of a thread arrive, and however often, they are one case with each of them once', async () => {
  await fc.assert(
    fc.asyncProperty(threads, async ({ mails, order, isTogether }) => {
      const run = newId();
      const everybody = ['amy', 'ben', 'cat'].map((name) => `${name}-${run}@example.com`);
      const idOf = (i: number) => `<${i}-${run}@x>`;
      const above = (i: number): number[] => (i === 0 ? [] : [(mails[i] as { parent: number }).parent % i, ...above((mails[i] as { parent: number }).parent % i)]);
      const sent = mails.map((mail, i) => desk.mail({ messageId: idOf(i), answers: above(i).map(idOf), from: `${mail.from}-${run}@example.com`, to: [desk.inboxAddress], cc: everybody }));
      // Some come early or twice in a random order, then all that are still missing.
      const arrivals = [...order, ...mails.keys()].map((i) => sent[i] as (typeof sent)[number]);
      const take = (mail: (typeof sent)[number]) => desk.asSystem((ctx) => receive(ctx, mail));
      const results: Received[] = [];
      if (isTogether) results.push(...(await Promise.all(arrivals.map(take))));
      else for (const mail of arrivals) results.push(await take(mail));
      assert.equal(new Set(results.map((result) => result.caseId)).size, 1);
      assert.equal(new Set(results.map((result) => result.entryId)).size, mails.length);
      assert.equal((await messages((results[0] as Received).caseId)).length, mails.length);
    }),
    { numRuns: 40 },
  );
});

test('entries keep their order when another machine’s clock is ahead', async () => {
  const first = await arrive({ messageId: '<ahead@x>' });
  const ahead = newId(new Date(Date.now() + 60_000));
  await desk.asSystem(async (ctx) => writeRecord(ctx, { ...(await holdCase(ctx, first.caseId)), lastEntryId: ahead }));
  const next = await arrive({ answers: ['<ahead@x>'] });
  assert.ok(next.entryId > ahead);
});
