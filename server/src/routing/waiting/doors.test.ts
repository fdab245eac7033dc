import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openLive } from '../../../testing/live-client.ts';
import { eventually } from '../../../testing/mail/free-port.ts';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

let house: TestHouse;
let supervisor: SignedIn;
let anna: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  supervisor = await house.signedInClient('supervisor', { name: 'Sue Supervisor' });
  anna = await house.signedInClient('agent', { name: 'Anna Agent', teamIds: [house.teamId] });
  const admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'help@shop.test' } } })).id;
});
after(() => house.close());

const queueOf = (name: string, more = {}) => supervisor.client.queues.create({ body: { name, channels: ['email'], ...more } });
const newCase = async () => (await supervisor.client.cases.create({ body: { inboxId, customer: { email: 'nora@shop.test' }, subject: 'Broken lamp', note: 'She called.' } })).id;

test('an agent who is there is asked within moments, hears of it, takes it, and is done with it', async () => {
  const queue = await queueOf('Letters');
  const live = await openLive(house.url, { cookie: anna.cookie() });
  await anna.client.workforce.setOwnPresence({ body: { state: 'available' } });
  const caseId = await newCase();
  const { item, estimate } = await supervisor.client.work.enqueue({ body: { queueId: queue.id, caseId } });
  assert.equal(estimate?.position, 1);
  const heard = await live.next('event', ({ topic }) => topic === 'offer.changed');
  const [offer] = (await anna.client.work.listOwn()).offers;
  assert.deepEqual([offer?.item.id, heard.payload['offerId']], [item.id, offer?.id]);
  await refused(supervisor.client.offers.accept({ params: { offerId: offer?.id ?? '' } }), 'not_found');
  assert.equal((await anna.client.offers.accept({ params: { offerId: offer?.id ?? '' } })).state, 'taken');
  await refused(anna.client.offers.accept({ params: { offerId: offer?.id ?? '' } }), 'offer_over');
  assert.equal((await anna.client.cases.get({ params: { caseId } })).assignee?.id, anna.agentId);
  const wall = await supervisor.client.wall.get();
  assert.deepEqual([wall.queues.find(({ queueId }) => queueId === queue.id)?.taken, wall.agents.find(({ agentId }) => agentId === anna.agentId)?.items.length], [1, 1]);
  // Resolving the case is being done with it.
  await anna.client.cases.update({ params: { caseId }, body: { status: 'resolved' } });
  await eventually('the work is over', async () => (await anna.client.work.get({ params: { itemId: item.id } })).item.state === 'done');
  await live.close();
});

test('what nobody answers is asked of somebody else without anybody doing anything', async () => {
  const ben = await house.signedInClient('agent', { name: 'Ben Agent', teamIds: [house.teamId] });
  const queue = await queueOf('Quick', { acceptSeconds: 1 });
  await anna.client.workforce.setOwnPresence({ body: { state: 'available' } });
  const { item } = await supervisor.client.work.enqueue({ body: { queueId: queue.id, caseId: await newCase() } });
  await eventually('Anna is asked', async () => (await anna.client.work.listOwn()).offers.length === 1);
  await ben.client.workforce.setOwnPresence({ body: { state: 'available' } });
  await eventually('Ben is asked', async () => (await ben.client.work.listOwn()).offers[0]?.item.id === item.id);
  assert.equal((await anna.client.workforce.getOwnPresence()).state, 'away');
});

test('who sets up queues may, and what they refer to must be there', async () => {
  const queue = await queueOf('Billing', { skills: [] });
  await refused(queueOf('billing'), 'name_taken');
  await refused(anna.client.queues.create({ body: { name: 'Mine', channels: ['email'] } }), 'not_allowed');
  await refused(queueOf('Nowhere', { teamId: crypto.randomUUID() }), 'invalid_request');
  await refused(queueOf('Unknown', { skills: [{ skillId: crypto.randomUUID(), level: 1 }] }), 'invalid_request');
  await refused(queueOf('Chats', { channels: ['email', 'chat'], overflowQueueId: queue.id }), 'invalid_request');
  const { id: queueId, isOpen, updatedAt, ...written } = queue;
  assert.equal(isOpen && updatedAt !== '', true);
  const changed = await supervisor.client.queues.update({ params: { queueId }, body: { ...written, acceptSeconds: 30 } });
  assert.deepEqual([changed.acceptSeconds, changed.version], [30, 2]);
  await refused(supervisor.client.queues.update({ params: { queueId }, body: written }), 'changed_meanwhile');
  await refused(supervisor.client.queues.update({ params: { queueId }, body: { ...written, version: 2, overflowQueueId: queueId } }), 'invalid_request');
  assert.equal((await supervisor.client.queues.setOpen({ params: { queueId }, body: { isOpen: false } })).isOpen, false);
  await refused(supervisor.client.work.enqueue({ body: { queueId, caseId: await newCase() } }), 'queue_closed');
  await refused(supervisor.client.work.enqueue({ body: { queueId: (await queueOf('Open')).id, caseId: await newCase(), preferredAgentId: crypto.randomUUID() } }), 'invalid_request');
  const admin = await house.admin();
  const deeds = (await admin.client.accounts.listAudit({ query: { limit: 10 } })).items.map(({ action, target }) => `${action} ${target}`);
  assert.ok(deeds.includes('queue.closed Billing') && deeds.includes('queue.created Open'), deeds.join(', '));
  await refused(anna.client.wall.get(), 'not_allowed');
});
