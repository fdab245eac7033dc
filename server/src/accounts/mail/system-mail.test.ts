import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setClock } from '../../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { tidyJob } from '../tidy.ts';
import { invitationText, resetText } from './mail-texts.ts';
import { finishSystemMail, takeSystemMail, type SystemMail } from './send-system-mail.ts';

const MINUTE = 60_000;
const clock = setClock();
let house: TestHouse;
let admin: SignedIn;
let count = 0;
before(async () => {
  house = await openTestHouse({ clock, env: { RAPPORT_ROLES: 'web' } });
});
after(() => house.close());
beforeEach(async () => {
  admin = await house.admin();
  await house.platform.database.asSystem((tx) => tx.run('delete from system_mail'));
});

async function queueMail(): Promise<void> {
  const roleId = (await admin.client.accounts.listRoles()).items[0]?.id ?? '';
  await admin.client.accounts.inviteAgent({ body: { email: `person-${(count += 1)}@rapport.test`, name: 'Nina Neu', roleId } });
}
const take = async (): Promise<SystemMail> => {
  const [mail, ...more] = await takeSystemMail(house.platform);
  assert.ok(mail && more.length === 0);
  return mail;
};
const rowOf = async (mail: SystemMail) => (await house.platform.database.asSystem((tx) => tx.run<{ state: string; reason: string | null; has_text: boolean }>('select state, reason, sealed_text is not null as has_text from system_mail where id = $1', [mail.id])))[0];

test('a queued mail is announced by its id alone, sent, and then forgets its text', async () => {
  await queueMail();
  const [event] = await house.platform.database.asSystem((tx) => tx.run<{ payload: Record<string, unknown> }>("select payload from event where topic = 'system_mail.queued' order by id desc limit 1"));
  const mail = await take();
  assert.deepEqual(event?.payload, { systemMailId: mail.id });
  assert.equal(mail.attempt, 1);
  assert.equal(await finishSystemMail(house.platform, mail, { state: 'sent' }), undefined);
  assert.deepEqual(await rowOf(mail), { state: 'sent', reason: null, has_text: false });
  assert.equal((await takeSystemMail(house.platform)).length, 0);
});

test('two senders never get the same mail', async () => {
  for (let i = 0; i < 12; i += 1) await queueMail();
  const taken = (await Promise.all([1, 2, 3, 4].map(() => takeSystemMail(house.platform, 5)))).flat().map((mail) => mail.id);
  assert.equal(new Set(taken).size, taken.length);
  const rest = await takeSystemMail(house.platform, 100);
  assert.equal(new Set([...taken, ...rest.map((mail) => mail.id)]).size, 12);
});

test('a mail whose sender died is given out again after five minutes, not before', async () => {
  await queueMail();
  const mail = await take();
  clock.forward(5 * MINUTE - 1);
  assert.equal((await takeSystemMail(house.platform)).length, 0);
  clock.forward(1);
  const again = await take();
  assert.deepEqual([again.id, again.attempt, again.text], [mail.id, 2, mail.text]);
});

test('a server that cannot take it now is tried again after longer and longer, and given up in the end', async () => {
  await queueMail();
  const waits: number[] = [];
  for (;;) {
    const mail = await take();
    const retryAt = await finishSystemMail(house.platform, mail, { state: 'not_now', reason: 'The server is busy.' });
    if (!retryAt) {
      assert.deepEqual(await rowOf(mail), { state: 'failed', reason: 'The server is busy.', has_text: false });
      break;
    }
    assert.equal((await takeSystemMail(house.platform)).length, 0);
    waits.push((retryAt.getTime() - clock.now().getTime()) / MINUTE);
    clock.forward(retryAt.getTime() - clock.now().getTime());
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64]);
});

test('an address that does not exist is not tried again', async () => {
  await queueMail();
  const mail = await take();
  await finishSystemMail(house.platform, mail, { state: 'refused', reason: 'No such mailbox.' });
  assert.equal((await rowOf(mail))?.state, 'failed');
  clock.forward(60 * MINUTE);
  assert.equal((await takeSystemMail(house.platform)).length, 0);
});

test('a mail whose link has run out meanwhile is not sent any more, and old ones are cleared away', async () => {
  await queueMail();
  const mail = await take();
  clock.forward(7 * 24 * 60 * MINUTE);
  assert.equal((await takeSystemMail(house.platform)).length, 0);
  await tidyJob.run(house.platform, {});
  assert.equal((await rowOf(mail))?.state, 'failed');
  clock.forward(31 * 24 * 60 * MINUTE);
  await tidyJob.run(house.platform, {});
  assert.equal(await rowOf(mail), undefined);
});

test('clearing away ends sessions that have run out and keeps those that have not', async () => {
  const sessions = async () => (await house.platform.database.asSystem((tx) => tx.run('select 1 from session'))).length;
  clock.forward(14 * 24 * 60 * MINUTE + 1);
  await house.signedInClient();
  await tidyJob.run(house.platform, {});
  assert.equal(await sessions(), 1);
});

test('names cannot break out of the subject line', () => {
  const about = { name: 'Nina\r\nBcc: everybody@rapport.test', company: 'Acme\nSubject: other', inviter: 'A\rB', url: 'https://desk.example.com/invitation/x' };
  for (const locale of ['en', 'de'] as const) {
    const { subject, text } = invitationText(locale, about);
    assert.ok(!/[\r\n]/.test(subject));
    assert.ok(text.includes('Nina Bcc: everybody@rapport.test') && text.includes(about.url));
    assert.ok(resetText(locale, about).text.includes(about.url));
  }
});
