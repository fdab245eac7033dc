import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BodyInput, Endpoints, Permission } from '@rapport/contract';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const nowhere = '0190a1b2-0000-7000-8000-000000000000';
let count = 0;
const roleId = async (key: string) => (await admin.client.accounts.listRoles()).items.find((role) => role.key === key)?.id ?? '';
const update = (who: SignedIn, agentId: string, body: BodyInput<Endpoints['accounts']['updateAgent']>) => who.client.accounts.updateAgent({ params: { agentId }, body });
const team = (memberIds: string[] = []) => admin.client.accounts.createTeam({ body: { name: `Team ${(count += 1)}`, memberIds } });
/** Someone with a role of the account's own making. */
async function withRole(permissions: Permission[], caseScope: 'own' | 'team' | 'all', teamIds: string[] = []): Promise<SignedIn & { roleId: string }> {
  const role = await admin.client.accounts.createRole({ body: { name: `Role ${(count += 1)}`, permissions, caseScope } });
  const person = await house.signedInClient('agent');
  await update(admin, person.agentId, { roleId: role.id, teamIds });
  return { ...person, roleId: role.id };
}

test('colleagues see one another by name', async () => {
  const agent = await house.signedInClient('agent', { name: 'Zoe Last', teamIds: [house.teamId] });
  const { items } = await agent.client.accounts.listAgents();
  assert.deepEqual(items.map((item) => item.name), items.map((item) => item.name).toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase())));
  const { createdAt, ...zoe } = items.find((item) => item.id === agent.agentId) ?? { createdAt: '' };
  assert.deepEqual(zoe, { id: agent.agentId, name: 'Zoe Last', email: agent.email, roleId: await roleId('agent'), roleName: 'Agent', teamIds: [house.teamId], state: 'active', hasSecondFactor: false, externalId: null, isBot: false });
  assert.ok(Date.parse(createdAt) > 0);
  await refused((await withRole(['case.read'], 'all')).client.accounts.listAgents(), 'not_allowed');
});

test('an admin changes name, role and teams, and the rights are others from the next request on', async () => {
  const person = await house.signedInClient('agent');
  const changed = await update(admin, person.agentId, { name: 'Petra Neu', roleId: await roleId('supervisor'), teamIds: [house.teamId] });
  assert.deepEqual([changed.name, changed.roleName, changed.teamIds], ['Petra Neu', 'Supervisor', [house.teamId]]);
  const session = await person.client.accounts.session();
  assert.equal(session.caseScope, 'all');
  assert.ok(session.permissions.includes('agent.manage'));
  await update(admin, person.agentId, { teamIds: [] });
  assert.deepEqual((await person.client.accounts.session()).agent.teamIds, []);
});

test('a disabled agent is out at once, with every session and key, and comes back only by signing in anew', async () => {
  const person = await house.signedInClient('admin');
  const { key } = await person.client.accounts.createApiKey({ body: { name: 'Import' } });
  const byKey = () => fetch(`${house.url}/api/v1/session`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal((await byKey()).status, 200);
  assert.equal((await update(admin, person.agentId, { isDisabled: true })).state, 'disabled');
  await refused(person.client.accounts.session(), 'signed_out');
  assert.equal((await byKey()).status, 401);
  assert.equal((await update(admin, person.agentId, { isDisabled: false })).state, 'active');
  await refused(person.client.accounts.session(), 'signed_out');
  await person.client.accounts.signIn({ body: { email: person.email, password: person.password } });
});

test('being disabled is enough to be out, even if a session or key had been forgotten', async () => {
  const person = await house.signedInClient('admin');
  const { key } = await person.client.accounts.createApiKey({ body: { name: 'Import' } });
  await house.platform.database.asSystem((tx) => tx.run("update agent set state = 'disabled' where id = $1", [person.agentId]));
  await refused(person.client.accounts.session(), 'signed_out');
  assert.equal((await fetch(`${house.url}/api/v1/session`, { headers: { authorization: `Bearer ${key}` } })).status, 401);
});

test('there is always an admin who can sign in', async () => {
  const other = await house.anotherAccount();
  const only = await other.admin();
  const lead = (await only.client.accounts.listRoles()).items.find((role) => role.key === 'lead')?.id ?? '';
  await refused(update(only, only.agentId, { isDisabled: true }), 'last_admin');
  await refused(update(only, only.agentId, { roleId: lead }), 'last_admin');
  const adminRole = (await only.client.accounts.listRoles()).items.find((role) => role.key === 'admin')?.id ?? '';
  await only.client.accounts.inviteAgent({ body: { email: 'not-here-yet@rapport.test', name: 'Not Yet', roleId: adminRole } });
  await refused(update(only, only.agentId, { roleId: lead }), 'last_admin');
  const second = await other.signedInClient('admin');
  await update(second, only.agentId, { roleId: lead });
  await refused(update(second, second.agentId, { isDisabled: true }), 'last_admin');
});

test('two admins who remove each other at the same moment do not leave the company without one', async () => {
  for (let round = 0; round < 5; round += 1) {
    const other = await house.anotherAccount();
    const [one, two] = [await other.admin(), await other.signedInClient('admin')];
    const outcomes = await Promise.all([update(one, two.agentId, { isDisabled: true }), update(two, one.agentId, { isDisabled: true })].map((call) => call.then(() => 'done', (error: { code: string }) => error.code)));
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 1, String(outcomes));
  }
});

test('nobody gives more than they have, and nobody touches people who have more', async () => {
  const supervisor = await house.signedInClient('supervisor');
  const agent = await house.signedInClient('agent');
  await update(supervisor, agent.agentId, { roleId: await roleId('lead') });
  await refused(update(supervisor, agent.agentId, { roleId: await roleId('admin') }), 'more_than_you_have');
  await refused(update(supervisor, supervisor.agentId, { roleId: await roleId('admin') }), 'more_than_you_have');
  for (const body of [{ isDisabled: true }, { name: 'Somebody else' }, { roleId: await roleId('agent') }, { teamIds: [] }]) await refused(update(supervisor, house.adminId, body), 'more_than_you_have');
  await refused(update(agent, supervisor.agentId, { name: 'Somebody else' }), 'not_allowed');
});

test('who does not see every case puts people, themselves included, only into teams they are in', async () => {
  const [mine, theirs] = [await team(), await team()];
  const lead = await withRole(['case.read', 'agent.read', 'agent.manage'], 'team', [mine.id]);
  const colleague = await withRole(['case.read', 'agent.read'], 'team', [theirs.id]);
  await update(lead, colleague.agentId, { teamIds: [theirs.id, mine.id] });
  await update(lead, colleague.agentId, { teamIds: [mine.id] });
  await refused(update(lead, colleague.agentId, { teamIds: [mine.id, theirs.id] }), 'more_than_you_have');
  await refused(update(lead, lead.agentId, { teamIds: [mine.id, theirs.id] }), 'more_than_you_have');
  await refused(lead.client.accounts.updateTeam({ params: { teamId: theirs.id }, body: { memberIds: [lead.agentId] } }), 'more_than_you_have');
  await refused(lead.client.accounts.inviteAgent({ body: { email: 'x@rapport.test', name: 'X', roleId: colleague.roleId, teamIds: [theirs.id] } }), 'more_than_you_have');
  await refused(lead.client.accounts.removeTeam({ params: { teamId: theirs.id } }), 'more_than_you_have');
  await refused(lead.client.accounts.createRole({ body: { name: 'Sees all', permissions: ['case.read'], caseScope: 'all' } }), 'more_than_you_have');
  const own = await lead.client.accounts.createTeam({ body: { name: 'Made by a lead', memberIds: [lead.agentId, colleague.agentId] } });
  assert.equal(own.memberIds.length, 2);
});

test('what does not exist cannot be changed or given', async () => {
  const agent = await house.signedInClient('agent');
  await refused(update(admin, nowhere, { name: 'Nobody' }), 'not_found');
  await refused(update(admin, agent.agentId, { roleId: nowhere }), 'not_found');
  await refused(update(admin, agent.agentId, { teamIds: [nowhere] }), 'not_found');
  await refused(update(admin, agent.agentId, { name: '   ' }), 'invalid_request');
  await refused(update(admin, 'no-id', { name: 'X' }), 'invalid_request');
});

test('people change their own name and language, and nothing else of themselves', async () => {
  const person = await house.signedInClient('agent');
  const session = await person.client.accounts.updateProfile({ body: { name: 'Anna Ändert', locale: 'de' } });
  assert.deepEqual([session.agent.name, session.agent.locale], ['Anna Ändert', 'de']);
  await refused(person.client.accounts.updateProfile({ body: { locale: 'fr' as 'de' } }), 'invalid_request');
  const response = await person.fetch('/api/v1/profile', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ roleId: await roleId('admin'), email: 'boss@rapport.test', permissions: ['account.manage'] }) });
  assert.equal(response.status, 200);
  const after = await person.client.accounts.session();
  assert.deepEqual([after.agent.roleName, after.agent.email], ['Agent', person.email]);
});

test('an admin changes the company name; others do not', async () => {
  const other = await house.anotherAccount();
  const boss = await other.admin();
  assert.equal((await boss.client.accounts.updateAccount({ body: { name: 'Nordlicht Reisen' } })).account.name, 'Nordlicht Reisen');
  await refused((await other.signedInClient('supervisor')).client.accounts.updateAccount({ body: { name: 'Mine' } }), 'not_allowed');
  assert.equal((await admin.client.accounts.session()).account.name, 'Test company');
});
