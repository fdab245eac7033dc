// Every door of the house, tried by everybody who should not get through: taken from the contract, so that a new endpoint is tried from its first day.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endpoints, permissionNames, type Endpoint, type Permission } from '@rapport/contract';
import { z } from 'zod';
import { openTestHouse, type SignedIn, type TestAccount, type TestHouse } from '../testing/test-house.ts';
import { receive, type Incoming } from './cases/index.ts';
import { newId } from './platform/ids.ts';

const doors = Object.entries(endpoints).flatMap(([room, list]) => Object.entries(list).map(([name, endpoint]) => ({ name: `${room}.${name}`, endpoint: endpoint as Endpoint })));
const isPermission = (access: string): access is Permission => (permissionNames as string[]).includes(access);

type Schema = { type?: string; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; items?: Schema; minItems?: number; minimum?: number; minLength?: number; properties?: Record<string, Schema>; required?: string[] };

/** The smallest thing the contract lets in; ids are those of `known`, by the name of the field. */
function sample(schema: Schema, known: Record<string, string>, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.[0]) return sample(choices[0], known, name);
  switch (schema.type) {
    case 'object': return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {}, known, key)]));
    case 'array': return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, known, name.replace(/s$/, '')));
    case 'number': case 'integer': return schema.minimum ?? 1;
    case 'boolean': return true;
    case 'string':
      if (schema.format === 'uuid') return known[name] ?? newId();
      if (schema.format === 'email') return 'somebody@example.com';
      if (schema.format === 'date-time') return '2030-01-01T09:00:00.000Z';
      return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    default: return 'x';
  }
}
const sampleOf = (schema: z.ZodType, known: Record<string, string>) => sample(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known);

async function knock(browser: Pick<SignedIn, 'fetch'>, endpoint: Endpoint, known: Record<string, string>): Promise<Response> {
  const params = sampleOf(endpoint.params, known) as Record<string, unknown>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams(Object.entries(sampleOf(endpoint.query, known) as Record<string, unknown>).map(([name, value]): [string, string] => [name, String(value)]));
  const body = endpoint.bodyKind === 'none' ? {} : endpoint.bodyKind === 'raw'
    ? { body: Buffer.from('From: x@example.com\r\n\r\nx'), headers: { 'content-type': 'application/octet-stream' } }
    : { body: JSON.stringify(sampleOf(endpoint.body, known)), headers: { 'content-type': 'application/json' } };
  return browser.fetch(`/api/v1${path}?${query}`, { method: endpoint.method, ...body });
}

describe('the doors of the house', { timeout: 300_000 }, () => {
  let house: TestHouse;
  let admin: SignedIn;
  let other: TestAccount;
  let otherAdmin: SignedIn;
  let known: Record<string, string>;
  before(async () => {
    house = await openTestHouse();
    admin = await house.admin();
    other = await house.anotherAccount();
    otherAdmin = await other.admin();
    const inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@company.test' } } })).id;
    const rawKey = (await house.platform.files.put(house.accountId, Buffer.from('From: x\r\n\r\nraw bytes'))).key;
    const incoming: Incoming = {
      inboxId, channel: 'email', door: 'api', dedupeKey: 'one', occurredAt: new Date(), from: { address: 'customer@example.com', name: 'Customer' }, to: [{ address: 'desk@company.test', name: null }], cc: [], replyTo: [],
      subject: 'A question', text: 'Where is it?', html: null, hasRemoteContent: false, attachments: [], rawKey, rawBytes: 20, maskedCardNumbers: 0, messageId: '<one@example.com>', automatic: null, thread: { caseId: null, answers: [], own: ['<one@example.com>'], caseNumber: null },
    };
    const { caseId, entryId } = await house.asSystem((ctx) => receive(ctx, incoming));
    assert.ok(caseId && entryId);
    const { id: attachmentId } = await admin.client.cases.upload({ params: { caseId }, query: { filename: 'plan.txt', mediaType: 'text/plain' }, body: Buffer.from('the plan') as never });
    const role = await admin.client.accounts.createRole({ body: { name: 'Of the first company', permissions: ['case.read'], caseScope: 'own' } });
    const { customer } = await admin.client.cases.get({ params: { caseId } });
    known = { caseId, entryId, attachmentId, inboxId, customerId: customer.id, agentId: house.adminId, teamId: house.teamId, roleId: role.id };
  });
  after(() => house.close());

  test('nobody gets anything without signing in, except at the doors that are for everybody', async () => {
    const stranger = house.browser();
    for (const { name, endpoint } of doors) if (endpoint.access !== 'public') assert.equal((await knock(stranger, endpoint, known)).status, 401, name);
  });

  test('every permission is asked for: a role with all others is refused', async () => {
    const byPermission = Map.groupBy(doors.filter(({ endpoint }) => isPermission(endpoint.access)), ({ endpoint }) => endpoint.access as Permission);
    for (const [permission, list] of byPermission) {
      const role = await admin.client.accounts.createRole({ body: { name: `All but ${permission}`, permissions: permissionNames.filter((name) => name !== permission), caseScope: 'all' } });
      const agent = await house.signedInClient('agent');
      await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { roleId: role.id } });
      for (const { name, endpoint } of list) {
        const answer = await knock(agent, endpoint, known);
        assert.deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [403, 'not_allowed'], name);
      }
    }
  });

  test('what belongs to one company is not there for the admin of another', async () => {
    for (const { name, endpoint } of doors) {
      if (endpoint.access === 'public' || !/:(caseId|entryId|attachmentId|customerId|inboxId|agentId|teamId|roleId)/.test(endpoint.path)) continue;
      const answer = await knock(otherAdmin, endpoint, known);
      assert.ok([400, 403, 404, 409, 422].includes(answer.status), `${name} answered ${answer.status}`);
      assert.doesNotMatch(await answer.text(), /Where is it|the plan|customer@example\.com|desk@company\.test|Of the first company/, name);
    }
  });

  test('a case that lies outside an agent’s scope is not there at any door', async () => {
    const role = await admin.client.accounts.createRole({ body: { name: 'Own cases only', permissions: [...permissionNames], caseScope: 'own' } });
    const agent = await house.signedInClient('agent');
    await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { roleId: role.id } });
    for (const { name, endpoint } of doors) {
      if (!endpoint.path.includes(':caseId') && !endpoint.path.includes(':entryId')) continue;
      const answer = await knock(agent, endpoint, known);
      assert.ok([400, 403, 404, 409, 422].includes(answer.status), `${name} answered ${answer.status}`);
      assert.doesNotMatch(await answer.text(), /Where is it|the plan|customer@example\.com/, name);
    }
    for (const { name, endpoint } of doors) {
      if (endpoint.method !== 'GET' || endpoint.path.includes(':') || endpoint.access === 'public' || !name.startsWith('cases.')) continue;
      const answer = await agent.fetch(`/api/v1${endpoint.path}?q=customer`);
      assert.doesNotMatch(await answer.text(), new RegExp(`Where is it|${known['caseId']}`), name);
    }
  });

  test('the same knock opens for the one who may', async () => {
    const opened = [];
    for (const { name, endpoint } of doors) if (endpoint.method === 'GET' && endpoint.access !== 'public' && (await knock(admin, endpoint, known)).ok) opened.push(name);
    for (const name of ['cases.get', 'cases.listEntries', 'cases.raw', 'cases.download', 'customers.get', 'accounts.listAgents', 'inboxes.list']) assert.ok(opened.includes(name), `${name} should have opened`);
  });
});
