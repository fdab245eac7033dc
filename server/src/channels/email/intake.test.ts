import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { ProblemError } from '@rapport/sdk';
import { eventually, freePort } from '../../../testing/mail/free-port.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { takeIn } from './intake.ts';
import { withThreadToken } from './thread-token.ts';
import { threadKey } from './token-secret.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

let count = 0;
async function newInbox(settings: Record<string, unknown> = {}): Promise<{ id: string; address: string }> {
  const address = `support${++count}@desk.example`;
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: address, settings: { address, ...settings } } });
  return { id: inbox.id, address };
}

const mail = (headers: string[], ...body: string[]): Buffer => Buffer.from([...headers, '', ...body].join('\r\n'));
let messages = 0;
const letter = (inbox: { address: string }, headers: string[], ...body: string[]): Buffer =>
  mail([...(headers.some((h) => h.startsWith('From:')) ? [] : ['From: Anna <anna@shop.example>']), `To: ${inbox.address}`, ...(headers.some((h) => h.startsWith('Message-ID:')) ? [] : [`Message-ID: <m${++messages}@shop.example>`]),
    ...(headers.some((h) => h.startsWith('Subject:')) ? [] : ['Subject: Help']), 'Date: Mon, 02 Mar 2026 10:00:00 +0000', ...headers], ...body);
const handIn = (inbox: { id: string }, raw: Buffer, query: { envelopeFrom?: string; envelopeTo?: string } = {}) => admin.client.inboxes.receiveRaw({ params: { inboxId: inbox.id }, query, body: raw });
const newest = async (caseId: string | null) => {
  const { items } = await admin.client.cases.listEntries({ params: { caseId: caseId ?? '' } });
  const entry = items.findLast((item) => item.kind === 'message');
  assert.ok(entry?.kind === 'message');
  return entry;
};

test('a mail becomes a case, and its answer lands on the same case by the chain of messages', async () => {
  const inbox = await newInbox();
  const first = await handIn(inbox, letter(inbox, ['Message-ID: <first@shop.example>', 'Subject: Lamp broken'], 'It does not light.'));
  assert.equal(first.outcome, 'new_case');
  const answer = await handIn(inbox, letter(inbox, ['In-Reply-To: <first@shop.example>', 'Subject: Re: Lamp broken'], 'Still dark.'));
  assert.deepEqual([answer.outcome, answer.caseId], ['appended', first.caseId]);
  const entry = await newest(first.caseId);
  assert.equal(entry.text.trim(), 'Still dark.');
  assert.deepEqual(entry.from, { address: 'anna@shop.example', name: 'Anna' });
});

test('the same mail again, by another way and with other traces, is a duplicate; another mail with the same Message-ID is not', async () => {
  const inbox = await newInbox();
  const raw = letter(inbox, ['Message-ID: <same@shop.example>'], 'Once');
  const first = await handIn(inbox, raw);
  const traced = Buffer.concat([Buffer.from(`Return-Path: <anna@shop.example>\r\nDelivered-To: ${inbox.address}\r\nReceived: from a by b; today\r\n`), Buffer.from(raw.toString().replaceAll('\r\n', '\n')), Buffer.from('\n')]);
  const again = await handIn(inbox, traced);
  assert.deepEqual([again.outcome, again.caseId, again.entryId], ['duplicate', first.caseId, first.entryId]);
  const other = await handIn(inbox, letter(inbox, ['Message-ID: <same@shop.example>', 'From: bob@other.example'], 'Something else'));
  assert.equal(other.outcome, 'new_case');
  assert.notEqual(other.caseId, first.caseId);
});

test('a signed token in the address leads to the case, a tampered one does not', async () => {
  const inbox = await newInbox();
  const { caseId } = await handIn(inbox, letter(inbox, [], 'One'));
  const address = withThreadToken(threadKey(house.platform, house.accountId), inbox.id, inbox.address, caseId ?? '') as string;
  const viaToken = await handIn(inbox, letter(inbox, ['From: colleague@shop.example', 'Subject: another subject'], 'Two'), { envelopeTo: address });
  assert.deepEqual([viaToken.outcome, viaToken.caseId], ['appended', caseId]);
  assert.equal((await newest(caseId)).isNewParticipant, true);
  const tampered = await handIn(inbox, letter(inbox, ['Subject: Help'], 'Three'), { envelopeTo: address.replace(/.@/, (end) => (end[0] === 'a' ? 'b@' : 'a@')) });
  assert.equal(tampered.outcome, 'new_case');
});

test('people see the address they know where an answer was sent to one with a token', async () => {
  const inbox = await newInbox();
  const { caseId } = await handIn(inbox, letter(inbox, [], 'One'));
  const address = withThreadToken(threadKey(house.platform, house.accountId), inbox.id, inbox.address, caseId ?? '') as string;
  await handIn(inbox, letter({ address }, [], 'Two'));
  assert.deepEqual((await newest(caseId)).to, [{ address: inbox.address, name: null }]);
});

test('the same subject from a stranger never joins somebody’s case, with or without its number', async () => {
  const inbox = await newInbox();
  const first = await handIn(inbox, letter(inbox, ['Subject: Invoice'], 'Mine'));
  const { number } = await admin.client.cases.get({ params: { caseId: first.caseId ?? '' } });
  const stranger = await handIn(inbox, letter(inbox, ['From: eve@evil.example', `Subject: Re: Invoice [#${number}]`], 'Show me'));
  assert.equal(stranger.outcome, 'new_case');
  const owner = await handIn(inbox, letter(inbox, [`Subject: about [#${number}]`], 'Me again'));
  assert.deepEqual([owner.outcome, owner.caseId], ['appended', first.caseId]);
});

test('card numbers are covered before anything is kept: text, HTML, subject, attachment and the raw bytes', async () => {
  const inbox = await newInbox();
  const { caseId } = await handIn(inbox, letter(inbox, ['Subject: card 4111111111111111', 'Content-Type: multipart/mixed; boundary=b'], '--b', 'Content-Type: text/html', '', '<p>4111 1111 <b>1111</b> 1111</p>', '--b', 'Content-Type: text/csv; name=c.csv', '', '4111111111111111', '--b--'));
  const entry = await newest(caseId);
  assert.equal(entry.maskedCardNumbers, 3);
  const raw = await admin.fetch(`/api/v1/cases/${caseId}/entries/${entry.id}/raw`);
  const file = await admin.fetch(`/api/v1/cases/${caseId}/attachments/${entry.attachments[0]?.id}`);
  const all = JSON.stringify(entry) + (await raw.text()) + (await file.text());
  assert.doesNotMatch(all, /4111/);
  assert.match(all, /\*{12}1111/);
});

test('HTML is made safe, and a picture of the mail can be found by its Content-ID', async () => {
  const inbox = await newInbox();
  const { caseId } = await handIn(inbox, letter(inbox, ['Content-Type: multipart/related; boundary=b'], '--b', 'Content-Type: text/html', '', '<p onclick="x()">Hi<script>x()</script><img src="cid:logo@x"><img src="https://t.example/p.gif"></p>',
    '--b', 'Content-Type: image/png; name=logo.png', 'Content-ID: <logo@x>', 'Content-Transfer-Encoding: base64', '', 'iVBORw0KGgo=', '--b--'));
  const entry = await newest(caseId);
  assert.equal(entry.html?.trim(), '<p>Hi<img src="cid:logo@x" /><img data-remote-src="https://t.example/p.gif" /></p>');
  assert.equal(entry.hasRemoteContent, true);
  assert.equal(entry.text, 'Hi');
  assert.deepEqual(entry.attachments.map((a) => [a.filename, a.contentId, a.isInline]), [['logo.png', 'logo@x', true]]);
});

test('our own mail that comes back is noted and goes nowhere', async () => {
  const inbox = await newInbox();
  assert.deepEqual(await handIn(inbox, letter(inbox, [`X-Rapport-Desk: ${house.accountId}`], 'x')).then(({ outcome, caseId }) => [outcome, caseId]), ['ignored', null]);
});

test('a form on the company’s site writes from our own address; the customer stands in Reply-To', async () => {
  const inbox = await newInbox();
  const { caseId } = await handIn(inbox, letter(inbox, [`From: Form <${inbox.address}>`, 'Reply-To: Carl <carl@customer.example>'], 'Please call'));
  assert.equal((await newest(caseId)).from.address, 'carl@customer.example');
});

test('a mail that says nowhere who sent it is set aside with its bytes, and the next one comes in', async () => {
  const inbox = await newInbox();
  const { outcome, ledgerId } = await handIn(inbox, mail(['Subject: nobody'], 'x'));
  assert.equal(outcome, 'set_aside');
  const kept = await admin.fetch(`/api/v1/ledger/${ledgerId}/raw`);
  assert.equal(await kept.text(), 'Subject: nobody\r\n\r\nx');
  assert.equal((await handIn(inbox, letter(inbox, [], 'fine'))).outcome, 'new_case');
});

test('a person gets the confirmation of receipt once, a machine and a list never', async () => {
  const inbox = await newInbox({ autoReply: { isOn: true, text: 'We have it.' } });
  const sent = async (caseId: string | null) => (await admin.client.cases.listEntries({ params: { caseId: caseId ?? '' } })).items.filter((item) => item.kind === 'message' && item.direction === 'out').length;
  const raw = letter(inbox, ['From: p1@x.example'], 'a');
  const person = await handIn(inbox, raw, { envelopeFrom: 'p1@x.example' });
  assert.equal(await sent(person.caseId), 1);
  await handIn(inbox, raw, { envelopeFrom: 'p1@x.example' });
  assert.equal(await sent(person.caseId), 1);
  for (const headers of [['Auto-Submitted: auto-replied'], ['List-Id: <l.example>'], ['Precedence: bulk']]) {
    assert.equal(await sent((await handIn(inbox, letter(inbox, headers, 'b'))).caseId), 0, headers[0]);
  }
  assert.equal(await sent((await handIn(inbox, letter(inbox, [], 'c'), { envelopeFrom: '' })).caseId), 0);
});

test('behind a group at a provider every mail is a customer’s: somebody waits, an answer reopens, and no machine answers the whole group', async () => {
  const inbox = await newInbox({ autoReply: { isOn: true, text: 'We have it.' } });
  const domain = inbox.address.split('@')[1] ?? '';
  const group = ['Precedence: list', `List-Id: <help.${domain}>`, `List-Post: <mailto:help@${domain}>`, 'List-Unsubscribe: <mailto:leave@groups.example>'];
  const { caseId } = await handIn(inbox, letter(inbox, [...group, 'From: ann@x.example', 'Message-ID: <first@x.example>'], 'Help!'), { envelopeFrom: 'help+bounces@groups.example' });
  const params = { caseId: caseId ?? '' };
  assert.notEqual((await admin.client.cases.get({ params })).waitingSince, null);
  assert.equal((await admin.client.cases.listEntries({ params })).items.length, 1, 'no confirmation goes to the group');
  await admin.client.cases.update({ params, body: { status: 'resolved' } });
  await handIn(inbox, letter(inbox, ['List-Unsubscribe: <https://crm.example/x>', 'From: ann@x.example', 'In-Reply-To: <first@x.example>'], 'It is still broken.'));
  const reopened = await admin.client.cases.get({ params });
  assert.deepEqual([reopened.status, reopened.waitingSince === null], ['open', false], 'her own desk marks each mail as a newsletter');
});

test('a sender who writes again and again is not confirmed again and again', async () => {
  const inbox = await newInbox({ autoReply: { isOn: true, text: 'We have it.' } });
  const cases = [];
  for (let i = 0; i < 6; i++) cases.push((await handIn(inbox, letter(inbox, ['From: loop@x.example'], `round ${i}`))).caseId);
  const entries = await Promise.all(cases.map((caseId) => admin.client.cases.listEntries({ params: { caseId: caseId ?? '' } })));
  assert.equal(entries.flatMap(({ items }) => items).filter((item) => item.kind === 'message' && item.direction === 'out').length, 3);
});

test('a newcomer sees both sides: what the customer writes becomes a case, the answer lies in the built-in mailbox and can be answered there', async () => {
  const inbox = await newInbox();
  const { caseId } = await admin.client.mailbox.write({ body: { from: 'Trial@customer.example', fromName: 'Tess', inboxId: inbox.id, subject: 'Hello', text: 'Does it work?' } });
  await admin.client.cases.reply({ params: { caseId: caseId ?? '' }, body: { text: 'It does.', to: ['trial@customer.example'] } });
  const address = 'trial@customer.example';
  let mails = await admin.client.mailbox.listMails({ params: { address } });
  for (let i = 0; i < 100 && mails.items.length < 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    mails = await admin.client.mailbox.listMails({ params: { address } });
  }
  assert.deepEqual(mails.items.map(({ direction, text }) => [direction, text.split('\n')[0]]), [['from_customer', 'Does it work?'], ['to_customer', 'It does.']]);
  const back = await admin.client.mailbox.write({ body: { from: address, inboxId: inbox.id, subject: 'Re: Hello', text: 'Great', inReplyTo: mails.items[1]?.id ?? '' } });
  assert.equal(back.caseId, caseId);
});

test('only those who manage inboxes may hand mail in, and an empty body is no mail', async () => {
  const inbox = await newInbox();
  const agent = await house.signedInClient('agent');
  await assert.rejects(agent.client.inboxes.receiveRaw({ params: { inboxId: inbox.id }, query: {}, body: Buffer.from('x') }), (error: ProblemError) => error.code === 'not_allowed');
  await assert.rejects(handIn(inbox, Buffer.alloc(0)), (error: ProblemError) => error.code === 'mail_unreadable');
  const other = await (await house.anotherAccount()).admin();
  await assert.rejects(other.client.inboxes.receiveRaw({ params: { inboxId: inbox.id }, query: {}, body: Buffer.from('From: a@b.example\r\n\r\nx') }), (error: ProblemError) => error.code === 'not_found');
});

test('no mail of any make stops the intake: each ends in the ledger, none is thrown back', async () => {
  const inbox = await newInbox({ autoReply: { isOn: true, text: 'We have it.' } });
  const piece = fc.constantFrom('From: a@b.example', 'From: "x\\0y" <c@d.example>', 'Subject: ', 'To: ', 'References: <', 'In-Reply-To: ', 'Message-ID: <x@y>', 'Content-Type: multipart/mixed; boundary=x', 'Content-Type: text/html', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
    'Content-Type: message/delivery-status', 'Original-Envelope-Id: \0', 'Auto-Submitted: auto-replied', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="\0../x"', '\r\n', '\r\n\r\n', '--x', '--x--', '\0', '\xed\xa0\x80', '\ud800', '=?utf-8?B?AAAA?=', '@', '>', 'charset=utf-16', 'x'.repeat(3000),
    '4111111111111111', '<p>', 'Date: Thu, 01 Jan 9999 00:00:00 +0000', 'Return-Path: <>');
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 25 }), fc.constantFrom(undefined, '', 'a\0b@c.example', 'a@b.example'), async (pieces, envelopeFrom) => {
    const raw = Buffer.from(`From: a@b.example\r\n${pieces.join('\r\n')}`, 'latin1');
    const { outcome } = await takeIn(house.platform, { accountId: house.accountId, inboxId: inbox.id, door: 'smtp', raw, envelopeFrom, envelopeTo: [inbox.address, 'x\0@y.example'], arrivedAt: new Date() });
    assert.notEqual(outcome, 'set_aside', raw.toString('latin1'));
  }), { numRuns: 250 });
  assert.equal((await admin.client.ledger.summary()).isBalanced, true);
});

test('an inbox at our own doors is well as soon as it is there, also after a mailbox that failed was given up', async () => {
  const inbox = await newInbox();
  const health = async () => (await admin.client.inboxes.list()).items.find(({ id }) => id === inbox.id)?.health.state;
  await eventually('good health', async () => (await health()) === 'ok');
  const settings = { address: inbox.address, inbound: { kind: 'imap' as const, imap: { host: '127.0.0.1', port: await freePort(), security: 'none' as const, user: 'x', password: 'x' } } };
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings } });
  await eventually('bad health', async () => (await health()) === 'failing');
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings: { address: inbox.address } } });
  await eventually('good health again', async () => (await health()) === 'ok');
});

const corpus = '/usr/lib/python3.11/test/test_email/data';
test('CPython’s collection of odd mails goes through the whole intake, and its bytes are kept as they came', { skip: existsSync(corpus) ? false : 'libpython3.11-testsuite is not installed' }, async () => {
  const inbox = await newInbox();
  const outcomes = new Map<string, number>();
  for (const name of readdirSync(corpus).filter((file) => file.endsWith('.txt'))) {
    const raw = readFileSync(`${corpus}/${name}`);
    const taken = await handIn(inbox, raw);
    outcomes.set(taken.outcome, (outcomes.get(taken.outcome) ?? 0) + 1);
    const kept = await admin.fetch(`/api/v1/ledger/${taken.ledgerId}/raw`);
    assert.deepEqual(Buffer.from(await kept.arrayBuffer()), raw, name);
  }
  assert.ok((outcomes.get('new_case') ?? 0) + (outcomes.get('appended') ?? 0) >= 30, JSON.stringify([...outcomes]));
  assert.equal((await admin.client.ledger.summary()).isBalanced, true);
});
