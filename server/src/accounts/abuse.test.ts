// What has been done to the sign-in of others, each test named as the abuse. Those of passkeys and of the company's own sign-in stand beside these.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { openLive } from '../../testing/live-client.ts';
import { refused } from '../../testing/refused.ts';
import { setClock } from '../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { takeSystemMail } from './mail/send-system-mail.ts';
import { handOutResetLink } from './password/hand-out-reset-link.ts';
import { resetMailJob } from './password/request-reset.ts';
import { codeAt } from './second-factor/totp.ts';
import { sessionCookieName } from './sign-in/session-cookie.ts';

const HALF_MINUTE = 30_000;
const clock = setClock();
let house: TestHouse;
let laura: SignedIn;
before(async () => {
  house = await openTestHouse({ clock });
});
after(() => house.close());
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
  laura = await house.signedInClient('agent', { name: 'Laura Meyer' });
});

const signIn = (who: { email: string; password: string }, code?: string, browser = house.browser()) => browser.client.accounts.signIn({ body: { email: who.email, password: who.password, ...(code ? { code } : {}) } });
const roleId = async (key: string) => (await (await house.admin()).client.accounts.listRoles()).items.find((role) => role.key === key)?.id ?? '';
async function withApp(who: SignedIn): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await who.client.accounts.startSecondFactor({ body: { password: who.password } });
  const { recoveryCodes } = await who.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, clock.now()) } });
  clock.forward(HALF_MINUTE);
  return { secret, recoveryCodes };
}

test('abuse: session fixation', async () => {
  const mallory = await house.signedInClient('agent');
  const victim = house.browser();
  const name = sessionCookieName(house.platform.config);
  victim.setCookie(name, mallory.cookie().slice(name.length + 1));
  await signIn(laura, undefined, victim);
  assert.notEqual(victim.cookie(), mallory.cookie());
  // The planted session ended and became nobody's.
  await refused(mallory.client.accounts.session(), 'signed_out');
});

test('abuse: API key privilege escalation', async () => {
  const admin = await house.admin();
  const { key } = await admin.client.accounts.createApiKey({ body: { name: 'Program' } });
  const browser = house.browser();
  const asKey = (path: string, init: { method: string; body?: unknown }) => browser.fetch(`/api/v1${path}`, { method: init.method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }) });
  for (const [method, path, body] of [
    ['POST', '/api-keys', { name: 'Another' }], ['POST', '/passkeys/start', undefined], ['POST', '/proof', { password: admin.password }], ['PUT', '/password', { current: admin.password, next: 'a new long password' }],
    ['POST', '/second-factor/start', { password: admin.password }], ['GET', '/places', undefined], ['POST', `/places/${house.accountId}/enter`, undefined], ['POST', '/sign-in/company/link', undefined], ['DELETE', '/sign-in/company/link', undefined],
  ] as const) assert.equal((await asKey(path, { method, body })).status, 403, `${method} ${path}`);
  const supervisor = await house.signedInClient('supervisor');
  await refused(supervisor.client.accounts.createApiKey({ body: { name: 'As the admin', agentId: house.adminId } }), 'not_allowed');
});

test('abuse: TOTP replay', async () => {
  const { secret } = await withApp(laura);
  const code = codeAt(secret, clock.now());
  await signIn(laura, code);
  await refused(signIn(laura, code), 'wrong_code');
  clock.forward(HALF_MINUTE);
  // Nor is it good for a proof, or to switch the second factor off.
  const next = codeAt(secret, clock.now());
  await laura.client.signIn.prove({ body: { password: laura.password, code: next } });
  await refused(laura.client.signIn.prove({ body: { password: laura.password, code: next } }), 'wrong_code');
  await refused(laura.client.accounts.removeSecondFactor({ body: { password: laura.password, code: next } }), 'wrong_code');
});

test('abuse: TOTP brute force, by the sign-in and by the proof together', async () => {
  const { secret } = await withApp(laura);
  const right = codeAt(secret, clock.now());
  const wrong = right === '000000' ? '000001' : '000000';
  for (let i = 0; i < 3; i += 1) await refused(signIn(laura, wrong), 'wrong_code');
  for (let i = 0; i < 3; i += 1) await refused(laura.client.signIn.prove({ body: { password: laura.password, code: wrong } }), 'wrong_code');
  await refused(signIn(laura, right), 'too_many_requests');
  await refused(laura.client.signIn.prove({ body: { password: laura.password, code: right } }), 'too_many_requests');
});

test('abuse: reset token reuse, and a reset token taken for another kind', async () => {
  const { url } = await house.asSystem((ctx) => handOutResetLink(ctx, laura.email));
  const token = url.split('/').at(-1) ?? '';
  const { client } = house.browser();
  await refused(client.accounts.getInvitation({ params: { token } }), 'link_expired');
  await client.accounts.resetPassword({ params: { token }, body: { password: 'seven slow snails sing' } });
  await refused(client.accounts.resetPassword({ params: { token }, body: { password: 'mallory was here too' } }), 'link_expired');
  await refused(laura.client.accounts.session(), 'signed_out');
});

test('abuse: reset poisoning by Host header', async () => {
  // By hand: `fetch` names the host it calls, whatever it is told.
  const headers = { 'content-type': 'application/json', host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test', origin: 'http://evil.test' };
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${house.url}/api/v1/password-reset`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end(JSON.stringify({ email: laura.email }));
  });
  assert.equal(status, 204);
  // The mail that this very request has brought about, made of nothing but what it left behind.
  const [job] = await house.platform.database.asSystem((tx) => tx.run<{ data: { email: string; address: string } }>(`select data from pgboss.job where name = $1 and data ->> 'email' = $2`, [resetMailJob.name, laura.email]));
  assert.ok(job, 'the request queued a mail');
  await resetMailJob.run(house.platform, job.data);
  const [mail] = await takeSystemMail(house.platform);
  assert.match(mail?.text ?? '', /https?:\/\/localhost[:/]\S*reset-password/);
  assert.ok(!JSON.stringify([mail, job]).includes('evil.test'));
});

test('abuse: recovery code reuse', async () => {
  const { recoveryCodes } = await withApp(laura);
  await signIn(laura, recoveryCodes[0]);
  await refused(signIn(laura, recoveryCodes[0]), 'wrong_code');
  await refused(laura.client.signIn.prove({ body: { password: laura.password, code: recoveryCodes[0] ?? '' } }), 'wrong_code');
});

test('abuse: account enumeration by the answer', async () => {
  const words = (problem: object) => JSON.stringify({ ...problem, requestId: '' });
  const unknown = { email: 'nobody@harbour.test', password: 'not the password' };
  assert.equal(words(await refused(signIn({ ...laura, password: 'not the password' }), 'wrong_credentials')), words(await refused(signIn(unknown), 'wrong_credentials')));
  const ways = (email: string) => house.browser().client.signIn.ways({ body: { email } });
  assert.deepEqual(await ways(laura.email), await ways('nobody@rapport.test'));
});

test('abuse: cross-account session use', async () => {
  const other = await house.anotherAccount();
  const boss = await other.admin();
  // A token names its account; with another name in front it is nobody's.
  const name = sessionCookieName(house.platform.config);
  const [mine = '', theirs = ''] = [laura.cookie(), boss.cookie()].map((cookie) => cookie.slice(name.length + 1));
  const mixed = house.browser();
  mixed.setCookie(name, `${theirs.slice(0, 26)}${mine.slice(26)}`);
  await refused(mixed.client.accounts.session(), 'signed_out');
  await refused(laura.client.signIn.switchPlace({ params: { accountId: other.accountId } }), 'not_found');
  // Who works for both is in one at a time.
  const { invitationUrl } = await boss.client.accounts.inviteAgent({ body: { email: laura.email, name: 'Laura', roleId: (await boss.client.accounts.listRoles()).items.find((role) => role.key === 'agent')?.id ?? '' } });
  await house.browser().client.accounts.acceptInvitation({ params: { token: invitationUrl.split('/').at(-1) ?? '' }, body: { name: 'Laura', password: laura.password } });
  const [before, socket] = [laura.cookie(), await openLive(house.url, { cookie: laura.cookie() })];
  assert.equal((await laura.client.signIn.switchPlace({ params: { accountId: other.accountId } })).account.id, other.accountId);
  assert.equal((await socket.closed).code, 4001);
  const old = house.browser();
  old.setCookie(name, (before.split('; ').find((pair) => pair.startsWith(name)) ?? '').slice(name.length + 1));
  await refused(old.client.accounts.session(), 'signed_out');
  assert.deepEqual((await laura.client.accounts.listAgents()).items.map(({ email }) => email).sort(), [boss.email, laura.email].sort());
});

test('abuse: a session made immortal by going to and fro between companies', async () => {
  const other = await house.anotherAccount();
  const boss = await other.admin();
  const { invitationUrl } = await boss.client.accounts.inviteAgent({ body: { email: laura.email, name: 'Laura', roleId: (await boss.client.accounts.listRoles()).items[0]?.id ?? '' } });
  await house.browser().client.accounts.acceptInvitation({ params: { token: invitationUrl.split('/').at(-1) ?? '' }, body: { name: 'Laura', password: laura.password } });
  for (let day = 0; day < 88; day += 1) {
    clock.forward(86_400_000);
    await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
    await laura.client.signIn.switchPlace({ params: { accountId: day % 2 === 0 ? other.accountId : house.accountId } });
  }
  clock.forward(3 * 86_400_000);
  await refused(laura.client.accounts.session(), 'signed_out');
});

test('abuse: a deactivated agent’s sockets, sessions and keys', async () => {
  const admin = await house.admin();
  const { key } = await admin.client.accounts.createApiKey({ body: { name: 'Hers', agentId: laura.agentId } });
  const socket = await openLive(house.url, { cookie: laura.cookie() });
  await admin.client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { isDisabled: true } });
  assert.equal((await socket.closed).code, 4001);
  await refused(laura.client.accounts.session(), 'signed_out');
  assert.equal((await house.browser().fetch('/api/v1/session', { headers: { authorization: `Bearer ${key}` } })).status, 401);
  await refused(signIn(laura), 'wrong_credentials');
});

test('abuse: rights kept after a role was taken away', async () => {
  const admin = await house.admin();
  const lead = await house.signedInClient('admin', { name: 'Lea Lead' });
  const { key } = await lead.client.accounts.createApiKey({ body: { name: 'Kept' } });
  await lead.client.accounts.listAudit();
  await admin.client.accounts.updateAgent({ params: { agentId: lead.agentId }, body: { roleId: await roleId('agent') } });
  await refused(lead.client.accounts.listAudit(), 'not_allowed');
  assert.equal((await house.browser().fetch('/api/v1/audit', { headers: { authorization: `Bearer ${key}` } })).status, 403);
});
