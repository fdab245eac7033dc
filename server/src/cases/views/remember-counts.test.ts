import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { viewContent } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { systemClock } from '../../platform/clock.ts';

let house: TestHouse;
let anna: SignedIn;
let colleague: SignedIn;
let inboxId: string;
let ahead = 0;
before(async () => {
  house = await openTestHouse({ clock: { ...systemClock, now: () => new Date(Date.now() + ahead) } });
  inboxId = (await (await house.admin()).client.inboxes.create({ body: { channel: 'email', name: 'Help', teamId: house.teamId, settings: { address: 'help@desk.test', outbound: { kind: 'mailbox' } } } })).id;
  anna = await house.signedInClient('supervisor', { name: 'Anna' });
  colleague = await house.signedInClient('supervisor', { name: 'Cora' });
  const content = viewContent.parse({ filter: { priorities: ['urgent'] } });
  await anna.client.views.create({ body: { name: 'Urgent', audience: 'everyone', content } });
});
after(() => house.close());

const newCase = async () => (await colleague.client.cases.create({ body: { inboxId, customer: { email: 'kim@elsewhere.test' }, subject: 'x', note: 'x' } })).id;
const makeUrgent = (by: SignedIn, caseId: string, more: object = {}) => by.client.cases.update({ params: { caseId }, body: { priority: 'urgent', ...more } });
const look = async (by = anna) => {
  const { items, freshInMs } = await by.client.views.counts();
  return { count: items[0]?.count, isPast: freshInMs !== null };
};
/** What was committed goes round after the answer to whoever did it. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a number that others’ work makes untrue stands for fifteen seconds at most, and says when to ask again', async () => {
  const caseId = await newCase();
  ahead += 60_000;
  assert.deepEqual(await look(), { count: 0, isPast: false });
  await makeUrgent(colleague, caseId);
  await until(async () => (await look()).isPast);
  assert.equal((await look()).count, 0);
  ahead += 15_000;
  assert.deepEqual(await look(), { count: 1, isPast: false });
});

test('what happens to one’s own cases counts at once, and so does a view that was changed', async () => {
  const caseId = await newCase();
  ahead += 60_000;
  assert.equal((await look()).count, 1);
  await makeUrgent(colleague, caseId, { assigneeId: anna.agentId });
  await until(async () => (await look()).count === 2);
  const view = (await anna.client.views.list()).items[0];
  assert.ok(view);
  await anna.client.views.update({ params: { viewId: view.id }, body: { ...view, content: { ...view.content, filter: { priorities: ['low'] } } } });
  assert.equal((await look()).count, 0);
  await anna.client.views.remove({ params: { viewId: view.id } });
});

test('each agent has numbers of their own: work on cases outside the scope changes none', async () => {
  const narrow = await house.signedInClient('agent', { name: 'Nora' });
  await narrow.client.views.create({ body: { name: 'All', content: viewContent.parse({ filter: {} }) } });
  await anna.client.views.create({ body: { name: 'All of hers', content: viewContent.parse({ filter: {} }) } });
  const caseId = await newCase();
  await house.asSystem(({ tx, accountId }) => tx.run(`with closed as (insert into team (account_id, id, name, created_at) values ($1, gen_random_uuid(), 'Closed circle', now()) returning id) update cases set team_id = (select id from closed) where account_id = $1 and id = $2`, [accountId, caseId]));
  ahead += 60_000;
  const before_ = await look(narrow);
  assert.deepEqual([before_.isPast, (await look(anna)).isPast], [false, false]);
  await makeUrgent(colleague, caseId);
  await until(async () => (await look(anna)).isPast);
  assert.deepEqual(await look(narrow), before_);
});
