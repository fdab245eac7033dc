import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import type { CaseScope, Permission } from '@rapport/contract';
import { createClient } from '@rapport/sdk';
import { refused } from '../../testing/refused.ts';
import { setClock } from '../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { sweepJob } from './jobs.ts';

const clock = setClock();
const heard: { path: string; type: string; data: { caseId?: string; case?: { subject: string } | null } }[] = [];
let house: TestHouse;
let admin: SignedIn;
let server: Server;
let url: string;
let inboxId: string;
before(async () => {
  house = await openTestHouse({ clock, env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test' } } })).id;
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', ...(JSON.parse(Buffer.concat(parts).toString()) as Omit<(typeof heard)[number], 'path'>) });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
after(async () => {
  await house.close();
  server.closeAllConnections();
  server.close();
});

const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await sleep(25);
};
let count = 0;
async function withRole(permissions: Permission[], caseScope: CaseScope): Promise<SignedIn & { roleId: string }> {
  const role = await admin.client.accounts.createRole({ body: { name: `Role ${(count += 1)}`, permissions, caseScope } });
  const person = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: person.agentId }, body: { roleId: role.id } });
  return { ...person, roleId: role.id };
}
/** A client of a key; without `agentId` a key for whoever makes it. */
async function keyOf(maker: SignedIn, more: { agentId?: string; expiresAt?: string } = {}) {
  const { key, id } = await maker.client.accounts.createApiKey({ body: { name: 'Shop', ...more } });
  return { id, client: createClient({ baseUrl: house.url, apiKey: key }) };
}
const hook = (who: Pick<SignedIn, 'client'>, topics: readonly string[], more: object = {}) => who.client.webhooks.create({ body: { name: 'Shop', url, topics: topics as never, ...more } });
const at = (path: string) => heard.filter((each) => each.path === `/hook/${path}`);
const look = async (endpointId: string) => (await admin.client.webhooks.list()).items.find(({ id }) => id === endpointId);
const newCase = (subject: string, teamId?: string) => admin.client.cases.create({ body: { inboxId, customer: { email: 'nora@shop.test' }, subject, note: 'She called.', ...(teamId === undefined ? {} : { teamId }) } });

test('a program sets up an endpoint with its key, changes it, and takes it away again', async () => {
  const key = await keyOf(admin);
  const { endpoint, secret } = await hook(key, ['case.created']);
  assert.match(secret, /^whsec_/);
  assert.deepEqual(endpoint.apiKey, { id: key.id, name: 'Shop' });
  const made = await newCase('Heard');
  await until(() => heard.some(({ data }) => data.caseId === made.id));
  await until(async () => (await look(endpoint.id))?.lastDeliveredAt !== null);
  const changed = await key.client.webhooks.update({ params: { endpointId: endpoint.id }, body: { version: endpoint.version, topics: ['case.changed'] } });
  assert.deepEqual(changed.topics, ['case.changed']);
  await key.client.webhooks.rotate({ params: { endpointId: endpoint.id }, body: {} });
  await key.client.webhooks.remove({ params: { endpointId: endpoint.id } });
  assert.equal(await look(endpoint.id), undefined);
});

test('a key cannot ask for events that it may not see, neither at first nor by changing its endpoint', async () => {
  const person = await withRole(['apikey.manage', 'case.read', 'webhook.manage'], 'team');
  const key = await keyOf(person);
  await refused(hook(key, ['case.created', 'customer.changed']), 'more_than_you_have');
  const { endpoint } = await hook(key, ['case.created']);
  await refused(key.client.webhooks.update({ params: { endpointId: endpoint.id }, body: { version: endpoint.version, topics: ['customer.changed'] } }), 'more_than_you_have');
  const without = await withRole(['apikey.manage', 'case.read'], 'team');
  await refused(hook(await keyOf(without), ['case.created']), 'not_allowed');
});

test('a key does not touch endpoints of people or of other keys: what waits there would go to an address of its own', async () => {
  const [key, other] = [await keyOf(admin), await keyOf(admin)];
  const { endpoint: mine } = await hook(admin, ['case.linked']);
  const { endpoint: theirs } = await hook(other, ['case.linked']);
  for (const { id, version } of [mine, theirs]) {
    const params = { endpointId: id };
    await refused(key.client.webhooks.update({ params, body: { version, url: `${url}/elsewhere` } }), 'not_allowed');
    await refused(key.client.webhooks.rotate({ params, body: {} }), 'not_allowed');
    await refused(key.client.webhooks.remove({ params }), 'not_allowed');
    assert.equal((await look(id))?.url, url);
  }
});

test('an endpoint made with a colleague’s key stays below the key’s ceiling when the colleague rises', async () => {
  const far = await admin.client.accounts.createTeam({ body: { name: 'Far away' } });
  const maker = await withRole(['apikey.manage', 'case.read', 'webhook.manage'], 'all');
  const colleague = await withRole(['case.read', 'webhook.manage'], 'team');
  const key = await keyOf(maker, { agentId: colleague.agentId });
  const { endpoint } = await hook(key, ['case.changed'], { includeResource: true, url: `${url}/ceiling` });
  const told = (caseId: string) => at('ceiling').filter(({ data }) => data.caseId === caseId);
  const adminRole = (await admin.client.accounts.listRoles()).items.find((role) => role.key === 'admin')?.id ?? '';
  await admin.client.accounts.updateAgent({ params: { agentId: colleague.agentId }, body: { roleId: adminRole } });
  const [hidden, seen] = [await newCase('Not for the key'), await newCase('For all')];
  await admin.client.cases.update({ params: { caseId: hidden.id }, body: { teamId: far.id } });
  // That it left the common pool is told to those who saw it there, with nothing in it.
  await until(() => told(hidden.id).length === 1);
  assert.equal(told(hidden.id)[0]?.data.case, null, 'it is read with the rights of the key, not of the admin');
  await admin.client.cases.update({ params: { caseId: hidden.id }, body: { priority: 'high' } });
  await admin.client.cases.update({ params: { caseId: seen.id }, body: { priority: 'high' } });
  await until(() => told(seen.id).length === 1);
  assert.deepEqual([told(seen.id)[0]?.data.case?.subject, told(hidden.id).length], ['For all', 1]);
  await refused(key.client.webhooks.update({ params: { endpointId: endpoint.id }, body: { version: 1, topics: ['customer.changed'] } }), 'more_than_you_have');
});

test('what a key made stops when the key is revoked, at the next event or within a minute, and the audit log says why', async () => {
  const key = await keyOf(admin);
  const { endpoint } = await hook(key, ['case.created'], { url: `${url}/revoked` });
  const { endpoint: quiet } = await hook(key, ['case.linked']);
  await admin.client.accounts.revokeApiKey({ params: { apiKeyId: key.id } });
  await newCase('After the key');
  await until(async () => (await look(endpoint.id))?.offReason === 'key_gone');
  assert.deepEqual(at('revoked'), []);
  assert.deepEqual((await admin.client.webhooks.listDeliveries({ params: { endpointId: endpoint.id } })).items, []);
  await sweepJob.run(house.platform, {});
  assert.equal((await look(quiet.id))?.offReason, 'key_gone');
  const { items } = await admin.client.accounts.listAudit({ query: { limit: 50 } });
  assert.ok(items.some((item) => item.action === 'webhook.stopped' && item.detail['endpointId'] === quiet.id));
  // A person takes it over: from then on it acts for them.
  const version = (await look(quiet.id))?.version ?? 0;
  const taken = await admin.client.webhooks.update({ params: { endpointId: quiet.id }, body: { version, isEnabled: true } });
  assert.deepEqual([taken.isEnabled, taken.apiKey], [true, null]);
});

test('what a key made stops when the key runs out, though something still waits', async () => {
  const key = await keyOf(admin, { expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() });
  const { endpoint } = await hook(key, ['case.linked']);
  clock.forward(61_000);
  await admin.client.webhooks.test({ params: { endpointId: endpoint.id } });
  await until(async () => (await look(endpoint.id))?.offReason === 'key_gone');
  assert.equal((await admin.client.webhooks.listDeliveries({ params: { endpointId: endpoint.id } })).items[0]?.attempts, 0);
});

test('what a key made stops when its agent may no longer set up endpoints', async () => {
  const person = await withRole(['apikey.manage', 'case.read', 'webhook.manage'], 'all');
  const key = await keyOf(person);
  const { endpoint } = await hook(key, ['case.created']);
  await admin.client.accounts.updateRole({ params: { roleId: person.roleId }, body: { permissions: ['apikey.manage', 'case.read'] } });
  await newCase('Too late');
  await until(async () => (await look(endpoint.id))?.offReason === 'agent_left');
});

test('all that was given up is sent again at once', async () => {
  const { endpoint } = await hook(admin, ['case.linked']);
  const params = { endpointId: endpoint.id };
  await house.asSystem((ctx) =>
    ctx.tx.run(`insert into webhook_delivery (account_id, endpoint_id, event_id, topic, payload, event_at, state, next_at, give_up_at, created_at)
      select $1, $2, gen_random_uuid(), 'webhook.test', '{}', $3, 'failed', $3, $3, $3 from generate_series(1, 3)`, [house.accountId, endpoint.id, clock.now()]));
  assert.deepEqual(await admin.client.webhooks.resendFailed({ params }), { resent: 3, isMore: false });
  await until(async () => (await admin.client.webhooks.listDeliveries({ params: { ...params }, query: { state: 'delivered' } })).items.length === 3);
  assert.deepEqual(await admin.client.webhooks.resendFailed({ params }), { resent: 0, isMore: false });
  const supervisor = await house.signedInClient('supervisor');
  await refused(supervisor.client.webhooks.resendFailed({ params }), 'not_allowed');
  await admin.client.webhooks.update({ params, body: { version: endpoint.version, isEnabled: false } });
  await refused(admin.client.webhooks.resendFailed({ params }), 'webhook_off');
});
