import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { takeSystemMail } from '../mail/send-system-mail.ts';
import { resetMailJob } from '../password/request-reset.ts';
import { liftSecondFactor } from './lift-second-factor.ts';
import { codeAt } from './totp.ts';

const STEP = 30_000;
const clock = setClock();
let house: TestHouse;
let laura: SignedIn;
before(async () => {
  house = await openTestHouse({ clock, env: { RAPPORT_ROLES: 'web' } });
});
after(() => house.close());
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
  laura = await house.signedInClient('agent', { name: 'Laura Meyer' });
});

const start = (who = laura) => who.client.accounts.startSecondFactor({ body: { password: who.password } });
async function switchOn(who = laura): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await start(who);
  const { recoveryCodes } = await who.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, clock.now()) } });
  clock.forward(STEP);
  return { secret, recoveryCodes };
}
const signIn = (code?: string, password = laura.password) => house.browser().client.accounts.signIn({ body: { email: laura.email, password, ...(code === undefined ? {} : { code }) } });

test('an agent switches the second factor on with an app, and signs in with its codes from then on', async () => {
  const { secret, uri, qrSvg } = await start();
  assert.match(secret, /^[A-Z2-7]{32}$/);
  assert.equal(new URL(uri).searchParams.get('secret'), secret);
  assert.match(qrSvg, /^<svg [^>]*viewBox=/);
  assert.equal((await signIn()).agent.hasSecondFactor, false, 'it counts only once it has been confirmed');

  const { recoveryCodes } = await laura.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, clock.now()) } });
  assert.equal(recoveryCodes.length, 10);
  clock.forward(STEP);
  await refused(signIn(), 'second_factor_needed');
  const code = codeAt(secret, clock.now());
  const session = await signIn(`${code.slice(0, 3)} ${code.slice(3)}`);
  assert.equal(session.agent.hasSecondFactor, true);
});

test('without the right password nobody learns whether there is a second factor, and no code helps', async () => {
  const { secret } = await switchOn();
  await refused(signIn(undefined, 'not her password'), 'wrong_credentials');
  await refused(signIn(codeAt(secret, clock.now()), 'not her password'), 'wrong_credentials');
});

test('a code is good once: neither it nor an earlier one is taken again', async () => {
  const { secret } = await switchOn();
  const earlier = codeAt(secret, clock.now());
  const next = codeAt(secret, new Date(clock.now().getTime() + STEP));
  await signIn(next);
  await refused(signIn(next), 'wrong_code');
  await refused(signIn(earlier), 'wrong_code');
  clock.forward(2 * STEP);
  await signIn(codeAt(secret, clock.now()));
});

test('of two who use one code at the same moment only one gets in', async () => {
  const { secret } = await switchOn();
  const code = codeAt(secret, clock.now());
  const outcomes = await Promise.all([signIn(code), signIn(code), signIn(code)].map((call) => call.then(() => 'in', (error: { code: string }) => error.code)));
  assert.deepEqual(outcomes.sort(), ['in', 'wrong_code', 'wrong_code']);
});

test('the code that switched it on cannot be used to sign in', async () => {
  const { secret } = await start();
  const code = codeAt(secret, clock.now());
  await laura.client.accounts.confirmSecondFactor({ body: { code } });
  await refused(signIn(code), 'wrong_code');
});

test('a clock that is half a minute off still works, a code a minute old does not', async () => {
  const { secret } = await switchOn();
  clock.forward(10 * STEP);
  await refused(signIn(codeAt(secret, new Date(clock.now().getTime() - 2 * STEP))), 'wrong_code');
  await signIn(codeAt(secret, new Date(clock.now().getTime() - STEP)));
  await signIn(codeAt(secret, new Date(clock.now().getTime() + STEP)));
});

test('a recovery code gets somebody in who lost the phone, once each', async () => {
  const { recoveryCodes } = await switchOn();
  const [first = '', second = ''] = recoveryCodes;
  await signIn(first.toUpperCase().replaceAll('-', ''));
  await refused(signIn(first), 'wrong_code');
  await signIn(second);
  const admin = await house.admin();
  const { items } = await admin.client.accounts.listAudit({ query: { limit: 1 } });
  assert.equal(items[0]?.action, 'sign_in.succeeded');
  assert.equal(items[0]?.detail['recoveryCodesLeft'], 8);
});

test('recovery codes and the secret are kept so that a copy of the database does not sign anybody in', async () => {
  const { secret, recoveryCodes } = await switchOn();
  const rows = await house.platform.database.asSystem((tx) => tx.run<{ row: string }>('select l::text as row from login l union all select r::text from recovery_code r union all select a::text from audit_record a'));
  for (const { row } of rows) {
    assert.ok(!row.includes(secret) && !row.includes(Buffer.from(secret).toString('hex')));
    for (const code of recoveryCodes) assert.ok(!row.includes(code) && !row.includes(Buffer.from(code).toString('hex')));
  }
});

test('guessing codes is stopped, and after that even the right one has to wait', async () => {
  const { secret } = await switchOn();
  for (let i = 0; i < 6; i += 1) await refused(signIn('000000'), 'wrong_code');
  await refused(signIn(codeAt(secret, clock.now())), 'too_many_requests');
});

test('guessing codes slowly is stopped by a limit for the day', async () => {
  await switchOn();
  for (let i = 0; i < 30; i += 1) {
    await house.platform.database.asSystem((tx) => tx.run("delete from rate_limit where bucket not like 'codes of the day %'"));
    await refused(signIn('000000'), 'wrong_code');
  }
  await house.platform.database.asSystem((tx) => tx.run("delete from rate_limit where bucket not like 'codes of the day %'"));
  await refused(signIn('000000'), 'too_many_requests');
});

test('setting it up takes the password, and one that is on cannot be replaced from an open screen', async () => {
  await refused(laura.client.accounts.startSecondFactor({ body: { password: 'not her password' } }), 'wrong_credentials');
  await refused(laura.client.accounts.confirmSecondFactor({ body: { code: '123456' } }), 'wrong_code');
  const { secret } = await start();
  await refused(laura.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, new Date(0)) } }), 'wrong_code');
  await laura.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, clock.now()) } });
  await refused(start(), 'not_allowed');
});

test('switching it off takes the password and a code', async () => {
  const { secret, recoveryCodes } = await switchOn();
  const remove = (password: string, code: string) => laura.client.accounts.removeSecondFactor({ body: { password, code } });
  await refused(remove('not her password', codeAt(secret, clock.now())), 'wrong_credentials');
  await refused(remove(laura.password, '000000'), 'wrong_code');
  await remove(laura.password, recoveryCodes[3] ?? '');
  await signIn();
  assert.equal((await laura.client.accounts.session()).agent.hasSecondFactor, false);
});

test('whoever reads somebody’s mail gets no further than the second factor', async () => {
  const { secret } = await switchOn();
  await house.browser().client.accounts.requestReset({ body: { email: laura.email } });
  await resetMailJob.run(house.platform, { email: laura.email, address: '203.0.113.9' });
  const [mail] = await takeSystemMail(house.platform);
  const token = /reset-password\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
  await house.browser().client.accounts.resetPassword({ params: { token }, body: { password: 'stuhl wolke hafen' } });
  await refused(signIn(undefined, 'stuhl wolke hafen'), 'second_factor_needed');
  await signIn(codeAt(secret, clock.now()), 'stuhl wolke hafen');
});

test('colleagues see who has a second factor, and nothing else of it', async () => {
  await switchOn();
  const admin = await house.admin();
  const { items } = await admin.client.accounts.listAgents();
  assert.equal(items.find((agent) => agent.id === laura.agentId)?.hasSecondFactor, true);
  assert.equal(items.find((agent) => agent.id === house.adminId)?.hasSecondFactor, false);
});

test('whoever runs the server can take it off somebody who lost everything, and that is written down', async () => {
  await switchOn();
  await liftSecondFactor(house.platform, house.accountId, laura.email.toUpperCase(), 'command line');
  await signIn();
  const admin = await house.admin();
  const { items } = await admin.client.accounts.listAudit({ query: { limit: 2 } });
  assert.deepEqual([items[1]?.action, items[1]?.actor, items[1]?.target], ['second_factor.lifted', 'command line', laura.email]);
  const elsewhere = await house.anotherAccount();
  await assert.rejects(liftSecondFactor(house.platform, elsewhere.accountId, laura.email, 'command line'), { code: 'not_found' });
});

test('when the key is lost that codes are checked with, people are told so and still come in with a recovery code', async () => {
  const { secret, recoveryCodes } = await switchOn();
  await house.platform.database.asSystem((tx) => tx.run(`update login set totp_secret = decode('01' || repeat('ab', 60), 'hex') where email = $1`, [laura.email]));
  assert.match((await refused(signIn(codeAt(secret, clock.now())), 'wrong_code')).detail ?? '', /Use a recovery code/);
  await signIn(recoveryCodes[0]);
});
