import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import type { DeliveryState, MessageEntry } from '@rapport/contract';
import { eventually, freePort } from '../../../testing/mail/free-port.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { readMail, type Mail } from './read-mail.ts';
import { sendMail, sweepOutgoing } from './send.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

/** A mail server that answers as it is told and keeps what it took, with its envelope. */
interface Sink {
  port: number;
  took: { from: string; to: string[]; mail: Mail }[];
  /** What happens to the next mails. */
  mood: { rcpt?: number; rcptOf?: Record<string, number>; data?: number; from?: (address: string) => number | undefined; cutAfterData?: boolean; beforeAnswer?: () => Promise<void> };
  close(): Promise<void>;
}

async function openSink(): Promise<Sink> {
  const sink = { took: [], mood: {} } as unknown as Sink;
  const no = (code: number): Error => Object.assign(new Error('as told'), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, hideDSN: false, logger: false, closeTimeout: 100,
    onMailFrom: ({ address }, _session, callback) => {
      const code = sink.mood.from?.(address);
      callback(code === undefined ? null : no(code));
    },
    onRcptTo({ address }, _session, callback) {
      const code = sink.mood.rcptOf?.[address] ?? sink.mood.rcpt;
      callback(code === undefined ? null : no(code));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void (async () => {
          await sink.mood.beforeAnswer?.();
          if (sink.mood.data !== undefined) return callback(no(sink.mood.data));
          sink.took.push({ from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(({ address }) => address), mail: await readMail(Buffer.concat(chunks)) });
          if (sink.mood.cutAfterData) for (const connection of server.connections) connection._socket?.destroy();
          else callback(null);
          return undefined;
        })();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  sink.port = (server.server.address() as AddressInfo).port;
  sink.close = () => new Promise((resolve) => server.close(() => resolve()));
  return sink;
}

let count = 0;
/** A case with one mail of a customer, at an inbox that sends to the port. */
async function newCase(port: number, settings: Record<string, unknown> = {}): Promise<{ caseId: string; inboxId: string; address: string; customer: string }> {
  const address = `send${++count}@desk.test`;
  const customer = `customer${count}@customer.test`;
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address, outbound: { kind: 'smtp', smtp: { host: '127.0.0.1', port, security: 'none' } }, ...settings } } });
  const { caseId } = await admin.client.inboxes.receiveRaw({ params: { inboxId: inbox.id }, query: {}, body: Buffer.from(`From: ${customer}\r\nTo: ${address}\r\nSubject: Lamp\r\nMessage-ID: <in${count}@customer.test>\r\n\r\nx`) });
  return { caseId: caseId ?? '', inboxId: inbox.id, address, customer };
}
const reply = (of: { caseId: string; customer: string }, text = 'Try the switch.'): Promise<MessageEntry> => admin.client.cases.reply({ params: { caseId: of.caseId }, body: { text, to: [of.customer] } });
async function entryOf(caseId: string, entryId: string): Promise<MessageEntry> {
  const { items } = await admin.client.cases.listEntries({ params: { caseId } });
  return items.find((item) => item.id === entryId) as MessageEntry;
}
const untilState = (of: { caseId: string }, entryId: string, state: DeliveryState): Promise<MessageEntry> =>
  eventually(`${state}`, async () => {
    const entry = await entryOf(of.caseId, entryId);
    return entry.delivery?.state === state && entry;
  });
const rowOf = (entryId: string) => house.platform.database.asSystem(async (tx) => (await tx.run<Record<string, unknown>>('select * from email_outgoing where entry_id = $1', [entryId]))[0]);
/** As time would do it: what waits is due now, what was being sent was being sent long ago. */
const letTimePass = (entryId: string) => house.platform.database.asSystem((tx) => tx.run("update email_outgoing set due_at = now() - interval '1 second', lease_until = case when lease_until is null then null else now() - interval '1 second' end where entry_id = $1", [entryId]));

test('an answer goes out once, as text and as HTML, with the token for answers and a return path of its own', async () => {
  const sink = await openSink();
  const desk = await newCase(sink.port);
  const { id } = await reply(desk, 'Try the <switch>.\n\nhttps://desk.test/help');
  const entry = await untilState(desk, id, 'accepted');
  assert.equal(entry.delivery?.attempts, 1);
  assert.equal(sink.took.length, 1);
  const [{ from, to, mail }] = sink.took as [Sink['took'][number]];
  assert.match(from, /^send\d+\+c\.[a-z2-7]{26}\.[a-z2-7]{16}@desk\.test$/);
  assert.deepEqual(to, [desk.customer]);
  assert.match(mail.replyTo[0]?.address ?? '', /^send\d+\+c\./);
  assert.notEqual(mail.replyTo[0]?.address, from, 'answers and reports come back by different tokens');
  assert.match(mail.text?.trim().replaceAll('\r\n', '\n') ?? '', /^Try the <switch>\.\n\nhttps:\/\/desk\.test\/help\n\nOn .+, customer\d+@customer\.test wrote:\n> x$/);
  assert.match(mail.html ?? '', /Try the &lt;switch&gt;\..*<a href="https:\/\/desk\.test\/help"/s);
  assert.equal(mail.messageId, (await rowOf(id))?.['message_id']);
  await sink.close();
});

test('a mailbox fetched from a provider gets plain addresses: not every provider delivers those with a plus', async () => {
  const sink = await openSink();
  const desk = await newCase(sink.port, { inbound: { kind: 'imap', imap: { host: '127.0.0.1', port: await freePort(), security: 'none', user: 'x', password: 'x' } } });
  const { id } = await reply(desk);
  await untilState(desk, id, 'accepted');
  assert.deepEqual([sink.took[0]?.from, sink.took[0]?.mail.replyTo], [desk.address, []]);
  await sink.close();
});

test('a server that lets us send only from our very own address gets it', async () => {
  const sink = await openSink();
  sink.mood.from = (address) => (address.includes('+') ? 550 : undefined);
  const desk = await newCase(sink.port);
  const { id } = await reply(desk);
  await untilState(desk, id, 'accepted');
  assert.deepEqual(sink.took.map(({ from }) => from), [desk.address]);
  await sink.close();
});

test('a server that cannot right now is tried again, with the same Message-ID, and the mail arrives once', async () => {
  const sink = await openSink();
  sink.mood.data = 451;
  const desk = await newCase(sink.port);
  const { id } = await reply(desk);
  const waiting = await eventually('the second attempt is planned', async () => {
    const entry = await entryOf(desk.caseId, id);
    return Boolean(entry.delivery?.nextAttemptAt) && entry;
  });
  assert.equal(waiting.delivery?.state, 'queued');
  assert.match(waiting.delivery?.reason ?? '', /451/);
  const messageId = (await rowOf(id))?.['message_id'];
  sink.mood = {};
  await letTimePass(id);
  await sweepOutgoing.run(house.platform, {});
  const entry = await untilState(desk, id, 'accepted');
  assert.deepEqual([entry.delivery?.attempts, entry.delivery?.reason], [2, null]);
  assert.deepEqual(sink.took.map(({ mail }) => mail.messageId), [messageId]);
  await sink.close();
});

test('what is refused for good fails with the words of the server, and can be sent again by hand', async () => {
  const sink = await openSink();
  sink.mood.rcpt = 550;
  const desk = await newCase(sink.port);
  const { id } = await reply(desk);
  const failed = await untilState(desk, id, 'failed');
  assert.match(failed.delivery?.reason ?? '', /550 as told/);
  assert.equal(failed.delivery?.canRetry, true);
  sink.mood = {};
  await admin.client.cases.retryDelivery({ params: { caseId: desk.caseId, entryId: id } });
  await untilState(desk, id, 'accepted');
  assert.equal(sink.took.length, 1);
  await sink.close();
});

test('an answer that a server takes for one recipient and not yet for another is sent again to that one alone, and is not said to be sent before', async () => {
  const sink = await openSink();
  const desk = await newCase(sink.port);
  sink.mood.rcptOf = { 'ben@customer.test': 450 };
  const { id } = await admin.client.cases.reply({ params: { caseId: desk.caseId }, body: { text: 'To both of you.', to: [desk.customer], cc: ['ben@customer.test'] } });
  const waiting = await eventually('the second attempt is planned', async () => {
    const entry = await entryOf(desk.caseId, id);
    return Boolean(entry.delivery?.nextAttemptAt) && entry;
  });
  assert.deepEqual([waiting.delivery?.state, sink.took.map(({ to }) => to)], ['queued', [[desk.customer]]]);
  assert.match(waiting.delivery?.reason ?? '', /Not accepted for ben@customer\.test: 450.*The others have it/);
  sink.mood = {};
  await letTimePass(id);
  await sweepOutgoing.run(house.platform, {});
  await untilState(desk, id, 'accepted');
  assert.deepEqual(sink.took.map(({ to }) => to), [[desk.customer], ['ben@customer.test']]);
  assert.equal(new Set(sink.took.map(({ mail }) => mail.messageId)).size, 1);
  await sink.close();
});

test('when a server never takes an answer for one of the recipients somebody hears of it, and sending again leaves the others alone', async () => {
  const sink = await openSink();
  const desk = await newCase(sink.port);
  sink.mood.rcptOf = { [desk.customer]: 550 };
  const { id } = await admin.client.cases.reply({ params: { caseId: desk.caseId }, body: { text: 'To both of you.', to: [desk.customer], cc: ['ben@customer.test'] } });
  const failed = await untilState(desk, id, 'failed');
  assert.match(failed.delivery?.reason ?? '', /Not accepted for customer\d+@customer\.test: 550.*The others have it/);
  assert.equal((await admin.client.cases.get({ params: { caseId: desk.caseId } })).status, 'open', 'the customer has no answer yet');
  sink.mood = {};
  await admin.client.cases.retryDelivery({ params: { caseId: desk.caseId, entryId: id } });
  await untilState(desk, id, 'accepted');
  assert.deepEqual(sink.took.map(({ to }) => to), [['ben@customer.test'], [desk.customer]]);
  await sink.close();
});

test('when the connection breaks behind the last byte, the message may have been sent: it is said so, and nothing is sent again by itself', async () => {
  const sink = await openSink();
  sink.mood.cutAfterData = true;
  const desk = await newCase(sink.port);
  const { id } = await reply(desk);
  const entry = await untilState(desk, id, 'unknown');
  assert.match(entry.delivery?.reason ?? '', /may have been sent/);
  assert.equal(entry.delivery?.canRetry, true);
  sink.mood = {};
  await letTimePass(id);
  await sweepOutgoing.run(house.platform, {});
  await sendMail.run(house.platform, { accountId: house.accountId, caseId: desk.caseId, entryId: id });
  assert.equal(sink.took.length, 1);
  assert.equal((await entryOf(desk.caseId, id)).delivery?.state, 'unknown');
  await sink.close();
});

test('a process that dies while the server has the bytes leaves a message nobody sends again unasked', async () => {
  const sink = await openSink();
  const isThere = Promise.withResolvers<void>();
  const dies = Promise.withResolvers<void>();
  sink.mood.beforeAnswer = async () => {
    isThere.resolve();
    await dies.promise;
  };
  const desk = await newCase(sink.port);
  const { id } = await reply(desk);
  await isThere.promise;
  // The lease of the dead process runs out and the sweep finds what it left.
  await letTimePass(id);
  await sweepOutgoing.run(house.platform, {});
  const left = await untilState(desk, id, 'unknown');
  assert.match(left.delivery?.reason ?? '', /may have been sent/);
  await sendMail.run(house.platform, { accountId: house.accountId, caseId: desk.caseId, entryId: id });
  assert.equal(sink.took.length, 0);
  // It was only slow: its word still counts, because it knows.
  dies.resolve();
  await untilState(desk, id, 'accepted');
  assert.equal(sink.took.length, 1);
  await sink.close();
});

test('a process that lost its lease before the bytes left sends nothing, and does not disturb the one that took over', async () => {
  const sink = await openSink();
  let id = '';
  let isFirst = true;
  sink.mood.from = () => undefined;
  const desk = await newCase(sink.port);
  const { database } = house.platform;
  const inAccount = database.inAccount;
  const stalled = Promise.withResolvers<void>();
  const resumes = Promise.withResolvers<void>();
  // The first process stalls just before it writes down that the bytes leave.
  database.inAccount = (accountId, work) => inAccount(accountId, async (tx) => {
    const run = tx.run.bind(tx);
    tx.run = (async (text: string, values: unknown[]) => {
      if (isFirst && text.includes('set handed_over_at')) {
        isFirst = false;
        stalled.resolve();
        await resumes.promise;
      }
      return run(text, values);
    }) as typeof tx.run;
    return work(tx);
  });
  try {
    id = (await reply(desk)).id;
    await stalled.promise;
    await letTimePass(id);
    await sendMail.run(house.platform, { accountId: house.accountId, caseId: desk.caseId, entryId: id });
    await untilState(desk, id, 'accepted');
    resumes.resolve();
  } finally {
    resumes.resolve();
    database.inAccount = inAccount;
  }
  // The stalled one ends some time after it resumes; whatever it does, the mail went out once and stays accepted.
  await eventually('the stalled attempt is over', async () => (await house.platform.jobs.counts()).find(({ queue }) => queue === 'email.send')?.active === 0);
  assert.equal(sink.took.length, 1);
  assert.equal((await entryOf(desk.caseId, id)).delivery?.state, 'accepted');
  await sink.close();
});

test('a mail server that is away loses no mail, and the next attempt uses the settings of that time', async () => {
  const desk = await newCase(await freePort());
  const { id } = await reply(desk);
  const entry = await eventually('an attempt', async () => {
    const found = await entryOf(desk.caseId, id);
    return Boolean(found.delivery?.nextAttemptAt) && found;
  });
  assert.match(entry.delivery?.reason ?? '', /nothing answers on port/);
  const health = async () => (await admin.client.inboxes.list()).items.find(({ id: each }) => each === desk.inboxId)?.health;
  assert.deepEqual([(await health())?.state, /nothing answers on port/.test((await health())?.detail ?? '')], ['failing', true], 'whoever looks at the inbox sees why nothing goes out');
  const sink = await openSink();
  await admin.client.inboxes.update({ params: { inboxId: desk.inboxId }, body: { settings: { address: desk.address, outbound: { kind: 'smtp', smtp: { host: '127.0.0.1', port: sink.port, security: 'none' } } } } });
  await letTimePass(id);
  await sweepOutgoing.run(house.platform, {});
  await untilState(desk, id, 'accepted');
  assert.equal(sink.took.length, 1);
  assert.equal((await health())?.state, 'ok');
  const metrics = await (await fetch(`${house.url}/metrics`)).text();
  for (const line of [/rapport_mails_out_total\{outcome="accepted"\} [1-9]/, /rapport_mails_out_total\{outcome="temporary"\} [1-9]/, /rapport_mails_in_total\{door="api",outcome="new_case"\} [1-9]/]) assert.match(metrics, line);
  await sink.close();
});

test('a report finds its message by the return path, by the envelope id and by the mail it brings back', async () => {
  const sink = await openSink();
  for (const way of ['return path', 'envelope id', 'returned mail'] as const) {
    const desk = await newCase(sink.port);
    const { id } = await reply(desk);
    await untilState(desk, id, 'accepted');
    const sent = sink.took.at(-1) as Sink['took'][number];
    const to = way === 'return path' ? sent.from : desk.address;
    const report = ['From: MAILER-DAEMON@mx.test', `To: ${to}`, 'Subject: Undelivered', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', '', 'sorry', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.test',
      ...(way === 'envelope id' ? [`Original-Envelope-Id: ${id}`] : []), '', `Final-Recipient: rfc822; ${desk.customer}`, 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 no such user', '', '--b',
      'Content-Type: text/rfc822-headers', '', `Message-ID: <${way === 'returned mail' ? sent.mail.messageId : 'other@x.test'}>`, '', '--b--', ''].join('\r\n');
    const taken = await admin.client.inboxes.receiveRaw({ params: { inboxId: desk.inboxId }, query: { envelopeFrom: '', envelopeTo: to }, body: Buffer.from(report) });
    assert.deepEqual([taken.outcome, taken.entryId], ['delivery_report', id], way);
    const entry = await entryOf(desk.caseId, id);
    assert.equal(entry.delivery?.state, 'bounced', way);
    assert.match(entry.delivery?.reason ?? '', /550 no such user/);
  }
  await sink.close();
});

test('a report that the mail is only late changes nothing, and one about another mail is no message on a case', async () => {
  const sink = await openSink();
  const desk = await newCase(sink.port);
  const { id } = await reply(desk);
  await untilState(desk, id, 'accepted');
  const report = (action: string, about: string): Buffer => Buffer.from(['From: MAILER-DAEMON@mx.test', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: message/delivery-status', '', `Original-Envelope-Id: ${about}`, '', `Final-Recipient: rfc822; ${desk.customer}`, `Action: ${action}`, 'Status: 4.4.1', '', '--b--', ''].join('\r\n'));
  const late = await admin.client.inboxes.receiveRaw({ params: { inboxId: desk.inboxId }, query: { envelopeFrom: '' }, body: report('delayed', id) });
  assert.deepEqual([late.outcome, late.entryId, (await entryOf(desk.caseId, id)).delivery?.state], ['delivery_report', id, 'accepted']);
  const foreign = await admin.client.inboxes.receiveRaw({ params: { inboxId: desk.inboxId }, query: { envelopeFrom: '' }, body: report('failed', 'somebody-elses') });
  assert.deepEqual([foreign.outcome, foreign.caseId], ['delivery_report', null]);
  await sink.close();
});
