import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestHouse, type TestHouse } from '../../../testing/test-house.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashPassword } from '../password/hash-password.ts';
import { addAgent } from './add-agent.ts';
import { findAgentAccess } from './agent-access.ts';
import { removeDemoPeople } from './demo-people.ts';
import { createTeam } from './teams.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse({ env: { RAPPORT_ROLES: 'web' } });
});
after(() => house.close());

const people = async () => (await (await house.admin()).client.accounts.listAgents()).items;

test('a demo’s people and teams come and go, as often as one likes, and real people stay', async () => {
  const real = await house.signedInClient('lead', { name: 'Real Person' });
  const passwordHash = await hashPassword('try it out yourself');
  for (let round = 0; round < 2; round += 1) {
    await house.asSystem(async (ctx) => {
      const team = await createTeam(ctx, { name: 'Demo team', memberIds: [], isDemo: true });
      for (const role of ['agent', 'supervisor'] as const) await addAgent(ctx, { email: `${role}@demo.example`, name: `Demo ${role}`, role, teamIds: [team.id], passwordHash, isDemo: true });
    });
    const browser = house.browser();
    await browser.client.accounts.signIn({ body: { email: 'agent@demo.example', password: 'try it out yourself' } });
    assert.equal((await people()).length, 4);
    await removeDemoPeople(house.platform, house.accountId);
    assert.deepEqual((await people()).map((agent) => agent.name), ['Ada Admin', 'Real Person']);
    await assert.rejects(browser.client.accounts.session());
    await assert.rejects(browser.client.accounts.signIn({ body: { email: 'agent@demo.example', password: 'try it out yourself' } }), { code: 'wrong_credentials' });
  }
  assert.deepEqual((await (await house.admin()).client.accounts.listTeams()).items.map((team) => team.name), ['Support']);
  await real.client.accounts.session();
});

test('a demo agent or team that real work points to stays, the agent disabled', async () => {
  const [agentId, teamId] = await house.asSystem(async (ctx) => [
    await addAgent(ctx, { email: 'busy@demo.example', name: 'Busy Demo', role: 'agent', isDemo: true }),
    (await createTeam(ctx, { name: 'Busy team', memberIds: [], isDemo: true })).id,
  ]);
  await (await house.admin()).client.inboxes.create({ body: { channel: 'email', name: 'Real', teamId, settings: { address: 'real@company.example' } } });
  await house.platform.database.asSystem((tx) => tx.run('create table points_to_agent (account_id uuid, agent_id uuid, foreign key (account_id, agent_id) references agent(account_id, id))'));
  await house.platform.database.asSystem((tx) => tx.run('insert into points_to_agent values ($1, $2)', [house.accountId, agentId]));
  await removeDemoPeople(house.platform, house.accountId);
  assert.equal((await people()).find((agent) => agent.id === agentId)?.state, 'disabled');
  assert.ok((await (await house.admin()).client.accounts.listTeams()).items.some((team) => team.id === teamId));
});

test('only the system puts people in without an invitation', async () => {
  const { actor } = await house.asSystem(async (ctx) => ctx);
  assert.equal(actor.kind, 'system');
  await assert.rejects(
    house.asSystem((ctx) => addAgent({ ...ctx, actor: { kind: 'agent', agentId: house.adminId, name: 'Ada', permissions: new Set(), caseScope: 'all', teamIds: [], address: '127.0.0.1' } }, { email: 'x@rapport.test', name: 'X', role: 'admin' })),
    (error) => error instanceof Refusal && error.code === 'not_allowed',
  );
});

test('rooms that hand work to somebody can ask what they see', async () => {
  const lead = await house.signedInClient('lead', { name: 'Asked About', teamIds: [house.teamId] });
  const access = await house.asSystem((ctx) => findAgentAccess(ctx, lead.agentId));
  assert.deepEqual([access?.name, access?.isActive, access?.caseScope, access?.teamIds, access?.permissions.has('ledger.read'), access?.permissions.has('account.manage')], ['Asked About', true, 'team', [house.teamId], true, false]);
  assert.equal(await house.asSystem((ctx) => findAgentAccess(ctx, '0190a1b2-0000-7000-8000-000000000000')), undefined);
});
