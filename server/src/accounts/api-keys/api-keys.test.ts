import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createClient } from '@rapport/sdk';
import type { Permission } from '@rapport/contract';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

const clock = setClock();
let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse({ clock });
  admin = await house.admin();
});
after(() => house.close());

const byKey = (apiKey: string) => createClient({ baseUrl: house.url, apiKey }).accounts;
const make = (who: SignedIn, body: { agentId?: string; expiresAt?: string; name?: string } = {}) => who.client.accounts.createApiKey({ body: { name: 'Import', ...body } });
let count = 0;
async function withRole(permissions: Permission[], caseScope: 'own' | 'team' | 'all'): Promise<SignedIn & { roleId: string }> {
  const role = await admin.client.accounts.createRole({ body: { name: `Role ${(count += 1)}`, permissions, caseScope } });
  const person = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: person.agentId }, body: { roleId: role.id } });
  return { ...person, roleId: role.id };
}

test('a key acts as its agent and is shown once', async () => {
  const { key, id } = await make(admin);
  assert.match(key, /^rk_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}$/);
  const session = await byKey(key).session();
  assert.equal(session.agent.id, house.adminId);
  const { items } = await admin.client.accounts.listApiKeys();
  const listed = items.find((item) => item.id === id);
  assert.equal(listed?.agentName, 'Ada Admin');
  assert.equal(listed.lastUsedAt, clock.now().toISOString());
  assert.ok(key.startsWith(listed.prefix) && listed.prefix.length <= 30);
  const stored = await house.platform.database.asSystem((tx) => tx.run<{ row: string }>('select k::text as row from api_key k union all select i::text from idempotency_key i union all select a::text from audit_record a'));
  for (const { row } of stored) assert.ok(!row.includes(key.slice(26)));
});

test('the answer with the key is not kept for a repeated request', async () => {
  const { key } = await admin.client.accounts.createApiKey({ body: { name: 'Repeated' }, idempotencyKey: 'make-a-key-once' });
  const rows = await house.platform.database.asSystem((tx) => tx.run<{ row: string }>('select i::text as row from idempotency_key i'));
  assert.ok(rows.every(({ row }) => !row.includes(key.slice(26))));
});

test('a revoked or expired key is nobody from the next request on', async () => {
  const { key, id } = await make(admin);
  await byKey(key).session();
  await admin.client.accounts.revokeApiKey({ params: { apiKeyId: id } });
  await refused(byKey(key).session(), 'signed_out');
  await refused(admin.client.accounts.revokeApiKey({ params: { apiKeyId: id } }), 'not_found');

  const short = await make(admin, { expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() });
  await byKey(short.key).session();
  clock.forward(60_000);
  await refused(byKey(short.key).session(), 'signed_out');
  await refused(make(admin, { expiresAt: clock.now().toISOString() }), 'invalid_request');
});

test('a key has its agent’s rights of the moment: what the agent loses, it loses', async () => {
  const person = await withRole(['apikey.manage', 'agent.read', 'audit.read'], 'all');
  const { key } = await make(person);
  await byKey(key).listAudit();
  await admin.client.accounts.updateRole({ params: { roleId: person.roleId }, body: { permissions: ['apikey.manage', 'agent.read'] } });
  await refused(byKey(key).listAudit(), 'not_allowed');
  await admin.client.accounts.updateRole({ params: { roleId: person.roleId }, body: { permissions: ['apikey.manage', 'agent.read', 'audit.read'] } });
  await byKey(key).listAudit();
});

test('a key for somebody with more rights is refused', async () => {
  const person = await withRole(['apikey.manage', 'agent.read'], 'all');
  await refused(make(person, { agentId: house.adminId }), 'more_than_you_have');
  const agent = await house.signedInClient('agent');
  await refused(make(person, { agentId: agent.agentId }), 'more_than_you_have');
});

test('who does not see every case makes keys for themselves only: a colleague’s key shows the cases assigned to the colleague', async () => {
  const person = await withRole(['apikey.manage', 'case.read'], 'team');
  const colleague = await withRole(['case.read'], 'own');
  await make(person);
  await refused(make(person, { agentId: colleague.agentId }), 'more_than_you_have');
});

test('a key made for a colleague does not rise with the colleague', async () => {
  const maker = await withRole(['apikey.manage', 'agent.read', 'agent.manage'], 'all');
  const colleague = await withRole(['agent.read'], 'own');
  const { key } = await make(maker, { agentId: colleague.agentId });
  await byKey(key).listAgents();
  const adminRole = (await admin.client.accounts.listRoles()).items.find((role) => role.key === 'admin')?.id ?? '';
  await admin.client.accounts.updateAgent({ params: { agentId: colleague.agentId }, body: { roleId: adminRole } });
  const session = await byKey(key).session();
  assert.deepEqual([session.permissions, session.caseScope], [['agent.read'], 'own']);
  await refused(byKey(key).listAudit(), 'not_allowed');
  await refused(byKey(key).updateAgent({ params: { agentId: maker.agentId }, body: { roleId: adminRole } }), 'not_allowed');
});

test('a key makes no keys, so one that runs out or was narrowed cannot renew itself', async () => {
  const { key } = await make(admin, { expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() });
  await refused(byKey(key).createApiKey({ body: { name: 'For ever' } }), 'not_allowed');
});

test('what only a person may do, a key may not', async () => {
  const { key } = await make(admin);
  await refused(byKey(key).listSessions(), 'not_allowed');
  await refused(byKey(key).signOut(), 'not_allowed');
  await refused(byKey(key).updateProfile({ body: { name: 'Changed' } }), 'not_allowed');
  await refused(byKey(key).startSecondFactor({ body: { password: admin.password } }), 'not_allowed');
});

test('keys are for active agents of the company, made by those who may', async () => {
  const agent = await house.signedInClient('agent');
  await refused(make(agent), 'not_allowed');
  await refused(agent.client.accounts.listApiKeys(), 'not_allowed');
  await refused(make(admin, { agentId: '0190a1b2-0000-7000-8000-000000000000' }), 'not_found');
  await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { isDisabled: true } });
  await refused(make(admin, { agentId: agent.agentId }), 'not_allowed');
  await refused(make(admin, { name: '' }), 'invalid_request');
  for (const key of ['rk_', 'rk_x_y', `rk_${'0'.repeat(22)}_${'a'.repeat(43)}`, 'x'.repeat(5000)]) await refused(byKey(key).session(), 'signed_out');
});
