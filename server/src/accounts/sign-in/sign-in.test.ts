import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { sessionCookieName } from './session-cookie.ts';

const DAY = 86_400_000;
const clock = setClock();
let house: TestHouse;
let laura: SignedIn;
before(async () => {
  house = await openTestHouse({ clock });
});
after(() => house.close());
beforeEach(async () => {
  // The limits are of their own test; the others shall not run into them.
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
  laura = await house.signedInClient('agent', { name: 'Laura Meyer', teamIds: [house.teamId] });
});

const signIn = (browser = house.browser(), body: { email?: string; password?: string } = {}) => browser.client.accounts.signIn({ body: { email: laura.email, password: laura.password, ...body } });

test('an agent signs in with e-mail and password, in any case, and stays signed in', async () => {
  const browser = house.browser();
  const session = await signIn(browser, { email: laura.email.toUpperCase() });
  assert.equal(session.agent.id, laura.agentId);
  assert.equal(session.agent.name, 'Laura Meyer');
  assert.deepEqual(session.agent.teamIds, [house.teamId]);
  assert.equal(session.caseScope, 'team');
  assert.ok(session.permissions.includes('case.reply') && !session.permissions.includes('agent.manage'));
  assert.deepEqual(await browser.client.accounts.session(), session);
});

test('the cookie is out of reach for scripts and other sites', async () => {
  const response = await house.browser().fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: laura.email, password: laura.password }) });
  const [cookie = ''] = response.headers.getSetCookie();
  assert.match(cookie, /^rapport_session=rs_[0-9A-Za-z_]+; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.equal(response.headers.get('cache-control'), 'no-store');
});

test('nothing in the database lets anybody sign in: only the hash of the token is kept', async () => {
  const browser = house.browser();
  await signIn(browser);
  const secret = /rs_[0-9A-Za-z]+_([0-9A-Za-z]+)/.exec(browser.cookie())?.[1] ?? '';
  assert.equal(secret.length, 43);
  const rows = await house.platform.database.asSystem((tx) => tx.run<{ row: string }>('select session::text as row from session'));
  assert.ok(rows.length > 0);
  for (const { row } of rows) assert.ok(!row.includes(secret));
  const [login] = await house.platform.database.asSystem((tx) => tx.run<{ password_hash: string }>('select password_hash from login where email = $1', [laura.email]));
  assert.match(login?.password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a wrong password, an unknown address and a disabled agent are refused in the same words', async () => {
  const wrong = await refused(signIn(undefined, { password: 'not her password' }), 'wrong_credentials');
  const unknown = await refused(signIn(undefined, { email: 'nobody@rapport.test' }), 'wrong_credentials');
  const admin = await house.admin();
  await admin.client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { isDisabled: true } });
  const disabled = await refused(signIn(), 'wrong_credentials');
  const words = (problem: typeof wrong) => ({ ...problem, requestId: '' });
  assert.deepEqual(words(unknown), words(wrong));
  assert.deepEqual(words(disabled), words(wrong));
});

test('a request that is not complete says what is wrong', async () => {
  const problem = await refused(signIn(undefined, { email: 'no address' }), 'invalid_request');
  assert.equal(problem.errors?.[0]?.path, 'body.email');
});

test('signing in never takes over a session the browser was given beforehand', async () => {
  const mallory = await house.signedInClient('agent');
  // The attacker plants their own session, then a made-up token, in the victim's browser.
  for (const cookie of [mallory.cookie(), `${sessionCookieName(house.platform.config)}=rs_${'0'.repeat(22)}_${'a'.repeat(43)}`]) {
    const victim = house.browser();
    const [name = '', value = ''] = cookie.split('=');
    victim.setCookie(name, value);
    await signIn(victim);
    assert.notEqual(victim.cookie(), cookie);
    assert.equal((await victim.client.accounts.session()).agent.id, laura.agentId);
    const withPlanted = house.browser();
    withPlanted.setCookie(name, value);
    await refused(withPlanted.client.accounts.session(), 'signed_out');
  }
});

test('guessing one person’s password is stopped, wherever the guesses come from, whether the person exists or not', async () => {
  // As if each guess came from another network address.
  const forgetAddress = () => house.platform.database.asSystem((tx) => tx.run("delete from rate_limit where bucket like 'POST /session %'"));
  const guesses = await Promise.all(Array.from({ length: 10 }, (_, i) => signIn(undefined, { password: `guess number ${i}` }).then(() => 'in', (error: { code: string }) => error.code)));
  assert.deepEqual(new Set(guesses), new Set(['wrong_credentials']));
  await forgetAddress();
  const problem = await refused(signIn(undefined, { password: 'guess number 11' }), 'too_many_requests');
  assert.ok(Number(problem.extra?.['retryAfterSeconds']) > 0);
  await refused(signIn(), 'too_many_requests');
  await forgetAddress();
  for (let i = 0; i < 10; i += 1) await refused(signIn(undefined, { email: 'nobody@rapport.test', password: `guess number ${i}` }), 'wrong_credentials');
  await forgetAddress();
  await refused(signIn(undefined, { email: 'nobody@rapport.test' }), 'too_many_requests');
});

test('somebody who guesses a password elsewhere keeps nobody out of a browser they have signed in with, and may not guess more with it', async () => {
  const own = house.browser();
  await signIn(own);
  await own.client.accounts.signOut();
  const forgetAddress = () => house.platform.database.asSystem((tx) => tx.run("delete from rate_limit where bucket like 'POST /session %'"));
  for (let i = 0; i < 10; i += 1) await refused(signIn(undefined, { password: `guess number ${i}` }), 'wrong_credentials');
  await forgetAddress();
  await refused(signIn(), 'too_many_requests');
  await signIn(own);
  await own.client.accounts.signOut();

  // What one browser may try is bounded as well, and its mark is worth nothing for another person.
  for (let i = 0; i < 10; i += 1) await refused(signIn(own, { password: `guess number ${i}` }), 'wrong_credentials');
  await forgetAddress();
  await refused(signIn(own), 'too_many_requests');
  for (let i = 0; i < 10; i += 1) await refused(signIn(undefined, { email: 'somebody@rapport.test', password: `guess number ${i}` }), 'wrong_credentials');
  await forgetAddress();
  await refused(signIn(own, { email: 'somebody@rapport.test' }), 'too_many_requests');
});

test('guessing many people’s passwords from one place is stopped, and says when to come back', async () => {
  for (let i = 0; i < 20; i += 1) await refused(signIn(undefined, { email: `person-${i}@rapport.test` }), 'wrong_credentials');
  const response = await house.browser().fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: laura.email, password: laura.password }) });
  assert.equal(response.status, 429);
  assert.ok(Number(response.headers.get('retry-after')) > 0);
});

test('mistyping a few times costs nothing once the password is right', async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 8; i += 1) await refused(signIn(undefined, { password: 'mistyped again' }), 'wrong_credentials');
    await signIn();
    await house.platform.database.asSystem((tx) => tx.run("delete from rate_limit where bucket like 'POST /session %'"));
  }
});

test('the table of limits keeps no addresses of people in the clear', async () => {
  await signIn().catch(() => {});
  await refused(signIn(undefined, { password: 'not her password' }), 'wrong_credentials');
  const rows = await house.platform.database.asSystem((tx) => tx.run<{ bucket: string }>('select bucket from rate_limit'));
  assert.ok(rows.length > 0);
  assert.ok(rows.every(({ bucket }) => !bucket.includes('rapport.test')));
});

test('a session ends after two weeks without use, and goes on as long as it is used, but for ninety days at most', async () => {
  const idle = house.browser();
  await signIn(idle);
  clock.forward(14 * DAY + 1000);
  await refused(idle.client.accounts.session(), 'signed_out');

  const used = house.browser();
  await signIn(used);
  for (let day = 0; day < 84; day += 12) {
    clock.forward(12 * DAY);
    await used.client.accounts.session();
  }
  clock.forward(7 * DAY);
  await refused(used.client.accounts.session(), 'signed_out');
});

test('when somebody was last there is written down once a minute, not with every request', async () => {
  const lastSeen = async () => {
    const { items } = await laura.client.accounts.listSessions();
    return items[0]?.lastSeenAt;
  };
  const first = await lastSeen();
  clock.forward(59_000);
  assert.equal(await lastSeen(), first);
  clock.forward(1_000);
  assert.equal(await lastSeen(), clock.now().toISOString());
});

test('people see where they are signed in and can end each of these sessions, but nobody else’s', async () => {
  const phone = house.browser();
  await phone.fetch('/api/v1/session', {
    method: 'POST', body: JSON.stringify({ email: laura.email, password: laura.password }),
    headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36' },
  });
  const { items } = await laura.client.accounts.listSessions();
  assert.equal(items.length, 2);
  assert.equal(items.filter((item) => item.isCurrent).length, 1);
  const other = items.find((item) => !item.isCurrent);
  assert.equal(other?.client, 'Chrome on Android');
  assert.equal(other.address, '127.0.0.1');

  const colleague = await house.signedInClient('admin');
  await refused(colleague.client.accounts.revokeSession({ params: { sessionId: other.id } }), 'not_found');
  await phone.client.accounts.session();
  await laura.client.accounts.revokeSession({ params: { sessionId: other.id } });
  await refused(phone.client.accounts.session(), 'signed_out');
  await laura.client.accounts.session();
});

test('signing out ends the session for good, also for somebody who kept the cookie', async () => {
  const kept = laura.cookie();
  await laura.client.accounts.signOut();
  assert.equal(laura.cookie(), '');
  const thief = house.browser();
  thief.setCookie(kept.split('=')[0] ?? '', kept.split('=')[1] ?? '');
  await refused(thief.client.accounts.session(), 'signed_out');
});

test('somebody who serves two companies comes to the one they were last in, and a disabled place is left out', async () => {
  const other = await house.anotherAccount();
  await house.platform.database.asSystem((tx) =>
    tx.run(
      `insert into agent (account_id, id, login_id, email, name, role_id, created_at)
       select $1, gen_random_uuid(), l.id, l.email, 'Laura elsewhere', (select id from role where account_id = $1 and key = 'lead'), now() from login l where l.email = $2`,
      [other.accountId, laura.email],
    ),
  );
  const session = await signIn();
  assert.equal(session.account.id, house.accountId, 'here she has a session already');
  const admin = await house.admin();
  await admin.client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { isDisabled: true } });
  assert.equal((await signIn()).account.id, other.accountId);
});

test('damaged, foreign and forged cookies are nobody, and no error', async () => {
  const name = sessionCookieName(house.platform.config);
  const token = laura.cookie().slice(name.length + 1);
  const forged = [token.slice(0, -1), `${token}x`, token.replace('rs_', 'rk_'), token.replace(/_[^_]{22}_/, `_${'0'.repeat(22)}_`), 'rs_', '%00', "' or 1=1 --", 'x'.repeat(3000)];
  for (const value of forged) {
    const browser = house.browser();
    browser.setCookie(name, value);
    await refused(browser.client.accounts.session(), 'signed_out');
  }
});
