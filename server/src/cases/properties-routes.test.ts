import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bulk, caseFields, following, permissionNames, promises, type Endpoint, type Permission } from '@rapport/contract';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { newId } from '../platform/ids.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@company.test' } } })).id;
});
after(() => house.close());

const begin = () => admin.client.cases.create({ body: { inboxId, customer: { email: 'anna@example.com' }, subject: 'A matter', note: 'On the telephone' } });
async function agentWith(permissions: readonly Permission[]): Promise<SignedIn> {
  const role = await admin.client.accounts.createRole({ body: { name: `Role ${newId()}`, permissions: [...permissions], caseScope: 'all' } });
  const agent = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { roleId: role.id } });
  return agent;
}

test('nothing of it is open to a role without the permission', async () => {
  for (const [room, list] of Object.entries({ bulk, caseFields, following, promises })) {
    for (const [name, endpoint] of Object.entries(list) as [string, Endpoint][]) {
      const { client } = await agentWith(permissionNames.filter((permission) => permission !== endpoint.access && permission !== 'account.manage'));
      const params = { caseId: newId(), promiseId: newId(), fieldId: newId(), runId: newId() };
      const bodies: Record<string, unknown> = {
        start: { selection: { by: 'cases', caseIds: [newId()] }, action: { priority: 'low' } }, create: { name: 'x', type: 'text' }, update: { version: 1 }, order: { fieldIds: [] }, make: { text: 'x', dueAt: '2030-01-01T00:00:00Z' }, change: { state: 'kept' }, readMentions: {},
      };
      const call = (client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[room]?.[name];
      await refused(call?.({ params, body: bodies[name] }) as Promise<unknown>, 'not_allowed');
    }
  }
});

test('many cases are changed and put back by the job, with the progress told', async () => {
  const cases = [await begin(), await begin(), await begin()];
  const started = await admin.client.bulk.start({ body: { selection: { by: 'cases', caseIds: cases.map((one) => one.id) }, action: { priority: 'urgent', kind: 'complaint' } } });
  const until = async (state: string) => {
    for (;;) {
      const run = await admin.client.bulk.get({ params: { runId: started.id } });
      if (run.state === state) return run;
      await sleep(50);
    }
  };
  assert.equal((await until('done')).changed, 3);
  assert.equal((await admin.client.cases.get({ params: { caseId: cases[0]?.id ?? '' } })).kind, 'complaint');
  await admin.client.bulk.undo({ params: { runId: started.id } });
  assert.equal((await until('undone')).restored, 3);
  assert.equal((await admin.client.cases.get({ params: { caseId: cases[0]?.id ?? '' } })).priority, 'normal');
  const told = await house.asSystem((ctx) => ctx.tx.run<{ state: string }>(`select payload ->> 'state' as state from event where topic = 'bulk.progressed' order by id`));
  assert.deepEqual([told[0]?.state, told.at(-1)?.state].sort(), ['done', 'undone']);
  await refused(admin.client.bulk.start({ body: { selection: { by: 'cases', caseIds: [newId()] }, action: {} } }), 'invalid_request');
});

test('fields, promises, followers and briefs over HTTP', async () => {
  const { id: caseId } = await begin();
  const params = { caseId };
  const { client } = admin;
  const field = await client.caseFields.create({ body: { name: 'Order', type: 'text' } });
  assert.deepEqual((await client.caseFields.list()).items, [field]);
  const renamed = await client.caseFields.update({ params: { fieldId: field.id }, body: { version: 1, name: 'Order number' } });
  assert.deepEqual((await client.caseFields.order({ body: { fieldIds: [field.id] } })).items, [renamed]);
  assert.deepEqual((await client.cases.update({ params, body: { fields: { [field.id]: 'A-17' }, kind: 'dispute' } })).fields, [{ fieldId: field.id, value: 'A-17' }]);
  await refused(client.caseFields.remove({ params: { fieldId: field.id } }), 'still_in_use');
  await refused(client.cases.update({ params, body: { fields: { nonsense: 'x' } } }), 'invalid_request');
  const made = await client.promises.make({ params, body: { text: 'Call back', dueAt: new Date(Date.now() + 3_600_000).toISOString() } });
  assert.equal((await client.promises.change({ params: { caseId, promiseId: made.id }, body: { state: 'kept' } })).state, 'kept');
  assert.equal((await client.promises.list({ params })).items.length, 1);
  await refused(client.promises.make({ params, body: { text: 'x', dueAt: 'tomorrow' } }), 'invalid_request');
  assert.equal((await client.following.follow({ params })).isFollowing, true);
  assert.equal((await client.following.listFollowers({ params })).items.length, 1);
  assert.ok((await client.following.listColleagues({ params })).items.length >= 1);
  assert.equal((await client.following.unfollow({ params })).isFollowing, false);
  assert.deepEqual(await client.following.listMentions(), { items: [], nextCursor: null, unread: 0 });
  assert.deepEqual(await client.following.readMentions({ body: {} }), { unread: 0 });
  const team = await client.accounts.createTeam({ body: { name: 'Billing', memberIds: [] } });
  await client.cases.update({ params, body: { teamId: team.id } });
  const problem = await refused(client.cases.update({ params, body: { teamId: house.teamId } }), 'brief_needed');
  assert.deepEqual(problem.extra?.['missing'], ['asked', 'tried', 'promised', 'next']);
  assert.equal((await client.bulk.list()).items.length >= 1, true);
  assert.equal((await client.bulk.listItems({ params: { runId: (await client.bulk.list()).items[0]?.id ?? '' } })).items.length, 3);
});

test('erasing a case removes all that hangs on it', async () => {
  const { id: caseId } = await begin();
  const { client } = admin;
  const field = (await client.caseFields.list()).items[0];
  await client.cases.update({ params: { caseId }, body: { fields: { [field?.id ?? '']: 'x' } } });
  await client.promises.make({ params: { caseId }, body: { text: 'x', dueAt: new Date(Date.now() + 3_600_000).toISOString() } });
  const colleague = await house.signedInClient('supervisor', { name: 'Bela' });
  await client.cases.addNote({ params: { caseId }, body: { text: '@Bela', mentionIds: [colleague.agentId] } });
  await house.asSystem((ctx) => ctx.tx.run('delete from cases where id = $1', [caseId]));
  for (const table of ['case_field_value', 'promise', 'mention', 'case_follower']) {
    const [row] = await house.asSystem((ctx) => ctx.tx.run<{ n: number }>(`select count(*)::int as n from ${table} where case_id = $1`, [caseId]));
    assert.equal(row?.n, 0, table);
  }
});
