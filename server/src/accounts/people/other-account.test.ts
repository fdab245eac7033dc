import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { endpoints, type Endpoint } from '@rapport/contract';
import { createClient } from '@rapport/sdk';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestAccount, type TestHouse } from '../../../testing/test-house.ts';

// Two companies in one house; ours must never see or change anything of theirs.
let house: TestHouse;
let ours: SignedIn;
let theirs: TestAccount;
let theirAdmin: SignedIn;
const their = { agentId: '', roleId: '', teamId: '', apiKeyId: '', sessionId: '', inboxId: '', invitedId: '' };
before(async () => {
  house = await openTestHouse({ env: { RAPPORT_ROLES: 'web' } });
  ours = await house.admin();
  theirs = await house.anotherAccount();
  theirAdmin = await theirs.admin();
  const { client } = theirAdmin;
  await client.accounts.updateAccount({ body: { name: 'Geheimrat GmbH' } });
  their.agentId = (await theirs.signedInClient('agent', { name: 'Gerda Geheim', email: 'gerda@geheim.test' })).agentId;
  their.roleId = (await client.accounts.createRole({ body: { name: 'Geheimrolle', permissions: ['case.read'], caseScope: 'own' } })).id;
  their.teamId = (await client.accounts.createTeam({ body: { name: 'Geheimteam', memberIds: [their.agentId] } })).id;
  their.apiKeyId = (await client.accounts.createApiKey({ body: { name: 'Geheimschlüssel' } })).id;
  their.sessionId = (await client.accounts.listSessions()).items[0]?.id ?? '';
  their.inboxId = (await client.inboxes.create({ body: { channel: 'email', name: 'Geheimpost', settings: { address: 'post@geheim.test' } } })).id;
  their.invitedId = (await client.accounts.inviteAgent({ body: { email: 'neu@geheim.test', name: 'Geheim Neu', roleId: their.roleId } })).agent.id;
});
after(() => house.close());

/** Everything the database holds of an account. */
async function everythingOf(accountId: string): Promise<string[]> {
  return house.platform.database.asSystem(async (tx) => {
    const tables = await tx.run<{ name: string }>(`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'account_id' and table_name not in ('event', 'idempotency_key', 'event_handled') order by 1`);
    const rows: string[] = [];
    for (const { name } of tables) rows.push(...(await tx.run<{ row: string }>(`select '${name}' || t::text as row from "${name}" t where account_id = $1 order by 1`, [accountId])).map(({ row }) => row));
    return rows;
  });
}

test('no answer to a GET shows anything of another company, whatever ids are asked for', async () => {
  const gets = Object.values(endpoints).flatMap((list) => Object.values(list as unknown as Record<string, Endpoint>)).filter(({ method }) => method === 'GET');
  assert.ok(gets.length > 10);
  const ids = Object.values(their);
  for (const endpoint of gets) {
    for (const id of endpoint.path.includes(':') ? ids : ['']) {
      const response = await ours.fetch(`/api/v1${endpoint.path.replace(/:[A-Za-z]+/g, id)}`);
      const text = await response.text();
      assert.ok(!/geheim/i.test(text), `${endpoint.path} told ${text.slice(0, 300)}`);
      for (const each of ids) assert.ok(each === id || !text.includes(each), `${endpoint.path} named ${each}`);
    }
  }
});

test('nothing of another company can be changed, given away or used, by its ids', async () => {
  const before = await everythingOf(theirs.accountId);
  assert.ok(before.length > 20);
  const { accounts, inboxes } = ours.client;
  const own = { agentId: (await house.signedInClient('agent')).agentId, teamId: house.teamId, roleId: (await accounts.listRoles()).items[0]?.id ?? '' };
  for (const agentId of [their.agentId, their.invitedId, theirs.adminId]) {
    for (const body of [{ name: 'Ours' }, { isDisabled: true }, { roleId: own.roleId }, { teamIds: [own.teamId] }]) await refused(accounts.updateAgent({ params: { agentId }, body }), 'not_found');
    await refused(accounts.createApiKey({ body: { name: 'Theirs', agentId } }), 'not_found');
    await refused(accounts.createTeam({ body: { name: 'Mixed', memberIds: [agentId] } }), 'not_found');
    await refused(accounts.updateTeam({ params: { teamId: own.teamId }, body: { memberIds: [agentId] } }), 'not_found');
  }
  await refused(accounts.updateAgent({ params: { agentId: own.agentId }, body: { roleId: their.roleId } }), 'not_found');
  await refused(accounts.updateAgent({ params: { agentId: own.agentId }, body: { teamIds: [their.teamId] } }), 'not_found');
  await refused(accounts.inviteAgent({ body: { email: 'x@ours.test', name: 'X', roleId: their.roleId } }), 'not_found');
  await refused(accounts.inviteAgent({ body: { email: 'x@ours.test', name: 'X', roleId: own.roleId, teamIds: [their.teamId] } }), 'not_found');
  await refused(accounts.updateTeam({ params: { teamId: their.teamId }, body: { name: 'Ours' } }), 'not_found');
  await refused(accounts.removeTeam({ params: { teamId: their.teamId } }), 'not_found');
  await refused(accounts.updateRole({ params: { roleId: their.roleId }, body: { name: 'Ours' } }), 'not_found');
  await refused(accounts.removeRole({ params: { roleId: their.roleId } }), 'not_found');
  await refused(accounts.revokeApiKey({ params: { apiKeyId: their.apiKeyId } }), 'not_found');
  await refused(accounts.revokeSession({ params: { sessionId: their.sessionId } }), 'not_found');
  await refused(inboxes.update({ params: { inboxId: their.inboxId }, body: { name: 'Ours' } }), 'not_found');
  assert.deepEqual(await everythingOf(theirs.accountId), before);
});

test('names and addresses in use elsewhere are free here', async () => {
  await ours.client.accounts.createTeam({ body: { name: 'Geheimteam' } });
  await ours.client.accounts.createRole({ body: { name: 'Geheimrolle', permissions: [], caseScope: 'own' } });
});

test('a token with another company’s account in it is nobody’s', async () => {
  const mine = ours.cookie().split('_').at(-1) ?? '';
  const theirPart = theirAdmin.cookie().split('_').at(-2) ?? '';
  const mixed = house.browser();
  mixed.setCookie('rapport_session', `rs_${theirPart}_${mine}`);
  await refused(mixed.client.accounts.session(), 'signed_out');
  const { key } = await ours.client.accounts.createApiKey({ body: { name: 'Ours' } });
  await refused(createClient({ baseUrl: house.url, apiKey: `rk_${theirPart}_${key.split('_').at(-1)}` }).accounts.session(), 'signed_out');
});

test('an account’s transaction reads no password, no code and nobody else’s login', async () => {
  for (const statement of ['select password_hash from login', 'select totp_secret from login', 'select email from login', 'select * from recovery_code', "update login set password_hash = ''", 'delete from login', "insert into login (id, email, created_at, totp_secret) values (gen_random_uuid(), 'x', now(), '')"]) {
    await assert.rejects(house.asSystem((ctx) => ctx.tx.run(statement)), { code: '42501' }, statement);
  }
  const visible = await house.asSystem((ctx) => ctx.tx.run('select id from login'));
  const belonging = await house.asSystem((ctx) => ctx.tx.run('select login_id from agent where login_id is not null'));
  assert.equal(visible.length, belonging.length);
  const all = await house.platform.database.asSystem((tx) => tx.run('select id from login'));
  assert.ok(all.length > visible.length);
});
