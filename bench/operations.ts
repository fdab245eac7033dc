import { randomUUID } from 'node:crypto';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type pg from 'pg';
import type { Client } from '@rapport/sdk';
import { measure, type Figures, type Watched } from './measure.ts';
import type { Product } from './product.ts';

export interface Bench {
  product: Product;
  pool: pg.Pool;
  client: Client;
  key: string;
  accountId: string;
  inboxAddress: string;
  messages: number;
  words: { everywhere: string; common: string; rare: string };
  watched: Watched;
}

const pick = <T>(list: readonly T[], i: number): T => list[(i * 7_919) % list.length] as T;

async function someCases(bench: Bench): Promise<{ id: string; customer: string }[]> {
  const { rows } = await bench.pool.query<{ id: string; customer: string }>(
    `select c.id, i.value as customer from cases c join customer_identity i on i.account_id = c.account_id and i.customer_id = c.customer_id where c.account_id = $1 and c.status <> 'closed' limit 2000`,
    [bench.accountId],
  );
  return rows;
}

/** One after the other: what is measured must not run beside something else. */
async function inTurn<T, R>(list: readonly T[], work: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [at, item] of list.entries()) results.push(await work(item, at));
  return results;
}

/** The first page of the views the workspace offers. */
export async function listPage(bench: Bench): Promise<Figures[]> {
  const count = 300;
  const views = [{ shelf: 'open' }, { shelf: 'open', assignee: 'none' }, { shelf: 'open', assignee: 'me' }, { shelf: 'pending' }, { shelf: 'resolved' }, { shelf: 'open', order: 'oldest' }] as const;
  // One whose parts are all common, so that the cases are walked; one that a waiting time narrows.
  const filtered = [{ filter: { shelves: ['open', 'pending'], priorities: ['high'] }, sort: 'created_oldest' }, { filter: { waitingHours: 48, noTags: ['vip'], unread: true }, sort: 'waiting' }] as const;
  const sql = `select c.id, c.number, c.subject, c.status, c.preview, c.last_activity_at, k.name from cases c join customer k on k.account_id = c.account_id and k.id = c.customer_id
    where c.account_id = $1 and c.shelf = $2 order by c.last_activity_at desc, c.id desc limit 25`;
  return [
    await measure('list, first page, API', bench.watched, { count, clients: 4 }, (i) => bench.client.cases.list({ query: { ...pick(views, i), limit: 25 } })),
    ...(await inTurn(filtered, ({ filter, sort }, at) => measure(`list, a view of one's own (${at === 0 ? 'two shelves, a priority' : 'waiting, unread, no tag'}), API`, bench.watched, { count, clients: 4 }, () => bench.client.views.listFiltered({ query: { filter: JSON.stringify(filter), sort, limit: 25 } })))),
    await measure('list, first page, bare SQL', bench.watched, { count, clients: 4 }, (i) => bench.pool.query({ name: 'bench_list', text: sql, values: [bench.accountId, pick(views, i).shelf] })),
  ];
}

/** A case with its timeline, as the workspace opens it: two requests. */
export async function caseOpen(bench: Bench): Promise<Figures[]> {
  const cases = await someCases(bench);
  const count = 300;
  return [
    await measure('open a case, API', bench.watched, { count, clients: 4 }, async (i) => {
      const params = { caseId: pick(cases, i).id };
      await Promise.all([bench.client.cases.get({ params }), bench.client.cases.listEntries({ params })]);
    }),
    await measure('open a case, bare SQL', bench.watched, { count, clients: 4 }, async (i) => {
      const { id } = pick(cases, i);
      await bench.pool.query({ name: 'bench_case', text: 'select * from cases where account_id = $1 and id = $2', values: [bench.accountId, id] });
      await bench.pool.query({ name: 'bench_entries', text: 'select * from entry where account_id = $1 and case_id = $2 order by id desc limit 50', values: [bench.accountId, id] });
    }),
  ];
}

/** An answer to a customer, accepted durably (it is sent afterwards, into the built-in mailbox, and that work is counted too). */
export async function append(bench: Bench): Promise<Figures[]> {
  const cases = await someCases(bench);
  const count = 300;
  return [
    await measure('reply, API, with its sending', bench.watched, { count, clients: 4 }, (i) => {
      const target = pick(cases, i);
      return bench.client.cases.reply({ params: { caseId: target.id }, body: { text: `Thank you for writing. This is answer number ${i}.`, to: [target.customer] }, idempotencyKey: randomUUID() });
    }),
    await measure('note, API', bench.watched, { count, clients: 4 }, (i) => bench.client.cases.addNote({ params: { caseId: pick(cases, i).id }, body: { text: `Note number ${i}.` } })),
    await measure('append, bare SQL', bench.watched, { count, clients: 4 }, async (i) => {
      const { id } = pick(cases, i);
      const client = await bench.pool.connect();
      try {
        await client.query('begin');
        await client.query(
          `insert into entry (account_id, case_id, id, kind, author_kind, author_name, occurred_at, created_at, body) values ($1, $2, $3, 'note', 'agent', 'Bench', now(), now(), 'bare')`,
          [bench.accountId, id, randomUUID()],
        );
        await client.query('update cases set last_activity_at = now(), version = version + 1 where account_id = $1 and id = $2', [bench.accountId, id]);
        await client.query('commit');
      } finally {
        client.release();
      }
    }),
  ];
}

/** Words of very different frequency: in a third of all messages, in one of a hundred, in two or three of all, in none. */
export async function search(bench: Bench): Promise<Figures[]> {
  const run = (name: string, q: string, count: number) => measure(name, bench.watched, { count, clients: 2 }, () => bench.client.cases.search({ query: { q } }));
  const bare = `select e.id from entry e where e.account_id = $1 and e.search_text is not null and entry_words(e.search_text, e.search_bucket) @@ to_tsquery('simple', $2) order by e.id desc limit 25`;
  return [
    // As it is being typed it is also the beginning of longer words; in quotation marks it is itself.
    await run('search, a rare word, API', `"${bench.words.rare}"`, 100),
    await run('search, the beginning of rare words, API', bench.words.rare, 100),
    await run('search, a common word, API', bench.words.common, 60),
    await run('search, a word in a third of all messages, API', bench.words.everywhere, 60),
    await run('search, a word nobody used, API', 'qzxqzxq', 60),
    await measure('search, a common word, newest 25, bare SQL', bench.watched, { count: 20, clients: 2 }, () => bench.pool.query(bare, [bench.accountId, bench.words.common])),
  ];
}

/** A mail in two forms, as mail programs write them. */
function mail(bench: Pick<Bench, 'inboxAddress'>, i: number): string {
  const run = randomUUID();
  return [
    `From: Customer ${i % 500} <customer${i % 500}@customers.example>`, `To: ${bench.inboxAddress}`, `Subject: Question about order ${10_000 + i}`, `Message-ID: <${run}@customers.example>`, `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary="b"', '', '--b', 'Content-Type: text/plain; charset=utf-8', '',
    `Hello,\r\n\r\nmy order ${10_000 + i} arrived on Tuesday, but one of the two cups is broken. Could you send a new one?\r\nMy number is +49 30 1234567.\r\n\r\nKind regards`, '--b', 'Content-Type: text/html; charset=utf-8', '',
    `<div><p>Hello,</p><p>my order <b>${10_000 + i}</b> arrived on Tuesday, but one of the two cups is broken. Could you send a new one?</p><p>Kind regards</p></div>`, '--b--', '',
  ].join('\r\n');
}

/** A mail server's connection to the product. */
export async function openLmtp(port: number): Promise<SMTPConnection> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
  await new Promise<void>((resolve, reject) => connection.connect((error?: Error | null) => (error ? reject(error) : resolve())));
  return connection;
}

/** Hands one mail over; resolves when it was acknowledged, after its commit. */
export const handOver = (connection: SMTPConnection, bench: Pick<Bench, 'inboxAddress'>, i: number): Promise<void> =>
  new Promise((resolve, reject) => connection.send({ from: `customer${i % 500}@customers.example`, to: [bench.inboxAddress] } as never, mail(bench, i), (error) => (error ? reject(error) : resolve())));

/** Opens LMTP connections and hands over mail after mail, each acknowledged after its commit. */
export async function ingest(bench: Bench): Promise<Figures[]> {
  const clients = 8;
  const count = 1_500;
  const connections = await Promise.all(Array.from({ length: clients }, () => openLmtp(bench.product.lmtpPort)));
  const free = [...connections];
  const send = async (i: number) => {
    const connection = free.pop();
    if (!connection) throw new Error('More mails at once than connections.');
    await handOver(connection, bench, i);
    free.push(connection);
  };
  const figures = await measure('mail by LMTP to committed case', bench.watched, { count, clients, warmUp: 100 }, send);
  for (const connection of connections) connection.quit();
  const baseline = await measure('mail to case, bare SQL', bench.watched, { count: 500, clients }, async (i) => {
    const client = await bench.pool.connect();
    const [caseId, entryId] = [randomUUID(), randomUUID()];
    try {
      await client.query('begin');
      await client.query(
        `insert into cases (account_id, id, number, subject, channel, inbox_id, customer_id, status, last_activity_at, created_at)
         select $1, $2, next_case_number, 'bare', 'email', (select id from inbox where account_id = $1 limit 1), (select id from customer where account_id = $1 limit 1), 'new', now(), now() from account where id = $1 for update`,
        [bench.accountId, caseId],
      );
      await client.query('update account set next_case_number = next_case_number + 1 where id = $1', [bench.accountId]);
      await client.query(
        `insert into entry (account_id, case_id, id, kind, direction, author_kind, author_name, occurred_at, created_at, body, search_text) values ($1, $2, $3, 'message', 'in', 'customer', 'Bench', now(), now(), $4, $4)`,
        [bench.accountId, caseId, entryId, mail(bench, i)],
      );
      await client.query('commit');
    } finally {
      client.release();
    }
  });
  return [figures, baseline];
}
