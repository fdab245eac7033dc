import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startDovecot, type MailboxServer } from '../../../testing/mail/dovecot.ts';
import { eventually, freePort } from '../../../testing/mail/free-port.ts';
import { lacksMailServers } from '../../../testing/mail/needs.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { openHouse } from '../../open-house.ts';
import { readConfig } from '../../platform/config.ts';

const skip = lacksMailServers('dovecot');
let house: TestHouse;
let admin: SignedIn;
let dovecot: MailboxServer;
// Two processes of one installation share its key.
const key = randomBytes(32).toString('base64');
before(async () => {
  if (skip) return;
  house = await openTestHouse({ env: { RAPPORT_SECRET_KEY: key } });
  admin = await house.admin();
  dovecot = await startDovecot();
});
after(async () => {
  await house?.close();
  await dovecot?.stop();
});

let count = 0;
const letter = (subject: string, id = `imap${++count}`): string => `From: anna@customer.test\r\nTo: x@desk.test\r\nSubject: ${subject}\r\nMessage-ID: <${id}@customer.test>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\n${subject}\r\n`;
const imapOf = (user: string, changes: Record<string, unknown> = {}) => ({ host: '127.0.0.1', port: dovecot.imapPort, security: 'none' as const, user, password: dovecot.password, folder: 'INBOX', ...changes });

async function newMailbox(): Promise<string> {
  const address = `mailbox${++count}@desk.test`;
  await dovecot.addUser(address);
  return address;
}
async function connect(address: string, changes: Record<string, unknown> = {}): Promise<string> {
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: address, settings: { address, inbound: { kind: 'imap', imap: imapOf(address, changes) } } } });
  return inbox.id;
}
const subjects = async (inboxId: string): Promise<string[]> => (await admin.client.cases.list({ query: { inbox: inboxId, limit: 100, order: 'oldest' } })).items.map(({ subject }) => subject);
const healthOf = async (inboxId: string) => (await admin.client.inboxes.list()).items.find(({ id }) => id === inboxId)?.health;

test('unread mail of a mailbox and all that comes later become cases; what was read before stays history', { skip }, async () => {
  const address = await newMailbox();
  await dovecot.append(address, letter('read long ago'), { flags: ['\\Seen'], arrivedAt: new Date(Date.now() - 86_400_000) });
  await dovecot.append(address, letter('waiting'), { arrivedAt: new Date(Date.now() - 86_400_000) });
  const inboxId = await connect(address);
  await eventually('the waiting mail', async () => (await subjects(inboxId)).includes('waiting'));
  await eventually('good health', async () => (await healthOf(inboxId))?.state === 'ok');
  // Pushed by the server: no poll comes that soon.
  await dovecot.append(address, letter('just in'));
  await eventually('the mail that just came', async () => (await subjects(inboxId)).includes('just in'));
  await dovecot.append(address, letter('read at once by a colleague'), { flags: ['\\Seen'] });
  await eventually('a read mail that is new', async () => (await subjects(inboxId)).length >= 3);
  assert.deepEqual(await subjects(inboxId), ['waiting', 'just in', 'read at once by a colleague']);
  assert.equal((await dovecot.read(address)).length, 4, 'nothing is taken out of the mailbox');
  const { items } = await admin.client.cases.list({ query: { inbox: inboxId, order: 'oldest' } });
  const entries = await admin.client.cases.listEntries({ params: { caseId: items[0]?.id ?? '' } });
  assert.ok(Date.now() - Date.parse(entries.items[0]?.occurredAt ?? '') > 80_000_000, 'a mail arrived when the mailbox got it, not when we looked');
});

test('a folder that the server numbers anew is read again, and nothing comes in twice', { skip }, async () => {
  const address = await newMailbox();
  await dovecot.makeFolder(address, 'Desk');
  const mails = Array.from({ length: 5 }, (_, i) => letter(`kept ${i}`));
  for (const mail of mails) await dovecot.append(address, mail, { folder: 'Desk' });
  const inboxId = await connect(address, { folder: 'Desk' });
  await eventually('five cases', async () => (await subjects(inboxId)).length === 5);
  await dovecot.makeFolder(address, 'Desk');
  // The old mails in another order, read by now, and one that is new.
  for (const mail of [...mails.toReversed(), letter('new')]) await dovecot.append(address, mail, { folder: 'Desk', flags: ['\\Seen'] });
  await eventually('the new mail', async () => (await subjects(inboxId)).includes('new'), 90);
  assert.equal((await subjects(inboxId)).length, 6);
  const duplicates = await admin.client.ledger.list({ query: { inbox: inboxId, outcome: 'duplicate' } });
  assert.equal(duplicates.items.length, 5);
});

test('an inbox that is given another mailbox fetches that one from its beginning, though both number their mails alike', { skip }, async () => {
  const [first, second] = [await newMailbox(), await newMailbox()];
  for (let i = 0; i < 3; i++) await dovecot.append(first, letter(`first ${i}`));
  const inboxId = await connect(first);
  await eventually('three cases', async () => (await subjects(inboxId)).length === 3);
  await admin.client.inboxes.update({ params: { inboxId }, body: { isEnabled: false } });
  await dovecot.append(second, letter('read long ago'), { flags: ['\\Seen'], arrivedAt: new Date(Date.now() - 86_400_000) });
  await dovecot.append(second, letter('waiting there'));
  // Both had the same validity, as the inboxes of one large provider have; here it is said of the one that was fetched, since Dovecot makes it from the time.
  const validity = await dovecot.validityOf(second);
  await house.platform.database.asSystem((tx) => tx.run('update imap_cursor set uid_validity = $2, connected_at = $3 where inbox_id = $1', [inboxId, validity, new Date(Date.now() - 7 * 86_400_000)]));
  await admin.client.inboxes.update({ params: { inboxId }, body: { isEnabled: true, settings: { address: first, inbound: { kind: 'imap', imap: imapOf(second) } } } });
  await eventually('the mail of the other mailbox', async () => (await subjects(inboxId)).includes('waiting there'));
  assert.equal((await subjects(inboxId)).length, 4, 'what was read there before it was connected stays history');
});

test('a mail that comes by LMTP and lies in the mailbox as well is one case', { skip }, async () => {
  const address = await newMailbox();
  const inboxId = await connect(address);
  await eventually('good health', async () => (await healthOf(inboxId))?.state === 'ok');
  const raw = letter('twice');
  await admin.client.inboxes.receiveRaw({ params: { inboxId }, query: {}, body: Buffer.from(raw) });
  await dovecot.append(address, `Delivered-To: ${address}\r\n${raw}`);
  await eventually('the duplicate', async () => (await admin.client.ledger.list({ query: { inbox: inboxId, outcome: 'duplicate' } })).items[0]);
  assert.equal((await subjects(inboxId)).length, 1);
});

test('a mail that is larger than allowed is noted and does not stop the next one', { skip }, async () => {
  const address = await newMailbox();
  const config = house.platform.config as { mailMaxBytes: number };
  const limit = config.mailMaxBytes;
  config.mailMaxBytes = 100_000;
  try {
    await dovecot.append(address, `${letter('large')}${'x'.repeat(98)}\r\n`.repeat(1) + `${'y'.repeat(98)}\r\n`.repeat(2000));
    await dovecot.append(address, letter('small'));
    const inboxId = await connect(address);
    await eventually('the small mail', async () => (await subjects(inboxId)).includes('small'));
    const aside = await admin.client.ledger.list({ query: { inbox: inboxId, outcome: 'set_aside' } });
    assert.match(aside.items[0]?.reason ?? '', /larger than 100000 bytes/);
  } finally {
    config.mailMaxBytes = limit;
  }
});

test('trouble with the mailbox is told in words, and mended when the settings are', { skip }, async () => {
  const address = await newMailbox();
  await dovecot.append(address, letter('behind a wrong password'));
  const inboxId = await connect(address, { password: 'wrong' });
  const failing = await eventually('bad health', async () => {
    const health = await healthOf(inboxId);
    return health?.state === 'failing' && health;
  });
  assert.match(failing.detail ?? '', /did not accept user and password/);
  await admin.client.inboxes.update({ params: { inboxId }, body: { settings: { address, inbound: { kind: 'imap', imap: imapOf(address) } } } });
  await eventually('the mail', async () => (await subjects(inboxId)).length === 1);
  await eventually('good health', async () => (await healthOf(inboxId))?.state === 'ok');
});

test('an inbox that is switched off is not fetched', { skip }, async () => {
  const address = await newMailbox();
  const inboxId = await connect(address);
  await eventually('good health', async () => (await healthOf(inboxId))?.state === 'ok');
  await admin.client.inboxes.update({ params: { inboxId }, body: { isEnabled: false } });
  await eventually('the lease is free', async () => (await house.platform.database.asSystem((tx) => tx.run('select from lease where name = $1', [`imap:${inboxId}`]))).length === 0);
  await dovecot.append(address, letter('unseen'));
  await admin.client.inboxes.update({ params: { inboxId }, body: { isEnabled: true } });
  await eventually('the mail', async () => (await subjects(inboxId)).length === 1);
});

test('of two processes one fetches a mailbox, and when it goes the other takes over where it left off', { skip }, async () => {
  const address = await newMailbox();
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-second-'));
  const holder = async (inboxId: string): Promise<unknown> => (await house.platform.database.asSystem((tx) => tx.run<{ holder: string }>('select holder from lease where name = $1', [`imap:${inboxId}`])))[0]?.holder;
  const second = await openHouse(readConfig({ DATABASE_URL: house.databaseUrl, RAPPORT_DATA: dataDir, RAPPORT_SECRET_KEY: key, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_DB_POOL: '4' }));
  let isSecondOpen = true;
  const { leases } = house.platform;
  const hold = leases.hold;
  // The second process is quicker.
  leases.hold = async () => false;
  try {
    const inboxId = await connect(address);
    for (let i = 0; i < 10; i++) await dovecot.append(address, letter(`shared ${i}`));
    await eventually('ten cases', async () => (await subjects(inboxId)).length === 10);
    const first = await holder(inboxId);
    leases.hold = hold;
    await second.close();
    isSecondOpen = false;
    for (let i = 10; i < 20; i++) await dovecot.append(address, letter(`shared ${i}`));
    await eventually('twenty cases', async () => (await subjects(inboxId)).length === 20);
    assert.notEqual(await holder(inboxId), first);
    assert.deepEqual((await admin.client.ledger.list({ query: { inbox: inboxId, outcome: 'duplicate' } })).items, []);
  } finally {
    leases.hold = hold;
    if (isSecondOpen) await second.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('settings can be tried before they are saved, and the answer says what is wrong', { skip }, async () => {
  const address = await newMailbox();
  const check = async (imap: Record<string, unknown>, smtp?: Record<string, unknown>) => admin.client.inboxes.check({ body: { settings: {
    address, inbound: { kind: 'imap', imap: imapOf(address, imap) }, ...(smtp ? { outbound: { kind: 'smtp', smtp: { host: '127.0.0.1', port: await freePort(), security: 'none', ...smtp } } } : {}) } } });
  const good = await check({});
  assert.deepEqual([good.inbound?.ok, good.outbound], [true, null]);
  assert.match(good.inbound?.detail ?? '', /INBOX holds 0 mails/);
  assert.deepEqual([good.inbound?.finding, good.inbound?.values], ['folder_opened', { user: address, folder: 'INBOX', count: 0 }]);
  for (const [changes, step, finding, words] of [
    [{ password: 'wrong' }, 'sign_in', 'sign_in_refused', /did not accept user and password/], [{ folder: 'Nowhere' }, 'folder', 'no_folder', /no folder Nowhere/], [{ port: await freePort() }, 'connect', 'port_refused', /nothing answers on port/],
    [{ host: 'no-such-host.invalid' }, 'connect', 'no_such_host', /no server with the name no-such-host\.invalid/], [{ security: 'tls' }, 'tls', 'no_tls_on_port', /does not speak TLS from the start/], [{ security: 'starttls' }, 'tls', undefined, /STARTTLS|secure connection/],
  ] as const) {
    const { inbound } = await check(changes);
    assert.deepEqual([inbound?.ok, inbound?.step], [false, step], inbound?.detail);
    if (finding) assert.equal(inbound?.finding, finding);
    assert.match(inbound?.detail ?? '', words);
    assert.doesNotMatch(inbound?.detail ?? '', /secret/);
  }
  const { outbound } = await check({}, { host: '127.0.0.1' });
  assert.deepEqual([outbound?.ok, outbound?.step], [false, 'connect']);
  assert.match(outbound?.detail ?? '', /nothing answers on port/);
});
