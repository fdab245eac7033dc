import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import nodemailer from 'nodemailer';
import { eventually } from '../testing/mail/free-port.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../testing/test-house.ts';

const CARD = '4111 1111 1111 1111';
const PLAIN = CARD.replaceAll(' ', '');
let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

/** Every row of every table, the queue's included, and every stored file. */
async function everythingKept(): Promise<Map<string, string>> {
  const { platform } = house;
  const kept = new Map<string, string>();
  const { rows: tables } = await platform.database.pool.query<{ schema: string; name: string }>(`select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'pgboss')`);
  for (const { schema, name } of tables) {
    const { rows } = await platform.database.pool.query<{ row: string }>(`select t::text as row from "${schema}"."${name}" t`);
    kept.set(`${schema}.${name}`, rows.map(({ row }) => row).join('\n'));
  }
  for await (const { key } of platform.files.list()) kept.set(key, (await platform.files.read(key)).toString('latin1'));
  return kept;
}

test('a card number that comes in with a mail, is typed by an agent or by a customer in the trial mailbox is kept nowhere', async () => {
  const { client } = admin;
  const address = 'cards@desk.test';
  const inboxId = (await client.inboxes.create({ body: { channel: 'email', name: 'Cards', settings: { address } } })).id;
  const port = Number((house.house.addresses['smtp'] ?? '').split(':').at(-1));
  await nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true }).sendMail({
    envelope: { from: 'anna@customer.test', to: address }, from: `"Anna ${CARD} Schmidt" <anna@customer.test>`, to: address, subject: `Card ${CARD}`, text: `It is ${CARD}.`,
    html: `<p title="${PLAIN}">It is ${CARD.split(' ').map((part) => `<b>${part}</b>`).join('&nbsp;')}.</p>`,
    attachments: [{ filename: `${PLAIN}.txt`, content: `number;name\n${PLAIN};Anna\n` }, { filename: 'wide.csv', contentType: 'text/csv', content: Buffer.from(`\ufeffnumber;name\n${PLAIN};Anna\n`, 'utf16le') }, { filename: 'card.eml', contentType: 'message/rfc822', content: `Subject: ${CARD}\r\n\r\n${CARD}\r\n` }],
  });
  const [row] = (await client.cases.list({ query: { inbox: inboxId } })).items;
  assert.ok(row);
  const params = { caseId: row.id };
  await client.cases.saveDraft({ params: { ...params, mode: 'note' }, body: { text: `Draft ${CARD}`, to: [CARD], cc: [PLAIN], revision: 0 } });
  for (const [filename, content] of [['list.csv', Buffer.from(`${PLAIN};Anna\n`)], ['wide.txt', Buffer.from(`\ufeff${CARD}`, 'utf16le')]] as const) await client.cases.upload({ params, query: { filename, mediaType: 'text/plain' }, body: content });
  await client.cases.update({ params, body: { subject: `Still ${CARD}`, addTags: [PLAIN] } });
  await client.cases.addNote({ params, body: { text: `They said ${CARD}` }, idempotencyKey: 'card-data-note' });
  await client.cases.reply({ params, body: { text: `You wrote ${CARD}`, to: ['anna@customer.test'] }, idempotencyKey: 'card-data-reply' });
  await client.cases.create({ body: { inboxId, customer: { email: 'ben@customer.test', name: `Ben ${CARD}` }, subject: `On the phone: ${CARD}`, note: CARD } });
  await client.mailbox.write({ body: { from: 'cleo@customer.test', fromName: `Cleo ${CARD}`, inboxId, subject: CARD, text: `Mine is ${CARD}` } });
  const [customer] = (await client.customers.list({ query: { q: 'anna@customer.test' } })).items;
  assert.ok(customer);
  await client.customers.update({ params: { customerId: customer.id }, body: { version: customer.version, name: `Anna ${CARD}`, note: CARD, locale: PLAIN } });
  // The answer has to go out first: what was sent is kept as well.
  await eventually('the answer is in the mailbox', async () => (await client.mailbox.listMails({ params: { address: 'anna@customer.test' } })).items.length === 1);
  const kept = await everythingKept();
  assert.ok([...kept.values()].some((text) => text.includes('**** **** **** 1111')));
  const wide = (text: string) => [...text].join('\0');
  for (const [where, text] of kept) for (const number of [CARD, PLAIN, wide(CARD), wide(PLAIN)]) assert.ok(!text.includes(number), `${where}: ${text.slice(Math.max(0, text.indexOf(number) - 200), text.indexOf(number) + 40)}`);
});
