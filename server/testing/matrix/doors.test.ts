// Every door of the house, tried by everybody who should not get through it at all.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { permissionNames, type Permission } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../test-house.ts';
import { doors, isPermission, knock } from './knock.ts';

describe('the doors of the house', { timeout: 300_000 }, () => {
  let house: TestHouse;
  let admin: SignedIn;
  before(async () => {
    house = await openTestHouse();
    admin = await house.admin();
  });
  after(() => house.close());

  test('nobody gets anything without signing in, except at the doors that are for everybody', async () => {
    const stranger = house.browser();
    for (const door of doors) if (door.endpoint.access !== 'public') assert.equal((await knock(stranger, door, { known: {} })).status, 401, door.name);
  });

  test('every permission is asked for: a role with all others is refused', async () => {
    const byPermission = Map.groupBy(doors.filter(({ endpoint }) => isPermission(endpoint.access)), ({ endpoint }) => endpoint.access as Permission);
    for (const [permission, list] of byPermission) {
      const role = await admin.client.accounts.createRole({ body: { name: `All but ${permission}`, permissions: permissionNames.filter((name) => name !== permission), caseScope: 'all' } });
      const agent = await house.signedInClient('agent');
      await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { roleId: role.id } });
      for (const door of list) {
        const answer = await knock(agent, door, { known: {} });
        assert.ok(answer.status === 403 && answer.text.includes('"code":"not_allowed"'), `${door.name} answered ${answer.status}`);
      }
    }
  });
});
