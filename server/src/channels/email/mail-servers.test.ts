import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import nodemailer from 'nodemailer';
import type { MessageEntry } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestAccount, type TestHouse } from '../../../testing/test-house.ts';
import { startDovecot, type MailboxServer } from '../../../testing/mail/dovecot.ts';
import { eventually } from '../../../testing/mail/free-port.ts';
import { lacksMailServers } from '../../../testing/mail/needs.ts';
import { startPostfix, type MailServer } from '../../../testing/mail/postfix.ts';
import { readMail, type Mail } from './read-mail.ts';

// The world: customers have mailboxes on a Dovecot, and one Postfix carries mail between them and our desks, which it reaches by LMTP.
const skip = lacksMailServers('postfix', 'dovecot');
let house: TestHouse;
let admin: SignedIn;
let dovecot: MailboxServer;
let postfix: MailServer;

before(async () => {
  if (skip) return;
  house = await openTestHouse();
  admin = await house.admin();
  dovecot = await startDovecot();
  const desk = Number((house.house.addresses['lmtp'] ?? '').split(':').at(-1));
  postfix = await startPostfix({ 'desk.test': desk, 'desk-b.test': desk, 'customer.test': dovecot.lmtpPort });
});
after(async () => {
  await postfix?.stop();
  await dovecot?.stop();
  await house?.close();
});

let count = 0;
async function newInbox(of: SignedIn = admin, settings: Record<string, unknown> = {}, domain = 'desk.test'): Promise<{ id: string; address: string }> {
  const address = `support${++count}@${domain}`;
  const outbound = { kind: 'smtp', smtp: { host: '127.0.0.1', port: postfix.smtpPort, security: 'none' } } as const;
  const inbox = await of.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address, fromName: 'The Desk', outbound, ...settings } } });
  return { id: inbox.id, address };
}

async function newCustomer(): Promise<string> {
  const address = `customer${++count}@customer.test`;
  await dovecot.addUser(address);
  return address;
}

function sendThroughPostfix(mail: Parameters<ReturnType<typeof nodemailer.createTransport>['sendMail']>[0]): Promise<unknown> {
  return nodemailer.createTransport({ host: '127.0.0.1', port: postfix.smtpPort, secure: false, ignoreTLS: true }).sendMail(mail);
}

async function mailsOf(address: string, atLeast: number): Promise<Mail[]> {
  const raws = await eventually(`${atLeast} mails for ${address}`, async () => {
    const found = await dovecot.read(address);
    return found.length >= atLeast && found;
  });
  return Promise.all(raws.map((raw) => readMail(Buffer.from(raw, 'latin1'))));
}

const messagesOf = async (caseId: string, of: SignedIn = admin): Promise<MessageEntry[]> =>
  (await of.client.cases.listEntries({ params: { caseId }, query: { limit: 100 } })).items.filter((item) => item.kind === 'message');
const caseOf = (inboxId: string, of: SignedIn = admin) => eventually('a case', async () => (await of.client.cases.list({ query: { inbox: inboxId } })).items[0]);

test('a mail through Postfix becomes a case, and the answer lies in the customer’s mailbox, in the thread of the customer’s mail', { skip }, async () => {
  const [inbox, customer] = [await newInbox(), await newCustomer()];
  await sendThroughPostfix({ from: `Änna Ø <${customer}>`, to: inbox.address, subject: 'Lämp broken', text: 'It does not light.', messageId: '<first@customer.test>' });
  const { id: caseId, subject } = await caseOf(inbox.id);
  assert.equal(subject, 'Lämp broken');
  await admin.client.cases.reply({ params: { caseId }, body: { text: 'Try the switch.\n\nGrüße', to: [customer] } });
  const [answer] = await mailsOf(customer, 1);
  assert.deepEqual(answer?.from, { address: inbox.address, name: 'The Desk' });
  assert.deepEqual(answer?.to.map(({ address }) => address), [customer]);
  assert.deepEqual(answer?.inReplyTo, ['first@customer.test']);
  assert.match(answer?.subject ?? '', /^Re: Lämp broken/);
  assert.match(answer?.text ?? '', /Try the switch\.\s+Grüße/);
  assert.match(answer?.replyTo[0]?.address ?? '', /^support\d+\+c\.[a-z2-7.]+@desk\.test$/);
  const delivery = await eventually('the delivery', async () => (await messagesOf(caseId)).find(({ delivery: d }) => d?.state === 'accepted')?.delivery);
  assert.equal(delivery?.reason, null);
});

test('a thread survives twenty turns: each answer lands in the same case and the same mailbox, each in the chain', { skip, timeout: 180_000 }, async () => {
  const [inbox, customer] = [await newInbox(), await newCustomer()];
  await sendThroughPostfix({ from: customer, to: inbox.address, subject: 'Long talk', text: 'turn 0' });
  const { id: caseId } = await caseOf(inbox.id);
  for (let turn = 1; turn <= 10; turn++) {
    await admin.client.cases.reply({ params: { caseId }, body: { text: `our turn ${turn}`, to: [customer] } });
    const ours = (await mailsOf(customer, turn)).at(-1) as Mail;
    assert.match(ours.text ?? '', new RegExp(`our turn ${turn}\\b`));
    // Every second time the customer's program forgets the token, every third time the chain.
    const to = turn % 2 === 0 ? inbox.address : (ours.replyTo[0]?.address ?? '');
    const chain = turn % 3 === 0 && turn % 2 !== 0 ? {} : { inReplyTo: `<${ours.messageId}>`, references: [...ours.references, ours.messageId].map((id) => `<${id}>`).join(' ') };
    await sendThroughPostfix({ from: customer, to, subject: `Re: ${ours.subject}`, text: `their turn ${turn}`, ...chain });
    await eventually(`turn ${turn} in the case`, async () => (await messagesOf(caseId)).length === 1 + turn * 2);
  }
  const messages = await messagesOf(caseId);
  assert.equal(messages.length, 21);
  assert.deepEqual(messages.filter(({ direction }) => direction === 'in').map(({ text }) => text.trim()), ['turn 0', ...Array.from({ length: 10 }, (_, i) => `their turn ${i + 1}`)]);
  assert.equal((await admin.client.cases.list({ query: { inbox: inbox.id, shelf: 'open' } })).items.length + (await admin.client.cases.list({ query: { inbox: inbox.id, shelf: 'pending' } })).items.length, 1);
});

test('a recipient nobody has is refused with 550, and Postfix tells the sender', { skip }, async () => {
  const customer = await newCustomer();
  await sendThroughPostfix({ from: customer, to: 'nobody-at-all@desk.test', subject: 'x', text: 'x' });
  const [report] = await mailsOf(customer, 1);
  assert.equal(report?.from?.address.toLowerCase(), 'mailer-daemon@mx.relay.test');
  assert.match((report?.text ?? '').replace(/\s+/g, ' '), /said: 550 5\.1\.1 No such mailbox here/);
});

test('while the database is down the sender is told 451 and comes again; then there is one case, not two and not none', { skip }, async () => {
  const [inbox, customer] = [await newInbox(), await newCustomer()];
  const { database } = house.platform;
  const inAccount = database.inAccount;
  database.inAccount = () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  try {
    await sendThroughPostfix({ from: customer, to: inbox.address, subject: 'Patience', text: 'x' });
    await eventually('451 in the log of Postfix', async () => /status=deferred .*451 4\.3\.0/.test(await postfix.log()));
    assert.equal(await postfix.waiting(), 1);
  } finally {
    database.inAccount = inAccount;
  }
  await caseOf(inbox.id);
  await eventually('an empty queue', async () => (await postfix.waiting()) === 0);
  assert.equal((await admin.client.cases.list({ query: { inbox: inbox.id } })).items.length, 1);
});

test('an answer that bounces is marked as bounced, with the words of the other server', { skip }, async () => {
  const inbox = await newInbox();
  await sendThroughPostfix({ from: 'gone@customer.test', to: inbox.address, subject: 'Hello', text: 'x' });
  const { id: caseId } = await caseOf(inbox.id);
  await admin.client.cases.reply({ params: { caseId }, body: { text: 'Are you there?', to: ['gone@customer.test'] } });
  const delivery = await eventually('the bounce', async () => (await messagesOf(caseId)).find(({ delivery: d }) => d?.state === 'bounced')?.delivery);
  assert.match(delivery?.reason ?? '', /gone@customer\.test: 550 5\.1\.1/);
  assert.equal(delivery?.canRetry, true);
  const reports = await admin.client.ledger.list({ query: { outcome: 'delivery_report', inbox: inbox.id } });
  assert.equal(reports.items[0]?.caseId, caseId);
  // Corrected, the same message goes out again under the same Message-ID.
  await dovecot.addUser('gone@customer.test');
  const entry = (await messagesOf(caseId)).find(({ direction }) => direction === 'out') as MessageEntry;
  await admin.client.cases.retryDelivery({ params: { caseId, entryId: entry.id } });
  await mailsOf('gone@customer.test', 1);
});

test('two desks with automatic answers exchange two mails and then are silent', { skip }, async () => {
  const autoReply = { isOn: true, text: 'We have your message.' };
  const other: TestAccount = await house.anotherAccount();
  const otherAdmin = await other.admin();
  const ours = await newInbox(admin, { autoReply });
  const theirs = await newInbox(otherAdmin, { autoReply }, 'desk-b.test');
  // Somebody at their company writes from the address of their desk.
  await sendThroughPostfix({ from: theirs.address, to: ours.address, subject: 'Hello', text: 'x' });
  const { id } = await caseOf(theirs.id, otherAdmin);
  await eventually('an empty queue', async () => (await postfix.waiting()) === 0);
  assert.deepEqual((await messagesOf(id, otherAdmin)).map(({ direction, automatic }) => [direction, automatic]), [['in', 'auto_reply']]);
  const { id: ourCase } = await caseOf(ours.id);
  assert.deepEqual((await messagesOf(ourCase)).map(({ direction }) => direction), ['in', 'out']);
});

test('an attachment and a picture of an answer arrive byte for byte', { skip }, async () => {
  const [inbox, customer] = [await newInbox(), await newCustomer()];
  await sendThroughPostfix({ from: customer, to: inbox.address, subject: 'Files', text: 'x', attachments: [{ filename: 'Prüfung.bin', content: Buffer.from([0, 255, 13, 10, 46, 13, 10, 1]) }] });
  const { id: caseId } = await caseOf(inbox.id);
  const [incoming] = await messagesOf(caseId);
  const file = await admin.fetch(`/api/v1/cases/${caseId}/attachments/${incoming?.attachments[0]?.id}`);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), Buffer.from([0, 255, 13, 10, 46, 13, 10, 1]));
  const content = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256));
  const uploaded = await admin.client.cases.upload({ params: { caseId }, query: { filename: 'Angebot für Sie.bin', mediaType: 'application/x-test' }, body: content });
  await admin.client.cases.reply({ params: { caseId }, body: { text: 'See file', to: [customer], attachmentIds: [uploaded.id] } });
  const [answer] = await mailsOf(customer, 1);
  assert.deepEqual(answer?.attachments.map((a) => [a.filename, a.mediaType, a.bytes.equals(content)]), [['Angebot für Sie.bin', 'application/x-test', true]]);
});

test('after all of this the ledger balances', { skip }, async () => {
  assert.equal((await admin.client.ledger.summary()).isBalanced, true);
});
