import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../../../testing/mail/free-port.ts';
import { openTestHouse, type TestHouse } from '../../../testing/test-house.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());

test('a link for a colleague’s new password is read by nobody who may do less than the colleague', async () => {
  const admin = await house.admin();
  await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@desk.test' } } });
  const narrow = await admin.client.accounts.createRole({ body: { name: 'Housekeeper', permissions: ['account.manage'], caseScope: 'all' } });
  const keeper = await house.signedInClient('agent', { email: 'keeper@desk.test' });
  await admin.client.accounts.updateAgent({ params: { agentId: keeper.agentId }, body: { roleId: narrow.id } });
  for (const email of [admin.email, keeper.email]) await house.browser().client.accounts.requestReset({ body: { email } });
  const seenBy = async (of: typeof admin, address: string) => (await of.client.mailbox.listMails({ params: { address } })).items.map(({ subject }) => subject);
  await eventually('both mails', async () => (await seenBy(admin, admin.email)).length === 1 && (await seenBy(admin, keeper.email)).length === 1);

  assert.equal((await seenBy(keeper, keeper.email)).length, 1);
  assert.deepEqual(await seenBy(keeper, admin.email), []);
  const addresses = (await keeper.client.mailbox.listAddresses()).items.map(({ address }) => address);
  assert.deepEqual([addresses.includes(keeper.email), addresses.includes(admin.email)], [true, false]);
});

test('what customers wrote and were answered is read in the mailbox only by those who see every case', async () => {
  const admin = await house.admin();
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Private', settings: { address: 'private@desk.test' } } });
  const body = { from: 'anna@customer.test', inboxId: inbox.id, subject: 'My illness', text: 'For one of you only.' };
  await admin.client.mailbox.write({ body });
  const narrow = await admin.client.accounts.createRole({ body: { name: 'Caretaker', permissions: ['account.manage', 'case.read'], caseScope: 'own' } });
  const keeper = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: keeper.agentId }, body: { roleId: narrow.id } });
  const seenBy = async (of: typeof admin) => [(await of.client.mailbox.listMails({ params: { address: body.from } })).items.length, (await of.client.mailbox.listAddresses()).items.some(({ address }) => address === body.from)];
  assert.deepEqual([await seenBy(admin), await seenBy(keeper)], [[1, true], [0, false]]);
});
