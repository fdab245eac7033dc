import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import nodemailer from 'nodemailer';
import { dialogueWith } from '../../../testing/mail/dialogue.ts';
import { eventually } from '../../../testing/mail/free-port.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

const openssl = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((path) => existsSync(path));
const LIMIT = 200_000;
let house: TestHouse;
let admin: SignedIn;
let certificates: string;
before(async () => {
  certificates = await mkdtemp(join(tmpdir(), 'rapport-certificates-'));
  const [key, cert] = [join(certificates, 'key.pem'), join(certificates, 'cert.pem')];
  if (openssl) execFileSync(openssl, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=desk.test', '-days', '2', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  house = await openTestHouse({ env: { RAPPORT_MAIL_MAX_BYTES: String(LIMIT), ...(openssl ? { RAPPORT_SMTP_TLS_CERT: cert, RAPPORT_SMTP_TLS_KEY: key } : {}) } });
  admin = await house.admin();
});
after(async () => {
  await house.close();
  await rm(certificates, { recursive: true, force: true });
});

const portOf = (door: 'smtp' | 'lmtp'): number => Number((house.house.addresses[door] ?? '').split(':').at(-1));
let count = 0;
async function newInbox(of: SignedIn = admin): Promise<{ id: string; address: string }> {
  const address = `door${++count}@desk.test`;
  return { id: (await of.client.inboxes.create({ body: { channel: 'email', name: address, settings: { address } } })).id, address };
}
const casesOf = async (inbox: { id: string }, of: SignedIn = admin) => (await of.client.cases.list({ query: { inbox: inbox.id } })).items;
const letter = (subject: string, body = 'x'): string => `From: anna@customer.test\r\nSubject: ${subject}\r\nMessage-ID: <door${++count}@customer.test>\r\n\r\n${body}\r\n.`;

test('SMTP takes mail for an inbox, with a tag behind the plus as well, and refuses every other recipient', async () => {
  const inbox = await newInbox();
  const smtp = await dialogueWith(portOf('smtp'));
  assert.match(await smtp.say('EHLO mx.test'), /SIZE 200000/);
  assert.match(await smtp.say('MAIL FROM:<anna@customer.test>'), /^250/);
  assert.match(await smtp.say('RCPT TO:<nobody@desk.test>'), /^550 5\.1\.1/);
  assert.match(await smtp.say('RCPT TO:<anna@elsewhere.test>'), /^550 5\.1\.1/);
  assert.match(await smtp.say('DATA'), /^503/);
  assert.match(await smtp.say(`RCPT TO:<${inbox.address.replace('@', '+tag@').toUpperCase()}>`), /^250/);
  assert.match(await smtp.say('DATA'), /^354/);
  assert.match(await smtp.say(letter('by SMTP')), /^250 2\.0\.0 OK/);
  assert.match(await smtp.say('QUIT'), /^221/);
  assert.deepEqual((await casesOf(inbox)).map(({ subject }) => subject), ['by SMTP']);
});

test('LMTP answers for each recipient, and one mail for two companies becomes a case in each', async () => {
  const other = await (await house.anotherAccount()).admin();
  const [ours, theirs] = [await newInbox(), await newInbox(other)];
  const lmtp = await dialogueWith(portOf('lmtp'));
  assert.match(await lmtp.say('LHLO mx.test'), /^250/);
  assert.match(await lmtp.say('MAIL FROM:<anna@customer.test>'), /^250/);
  for (const address of [ours.address, theirs.address, ours.address.replace('@', '+again@')]) assert.match(await lmtp.say(`RCPT TO:<${address}>`), /^250/);
  assert.match(await lmtp.say('DATA'), /^354/);
  const replies = [await lmtp.say(letter('by LMTP')), await lmtp.say(), await lmtp.say()];
  for (const reply of replies) assert.match(reply, /^250 2\.0\.0 OK/);
  lmtp.cut();
  assert.equal((await casesOf(ours)).length, 1);
  assert.equal((await casesOf(theirs, other)).length, 1);
});

test('where one company’s half fails, LMTP says so for that recipient alone, and SMTP has the sender come again', async () => {
  const second = await house.anotherAccount();
  const other = await second.admin();
  const [ours, theirs] = [await newInbox(), await newInbox(other)];
  const { database } = house.platform;
  const inAccount = database.inAccount;
  database.inAccount = (accountId, work) => (accountId === second.accountId ? Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' })) : inAccount(accountId, work));
  try {
    for (const door of ['lmtp', 'smtp'] as const) {
      const talk = await dialogueWith(portOf(door));
      await talk.say(door === 'lmtp' ? 'LHLO mx.test' : 'EHLO mx.test');
      await talk.say('MAIL FROM:<anna@customer.test>');
      for (const { address } of [ours, theirs]) await talk.say(`RCPT TO:<${address}>`);
      await talk.say('DATA');
      const first = await talk.say(`From: anna@customer.test\r\nSubject: half\r\nMessage-ID: <half-of-${second.accountId}>\r\n\r\nx\r\n.`);
      if (door === 'lmtp') {
        assert.match(first, /^250/);
        assert.match(await talk.say(), /^451 4\.3\.0/);
      } else assert.match(first, /^451 4\.3\.0/);
      talk.cut();
    }
  } finally {
    database.inAccount = inAccount;
  }
  assert.equal((await casesOf(ours)).length, 1);
});

test('250 is said when the mail is committed, not before', async () => {
  const inbox = await newInbox();
  const { database } = house.platform;
  const inAccount = database.inAccount;
  const gate = Promise.withResolvers<void>();
  let isAtCommit = false;
  database.inAccount = (accountId, work) => inAccount(accountId, async (tx) => {
    const result = await work(tx);
    isAtCommit = true;
    await gate.promise;
    return result;
  });
  const smtp = await dialogueWith(portOf('smtp'));
  for (const command of ['EHLO mx.test', 'MAIL FROM:<anna@customer.test>', `RCPT TO:<${inbox.address}>`, 'DATA']) await smtp.say(command);
  let reply: string | undefined;
  const saying = smtp.say(letter('durable')).then((text) => (reply = text));
  await eventually('the transaction is about to commit', async () => isAtCommit);
  assert.equal(reply, undefined);
  database.inAccount = inAccount;
  gate.resolve();
  assert.match(await saying, /^250/);
  assert.equal((await casesOf(inbox)).length, 1);
  smtp.cut();
});

test('the bytes that were sent are the bytes that are kept, dots at the start of lines included', async () => {
  const inbox = await newInbox();
  const body = '.\r\n..two\r\n.one\r\n\u00ff bare 8 bit\r\nlast line\r\n';
  const raw = Buffer.from(`From: anna@customer.test\r\nSubject: dots\r\n\r\n${body}`, 'latin1');
  const smtp = await dialogueWith(portOf('smtp'));
  for (const command of ['EHLO mx.test', 'MAIL FROM:<anna@customer.test>', `RCPT TO:<${inbox.address}>`, 'DATA']) await smtp.say(command);
  smtp.write(Buffer.from(raw.toString('latin1').replace(/^\./gm, '..'), 'latin1'));
  assert.match(await smtp.say('.'), /^250/);
  smtp.cut();
  const [found] = await casesOf(inbox);
  const { items } = await admin.client.cases.listEntries({ params: { caseId: found?.id ?? '' } });
  const kept = await admin.fetch(`/api/v1/cases/${found?.id}/entries/${items[0]?.id}/raw`);
  assert.deepEqual(Buffer.from(await kept.arrayBuffer()), raw);
});

test('a mail that is too large is refused for good, before or after it was sent, and nothing is kept', async () => {
  const inbox = await newInbox();
  const smtp = await dialogueWith(portOf('smtp'));
  await smtp.say('EHLO mx.test');
  assert.match(await smtp.say(`MAIL FROM:<anna@customer.test> SIZE=${LIMIT + 1}`), /^552/);
  for (const command of ['MAIL FROM:<anna@customer.test>', `RCPT TO:<${inbox.address}>`, 'DATA']) await smtp.say(command);
  smtp.write(`Subject: large\r\n\r\n${`${'x'.repeat(98)}\r\n`.repeat(LIMIT / 90)}`);
  assert.match(await smtp.say('.'), /^552/);
  // The connection is as good as before.
  for (const command of ['MAIL FROM:<anna@customer.test>', `RCPT TO:<${inbox.address}>`, 'DATA']) await smtp.say(command);
  assert.match(await smtp.say(letter('small')), /^250/);
  smtp.cut();
  assert.deepEqual((await casesOf(inbox)).map(({ subject }) => subject), ['small']);
});

test('a sender whose connection breaks in the middle of a mail leaves nothing behind', async () => {
  const inbox = await newInbox();
  const smtp = await dialogueWith(portOf('smtp'));
  for (const command of ['EHLO mx.test', 'MAIL FROM:<anna@customer.test>', `RCPT TO:<${inbox.address}>`, 'DATA']) await smtp.say(command);
  smtp.write('From: anna@customer.test\r\nSubject: torn\r\n\r\nhalf of');
  smtp.cut();
  // The door answers others after that, so the broken connection has been dealt with.
  const next = await dialogueWith(portOf('smtp'));
  for (const command of ['EHLO mx.test', 'MAIL FROM:<anna@customer.test>', `RCPT TO:<${inbox.address}>`, 'DATA']) await next.say(command);
  assert.match(await next.say(letter('whole')), /^250/);
  next.cut();
  assert.deepEqual((await casesOf(inbox)).map(({ subject }) => subject), ['whole']);
});

test('STARTTLS works with the configured certificate', { skip: openssl ? false : 'openssl is not installed' }, async () => {
  const inbox = await newInbox();
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: portOf('smtp'), secure: false, requireTLS: true, tls: { rejectUnauthorized: false } });
  await transport.sendMail({ from: 'anna@customer.test', to: inbox.address, subject: 'secret', text: 'x' });
  assert.equal((await casesOf(inbox)).length, 1);
});

test('twenty senders at once each get their case', async () => {
  const inbox = await newInbox();
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: portOf('smtp'), secure: false, ignoreTLS: true, pool: true, maxConnections: 20 });
  await Promise.all(Array.from({ length: 60 }, (_, i) => transport.sendMail({ from: `c${i % 20}@customer.test`, to: inbox.address, subject: `one of many ${i}`, text: `${i}` })));
  transport.close();
  assert.equal((await admin.client.cases.list({ query: { inbox: inbox.id, limit: 100 } })).items.length, 60);
});
