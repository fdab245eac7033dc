import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type TestHouse } from '../../testing/test-house.ts';
import { markAsDemo } from '../accounts/index.ts';
import { defaultInboxAddress } from './default-address.ts';

const wizard = { company: 'Nordlicht Reisen', name: 'Laura Meyer', email: 'Laura@Nordlicht.example', password: 'stuhl wolke hafen' };
const houses: TestHouse[] = [];
async function emptyHouse(env: Record<string, string> = {}): Promise<TestHouse> {
  const house = await openTestHouse({ isEmpty: true, env });
  houses.push(house);
  return house;
}
after(async () => {
  for (const house of houses) await house.close();
});

let house: TestHouse;
before(async () => {
  house = await emptyHouse({ RAPPORT_ROLES: 'web' });
});

const rows = async (in_: TestHouse, table: string) => (await in_.platform.database.asSystem((tx) => tx.run(`select 1 from ${table}`))).length;

test('before the first run everybody may know that nothing is set up, and nothing else works', async () => {
  assert.deepEqual(await house.browser().client.setup.state(), { isSetUp: false, needsCode: false, isDemo: false, demoSignIn: null });
  await refused(house.browser().client.accounts.signIn({ body: { email: wizard.email, password: wizard.password } }), 'wrong_credentials');
});

test('what is not complete or too weak sets nothing up', async () => {
  const run = (body: Partial<typeof wizard>) => house.browser().client.setup.run({ body: { ...wizard, ...body } });
  await refused(run({ password: 'Nordlicht2026' }), 'weak_password');
  await refused(run({ password: 'laura meyer' }), 'weak_password');
  await refused(run({ password: 'short' }), 'invalid_request');
  await refused(run({ company: ' ' }), 'invalid_request');
  await refused(run({ email: 'laura' }), 'invalid_request');
  assert.equal(await rows(house, 'account'), 0);
});

test('the first run makes a company one can work in at once, and signs its admin in', async () => {
  const browser = house.browser();
  const session = await browser.client.setup.run({ body: { ...wizard, locale: 'de', inboxAddress: 'Hallo@Nordlicht.example', fillDemo: true } });
  assert.deepEqual([session.account.name, session.account.isDemo, session.agent.email, session.agent.roleName, session.agent.locale, session.caseScope], ['Nordlicht Reisen', false, 'laura@nordlicht.example', 'Admin', 'de', 'all']);
  const { client } = browser;
  assert.deepEqual(await client.accounts.session(), session);
  assert.equal((await client.accounts.listRoles()).items.length, 5);
  const { items: teams } = await client.accounts.listTeams();
  assert.deepEqual(teams.map((team) => [team.name, team.memberIds]), [['Support', [session.agent.id]]]);
  const { items: inboxes } = await client.inboxes.list();
  assert.deepEqual(inboxes.map((inbox) => [inbox.channel, inbox.name, inbox.address, inbox.teamId, inbox.isEnabled]), [['email', 'Mail', 'hallo@nordlicht.example', teams[0]?.id, true]]);
  const { items: audit } = await client.accounts.listAudit();
  assert.deepEqual(audit.map(({ action, actor, address }) => [action, actor, address]), [['sign_in.succeeded', 'Laura Meyer', '127.0.0.1'], ['inbox.created', 'Laura Meyer', null], ['account.founded', 'Laura Meyer', '127.0.0.1']]);
  const events = await house.platform.database.asSystem((tx) => tx.run<{ payload: unknown }>("select payload from event where topic = 'account.founded'"));
  assert.deepEqual(events.map(({ payload }) => payload), [{ fillDemo: true }]);
  assert.deepEqual(await house.browser().client.setup.state(), { isSetUp: true, needsCode: false, isDemo: false, demoSignIn: null });
  await house.browser().client.accounts.signIn({ body: { email: wizard.email, password: wizard.password } });
});

test('it runs once: afterwards nobody makes themselves an admin that way', async () => {
  const stranger = house.browser();
  await refused(stranger.client.setup.run({ body: { ...wizard, email: 'stranger@elsewhere.example' } }), 'already_set_up');
  assert.equal(stranger.cookie(), '');
  assert.equal(await rows(house, 'account'), 1);
  assert.equal(await rows(house, 'login'), 1);
});

test('of several who set up at the same moment one wins, and the others leave nothing behind', async () => {
  for (let round = 0; round < 3; round += 1) {
    const fresh = await emptyHouse({ RAPPORT_ROLES: 'web' });
    const run = (i: number) => fresh.browser().client.setup.run({ body: { ...wizard, company: `Company ${i}`, email: `person-${i}@elsewhere.example` } }).then(() => 'won', (error: { code: string }) => error.code);
    const outcomes = await Promise.all([0, 1, 2, 3, 4].map(run));
    assert.deepEqual(outcomes.toSorted(), ['already_set_up', 'already_set_up', 'already_set_up', 'already_set_up', 'won']);
    for (const [table, count] of Object.entries({ account: 1, login: 1, agent: 1, team: 1, role: 5, inbox: 1, session: 1, installation: 1 })) assert.equal(await rows(fresh, table), count, table);
  }
});

test('another site cannot set it up through somebody’s browser', async () => {
  const fresh = await emptyHouse({ RAPPORT_ROLES: 'web' });
  for (const type of ['application/json', 'text/plain']) {
    const response = await fetch(`${fresh.url}/api/v1/setup`, { method: 'POST', headers: { origin: 'https://evil.example', 'content-type': type }, body: JSON.stringify(wizard) });
    assert.equal(response.status, 403);
  }
  assert.equal(await rows(fresh, 'account'), 0);
});

test('a demo offers its sign-in to everybody; an account that is no demo never does', async () => {
  const fresh = await emptyHouse({ RAPPORT_ROLES: 'web' });
  const { account } = await fresh.browser().client.setup.run({ body: wizard });
  const signIn = { email: 'demo@rapport.example', password: 'try it out yourself' };
  const mark = (isDemo: boolean, offered: typeof signIn | null) => fresh.platform.database.inAccount(account.id, (tx) => markAsDemo({ tx, accountId: account.id, actor: { kind: 'system', name: 'test' }, clock: fresh.platform.clock, log: fresh.platform.log, platform: fresh.platform }, { isDemo, signIn: offered }));
  const state = () => fresh.browser().client.setup.state();
  await mark(true, signIn);
  assert.deepEqual(await state(), { isSetUp: true, needsCode: false, isDemo: true, demoSignIn: signIn });
  await mark(false, signIn);
  assert.deepEqual(await state(), { isSetUp: true, needsCode: false, isDemo: false, demoSignIn: null });
  await mark(true, null);
  assert.deepEqual(await state(), { isSetUp: true, needsCode: false, isDemo: true, demoSignIn: null });
});

test('without an address the first inbox gets one that can lead to no stranger', () => {
  assert.equal(defaultInboxAddress({ publicUrl: undefined }, 'Nordlicht Reisen GmbH & Co.'), 'support@nordlicht-reisen-gmbh-co.example');
  assert.equal(defaultInboxAddress({ publicUrl: undefined }, 'Größe'), 'support@grosse.example');
  assert.equal(defaultInboxAddress({ publicUrl: undefined }, '東京'), 'support@company.example');
  assert.equal(defaultInboxAddress({ publicUrl: 'https://Desk.Nordlicht.de/x' }, 'Nordlicht'), 'support@desk.nordlicht.de');
  for (const publicUrl of ['http://localhost:8400', 'http://10.0.0.5:8400', 'http://[::1]:8400']) assert.equal(defaultInboxAddress({ publicUrl }, 'Nordlicht'), 'support@nordlicht.example');
});
