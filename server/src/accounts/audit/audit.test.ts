import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { recordAudit } from './record-audit.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const newest = async (limit = 1) => (await admin.client.accounts.listAudit({ query: { limit } })).items;

test('who did what, to whom and from where is written down', async () => {
  const agent = await house.signedInClient('agent', { name: 'Laura Meyer' });
  await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { isDisabled: true } });
  const [record] = await newest();
  assert.deepEqual({ ...record, id: '', at: '' }, {
    id: '', at: '', actor: 'Ada Admin', action: 'agent.disabled', target: agent.email, address: '127.0.0.1', detail: { agentId: house.adminId, changedId: agent.agentId },
  });
});

test('deeds by a key name the key', async () => {
  const { key, id } = await admin.client.accounts.createApiKey({ body: { name: 'Import' } });
  const response = await fetch(`${house.url}/api/v1/teams`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: '{"name":"By a key"}' });
  assert.equal(response.status, 201);
  const [record] = await newest();
  assert.equal(record?.action, 'team.created');
  assert.equal(record.detail['apiKeyId'], id);
});

test('failed sign-ins are written down where the person belongs, those of unknown people nowhere', async () => {
  const agent = await house.signedInClient('agent');
  const count = async () => (await house.platform.database.asSystem((tx) => tx.run<{ count: number }>('select count(*) as count from audit_record')))[0]?.count ?? 0;
  await refused(house.browser().client.accounts.signIn({ body: { email: agent.email, password: 'not the password' } }), 'wrong_credentials');
  const [record] = await newest();
  assert.deepEqual([record?.action, record?.target, record?.address, record?.detail], ['sign_in.failed', agent.email, '127.0.0.1', { reason: 'wrong_credentials' }]);
  const before = await count();
  await refused(house.browser().client.accounts.signIn({ body: { email: 'nobody@rapport.test', password: 'not the password' } }), 'wrong_credentials');
  assert.equal(await count(), before);
});

test('no password, token or code ever gets into the log', async () => {
  const agent = await house.signedInClient('admin');
  await agent.client.accounts.signIn({ body: { email: agent.email, password: agent.password } });
  const { invitationUrl } = await agent.client.accounts.inviteAgent({ body: { email: 'invited@rapport.test', name: 'Invited', roleId: (await agent.client.accounts.listRoles()).items[0]?.id ?? '' } });
  const { key } = await agent.client.accounts.createApiKey({ body: { name: 'Import' } });
  await agent.client.accounts.changePassword({ body: { current: agent.password, next: 'stuhl wolke hafen' } });
  const log = JSON.stringify(await newest(100));
  for (const secret of [agent.password, 'stuhl wolke hafen', invitationUrl.split('/').at(-1) ?? '', key, agent.cookie().split('=')[1] ?? '']) assert.ok(secret.length > 9 && !log.includes(secret));
});

test('a change that is rolled back leaves no record', async () => {
  const before = (await newest())[0]?.id;
  await assert.rejects(house.asSystem(async (ctx) => {
    await recordAudit(ctx, 'test.happened', {});
    throw new Error('rolled back');
  }));
  assert.equal((await newest())[0]?.id, before);
});

test('the log is read page by page, newest first, each record once, also while more are written', async () => {
  for (let i = 0; i < 25; i += 1) await house.asSystem((ctx) => recordAudit(ctx, 'test.happened', { target: `number ${i}` }));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin.client.accounts.listAudit({ query: { limit: 7, ...(cursor === undefined ? {} : { cursor }) } });
    seen.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor ?? undefined;
    await house.asSystem((ctx) => recordAudit(ctx, 'test.meanwhile', {}));
  } while (cursor !== undefined);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(seen, seen.toSorted().reverse());
  const all = await house.platform.database.asSystem((tx) => tx.run<{ id: string }>("select id from audit_record where account_id = $1 and action <> 'test.meanwhile'", [house.accountId]));
  assert.ok(all.every(({ id }) => seen.includes(id)));
});

test('the log is for those who may read it, and its cursor cannot be made up', async () => {
  await refused((await house.signedInClient('lead')).client.accounts.listAudit(), 'not_allowed');
  await (await house.signedInClient('supervisor')).client.accounts.listAudit();
  for (const cursor of ['x', Buffer.from("' or 1=1").toString('base64url')]) await refused(admin.client.accounts.listAudit({ query: { cursor } }), 'invalid_request');
  await refused(admin.client.accounts.listAudit({ query: { limit: 1000 } }), 'invalid_request');
});

test('a record cannot be changed or removed, not even by the application itself', async () => {
  for (const statement of ["update audit_record set actor = 'somebody else'", 'delete from audit_record', 'truncate audit_record']) {
    await assert.rejects(house.asSystem((ctx) => ctx.tx.run(statement)), { code: '42501' });
  }
});
