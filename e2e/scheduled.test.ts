// Scheduled answers while the whole program is killed around their time: each leaves once, or the case says that nobody knows.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { foundCompany, type Company } from './company.ts';
import { startProduct, type Product } from './product.ts';

const PLAIN = 40;
const ANSWERED_FIRST = 10;
const KILLS = 6;

interface Answer {
  caseId: string;
  customer: string;
  text: string;
  firstId: string;
}

describe('scheduled answers and a program that is killed', { timeout: 300_000 }, () => {
  let product: Product;
  let company: Company;
  let jobs: pg.Pool;
  /** What the customers' mail server has in its hands, by Message-ID, whether or not its word came back to us. */
  const took = new Map<string, string[]>();
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void (async () => {
          const mail = await PostalMime.parse(Buffer.concat(chunks));
          const id = mail.messageId ?? '';
          took.set(id, [...(took.get(id) ?? []), mail.text ?? '']);
          // It is slow to say so, now and then: the moment in which nobody can know.
          await sleep(Math.random() < 0.7 ? 0 : Math.random() * 700);
          done();
        })();
      });
    },
  });
  server.on('error', () => {});
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    product = await startProduct();
    company = await foundCompany(product, (server.server.address() as AddressInfo).port);
    jobs = new pg.Pool({ connectionString: product.databaseUrl, max: 1 });
  });
  after(async () => {
    await jobs.end();
    await product.stop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const arrive = (mail: string) => company.admin.client.inboxes.receiveRaw({ params: { inboxId: company.inboxId }, query: {}, body: Buffer.from(mail) });
  async function begin(n: number): Promise<Answer> {
    const customer = `c${n}@customer.test`;
    const firstId = `first${n}@customer.test`;
    const { caseId } = await arrive(`From: ${customer}\r\nTo: ${company.address}\r\nSubject: Matter ${n}\r\nMessage-ID: <${firstId}>\r\n\r\nWhen?`);
    const text = `Answer number ${n}.`;
    return { caseId: caseId ?? '', customer, text, firstId };
  }
  const plan = ({ caseId, customer, text }: Answer, dueAt: number) => company.admin.client.mailOut.plan({ params: { caseId }, body: { message: { kind: 'reply', text, to: [customer] }, sendAt: new Date(dueAt).toISOString() } });
  const tookOf = (answer: Answer) => [...took].filter(([, texts]) => texts.some((text) => text.includes(answer.text)));
  const plansOf = async (answer: Answer) => (await company.admin.client.mailOut.listPlanned({ params: { caseId: answer.caseId } })).items;
  const sentOf = async (answer: Answer) => (await company.admin.client.cases.listEntries({ params: { caseId: answer.caseId } })).items.flatMap((entry) => (entry.kind === 'message' && entry.direction === 'out' ? [entry] : []));
  /** As some minutes would do it: what a dead process held is free again. */
  async function letMinutesPass(): Promise<void> {
    await jobs.query("update email_outgoing set lease_until = now() - interval '1 second' where state = 'sending' and lease_until < now() + interval '170 seconds'");
    await jobs.query("update pgboss.job set state = 'retry', start_after = now() where state = 'active' and started_on < now() - interval '10 seconds'");
  }

  it('each leaves once by its Message-ID or is said to be unknown, and none goes behind what the customer wrote first', async () => {
    const plain: Answer[] = [];
    const first: Answer[] = [];
    for (let n = 0; n < PLAIN + ANSWERED_FIRST; n += 1) (n < PLAIN ? plain : first).push(await begin(n));
    const start = Date.now() + 20_000;
    for (const answer of [...plain, ...first]) await plan(answer, start + Math.random() * 22_000);
    assert.ok(Date.now() < start, 'all of it was planned before the first was due');
    for (const { customer, firstId } of first) await arrive(`From: ${customer}\r\nTo: ${company.address}\r\nSubject: Re: Matter\r\nIn-Reply-To: <${firstId}>\r\nMessage-ID: <more-${firstId}>\r\n\r\nOne thing more.`);
    // Killed at once: whether the customers' words are heard before or behind the restart, they count.
    await product.kill();
    await product.startAgain();
    let kills = 1;
    while (kills < KILLS) {
      const [from, to] = [Math.max(Date.now(), start), start + 22_000];
      await sleep(Math.max(0, from - Date.now()) + Math.random() * Math.min(4_000, Math.max(500, to - from)));
      await product.kill();
      kills += 1;
      await sleep(Math.random() * 1_000);
      await product.startAgain();
    }
    const isSettled = async () => {
      for (const answer of plain) {
        const [entry] = await sentOf(answer);
        if (entry?.delivery?.state !== 'accepted' && entry?.delivery?.state !== 'unknown') return false;
      }
      for (const answer of first) if ((await plansOf(answer))[0]?.state !== 'held_back') return false;
      return true;
    };
    while (!(await isSettled())) {
      await letMinutesPass();
      await sleep(1_000);
    }
    let unknown = 0;
    for (const answer of plain) {
      const entries = await sentOf(answer);
      const mails = tookOf(answer);
      assert.equal(entries.length, 1, 'the case has it once');
      assert.deepEqual([await plansOf(answer), mails.length <= 1, mails.every(([, texts]) => texts.length === 1)], [[], true, true], `${answer.text} reached the other server at most once`);
      if (entries[0]?.delivery?.state === 'accepted') assert.equal(mails.length, 1, `${answer.text} was accepted, and it is there`);
      else unknown += 1;
    }
    for (const answer of first) {
      assert.deepEqual([(await plansOf(answer)).map(({ state, reason }) => [state, reason]), await sentOf(answer), tookOf(answer)], [[['held_back', 'newer_message']], [], []]);
    }
    assert.equal(kills, KILLS);
    assert.ok(unknown < PLAIN, 'most are known to have arrived');
    // Later nothing more comes of it.
    await letMinutesPass();
    await sleep(3_000);
    assert.equal([...took.values()].flat().length, took.size);
    assert.equal((await company.admin.client.ledger.summary()).isBalanced, true);
  });
});
