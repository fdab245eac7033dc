import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '../../../testing/refused.ts';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { newId } from '../../platform/ids.ts';
import { takeIn } from './intake.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
const clock = setClock();
before(async () => {
  house = await openTestHouse({ clock });
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@desk.example' } } })).id;
});
after(() => house.close());

let count = 0;
const mailFrom = (from: string) => {
  count += 1;
  const raw = Buffer.from(`From: ${from}\r\nTo: support@desk.example\r\nSubject: Mail ${count}\r\nMessage-ID: <${count}.${newId()}@x.example>\r\n\r\nHello.\r\n`);
  return takeIn(house.platform, { accountId: house.accountId, inboxId, door: 'api', raw, envelopeFrom: undefined, envelopeTo: [], arrivedAt: new Date() });
};

test('mail of a blocked sender stands in the ledger with the reason and makes no case, until the time has passed', async () => {
  const block = (value: string, more = {}) => admin.client.blockedSenders.block({ body: { value, reason: 'Threats', ...more } });
  const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
  await block('Bad@Spam.example', { expiresAt: until });
  assert.equal((await mailFrom('bad@spam.example')).outcome, 'ignored');
  const [row] = (await admin.client.ledger.list({ query: { outcome: 'ignored' } })).items;
  assert.deepEqual([row?.sender, row?.reason, row?.caseId, row?.hasRaw], ['bad@spam.example', 'Blocked: Threats', null, true]);
  assert.equal((await mailFrom('good@spam.example')).outcome, 'new_case');
  clock.forward(3_600_001);
  assert.equal((await mailFrom('bad@spam.example')).outcome, 'new_case');
  const { items } = await admin.client.blockedSenders.list();
  assert.deepEqual(items.map((each) => [each.value, each.isExpired]), [['bad@spam.example', true]]);

  const domain = await block('junk.example');
  assert.equal((await mailFrom('x@deep.junk.example')).outcome, 'ignored');
  assert.equal((await mailFrom('x@notjunk.example')).outcome, 'new_case');
  await admin.client.blockedSenders.unblock({ params: { blockId: domain.id } });
  assert.equal((await mailFrom('x@deep.junk.example')).outcome, 'new_case');
  await refused(admin.client.blockedSenders.unblock({ params: { blockId: domain.id } }), 'not_found');
});

test('nobody blocks our own people, nor a whole provider by accident', async () => {
  const block = (value: string, more = {}) => admin.client.blockedSenders.block({ body: { value, reason: 'x', ...more } });
  const colleague = await house.signedInClient('agent', { email: 'lee@our-company.example' });
  for (const value of ['support@desk.example', 'desk.example', colleague.email, 'our-company.example']) await refused(block(value), 'blocks_ourselves');
  await refused(block('gmail.com'), 'blocks_a_provider');
  assert.equal((await block('gmail.com', { isWholeProvider: true })).kind, 'domain');
  await refused(block('past@x.example', { expiresAt: '2001-01-01T00:00:00.000Z' }), 'time_has_passed');
});
