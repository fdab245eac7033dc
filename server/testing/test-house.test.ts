import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ProblemError } from '@rapport/sdk';
import { openTestHouse, type TestHouse } from './test-house.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());

test('a test can sign in as any role over real HTTP', async () => {
  for (const role of ['agent', 'lead', 'admin'] as const) {
    const signedIn = await house.signedInClient(role, { teamIds: [house.teamId] });
    const session = await signedIn.client.accounts.session();
    assert.equal(session.agent.id, signedIn.agentId);
    assert.deepEqual(session.agent.teamIds, [house.teamId]);
    assert.equal(session.permissions.includes('account.manage'), role === 'admin');
    assert.equal(session.account.name, 'Test company');
  }
});

test('nobody is signed in in a new browser', async () => {
  await assert.rejects(house.browser().client.accounts.session(), (error) => error instanceof ProblemError && error.code === 'signed_out');
});

test('a second company has its own people', async () => {
  const other = await house.anotherAccount();
  const { client } = await other.admin();
  const session = await client.accounts.session();
  assert.equal(session.account.id, other.accountId);
  assert.notEqual(session.account.id, house.accountId);
});
