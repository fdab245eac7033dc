import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

test('a team is made, renamed, filled, emptied and removed', async () => {
  const [anna, ben] = [await house.signedInClient('agent'), await house.signedInClient('agent')];
  const made = await admin.client.accounts.createTeam({ body: { name: 'Billing', memberIds: [anna.agentId] } });
  assert.deepEqual(made.memberIds, [anna.agentId]);
  assert.deepEqual((await anna.client.accounts.session()).agent.teamIds, [made.id]);
  const params = { teamId: made.id };
  assert.equal((await admin.client.accounts.updateTeam({ params, body: { name: 'Payments' } })).name, 'Payments');
  assert.deepEqual((await admin.client.accounts.updateTeam({ params, body: { memberIds: [ben.agentId] } })).memberIds, [ben.agentId]);
  assert.deepEqual((await anna.client.accounts.session()).agent.teamIds, []);
  assert.deepEqual((await admin.client.accounts.listTeams()).items.map((team) => team.name), ['Payments', 'Support']);
  await admin.client.accounts.updateTeam({ params, body: { memberIds: [] } });
  await admin.client.accounts.removeTeam({ params });
  await refused(admin.client.accounts.removeTeam({ params }), 'not_found');
  await refused(admin.client.accounts.updateTeam({ params, body: { name: 'Gone' } }), 'not_found');
});

test('two teams never share a name, whatever its capitals', async () => {
  await admin.client.accounts.createTeam({ body: { name: 'Returns' } });
  await refused(admin.client.accounts.createTeam({ body: { name: 'returns' } }), 'name_taken');
  const other = await admin.client.accounts.createTeam({ body: { name: 'Repairs' } });
  await refused(admin.client.accounts.updateTeam({ params: { teamId: other.id }, body: { name: 'RETURNS' } }), 'name_taken');
  assert.equal((await admin.client.accounts.updateTeam({ params: { teamId: other.id }, body: { name: 'repairs' } })).name, 'repairs');
  const outcomes = await Promise.all(Array.from({ length: 3 }, () => admin.client.accounts.createTeam({ body: { name: 'Rush' } }).then(() => 'made', (error: { code: string }) => error.code)));
  assert.deepEqual(outcomes.sort(), ['made', 'name_taken', 'name_taken']);
});

test('a team that an inbox belongs to is not removed', async () => {
  const team = await admin.client.accounts.createTeam({ body: { name: 'Holds an inbox' } });
  await admin.client.inboxes.create({ body: { channel: 'email', name: 'Held', teamId: team.id, settings: { address: 'held@company.example' } } });
  await refused(admin.client.accounts.removeTeam({ params: { teamId: team.id } }), 'still_in_use');
  assert.ok((await admin.client.accounts.listTeams()).items.some((each) => each.id === team.id));
});

test('removing a team never takes what it wrote with it: its saved replies and views are moved or removed first', async () => {
  const team = await admin.client.accounts.createTeam({ body: { name: 'Writers', memberIds: [admin.agentId] } });
  const params = { teamId: team.id };
  const folder = await admin.client.macros.createFolder({ body: { name: 'Of the writers', audience: 'team', teamId: team.id } });
  const macro = await admin.client.macros.create({ body: { name: 'Thanks', folderId: folder.id, content: { texts: [{ text: 'Thank you' }] } } });
  await refused(admin.client.accounts.removeTeam({ params }), 'still_in_use');
  await admin.client.macros.remove({ params: { macroId: macro.id } });
  const view = await admin.client.views.create({ body: { name: 'Ours', audience: 'team', teamId: team.id, content: { filter: { priorities: ['high'] } } } });
  await refused(admin.client.accounts.removeTeam({ params }), 'still_in_use');
  await admin.client.views.remove({ params: { viewId: view.id } });
  await admin.client.accounts.removeTeam({ params });
});

test('members must exist, and agents only look', async () => {
  const agent = await house.signedInClient('agent');
  await refused(admin.client.accounts.createTeam({ body: { name: 'Ghosts', memberIds: [nowhere] } }), 'not_found');
  assert.ok((await agent.client.accounts.listTeams()).items.length > 0);
  await refused(agent.client.accounts.createTeam({ body: { name: 'Mine' } }), 'not_allowed');
  await refused(agent.client.accounts.updateTeam({ params: { teamId: house.teamId }, body: { name: 'Mine' } }), 'not_allowed');
  await refused(agent.client.accounts.removeTeam({ params: { teamId: house.teamId } }), 'not_allowed');
  await refused(admin.client.accounts.createTeam({ body: { name: '' } }), 'invalid_request');
});

test('making a team twice by one idempotency key makes it once', async () => {
  const body = { name: 'Once only' };
  const first = await admin.client.accounts.createTeam({ body, idempotencyKey: 'team-once-only' });
  assert.deepEqual(await admin.client.accounts.createTeam({ body, idempotencyKey: 'team-once-only' }), first);
});
