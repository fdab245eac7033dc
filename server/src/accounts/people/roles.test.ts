import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { builtInRoles, caseScopes, permissionNames } from '@rapport/contract';
import fc from 'fast-check';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { isWithin, withinCeiling, type Rights } from './rights.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const anyRights = fc.record({ permissions: fc.uniqueArray(fc.constantFrom(...permissionNames)).map((list) => new Set(list)), caseScope: fc.constantFrom(...caseScopes) }) as fc.Arbitrary<Rights>;

test('whatever is handed on, step by step, stays within what the first giver had', () => {
  fc.assert(
    fc.property(anyRights, anyRights, anyRights, (first, wish, further) => {
      const second = withinCeiling(wish, first);
      assert.ok(isWithin(withinCeiling(further, second), first));
    }),
  );
});

test('one permission or a wider view more than the giver has is too much', () => {
  fc.assert(
    fc.property(anyRights, fc.constantFrom(...permissionNames), (giver, extra) => {
      const more = { ...giver, permissions: new Set([...giver.permissions, extra]) };
      assert.equal(isWithin(more, giver), giver.permissions.has(extra));
      for (const caseScope of caseScopes) assert.equal(isWithin({ ...giver, caseScope }, giver), caseScopes.indexOf(caseScope) <= caseScopes.indexOf(giver.caseScope));
    }),
  );
});

test('under a ceiling nobody has more than the ceiling, nor more than before, and a ceiling twice is the same ceiling', () => {
  fc.assert(
    fc.property(anyRights, anyRights, (rights, ceiling) => {
      const left = withinCeiling(rights, ceiling);
      assert.ok(isWithin(left, rights) && isWithin(left, ceiling));
      assert.deepEqual(withinCeiling(left, ceiling), left);
      assert.equal(isWithin(rights, ceiling), isWithin(rights, left));
    }),
  );
});

test('every company starts with the five built-in roles, and they stay as they are', async () => {
  const { items } = await admin.client.accounts.listRoles();
  const builtIn = items.filter((role) => role.isBuiltIn);
  assert.deepEqual(builtIn.map((role) => role.key), ['agent', 'specialist', 'lead', 'supervisor', 'admin']);
  for (const role of builtIn) {
    const { permissions, caseScope } = builtInRoles[role.key as keyof typeof builtInRoles];
    assert.deepEqual([role.permissions, role.caseScope], [[...permissions], caseScope]);
    await refused(admin.client.accounts.updateRole({ params: { roleId: role.id }, body: { name: 'Changed' } }), 'not_allowed');
    await refused(admin.client.accounts.removeRole({ params: { roleId: role.id } }), 'not_allowed');
  }
});

test('a role of one’s own making is made, given, changed and removed', async () => {
  const made = await admin.client.accounts.createRole({ body: { name: 'Read only', permissions: ['case.read', 'case.read'], caseScope: 'all' } });
  assert.deepEqual([made.permissions, made.isBuiltIn, made.agentCount], [['case.read'], false, 0]);
  const person = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: person.agentId }, body: { roleId: made.id } });
  await refused(person.client.accounts.listAgents(), 'not_allowed');
  const changed = await admin.client.accounts.updateRole({ params: { roleId: made.id }, body: { name: 'Reader', permissions: ['case.read', 'agent.read'] } });
  assert.deepEqual([changed.name, changed.permissions, changed.caseScope, changed.agentCount], ['Reader', ['case.read', 'agent.read'], 'all', 1]);
  await person.client.accounts.listAgents();
  await refused(admin.client.accounts.removeRole({ params: { roleId: made.id } }), 'still_in_use');
  const agentRole = (await admin.client.accounts.listRoles()).items.find((role) => role.key === 'agent')?.id ?? '';
  await admin.client.accounts.updateAgent({ params: { agentId: person.agentId }, body: { roleId: agentRole } });
  await admin.client.accounts.removeRole({ params: { roleId: made.id } });
  await refused(admin.client.accounts.removeRole({ params: { roleId: made.id } }), 'not_found');
});

test('nobody makes or changes a role into more than they have, nor touches one that is more', async () => {
  const supervisor = await house.signedInClient('supervisor');
  await refused(supervisor.client.accounts.createRole({ body: { name: 'Too much', permissions: ['account.manage'], caseScope: 'own' } }), 'more_than_you_have');
  const fine = await supervisor.client.accounts.createRole({ body: { name: 'Fine', permissions: ['case.read'], caseScope: 'all' } });
  await refused(supervisor.client.accounts.updateRole({ params: { roleId: fine.id }, body: { permissions: ['case.read', 'apikey.manage'] } }), 'more_than_you_have');
  const more = await admin.client.accounts.createRole({ body: { name: 'More', permissions: ['inbox.manage'], caseScope: 'own' } });
  await refused(supervisor.client.accounts.updateRole({ params: { roleId: more.id }, body: { permissions: [] } }), 'more_than_you_have');
  await refused(supervisor.client.accounts.removeRole({ params: { roleId: more.id } }), 'more_than_you_have');
});

test('the role one has oneself cannot be widened', async () => {
  const role = await admin.client.accounts.createRole({ body: { name: 'Manager', permissions: ['agent.manage', 'agent.read'], caseScope: 'own' } });
  const person = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: person.agentId }, body: { roleId: role.id } });
  await refused(person.client.accounts.updateRole({ params: { roleId: role.id }, body: { permissions: ['agent.manage', 'agent.read', 'account.manage'] } }), 'more_than_you_have');
  await refused(person.client.accounts.updateRole({ params: { roleId: role.id }, body: { caseScope: 'all' } }), 'more_than_you_have');
});

test('names are unique, permissions known, and agents only look', async () => {
  await refused(admin.client.accounts.createRole({ body: { name: 'ADMIN', permissions: [], caseScope: 'own' } }), 'name_taken');
  await refused(admin.client.accounts.createRole({ body: { name: 'Odd', permissions: ['case.destroy'], caseScope: 'own' } }), 'invalid_request');
  const agent = await house.signedInClient('agent');
  assert.ok((await agent.client.accounts.listRoles()).items.length >= 5);
  await refused(agent.client.accounts.createRole({ body: { name: 'Mine', permissions: [], caseScope: 'own' } }), 'not_allowed');
});
