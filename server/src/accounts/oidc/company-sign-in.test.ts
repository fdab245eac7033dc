import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { BodyInput, Endpoints } from '@rapport/contract';
import { startCompanyProvider, type CompanyProvider } from '../../../testing/company-provider.ts';
import { startLyingProvider, type LyingProvider } from '../../../testing/lying-provider.ts';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type Browser, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

const URL_OF_HOUSE = 'http://desk.example:8400';
const REDIRECT = `${URL_OF_HOUSE}/sign-in/company`;
type SetUp = BodyInput<Endpoints['signIn']['setCompany']>;

let house: TestHouse;
let company: CompanyProvider;
let liar: LyingProvider;
let admin: SignedIn;
before(async () => {
  company = await startCompanyProvider(REDIRECT, { signOutUrl: `${URL_OF_HOUSE}/sign-in` });
  liar = await startLyingProvider();
  house = await openTestHouse({ env: { RAPPORT_URL: URL_OF_HOUSE, RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
});
after(async () => {
  await house.close();
  await company.close();
  await liar.close();
});
beforeEach(async () => {
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit; delete from oidc_link; delete from oidc_provider; delete from sign_in_policy; update role set second_factor_since = null'));
  admin = await house.admin();
  company.person = { sub: 'nobody' };
  Object.assign(liar, { metadata: {}, claims: { email: 'laura@harbour.test', email_verified: true }, isForging: false });
});

const real = (): SetUp => ({ name: 'Harbour ID', issuer: company.issuer, clientId: company.clientId, clientSecret: company.clientSecret, domains: ['harbour.test'], joiningRoleId: null, isEnabled: true, isEnforced: false });
const lying = (): SetUp => ({ ...real(), issuer: liar.issuer, clientId: 'rapport', clientSecret: 's' });
const setUp = (body: Partial<SetUp> = {}, by: Browser = admin) => by.client.signIn.setCompany({ body: { ...real(), ...body } });
const roleId = async (key: string) => (await admin.client.accounts.listRoles()).items.find((role) => role.key === key)?.id ?? '';

/** As far as the provider and back, with what it put into the address. */
async function goThere(browser: Browser, accountId = house.accountId) {
  const { url } = await browser.client.signIn.startCompany({ body: { accountId } });
  return company.visit(url);
}
const come = async (browser: Browser, accountId = house.accountId) => browser.client.signIn.finishCompany({ body: await goThere(browser, accountId) });
let count = 0;
/** An address of the company, and a new person there. */
function somebody(name = 'Laura Meyer') {
  count += 1;
  const email = `laura${count}@harbour.test`;
  company.person = { sub: `subject-${count}`, email, email_verified: true, name };
  return email;
}

test('the sign-in page offers the company’s own sign-in by the domain of the address, and tells nothing of the address', async () => {
  await setUp();
  const ways = async (email: string) => (await house.browser().client.signIn.ways({ body: { email } })).companies;
  assert.deepEqual(await ways('Whoever@HARBOUR.test'), [{ accountId: house.accountId, name: 'Harbour ID', company: 'Test company' }]);
  assert.deepEqual(await ways('nobody@elsewhere.test'), []);
  await setUp({ isEnabled: false });
  assert.deepEqual(await ways('whoever@harbour.test'), []);
});

test('a newcomer with a verified address comes in with the role for newcomers, and finds the same place the next day', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  const email = somebody('Nele Neu');
  const browser = house.browser();
  const { outcome, session } = await come(browser);
  assert.deepEqual([outcome, session?.agent.email, session?.agent.name, session?.agent.roleName, session?.signIn?.method], ['signed_in', email, 'Nele Neu', 'Agent', 'company']);
  const again = house.browser();
  // The address may have become another one meanwhile; the subject counts.
  company.person = { ...company.person, email: 'else@harbour.test' };
  assert.equal((await come(again)).session?.agent.id, session?.agent.id);
});

test('without a role for newcomers only who was invited comes in, as they were invited', async () => {
  await setUp();
  const email = somebody();
  await refused(come(house.browser()), 'not_a_colleague');
  const { agent, invitationUrl } = await admin.client.accounts.inviteAgent({ body: { email, name: 'Laura', roleId: await roleId('lead') } });
  const { session } = await come(house.browser());
  assert.deepEqual([session?.agent.id, session?.agent.roleName], [agent.id, 'Team lead']);
  const token = invitationUrl.split('/').at(-1) ?? '';
  await refused(house.browser().client.accounts.getInvitation({ params: { token } }), 'link_expired');
});

test('signing out leads to the company’s sign-out as well', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  somebody();
  const browser = house.browser();
  await come(browser);
  const { url } = await browser.client.signIn.companyLeave();
  const leave = new URL(url ?? '');
  assert.equal(leave.origin, company.issuer);
  assert.equal(leave.searchParams.get('post_logout_redirect_uri'), `${URL_OF_HOUSE}/sign-in`);
  assert.match(leave.searchParams.get('id_token_hint') ?? '', /^ey/);
  assert.deepEqual(await admin.client.signIn.companyLeave(), { url: null });
});

test('a proof at the company’s sign-in must be by the same person', async () => {
  await setUp({ joiningRoleId: await roleId('admin') });
  somebody();
  const browser = house.browser();
  await come(browser);
  const prove = async () => browser.client.signIn.finishCompany({ body: await company.visit((await browser.client.signIn.startCompanyProof()).url) });
  assert.equal((await prove()).outcome, 'proved');
  assert.deepEqual((await browser.client.signIn.proof()).ways, ['company']);
  somebody('Mallory');
  await refused(prove(), 'company_sign_in_failed');
});

test('the secret is kept sealed and never shown, and is not sent to another provider that is typed in', async () => {
  const set = await setUp();
  assert.equal(set.hasSecret, true);
  assert.ok(!JSON.stringify(await admin.client.signIn.getCompany()).includes(company.clientSecret));
  const rows = await house.platform.database.asSystem((tx) => tx.run<{ row: string }>('select o::text as row from oidc_provider o'));
  assert.ok(!JSON.stringify(rows).includes(Buffer.from(company.clientSecret).toString('hex')));
  const audit = JSON.stringify((await admin.client.accounts.listAudit()).items);
  assert.ok(audit.includes('company_sign_in.set_up') && !audit.includes(company.clientSecret));
  const { clientSecret: _left, ...without } = lying();
  assert.equal((await admin.client.signIn.setCompany({ body: without })).hasSecret, false);
});

test('only who may set up the account sees or changes the company’s sign-in and the policy', async () => {
  const { client } = await house.signedInClient('supervisor');
  const policy = { idleMinutes: 60, longestMinutes: 60, mostSessions: null, graceDays: 0, secondFactorRoleIds: [] };
  for (const call of [() => client.signIn.getCompany(), () => client.signIn.setCompany({ body: real() }), () => client.signIn.removeCompany(), () => client.signIn.getPolicy(), () => client.signIn.setPolicy({ body: policy })]) await refused(call(), 'not_allowed');
});

test('abuse: server-side request forgery by the issuer’s address', async () => {
  const closed = await openTestHouse();
  const boss = await closed.admin();
  try {
    for (const issuer of [company.issuer, 'https://169.254.169.254', 'https://localhost:1']) await refused(boss.client.signIn.setCompany({ body: { ...real(), issuer } }), 'company_sign_in_failed');
    assert.equal((await boss.client.signIn.getCompany()).company, null);
  } finally {
    await closed.close();
  }
});

test('abuse: pre-account hijack (somebody else made the login before its owner came by the company’s sign-in)', async () => {
  await setUp();
  const email = somebody();
  // Mallory may invite, sees the link, and accepts it in Laura's name with a password of her own.
  const mallory = await house.signedInClient('admin');
  const { invitationUrl } = await mallory.client.accounts.inviteAgent({ body: { email, name: 'Laura', roleId: await roleId('agent') } });
  await house.browser().client.accounts.acceptInvitation({ params: { token: invitationUrl.split('/').at(-1) ?? '' }, body: { name: 'Laura', password: 'a planted password 1' } });
  // Laura comes, verified, and is not led into a place that Mallory has the key of.
  const laura = house.browser();
  const { outcome, session } = await come(laura);
  assert.deepEqual([outcome, session], ['password_needed', null]);
  await refused(laura.client.accounts.session(), 'signed_out');
});

test('who has a Rapport password proves it once, and both are connected', async () => {
  await setUp();
  const email = somebody();
  const laura = await house.signedInClient('agent', { email });
  const browser = house.browser();
  assert.equal((await come(browser)).outcome, 'password_needed');
  await refused(browser.client.accounts.signIn({ body: { email, password: 'not the password' } }), 'wrong_credentials');
  const session = await browser.client.accounts.signIn({ body: { email, password: laura.password } });
  assert.deepEqual([session.agent.id, session.signIn?.method], [laura.agentId, 'company']);
  assert.equal((await come(house.browser())).session?.agent.id, laura.agentId);
});

test('abuse: connecting one’s own company identity with a colleague by signing in as oneself', async () => {
  await setUp();
  const email = somebody();
  await house.signedInClient('admin', { email });
  const mallory = await house.signedInClient('agent');
  const browser = house.browser();
  await come(browser);
  const session = await browser.client.accounts.signIn({ body: { email: mallory.email, password: mallory.password } });
  assert.equal(session.signIn?.method, 'password');
  const links = await house.platform.database.asSystem((tx) => tx.run('select 1 from oidc_link'));
  assert.equal(links.length, 0);
});

test('abuse: an address the provider does not vouch for', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  const email = somebody();
  for (const person of [{ email, email_verified: false }, { email }, { email_verified: true }, { email: `${email}.evil.test`, email_verified: true }, { email: 'boss@harbour.test@evil.test', email_verified: true }]) {
    company.person = { sub: `unverified-${count}`, ...person };
    await refused(come(house.browser()), 'unverified_email');
  }
});

test('abuse: an address of another domain, vouched for by a provider that may not speak for it', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  company.person = { sub: 'outside', email: admin.email, email_verified: true };
  await refused(come(house.browser()), 'unverified_email');
});

test('abuse: a domain claimed by a second company to put its sign-in before the people of the first', async () => {
  await setUp();
  const other = await (await house.anotherAccount()).admin();
  await refused(setUp({}, other), 'domain_taken');
});

test('abuse: an address that was given to somebody else (another subject with the same address)', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  const email = somebody();
  await come(house.browser());
  company.person = { sub: 'their successor', email, email_verified: true };
  await refused(come(house.browser()), 'not_a_colleague');
});

test('abuse: invitation to an address that signs in by another', async () => {
  await setUp();
  const invited = somebody();
  await admin.client.accounts.inviteAgent({ body: { email: invited, name: 'Invited', roleId: await roleId('admin') } });
  somebody('Somebody Else');
  await refused(come(house.browser()), 'not_a_colleague');
});

test('abuse: login CSRF (the attacker’s way back, opened in the victim’s browser)', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  somebody('Mallory');
  const back = await goThere(house.browser());
  const victim = house.browser();
  await refused(victim.client.signIn.finishCompany({ body: back }), 'link_expired');
  // Not even when the victim has a flow of their own open.
  const other = house.browser();
  await other.client.signIn.startCompany({ body: { accountId: house.accountId } });
  const second = await goThere(house.browser());
  await refused(other.client.signIn.finishCompany({ body: second }), 'link_expired');
});

test('abuse: replay of the way back', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  somebody();
  const browser = house.browser();
  const { url } = await browser.client.signIn.startCompany({ body: { accountId: house.accountId } });
  const cookie = browser.cookie();
  const back = await company.visit(url);
  await browser.client.signIn.finishCompany({ body: back });
  const copy = house.browser();
  for (const pair of cookie.split('; ')) copy.setCookie(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  await refused(copy.client.signIn.finishCompany({ body: back }), 'link_expired');
});

test('abuse: state that was made up, or is of another company', async () => {
  await setUp();
  const browser = house.browser();
  const back = await goThere(browser);
  await refused(browser.client.signIn.finishCompany({ body: { ...back, state: `${back.state.slice(0, -1)}${back.state.endsWith('A') ? 'B' : 'A'}` } }), 'link_expired');
  await refused(browser.client.signIn.finishCompany({ body: { ...back, state: 'x'.repeat(70) } }), 'link_expired');
});

test('abuse: mix-up (the answer names another issuer)', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  somebody();
  const browser = house.browser();
  const back = await goThere(browser);
  assert.equal(back.iss, company.issuer);
  await refused(browser.client.signIn.finishCompany({ body: { ...back, iss: liar.issuer } }), 'company_sign_in_failed');
});

test('abuse: code injection (a code of another flow, without its verifier and nonce)', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  somebody();
  const stolen = await goThere(house.browser());
  const browser = house.browser();
  const own = await goThere(browser);
  await refused(browser.client.signIn.finishCompany({ body: { ...own, ...(stolen.code ? { code: stolen.code } : {}) } }), 'company_sign_in_failed');
});

test('abuse: a description that calls itself by another issuer’s name', async () => {
  liar.metadata = { issuer: company.issuer };
  await refused(setUp(lying()), 'company_sign_in_failed');
});

test('abuse: ID tokens for another client, of another issuer, with another nonce, too old, unsigned or forged', async () => {
  await setUp({ ...lying(), joiningRoleId: await roleId('agent') });
  const trip = async () => {
    const browser = house.browser();
    const { url } = await browser.client.signIn.startCompany({ body: { accountId: house.accountId } });
    return browser.client.signIn.finishCompany({ body: liar.visit(url) });
  };
  const honest = liar.claims;
  const hour = Math.floor(Date.now() / 1000) - 3600;
  for (const lie of [{ aud: 'another client' }, { aud: ['rapport', 'another'], azp: 'another' }, { iss: company.issuer }, { nonce: 'of another flow' }, { nonce: undefined }, { iat: hour - 600, exp: hour }, { sub: undefined }]) {
    liar.claims = { ...honest, ...lie };
    await refused(trip(), 'company_sign_in_failed');
  }
  liar.claims = honest;
  liar.isForging = true;
  await refused(trip(), 'company_sign_in_failed');
  liar.isForging = false;
  assert.equal((await trip()).outcome, 'signed_in');
});

test('abuse: one company’s sign-in as a way into the others this person works for', async () => {
  // Laura works for both. The other company's admin can make their provider say what they like.
  const other = await house.anotherAccount();
  const boss = await other.admin();
  await setUp({ domains: ['harbour.test'] }, boss);
  const email = somebody();
  const laura = await house.signedInClient('admin', { email });
  const { invitationUrl } = await boss.client.accounts.inviteAgent({ body: { email, name: 'Laura', roleId: (await boss.client.accounts.listRoles()).items[0]?.id ?? '' } });
  const mallory = house.browser();
  const { session } = await come(mallory, other.accountId);
  assert.equal(session?.account.id, other.accountId);
  // In their own company they may be Laura, and nowhere else; nor can they change how Laura signs in.
  assert.deepEqual((await mallory.client.signIn.listPlaces()).items, []);
  await refused(mallory.client.signIn.switchPlace({ params: { accountId: house.accountId } }), 'not_found');
  await refused(mallory.client.signIn.startPasskey(), 'not_allowed');
  await refused(mallory.client.accounts.changePassword({ body: { next: 'my own password 99' } }), 'not_allowed');
  assert.equal((await laura.client.accounts.session()).agent.id, laura.agentId);
  await refused(house.browser().client.accounts.getInvitation({ params: { token: invitationUrl.split('/').at(-1) ?? '' } }), 'link_expired');
});

test('abuse: changing how one signs in everywhere with a session of one company’s sign-in', async () => {
  await setUp();
  const email = somebody();
  const laura = await house.signedInClient('agent', { email });
  const other = await house.anotherAccount();
  const boss = await other.admin();
  const { invitationUrl } = await boss.client.accounts.inviteAgent({ body: { email, name: 'Laura', roleId: (await boss.client.accounts.listRoles()).items[0]?.id ?? '' } });
  await house.browser().client.accounts.acceptInvitation({ params: { token: invitationUrl.split('/').at(-1) ?? '' }, body: { name: 'Laura', password: laura.password } });
  const link = await laura.client.signIn.startCompanyLink();
  assert.equal((await laura.client.signIn.finishCompany({ body: await company.visit(link.url) })).outcome, 'linked');
  const browser = house.browser();
  await come(browser);
  await refused(browser.client.signIn.startPasskey(), 'proof_needed');
  await refused(browser.client.accounts.changePassword({ body: { current: laura.password, next: 'another password 99' } }), 'proof_needed');
  await refused(browser.client.accounts.startSecondFactor({ body: { password: laura.password } }), 'proof_needed');
  await refused(browser.client.signIn.switchPlace({ params: { accountId: other.accountId } }), 'company_sign_in_needed');
  // With the login itself proved, both are open.
  await browser.client.signIn.prove({ body: { password: laura.password } });
  await browser.client.accounts.startSecondFactor({ body: { password: laura.password } });
  assert.equal((await browser.client.signIn.switchPlace({ params: { accountId: other.accountId } })).account.id, other.accountId);
});

test('abuse: CSRF on link and unlink', async () => {
  await setUp();
  const email = somebody();
  const laura = await house.signedInClient('agent', { email });
  for (const [method, path] of [['POST', '/api/v1/sign-in/company/link'], ['DELETE', '/api/v1/sign-in/company/link'], ['POST', '/api/v1/sign-in/company/finish']] as const) {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.test' }]) {
      const answer = await laura.fetch(path, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ state: 'x'.repeat(70), code: 'c' }) });
      assert.equal(answer.status, 403, `${method} ${path}`);
    }
  }
  // A link begun by Mallory is not finished in Laura's session, even in Laura's browser with Mallory's flow cookie.
  const mallory = await house.signedInClient('agent');
  const { url } = await mallory.client.signIn.startCompanyLink();
  for (const pair of mallory.cookie().split('; ')) if (pair.startsWith('rapport_flow=')) laura.setCookie('rapport_flow', pair.slice('rapport_flow='.length));
  await refused(laura.client.signIn.finishCompany({ body: await company.visit(url) }), 'link_expired');
});

test('abuse: unlinking the last way in', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  const email = somebody();
  const browser = house.browser();
  await come(browser);
  await refused(browser.client.signIn.unlinkCompany(), 'last_way_in');
  // With a password of their own, by an invitation, it can go.
  const { invitationUrl } = await admin.client.accounts.inviteAgent({ body: { email, name: 'Laura', roleId: await roleId('agent') } });
  await house.browser().client.accounts.acceptInvitation({ params: { token: invitationUrl.split('/').at(-1) ?? '' }, body: { name: 'Laura', password: 'three grey geese fly' } });
  await browser.client.signIn.unlinkCompany();
  assert.deepEqual(await browser.client.signIn.companyLink(), { company: { name: 'Harbour ID', email: null } });
});

test('where the company’s sign-in is enforced, people of its domains have no other way in; admins keep theirs', async () => {
  const email = somebody();
  const laura = await house.signedInClient('agent', { email });
  const outside = await house.signedInClient('agent', { email: `helper${count}@elsewhere.test` });
  await setUp({ isEnforced: true });
  await refused(laura.client.accounts.session(), 'signed_out');
  assert.equal((await outside.client.accounts.session()).agent.id, outside.agentId);
  await refused(house.browser().client.accounts.signIn({ body: { email, password: laura.password } }), 'company_sign_in_needed');
  await refused(house.browser().client.accounts.signIn({ body: { email, password: 'a wrong password' } }), 'wrong_credentials');
  await house.browser().client.accounts.signIn({ body: { email: admin.email, password: admin.password } });
  const browser = house.browser();
  assert.equal((await come(browser)).outcome, 'password_needed');
  assert.equal((await browser.client.accounts.signIn({ body: { email, password: laura.password } })).signIn?.method, 'company');
  await refused(browser.client.signIn.unlinkCompany(), 'company_sign_in_needed');
});

test('abuse: somebody who left Rapport comes back by the company’s sign-in, or keeps the session it began', async () => {
  await setUp({ joiningRoleId: await roleId('agent') });
  somebody();
  const browser = house.browser();
  const { session } = await come(browser);
  await admin.client.accounts.updateAgent({ params: { agentId: session?.agent.id ?? '' }, body: { isDisabled: true } });
  await refused(browser.client.accounts.session(), 'signed_out');
  await refused(come(house.browser()), 'not_a_colleague');
  await admin.client.accounts.updateAgent({ params: { agentId: session?.agent.id ?? '' }, body: { isDisabled: false } });
  assert.equal((await come(browser)).session?.agent.id, session?.agent.id);
  await setUp({ isEnabled: false });
  await refused(browser.client.accounts.session(), 'signed_out');
});

test('abuse: reset poisoning by Host header, for the way back too', async () => {
  await setUp();
  const browser = house.browser();
  const answer = await browser.fetch('/api/v1/sign-in/company/start', { method: 'POST', headers: { 'content-type': 'application/json', 'x-forwarded-host': 'evil.test' }, body: JSON.stringify({ accountId: house.accountId }) });
  const { url } = (await answer.json()) as { url: string };
  assert.equal(new URL(url).searchParams.get('redirect_uri'), REDIRECT);
});
