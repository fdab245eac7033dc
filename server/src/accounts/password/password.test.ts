import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { hashToken } from '../../platform/secrets.ts';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { takeSystemMail, type SystemMail } from '../mail/send-system-mail.ts';
import { resetMailJob } from './request-reset.ts';

const PUBLIC = 'https://desk.example.com';
const NEXT = 'stuhl wolke hafen';
const clock = setClock();
let house: TestHouse;
let laura: SignedIn;
before(async () => {
  // Without the jobs role: the tests run the job themselves, so that they know when it has run.
  house = await openTestHouse({ clock, env: { RAPPORT_URL: PUBLIC, RAPPORT_ROLES: 'web' } });
});
after(() => house.close());
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
  await takeSystemMail(house.platform, 100);
  laura = await house.signedInClient('agent', { name: 'Laura Meyer' });
});

const signIn = (password: string, browser = house.browser()) => browser.client.accounts.signIn({ body: { email: laura.email, password } }).then(() => browser);
const ask = async (email: string) => {
  await house.browser().client.accounts.requestReset({ body: { email } });
  await resetMailJob.run(house.platform, { email, address: '203.0.113.9' });
};
const linkIn = (mail: SystemMail | undefined) => /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
const tokenIn = (mail: SystemMail | undefined) => linkIn(mail).split('/').at(-1) ?? '';
const reset = (token: string, password = NEXT) => house.browser().client.accounts.resetPassword({ params: { token }, body: { password } });

test('changing the password ends every other session and keeps this one', async () => {
  const elsewhere = await signIn(laura.password);
  await laura.client.accounts.changePassword({ body: { current: laura.password, next: NEXT } });
  await laura.client.accounts.session();
  await refused(elsewhere.client.accounts.session(), 'signed_out');
  await refused(signIn(laura.password), 'wrong_credentials');
  await signIn(NEXT);
});

test('the present password is needed to change it, and guessing it on an open screen is stopped', async () => {
  for (let i = 0; i < 10; i += 1) await refused(laura.client.accounts.changePassword({ body: { current: `guess number ${i}`, next: NEXT } }), 'wrong_credentials');
  await refused(laura.client.accounts.changePassword({ body: { current: laura.password, next: NEXT } }), 'too_many_requests');
});

test('a weak, a short and the same password are refused', async () => {
  const change = (next: string) => laura.client.accounts.changePassword({ body: { current: laura.password, next } });
  await refused(change('Password123!'), 'weak_password');
  await refused(change('LauraMeyer1'), 'weak_password');
  await refused(change('testcompany1'), 'weak_password');
  await refused(change(laura.password), 'weak_password');
  await refused(change('short'), 'invalid_request');
  await signIn(laura.password);
});

test('a password typed with a decomposed umlaut is the same password', async () => {
  await laura.client.accounts.changePassword({ body: { current: laura.password, next: 'Kühlschrankmagnet'.normalize('NFC') } });
  await signIn('Kühlschrankmagnet'.normalize('NFD'));
});

test('an API key can change no password', async () => {
  const admin = await house.admin();
  const { key } = await admin.client.accounts.createApiKey({ body: { name: 'Import' } });
  const response = await fetch(`${house.url}/api/v1/password`, { method: 'PUT', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ current: admin.password, next: NEXT }) });
  assert.equal(response.status, 403);
});

test('a forgotten password is replaced by a mailed link, which works once and ends every session', async () => {
  const elsewhere = await signIn(laura.password);
  await ask(laura.email);
  const mails = await takeSystemMail(house.platform);
  assert.equal(mails.length, 1);
  assert.equal(mails[0]?.to, laura.email);
  assert.equal(mails[0]?.subject, 'A new password for Rapport');
  assert.match(mails[0]?.text ?? '', /^Hello Laura Meyer,/);
  const token = tokenIn(mails[0]);
  await refused(reset(token, 'Password123!'), 'weak_password');
  await reset(token);
  await refused(laura.client.accounts.session(), 'signed_out');
  await refused(elsewhere.client.accounts.session(), 'signed_out');
  await refused(signIn(laura.password), 'wrong_credentials');
  await signIn(NEXT);
  await refused(reset(token, 'another good sentence'), 'link_expired');
});

test('of two who use one link at the same moment only one sets the password', async () => {
  await ask(laura.email);
  const token = tokenIn((await takeSystemMail(house.platform))[0]);
  const outcomes = await Promise.all(['wolke hafen stuhl', 'hafen stuhl wolke'].map((password) => reset(token, password).then(() => 'set', (error: { code: string }) => error.code)));
  assert.deepEqual(outcomes.sort(), ['link_expired', 'set']);
});

test('a link is good for an hour, and a newer one makes it worthless', async () => {
  await ask(laura.email);
  const first = tokenIn((await takeSystemMail(house.platform))[0]);
  await ask(laura.email);
  const second = tokenIn((await takeSystemMail(house.platform))[0]);
  assert.notEqual(second, first);
  await refused(reset(first), 'link_expired');
  clock.forward(3_600_000);
  await refused(reset(second), 'link_expired');
});

test('changing the password by hand makes links on their way worthless', async () => {
  await ask(laura.email);
  const token = tokenIn((await takeSystemMail(house.platform))[0]);
  await laura.client.accounts.changePassword({ body: { current: laura.password, next: NEXT } });
  await refused(reset(token, 'another good sentence'), 'link_expired');
});

test('the link leads to the configured address, whatever Host the request names', async () => {
  const response = await fetch(`${house.url}/api/v1/password-reset`, {
    method: 'POST', body: JSON.stringify({ email: laura.email }),
    headers: { 'content-type': 'application/json', host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'http' },
  });
  assert.equal(response.status, 204);
  await resetMailJob.run(house.platform, { email: laura.email, address: '203.0.113.9' });
  const [mail] = await takeSystemMail(house.platform);
  assert.ok(linkIn(mail).startsWith(`${PUBLIC}/reset-password/rr_`), linkIn(mail));
  assert.ok(!mail?.text.includes('evil.example'));
});

test('asking for an unknown address answers the same and mails nobody', async () => {
  const known = await house.browser().fetch('/api/v1/password-reset', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: laura.email }) });
  const unknown = await house.browser().fetch('/api/v1/password-reset', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'nobody@rapport.test' }) });
  assert.equal(known.status, 204);
  assert.equal(unknown.status, 204);
  assert.equal(await known.text(), await unknown.text());
  // Until here both did the same: one job each, no mail yet.
  assert.deepEqual(await takeSystemMail(house.platform), []);
  await resetMailJob.run(house.platform, { email: 'nobody@rapport.test', address: '203.0.113.9' });
  assert.deepEqual(await takeSystemMail(house.platform), []);
});

test('nobody’s mailbox is filled by asking again and again', async () => {
  const jobs = () => house.platform.database.asSystem((tx) => tx.run<{ count: number }>("select count(*) as count from pgboss.job where name = 'accounts.reset-mail' and data->>'email' = $1", [laura.email]));
  for (let i = 0; i < 5; i += 1) await house.browser().client.accounts.requestReset({ body: { email: laura.email } });
  assert.equal((await jobs())[0]?.count, 3);
  await refused(house.browser().client.accounts.requestReset({ body: { email: laura.email } }), 'too_many_requests');
});

test('disabled agents are mailed no link, and one sent before is worthless', async () => {
  await ask(laura.email);
  const token = tokenIn((await takeSystemMail(house.platform))[0]);
  const admin = await house.admin();
  await admin.client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { isDisabled: true } });
  await refused(reset(token), 'link_expired');
  await ask(laura.email);
  assert.deepEqual(await takeSystemMail(house.platform), []);
});

test('a reset lifts the limit that guessing by others has put on the address', async () => {
  for (let i = 0; i < 10; i += 1) await refused(signIn(`guess number ${i}`), 'wrong_credentials');
  await refused(signIn(laura.password), 'too_many_requests');
  await ask(laura.email);
  await reset(tokenIn((await takeSystemMail(house.platform))[0]));
  await signIn(NEXT);
});

test('only the hash of a link is kept, and the waiting mail is sealed', async () => {
  await ask(laura.email);
  const stored = await house.platform.database.asSystem((tx) => tx.run<{ row: string }>('select m::text as row from system_mail m union all select l::text from mailed_link l union all select e::text from event e union all select a::text from audit_record a'));
  const token = tokenIn((await takeSystemMail(house.platform))[0]);
  const secret = token.split('_').at(-1) ?? '';
  assert.equal(secret.length, 43);
  for (const { row } of stored) assert.ok(!row.includes(secret) && !row.includes(Buffer.from(secret).toString('hex')));
  assert.ok(stored.some(({ row }) => row.includes(hashToken(`reset:${secret}`).toString('hex'))));
});
