import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@desk.test' } } })).id;
});
after(() => house.close());

let count = 0;
const handIn = (headers: string[], envelopeFrom: string | undefined, body = 'x') => admin.client.inboxes.receiveRaw({
  params: { inboxId }, query: envelopeFrom === undefined ? {} : { envelopeFrom }, body: Buffer.from([...headers, `Message-ID: <report${++count}@shop.test>`, '', body].join('\r\n')),
});

test('the postmaster of a small shop who asks about a delivery is a customer', async () => {
  for (const subject of ['Delivery of my order', 'Failure of the lamp']) {
    for (const path of ['postmaster@shop.test', undefined]) assert.equal((await handIn(['From: Postmaster Pete <postmaster@shop.test>', `Subject: ${subject}`], path)).outcome, 'new_case', `${subject} from ${path}`);
  }
});

test('a server’s own words about a mail that is not ours make no case', async () => {
  assert.equal((await handIn(['From: MAILER-DAEMON@mx.test', 'Subject: Hello'], '')).outcome, 'delivery_report');
  const report = '--b\r\nContent-Type: message/delivery-status\r\n\r\n\r\nFinal-Recipient: rfc822; a@b.test\r\nAction: failed\r\n\r\n--b--\r\n';
  assert.equal((await handIn(['From: MAILER-DAEMON@mx.test', 'Subject: Undelivered Mail', 'Content-Type: multipart/mixed; boundary=b'], undefined, report)).outcome, 'delivery_report');
});
