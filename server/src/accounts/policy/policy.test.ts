import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { SignInPolicy } from '@rapport/contract';
import { openLive } from '../../../testing/live-client.ts';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type Browser, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { codeAt } from '../second-factor/totp.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const clock = setClock();
let house: TestHouse;
let laura: SignedIn;
before(async () => {
  house = await openTestHouse({ clock });
});
after(() => house.close());
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit; delete from sign_in_policy; update role set second_factor_since = null'));
  laura = await house.signedInClient('agent', { name: 'Laura Meyer' });
});

const roleId = async (key: string) => (await (await house.admin()).client.accounts.listRoles()).items.find((role) => role.key === key)?.id ?? '';
const setPolicy = async (policy: Partial<SignInPolicy>) => (await house.admin()).client.signIn.setPolicy({ body: { idleMinutes: 20_160, longestMinutes: 129_600, mostSessions: null, graceDays: 7, secondFactorRoleIds: [], ...policy } });
async function signIn(who: SignedIn, code?: string): Promise<Browser> {
  const browser = house.browser();
  await browser.client.accounts.signIn({ body: { email: who.email, password: who.password, ...(code ? { code } : {}) } });
  return browser;
}

test('a session ends when nothing was asked for long enough, and after its longest life in any case', async () => {
  await setPolicy({ idleMinutes: 30, longestMinutes: 120 });
  const browser = await signIn(laura);
  for (let i = 0; i < 5; i += 1) {
    clock.forward(20 * MINUTE);
    await browser.client.accounts.session();
  }
  clock.forward(21 * MINUTE);
  await refused(browser.client.accounts.session(), 'signed_out');
  const idle = await signIn(laura);
  clock.forward(31 * MINUTE);
  await refused(idle.client.accounts.session(), 'signed_out');
});

test('a shorter life holds for sessions that exist', async () => {
  const browser = await signIn(laura);
  clock.forward(40 * MINUTE);
  await setPolicy({ idleMinutes: 30, longestMinutes: 120 });
  await refused(browser.client.accounts.session(), 'signed_out');
});

test('of more sessions than allowed, the one used least recently ends', async () => {
  await setPolicy({ mostSessions: 2 });
  const first = await signIn(laura);
  clock.forward(2 * MINUTE);
  const second = await signIn(laura);
  clock.forward(2 * MINUTE);
  await first.client.accounts.session();
  clock.forward(2 * MINUTE);
  const third = await signIn(laura);
  await refused(second.client.accounts.session(), 'signed_out');
  await first.client.accounts.session();
  await third.client.accounts.session();
});

test('who needs a second factor is told until when, then does nothing but set it up, and goes on at once', async () => {
  await setPolicy({ secondFactorRoleIds: [await roleId('agent')], graceDays: 7 });
  const since = clock.now().getTime();
  const browser = await signIn(laura);
  const { signIn: told } = await browser.client.accounts.session();
  assert.deepEqual([told?.isHeldUp, Date.parse(told?.secondFactorDueAt ?? '')], [false, since + 7 * DAY]);
  await browser.client.cases.list();
  clock.forward(7 * DAY + MINUTE);
  await refused(browser.client.cases.list(), 'second_factor_required');
  await refused(browser.client.accounts.updateProfile({ body: { name: 'Somebody' } }), 'second_factor_required');
  await assert.rejects(openLive(house.url, { cookie: browser.cookie() }), /HTTP 401/);
  assert.equal((await browser.client.accounts.session()).signIn?.isHeldUp, true);
  await refused(browser.client.accounts.startSecondFactor({ body: { password: laura.password } }), 'proof_needed');
  await browser.client.signIn.prove({ body: { password: laura.password } });
  const { secret } = await browser.client.accounts.startSecondFactor({ body: { password: laura.password } });
  await browser.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, clock.now()) } });
  await browser.client.cases.list();
  assert.deepEqual((await browser.client.accounts.session()).signIn, { method: 'password', secondFactorDueAt: null, isHeldUp: false });
  // And it cannot be switched off again.
  clock.forward(MINUTE);
  await refused(browser.client.accounts.removeSecondFactor({ body: { password: laura.password, code: codeAt(secret, clock.now()) } }), 'second_factor_required');
});

test('a new colleague and one with a new role have the time from that day', async () => {
  await setPolicy({ secondFactorRoleIds: [await roleId('lead')], graceDays: 3 });
  clock.forward(30 * DAY);
  const admin = await house.admin();
  await admin.client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { roleId: await roleId('lead') } });
  const browser = await signIn(laura);
  assert.equal(Date.parse((await browser.client.accounts.session()).signIn?.secondFactorDueAt ?? ''), clock.now().getTime() + 3 * DAY);
});

test('a policy that makes no sense is refused', async () => {
  await refused(setPolicy({ idleMinutes: 600, longestMinutes: 60 }), 'invalid_request');
  await refused(setPolicy({ idleMinutes: 1 }), 'invalid_request');
  await refused(setPolicy({ secondFactorRoleIds: ['0190a1b2-0000-7000-8000-000000000000'] }), 'not_found');
  const other = await house.anotherAccount();
  const theirs = (await (await other.admin()).client.accounts.listRoles()).items[0]?.id ?? '';
  await refused(setPolicy({ secondFactorRoleIds: [theirs] }), 'not_found');
});

test('a directory finds people by its own id, and who leaves is disabled and keeps it', async () => {
  const { client } = await house.admin();
  const { agent } = await client.accounts.inviteAgent({ body: { email: 'new@harbour.test', name: 'Nele', roleId: await roleId('agent'), externalId: 'hr-4711' } });
  const find = async (externalId: string) => (await client.accounts.listAgents({ query: { externalId } })).items;
  assert.deepEqual((await find('hr-4711')).map(({ id }) => id), [agent.id]);
  await refused(client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { externalId: 'hr-4711' } }), 'name_taken');
  await client.accounts.updateAgent({ params: { agentId: agent.id }, body: { isDisabled: true } });
  const [gone] = await find('hr-4711');
  assert.deepEqual([gone?.id, gone?.state], [agent.id, 'disabled']);
  await client.accounts.updateAgent({ params: { agentId: agent.id }, body: { externalId: null } });
  assert.deepEqual(await find('hr-4711'), []);
  const other = await (await house.anotherAccount()).admin();
  assert.deepEqual((await other.client.accounts.listAgents({ query: { externalId: 'hr-4711' } })).items, []);
});
