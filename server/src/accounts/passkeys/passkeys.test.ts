import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createAuthenticator, type Twist } from '../../../testing/authenticator.ts';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type Browser, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { liftSecondFactor } from '../second-factor/lift-second-factor.ts';

const MINUTE = 60_000;
const ORIGIN = 'https://desk.example';
const clock = setClock();
let house: TestHouse;
let laura: SignedIn;
before(async () => {
  house = await openTestHouse({ clock, env: { RAPPORT_URL: ORIGIN } });
});
after(() => house.close());
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit; delete from sign_in_policy; update role set second_factor_since = null'));
  laura = await house.signedInClient('agent', { name: 'Laura Meyer' });
});

type Authenticator = ReturnType<typeof createAuthenticator>;
async function add(who: SignedIn | Browser, key = createAuthenticator(ORIGIN), twist: Twist = {}): Promise<Authenticator> {
  const ceremony = await who.client.signIn.startPasskey();
  await who.client.signIn.addPasskey({ body: { ...key.make(ceremony, twist), name: 'Laptop' } });
  return key;
}
async function enter(key: Authenticator, twist: Twist = {}, browser = house.browser()) {
  const ceremony = await browser.client.signIn.startPasskeySignIn();
  return browser.client.signIn.passkeySignIn({ body: key.answer(ceremony, twist) });
}
const roleId = async (key: string) => (await (await house.admin()).client.accounts.listRoles()).items.find((role) => role.key === key)?.id ?? '';

test('a passkey is added, named, listed, used and removed', async () => {
  const key = await add(laura);
  const [item] = (await laura.client.signIn.listPasskeys()).items;
  assert.deepEqual([item?.name, item?.lastUsedAt], ['Laptop', null]);
  await laura.client.signIn.renamePasskey({ params: { passkeyId: item?.id ?? '' }, body: { name: 'Key on my ring' } });
  const session = await enter(key);
  assert.deepEqual([session.agent.id, session.signIn?.method, session.agent.hasSecondFactor], [laura.agentId, 'passkey', true]);
  const [used] = (await laura.client.signIn.listPasskeys()).items;
  assert.deepEqual([used?.name, typeof used?.lastUsedAt], ['Key on my ring', 'string']);
  await laura.client.signIn.removePasskey({ params: { passkeyId: item?.id ?? '' } });
  await refused(enter(key), 'passkey_refused');
  assert.deepEqual((await laura.client.signIn.listPasskeys()).items, []);
});

test('a passkey counts as two factors where the role needs a second one, a password alone does not', async () => {
  const key = await add(laura);
  const admin = await house.admin();
  await admin.client.signIn.setPolicy({ body: { idleMinutes: 60, longestMinutes: 600, mostSessions: null, graceDays: 7, secondFactorRoleIds: [await roleId('agent')] } });
  assert.equal((await enter(key)).signIn?.secondFactorDueAt, null);
  // Who has a second factor gets no time to do without it: whoever has only the password stays outside.
  const thief = house.browser();
  const session = await thief.client.accounts.signIn({ body: { email: laura.email, password: laura.password } });
  assert.equal(session.signIn?.isHeldUp, true);
  await refused(thief.client.cases.list(), 'second_factor_required');
  await refused(thief.client.accounts.startSecondFactor({ body: { password: laura.password } }), 'proof_needed');
  await refused(thief.client.signIn.startPasskey(), 'proof_needed');
  await refused(thief.client.accounts.changePassword({ body: { current: laura.password, next: 'taken over by a thief' } }), 'second_factor_required');
  // Laura herself goes on by her passkey.
  await thief.client.signIn.provePasskey({ body: key.answer(await thief.client.signIn.startPasskeyProof()) });
  await thief.client.cases.list();
});

test('abuse: a passkey of another origin', async () => {
  const key = await add(laura);
  for (const origin of ['https://evil.test', 'https://desk.example.evil.test', 'https://sub.desk.example', 'http://desk.example', 'https://desk.example:444']) await refused(enter(key, { origin }), 'passkey_refused');
  await refused(add(laura, createAuthenticator('https://evil.test')), 'passkey_refused');
  await enter(key);
});

test('abuse: a passkey of another relying party', async () => {
  const key = await add(laura);
  await refused(enter(key, { rpId: 'evil.test' }), 'passkey_refused');
  await refused(add(laura, createAuthenticator(ORIGIN), { rpId: 'example' }), 'passkey_refused');
});

test('abuse: a passkey of another account', async () => {
  const mallory = await house.signedInClient('agent');
  const [hers, theirs] = [await add(laura), await add(mallory)];
  // Signed with Mallory's key, said to be Laura's.
  await refused(enter(theirs, { credentialId: hers.credentialId }), 'passkey_refused');
  const [row] = await house.platform.database.asSystem((tx) => tx.run<{ login_id: string }>('select login_id from agent where id = $1', [laura.agentId]));
  await refused(enter(theirs, { userHandle: Buffer.from(row?.login_id ?? '').toString('base64url') }), 'passkey_refused');
  // A colleague's passkey proves the colleague, and nothing about Laura.
  await refused(laura.client.signIn.provePasskey({ body: theirs.answer(await laura.client.signIn.startPasskeyProof()) }), 'passkey_refused');
  // One device's key cannot be put on a second person.
  const [item] = (await laura.client.signIn.listPasskeys()).items;
  await refused(mallory.client.signIn.renamePasskey({ params: { passkeyId: item?.id ?? '' }, body: { name: 'Mine' } }), 'not_found');
  await refused(mallory.client.signIn.removePasskey({ params: { passkeyId: item?.id ?? '' } }), 'not_found');
  await refused(add(mallory, hers), 'passkey_refused');
});

test('abuse: counter rollback (a copied authenticator)', async () => {
  const key = await add(laura);
  await enter(key, { counter: 10 });
  await refused(enter(key, { counter: 10 }), 'passkey_refused');
  await refused(enter(key, { counter: 4 }), 'passkey_refused');
  await refused(enter(key, { counter: 0 }), 'passkey_refused');
  await enter(key, { counter: 11 });
});

test('an authenticator that does not count is taken as it is', async () => {
  const key = await add(laura, createAuthenticator(ORIGIN), { counter: 0 });
  await enter(key, { counter: 0 });
  await enter(key, { counter: 0 });
});

test('abuse: a person who was not verified', async () => {
  const key = await add(laura);
  await refused(enter(key, { isVerified: false }), 'passkey_refused');
  await refused(add(laura, createAuthenticator(ORIGIN), { isVerified: false }), 'passkey_refused');
});

test('abuse: replay of an answer, of an old one, or of one that was given for something else', async () => {
  const key = await add(laura);
  const browser = house.browser();
  const ceremony = await browser.client.signIn.startPasskeySignIn();
  const body = key.answer(ceremony);
  await browser.client.signIn.passkeySignIn({ body });
  await refused(house.browser().client.signIn.passkeySignIn({ body }), 'passkey_refused');
  const late = await browser.client.signIn.startPasskeySignIn();
  clock.forward(6 * MINUTE);
  await refused(browser.client.signIn.passkeySignIn({ body: key.answer(late) }), 'passkey_refused');
  const proof = await laura.client.signIn.startPasskeyProof();
  await refused(browser.client.signIn.passkeySignIn({ body: key.answer(proof) }), 'passkey_refused');
  const other = await browser.client.signIn.startPasskeySignIn();
  await refused(browser.client.signIn.passkeySignIn({ body: key.answer(other, { challenge: 'AAAA' }) }), 'passkey_refused');
});

test('abuse: finding out who has a passkey', async () => {
  const key = await add(laura);
  const { options } = await house.browser().client.signIn.startPasskeySignIn();
  assert.deepEqual((options as { allowCredentials?: unknown[] }).allowCredentials ?? [], []);
  const words = (problem: object) => ({ ...problem, requestId: '' });
  const unknown = await refused(enter(createAuthenticator(ORIGIN)), 'passkey_refused');
  assert.deepEqual(words(await refused(enter(key, { origin: 'https://evil.test' }), 'passkey_refused')), words(unknown));
});

test('abuse: what is no answer at all', async () => {
  const browser = house.browser();
  for (const response of [{}, { id: 'x' }, { id: 'x', response: null }, { id: 7, response: [] }]) {
    const { challengeId } = await browser.client.signIn.startPasskeySignIn();
    await refused(browser.client.signIn.passkeySignIn({ body: { challengeId, response } }), 'passkey_refused');
  }
  const key = await add(laura);
  const ceremony = await browser.client.signIn.startPasskeySignIn();
  await refused(browser.client.signIn.passkeySignIn({ body: { challengeId: ceremony.challengeId, response: { id: key.credentialId } } }), 'passkey_refused');
});

test('abuse: a passkey of somebody who has left', async () => {
  const key = await add(laura);
  await (await house.admin()).client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { isDisabled: true } });
  await refused(enter(key), 'passkey_refused');
});

test('abuse: an open screen in an empty room (adding, removing or using rights long after the last proof)', async () => {
  await add(laura);
  clock.forward(16 * MINUTE);
  const [item] = (await laura.client.signIn.listPasskeys()).items;
  await refused(laura.client.signIn.startPasskey(), 'proof_needed');
  await refused(laura.client.signIn.removePasskey({ params: { passkeyId: item?.id ?? '' } }), 'proof_needed');
  await refused(laura.client.accounts.changePassword({ body: { current: laura.password, next: 'something quite new' } }), 'proof_needed');
  await refused(laura.client.accounts.startSecondFactor({ body: { password: laura.password } }), 'proof_needed');
  const admin = await house.admin();
  clock.forward(16 * MINUTE);
  const id = await roleId('admin');
  await refused(admin.client.accounts.createApiKey({ body: { name: 'Back door' } }), 'proof_needed');
  await refused(admin.client.accounts.createRole({ body: { name: 'Mine', permissions: [], caseScope: 'own' } }), 'proof_needed');
  await refused(admin.client.accounts.updateAgent({ params: { agentId: laura.agentId }, body: { roleId: id } }), 'proof_needed');
  await refused(admin.client.accounts.inviteAgent({ body: { email: 'mallory@evil.test', name: 'Mallory', roleId: id } }), 'proof_needed');
  await refused(admin.client.signIn.setPolicy({ body: { idleMinutes: 60, longestMinutes: 60, mostSessions: null, graceDays: 0, secondFactorRoleIds: [] } }), 'proof_needed');
  await refused(admin.client.signIn.prove({ body: { password: 'a guess at it' } }), 'wrong_credentials');
  await admin.client.signIn.prove({ body: { password: admin.password } });
  await admin.client.accounts.createApiKey({ body: { name: 'Front door' } });
});

test('the last way in and the last second factor a role needs cannot be removed', async () => {
  await add(laura);
  const [item] = (await laura.client.signIn.listPasskeys()).items;
  const admin = await house.admin();
  await admin.client.signIn.setPolicy({ body: { idleMinutes: 60, longestMinutes: 600, mostSessions: null, graceDays: 7, secondFactorRoleIds: [await roleId('agent')] } });
  await refused(laura.client.signIn.removePasskey({ params: { passkeyId: item?.id ?? '' } }), 'second_factor_required');
  await house.platform.database.asSystem((tx) => tx.run('update login l set password_hash = null from agent a where a.login_id = l.id and a.id = $1', [laura.agentId]));
  await refused(laura.client.signIn.removePasskey({ params: { passkeyId: item?.id ?? '' } }), 'last_way_in');
  // Who has no password chooses one with the passkey alone.
  await laura.client.accounts.changePassword({ body: { next: 'three blue herons stand' } });
});

test('whoever runs the server takes lost passkeys off somebody, who then sets up a second factor anew', async () => {
  const key = await add(laura);
  const admin = await house.admin();
  await admin.client.signIn.setPolicy({ body: { idleMinutes: 60, longestMinutes: 600, mostSessions: null, graceDays: 0, secondFactorRoleIds: [await roleId('agent')] } });
  await liftSecondFactor(house.platform, house.accountId, laura.email, 'command line');
  await refused(enter(key), 'passkey_refused');
  const browser = house.browser();
  await browser.client.accounts.signIn({ body: { email: laura.email, password: laura.password } });
  await refused(browser.client.cases.list(), 'second_factor_required');
  await add(browser);
  await browser.client.cases.list();
});

test('passkeys are out of reach for an account’s transaction', async () => {
  await assert.rejects(house.asSystem(({ tx }) => tx.run('select * from passkey')), /permission denied/);
  await assert.rejects(house.asSystem(({ tx }) => tx.run('select * from passkey_challenge')), /permission denied/);
});
