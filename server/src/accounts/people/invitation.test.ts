import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestAccount, type TestHouse } from '../../../testing/test-house.ts';
import { takeSystemMail } from '../mail/send-system-mail.ts';
import { resetMailJob } from '../password/request-reset.ts';
import { codeAt } from '../second-factor/totp.ts';

const DAY = 86_400_000;
const PASSWORD = 'stuhl wolke hafen';
const clock = setClock();
let house: TestHouse;
let admin: SignedIn;
let count = 0;
before(async () => {
  house = await openTestHouse({ clock, env: { RAPPORT_URL: 'https://desk.example.com', RAPPORT_ROLES: 'web' } });
});
after(() => house.close());
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
  await takeSystemMail(house.platform, 100);
  admin = await house.admin();
});

const roleId = async (who: SignedIn, key: string) => (await who.client.accounts.listRoles()).items.find((role) => role.key === key)?.id ?? '';
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
async function invite(who = admin, options: { email?: string; role?: string; teamIds?: string[] } = {}) {
  const email = options.email ?? `newcomer-${(count += 1)}@rapport.test`;
  const { agent, invitationUrl } = await who.client.accounts.inviteAgent({ body: { email, name: 'Nina Neu', roleId: await roleId(who, options.role ?? 'agent'), teamIds: options.teamIds ?? [] } });
  return { agent, email, invitationUrl, token: tokenOf(invitationUrl) };
}
const accept = (token: string, body: { name?: string; password?: string; code?: string } = {}, browser = house.browser()) =>
  browser.client.accounts.acceptInvitation({ params: { token }, body: { name: 'Nina Neu', password: PASSWORD, ...body } });

test('somebody invited by mail chooses a name and password, and is signed in with the role and teams they were given', async () => {
  const { agent, email, invitationUrl, token } = await invite(admin, { email: 'Nina.Neu@Rapport.test', role: 'lead', teamIds: [house.teamId] });
  assert.equal(agent.state, 'invited');
  assert.equal(agent.email, email.toLowerCase());
  const [mail] = await takeSystemMail(house.platform);
  assert.equal(mail?.to, 'nina.neu@rapport.test');
  assert.equal(mail?.accountName, 'Test company');
  assert.equal(mail?.subject, 'You are invited to Rapport: Test company');
  assert.ok(mail?.text.includes(invitationUrl) && mail.text.includes('Ada Admin invites you'));
  assert.match(invitationUrl, /^https:\/\/desk\.example\.com\/invitation\/ri_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}$/);

  assert.deepEqual(await house.browser().client.accounts.getInvitation({ params: { token } }), { email: 'nina.neu@rapport.test', name: 'Nina Neu', company: 'Test company', hasLogin: false });
  const browser = house.browser();
  const session = await accept(token, { name: 'Nina Neumann' }, browser);
  assert.equal(session.agent.name, 'Nina Neumann');
  assert.equal(session.agent.roleName, 'Team lead');
  assert.deepEqual(session.agent.teamIds, [house.teamId]);
  assert.deepEqual(await browser.client.accounts.session(), session);
  assert.equal((await house.browser().client.accounts.signIn({ body: { email: 'nina.neu@rapport.test', password: PASSWORD } })).agent.id, agent.id);
});

test('the mail speaks the inviter’s language', async () => {
  await admin.client.accounts.updateProfile({ body: { locale: 'de' } });
  const { token } = await invite();
  await admin.client.accounts.updateProfile({ body: { locale: 'en' } });
  const [mail] = await takeSystemMail(house.platform);
  assert.equal(mail?.subject, 'Einladung zu Rapport: Test company');
  assert.equal((await accept(token)).agent.locale, 'de');
});

test('an invitation works once, for seven days, and until a newer one is sent', async () => {
  const first = await invite();
  await accept(first.token);
  await refused(accept(first.token), 'link_expired');
  await refused(house.browser().client.accounts.getInvitation({ params: { token: first.token } }), 'link_expired');

  const late = await invite();
  clock.forward(7 * DAY);
  admin = await house.admin();
  await refused(accept(late.token), 'link_expired');
  const again = await invite(admin, { email: late.email, role: 'lead' });
  assert.equal(again.agent.id, late.agent.id, 'inviting again is no second person');
  assert.equal(again.agent.roleName, 'Team lead');
  const newest = await invite(admin, { email: late.email });
  await refused(accept(again.token), 'link_expired');
  assert.equal((await accept(newest.token)).agent.roleName, 'Agent');
});

test('made-up links, links of another kind and shortened ones lead nowhere', async () => {
  const { token } = await invite();
  for (const wrong of ['a'.repeat(30), token.slice(0, -1), `${token}0`, token.replace('ri_', 'rr_'), token.toLowerCase()]) await refused(accept(wrong), 'link_expired');
  await refused(house.browser().client.accounts.resetPassword({ params: { token: token.replace('ri_', 'rr_') }, body: { password: PASSWORD } }), 'link_expired');
});

test('a weak password is refused and does not cost the invitation', async () => {
  const { token } = await invite();
  await refused(accept(token, { password: 'Testcompany1' }), 'weak_password');
  await refused(accept(token, { name: 'Gwendolyn', password: 'gwendolyn-1' }), 'weak_password');
  await accept(token);
});

test('somebody who is here already, active or disabled, is not invited again', async () => {
  const colleague = await house.signedInClient();
  await refused(invite(admin, { email: colleague.email.toUpperCase() }), 'email_taken');
  await admin.client.accounts.updateAgent({ params: { agentId: colleague.agentId }, body: { isDisabled: true } });
  await refused(invite(admin, { email: colleague.email }), 'email_taken');
});

test('two who invite the same person at the same moment make one person', async () => {
  const email = 'both@rapport.test';
  const outcomes = await Promise.all([1, 2, 3].map(() => invite(admin, { email }).then(() => 'invited', (error: { code: string }) => error.code)));
  assert.ok(outcomes.includes('invited') && outcomes.every((outcome) => outcome === 'invited' || outcome === 'email_taken'), String(outcomes));
  assert.equal((await admin.client.accounts.listAgents()).items.filter((agent) => agent.email === email).length, 1);
});

test('an invitation that was taken back is worthless', async () => {
  const { agent, token } = await invite();
  await admin.client.accounts.updateAgent({ params: { agentId: agent.id }, body: { isDisabled: true } });
  await refused(accept(token), 'link_expired');
  const enabled = await admin.client.accounts.updateAgent({ params: { agentId: agent.id }, body: { isDisabled: false } });
  assert.equal(enabled.state, 'invited', 'they have never come, so they are invited again, not active');
  await refused(accept(token), 'link_expired');
});

test('nobody invites to more than they have, nor changes an invitation to more than they have', async () => {
  const supervisor = await house.signedInClient('supervisor');
  await invite(supervisor, { role: 'lead' });
  const problem = await refused(invite(supervisor, { role: 'admin' }), 'more_than_you_have');
  assert.match(problem.detail ?? '', /Set up inboxes/);
  const boss = await invite(admin, { role: 'admin' });
  await refused(invite(supervisor, { email: boss.email, role: 'agent' }), 'more_than_you_have');
  await accept(boss.token);
});

test('agents cannot invite, and roles and teams must exist', async () => {
  const agent = await house.signedInClient('agent');
  await refused(invite(agent), 'not_allowed');
  const nowhere = '0190a1b2-0000-7000-8000-000000000000';
  await refused(admin.client.accounts.inviteAgent({ body: { email: 'x@rapport.test', name: 'X', roleId: nowhere } }), 'not_found');
  await refused(invite(admin, { teamIds: [nowhere] }), 'not_found');
  await refused(admin.client.accounts.inviteAgent({ body: { email: 'x@rapport.test', name: ' ', roleId: nowhere } }), 'invalid_request');
});

async function login(company: TestAccount, email: string): Promise<void> {
  const boss = await company.admin();
  const { token } = await invite(boss, { email });
  await accept(token, { password: 'the password she chose' });
}

test('whoever has a login already accepts with its password; the link alone neither opens nor changes it', async () => {
  const email = 'laura@elsewhere.test';
  await login(await house.anotherAccount(), email);
  // The inviter has seen the link, so this could be them.
  const { token, agent } = await invite(admin, { email });
  assert.equal((await house.browser().client.accounts.getInvitation({ params: { token } })).hasLogin, true);
  const attacker = house.browser();
  await refused(accept(token, { password: 'chosen by the attacker' }, attacker), 'wrong_credentials');
  assert.equal(attacker.cookie(), '');
  assert.equal((await admin.client.accounts.listAgents()).items.find((each) => each.id === agent.id)?.state, 'invited');
  await refused(house.browser().client.accounts.signIn({ body: { email, password: 'chosen by the attacker' } }), 'wrong_credentials');

  const session = await accept(token, { password: 'the password she chose' });
  assert.equal(session.account.id, house.accountId);
  await house.browser().client.accounts.signIn({ body: { email, password: 'the password she chose' } });
});

test('guessing the password of a login through an invitation is stopped', async () => {
  const email = 'guessed@elsewhere.test';
  await login(await house.anotherAccount(), email);
  const { token } = await invite(admin, { email });
  for (let i = 0; i < 10; i += 1) await refused(accept(token, { password: `guess number ${i}` }), 'wrong_credentials');
  await refused(accept(token, { password: 'the password she chose' }), 'too_many_requests');
});

test('a second factor is not got round by an invitation', async () => {
  const other = await house.anotherAccount();
  const email = 'second@elsewhere.test';
  await login(other, email);
  const browser = house.browser();
  await browser.client.accounts.signIn({ body: { email, password: 'the password she chose' } });
  const { secret } = await browser.client.accounts.startSecondFactor({ body: { password: 'the password she chose' } });
  await browser.client.accounts.confirmSecondFactor({ body: { code: codeAt(secret, clock.now()) } });
  clock.forward(60_000);

  const { token } = await invite(admin, { email });
  await refused(accept(token, { password: 'the password she chose' }), 'second_factor_needed');
  await refused(accept(token, { password: 'the password she chose', code: '000000' }), 'wrong_code');
  assert.equal((await accept(token, { password: 'the password she chose', code: codeAt(secret, clock.now()) })).account.id, house.accountId);
});

test('a login somebody made in another’s name beforehand gives them nothing once the person chooses a new password', async () => {
  // The attacker invites the victim's address to their own company and accepts with the link they see.
  const attackers = await house.anotherAccount();
  const email = 'victim@elsewhere.test';
  await login(attackers, email);
  const attacker = house.browser();
  await attacker.client.accounts.signIn({ body: { email, password: 'the password she chose' } });

  const { token } = await invite(admin, { email });
  await refused(accept(token), 'wrong_credentials');
  // The victim proves to be the owner of the address by a reset, then accepts.
  await house.browser().client.accounts.requestReset({ body: { email } });
  await resetMailJob.run(house.platform, { email, address: '203.0.113.9' });
  const mail = (await takeSystemMail(house.platform, 100)).find((each) => each.subject === 'A new password for Rapport');
  await house.browser().client.accounts.resetPassword({ params: { token: /reset-password\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '' }, body: { password: PASSWORD } });
  await refused(attacker.client.accounts.session(), 'signed_out');
  await refused(house.browser().client.accounts.signIn({ body: { email, password: 'the password she chose' } }), 'wrong_credentials');
  assert.equal((await accept(token)).account.id, house.accountId);
});
