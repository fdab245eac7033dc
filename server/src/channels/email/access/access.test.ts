import assert from 'node:assert/strict';
import { connect as connectTo, createServer, type AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { startDovecot, type MailboxServer } from '../../../../testing/mail/dovecot.ts';
import { eventually } from '../../../../testing/mail/free-port.ts';
import { lacksMailServers } from '../../../../testing/mail/needs.ts';
import { startPostfix, type MailServer } from '../../../../testing/mail/postfix.ts';
import { startProvider, type MailProvider } from '../../../../testing/mail/provider.ts';
import { refused } from '../../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../../testing/test-house.ts';

// A real Dovecot that lets in by access tokens of a provider on this machine.
const skip = lacksMailServers('dovecot');
let house: TestHouse;
let admin: SignedIn;
let dovecot: MailboxServer;
let provider: MailProvider;
let postfix: MailServer | undefined;
before(async () => {
  if (skip) return;
  provider = await startProvider();
  dovecot = await startDovecot({ introspectionUrl: provider.introspectionUrl });
  house = await openTestHouse({ env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1', RAPPORT_URL: 'http://localhost:8400' } });
  admin = await house.admin();
});
after(async () => {
  await house?.close();
  await postfix?.stop();
  await dovecot?.stop();
  await provider?.stop();
});

let count = 0;
const letter = (subject: string): string => `From: anna@customer.test\r\nTo: x@desk.test\r\nSubject: ${subject}\r\nMessage-ID: <access${++count}@customer.test>\r\n\r\n${subject}\r\n`;
const settingsFor = (address: string, changes: Record<string, unknown> = {}) => ({
  address, inbound: { kind: 'imap' as const, imap: { host: '127.0.0.1', port: dovecot.imapPort, security: 'none' as const, user: address, auth: 'oauth' as const } },
  oauth: { provider: 'other' as const, issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret, scope: 'mail offline_access' }, ...changes,
});
async function newInbox(): Promise<{ id: string; address: string }> {
  const address = `access${++count}@desk.test`;
  await dovecot.addUser(address);
  const { id } = await admin.client.inboxes.create({ body: { channel: 'email', name: address, settings: settingsFor(address) } });
  return { id, address };
}
async function connect(inbox: { id: string; address: string }): Promise<void> {
  const { url } = await admin.client.mailSignIn.start({ params: { inboxId: inbox.id } });
  await admin.client.mailSignIn.finish({ body: provider.agree(url, inbox.address) });
}
const subjects = async (inboxId: string): Promise<string[]> => (await admin.client.cases.list({ query: { inbox: inboxId, limit: 100, order: 'oldest' } })).items.map(({ subject }) => subject);
const inboxOf = async (id: string) => (await admin.client.inboxes.list()).items.find((inbox) => inbox.id === id);
const oauthOf = async (id: string) => (await inboxOf(id))?.settings['oauth'] as { isConnected: boolean; hasSecret: boolean; clientSecret?: string };

test('an inbox is let into its mailbox by consent, without a password, and mail comes in', { skip }, async () => {
  const inbox = await newInbox();
  await eventually('word that it is not connected', async () => /connect it again/.test((await inboxOf(inbox.id))?.health.detail ?? ''));
  assert.deepEqual(Object.keys(await oauthOf(inbox.id)).sort(), ['clientId', 'hasSecret', 'isConnected', 'issuer', 'provider', 'scope'], 'the secret travels in only');
  const { url } = await admin.client.mailSignIn.start({ params: { inboxId: inbox.id } });
  const asked = new URL(url).searchParams;
  assert.deepEqual([asked.get('redirect_uri'), asked.get('code_challenge_method'), asked.get('login_hint')], ['http://localhost:8400/admin/inbox-sign-in', 'S256', inbox.address]);
  const back = provider.agree(url, inbox.address);
  const saved = await admin.client.mailSignIn.finish({ body: back });
  assert.equal((saved.settings['oauth'] as { isConnected: boolean }).isConnected, true);
  await dovecot.append(inbox.address, letter('by consent'));
  await eventually('the mail', async () => (await subjects(inbox.id)).includes('by consent'));
  await eventually('good health', async () => (await inboxOf(inbox.id))?.health.state === 'ok');
  await refused(admin.client.mailSignIn.finish({ body: back }), 'link_expired');
  const check = await admin.client.inboxes.check({ body: { inboxId: inbox.id, settings: settingsFor(inbox.address) } });
  assert.equal(check.inbound?.ok, true, check.inbound?.detail);
});

test('access that the server takes no more is asked for anew, and mail that comes afterwards is fetched', { skip }, async () => {
  const inbox = await newInbox();
  await connect(inbox);
  await dovecot.append(inbox.address, letter('before'));
  await eventually('the first mail', async () => (await subjects(inbox.id)).includes('before'));
  const before = provider.given();
  provider.expireAccess();
  // The server ends the connection that waits for news, as it does when access runs out; what was held for an hour is refused then.
  await dovecot.kick(inbox.address);
  await dovecot.append(inbox.address, letter('after'));
  await eventually('the second mail', async () => (await subjects(inbox.id)).includes('after'));
  assert.ok(provider.given() > before);
  assert.equal((await oauthOf(inbox.id)).isConnected, true);
});

/** A door before Dovecot. Connections that are open when it turns distrustful stay open, their IDLE goes on, and every command after it is refused, as providers do that let access run out without hanging up. */
async function distrustfulDoor(): Promise<{ port: number; distrust(): void; refusals(): number; close(): void }> {
  const open = new Set<{ isDistrusted: boolean; end(): void }>();
  let refusals = 0;
  const server = createServer((client) => {
    const behind = connectTo(dovecot.imapPort, '127.0.0.1');
    const state = { isDistrusted: false, end: () => void (client.destroy(), behind.destroy()) };
    open.add(state);
    behind.pipe(client);
    client.on('data', (bytes: Buffer) => {
      const [, tag] = /^(\w+) (?!LOGOUT)/.exec(bytes.toString('latin1')) ?? [];
      if (!state.isDistrusted || tag === undefined) return void behind.write(bytes);
      refusals += 1;
      client.write(`${tag} NO [AUTHENTICATIONFAILED] Access has expired\r\n`);
    });
    for (const side of [client, behind]) side.on('error', state.end).on('close', () => (state.end(), open.delete(state)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, distrust: () => open.forEach((state) => (state.isDistrusted = true)), refusals: () => refusals, close: () => (server.close(), open.forEach((state) => state.end())) };
}

test('a server that keeps the connection when access runs out, and refuses whatever is asked next, loses no mail either', { skip }, async () => {
  const door = await distrustfulDoor();
  try {
    const inbox = await newInbox();
    const settings = settingsFor(inbox.address);
    settings.inbound.imap.port = door.port;
    await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings } });
    await connect(inbox);
    await dovecot.append(inbox.address, letter('while trusted'));
    await eventually('the first mail', async () => (await subjects(inbox.id)).includes('while trusted'));
    provider.expireAccess();
    door.distrust();
    await dovecot.append(inbox.address, letter('after it ran out'));
    await eventually('the second mail', async () => (await subjects(inbox.id)).includes('after it ran out'), 60);
    assert.ok(door.refusals() > 0, 'it was refused, and came back');
    assert.equal((await subjects(inbox.id)).length, 2);
  } finally {
    door.close();
  }
});

test('consent that was taken back is said, nothing is lost, and connecting again brings what waited', { skip }, async () => {
  const inbox = await newInbox();
  await connect(inbox);
  await eventually('good health', async () => (await inboxOf(inbox.id))?.health.state === 'ok');
  provider.withdraw(inbox.address);
  provider.expireAccess();
  await dovecot.kick(inbox.address);
  await eventually('word of it', async () => /connect it again/.test((await inboxOf(inbox.id))?.health.detail ?? ''));
  assert.equal((await oauthOf(inbox.id)).isConnected, false);
  await dovecot.append(inbox.address, letter('waited'));
  await connect(inbox);
  await eventually('what waited', async () => (await subjects(inbox.id)).includes('waited'));
});

test('consent is for its servers and its client: with others it has to be given again, and cannot be tried out there', { skip }, async () => {
  const inbox = await newInbox();
  await connect(inbox);
  const elsewhere = settingsFor(inbox.address);
  elsewhere.inbound.imap.host = 'localhost';
  const check = await admin.client.inboxes.check({ body: { inboxId: inbox.id, settings: elsewhere } });
  assert.deepEqual([check.inbound?.ok, check.inbound?.step], [false, 'sign_in']);
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings: elsewhere } });
  assert.equal((await oauthOf(inbox.id)).isConnected, false);
  await connect(inbox);
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { name: 'Renamed' } });
  assert.equal((await oauthOf(inbox.id)).isConnected, true, 'other changes leave it');
});

test('who did not begin it cannot end it, nor who may not manage inboxes, nor another company', { skip }, async () => {
  const inbox = await newInbox();
  const { url } = await admin.client.mailSignIn.start({ params: { inboxId: inbox.id } });
  const body = provider.agree(url, inbox.address);
  const agent = await house.signedInClient('agent');
  await refused(agent.client.mailSignIn.start({ params: { inboxId: inbox.id } }), 'not_allowed');
  await refused(agent.client.mailSignIn.finish({ body }), 'not_allowed');
  const colleague = await house.signedInClient('admin');
  await refused(colleague.client.mailSignIn.finish({ body }), 'link_expired');
  const stranger = await (await house.anotherAccount()).admin();
  await refused(stranger.client.mailSignIn.finish({ body }), 'link_expired');
  await refused(stranger.client.mailSignIn.start({ params: { inboxId: inbox.id } }), 'not_found');
  await admin.client.mailSignIn.finish({ body });
});

test('a wrong client is said in words to act on', { skip }, async () => {
  const inbox = await newInbox();
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings: settingsFor(inbox.address, { oauth: { provider: 'other', issuer: provider.issuer, clientId: 'nobody', clientSecret: 'x', scope: '' } }) } });
  const { url } = await admin.client.mailSignIn.start({ params: { inboxId: inbox.id } });
  await assert.rejects(admin.client.mailSignIn.finish({ body: provider.agree(url, inbox.address) }), (error: { code?: string; message?: string; detail?: string }) => /does not know this client/.test(`${error.message} ${error.detail}`));
});

const lacksPostfix = lacksMailServers('postfix', 'dovecot');
test('answers are sent by the same consent, through a Postfix that lets nobody send who is not let in', { skip: lacksPostfix }, async () => {
  postfix = await startPostfix({ 'customer.test': dovecot.lmtpPort }, { saslPort: dovecot.authPort });
  const customer = `anna${++count}@customer.test`;
  await dovecot.addUser(customer);
  const inbox = await newInbox();
  const smtp = { host: '127.0.0.1', port: postfix.smtpPort, security: 'none' as const, user: inbox.address, auth: 'oauth' as const };
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings: settingsFor(inbox.address, { outbound: { kind: 'smtp', smtp } }) } });
  await connect(inbox);
  await dovecot.append(inbox.address, letter('please answer').replace('anna@customer.test', customer));
  const { id: caseId } = await eventually('the case', async () => (await admin.client.cases.list({ query: { inbox: inbox.id } })).items[0]);
  await admin.client.cases.reply({ params: { caseId }, body: { text: 'By consent.', to: [customer] } });
  await eventually('the answer', async () => (await dovecot.read(customer)).some((raw) => raw.includes('By consent.')));
  // Access runs out; the server refuses what is held, and the next answer goes out all the same.
  provider.expireAccess();
  await admin.client.cases.reply({ params: { caseId }, body: { text: 'And again.', to: [customer] } });
  await eventually('the second answer', async () => (await dovecot.read(customer)).some((raw) => raw.includes('And again.')));
  const check = await admin.client.inboxes.check({ body: { inboxId: inbox.id, settings: settingsFor(inbox.address, { outbound: { kind: 'smtp', smtp } }) } });
  assert.equal(check.outbound?.ok, true, check.outbound?.detail);
});
