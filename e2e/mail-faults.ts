// Kills the whole product without warning, again and again, while mail comes in by LMTP and is fetched by IMAP and confirmations of receipt go out by SMTP.
// Proves afterwards that every mail that was acknowledged is there exactly once, by the ledger and by a count that does not use it; and that no mail of ours
// was sent twice, none called accepted was not, and none that may have been sent is called anything but unknown.
//
//   node e2e/mail-faults.ts            10,000 mails
//   RAPPORT_FAULT_MAILS=500 node e2e/mail-faults.ts
//
// RAPPORT_FAULT_SEED repeats the moments of a run (as far as a machine repeats anything).
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createClient, type Client } from '@rapport/sdk';
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres/index.ts';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { dialogueWith, type Dialogue } from '../server/testing/mail/dialogue.ts';
import { startDovecot, type MailboxServer } from '../server/testing/mail/dovecot.ts';
import { freePort, untilOpen } from '../server/testing/mail/free-port.ts';
import { lacksMailServers } from '../server/testing/mail/needs.ts';

const MAILS = Number(process.env['RAPPORT_FAULT_MAILS'] ?? 10_000);
const SEED = Number(process.env['RAPPORT_FAULT_SEED'] ?? Date.now() % 1_000_000);
const SENDERS = 6;
const STALLED_MS = 300_000;
const LMTP_ADDRESS = 'desk@desk.test';
const IMAP_ADDRESS = 'mailbox@desk.test';

/** A number from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = randomFrom(SEED);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Two of three mails begin a thread; each of the others answers the one three before it, twelve to a thread, so that threads cross the kills as well. */
const answered = (n: number): number | undefined => (n % 3 === 2 && n % 36 !== 2 ? n - 3 : undefined);
const threadOf = (n: number): number => (answered(n) === undefined ? n : threadOf(answered(n) as number));

/** Oldest first, as mail programs write them; of a long thread the first and the nearest. */
function ancestors(n: number): number[] {
  const chain: number[] = [];
  for (let each = answered(n); each !== undefined; each = answered(each)) chain.unshift(each);
  return chain.length <= 10 ? chain : [...chain.slice(0, 1), ...chain.slice(-9)];
}

function mailNumber(n: number, to: string): Buffer {
  const before = answered(n);
  const headers = [
    `From: Customer ${threadOf(n)} <customer${threadOf(n)}@customer.test>`, `To: ${to}`, `Subject: fault ${n}`, `Message-ID: <fault-${n}@customer.test>`, `Date: ${new Date(1_770_000_000_000 + n * 1000).toUTCString()}`,
    ...(before === undefined ? [] : [`In-Reply-To: <fault-${before}@customer.test>`, `References: ${ancestors(n).map((each) => `<fault-${each}@customer.test>`).join(' ')}`]),
  ];
  const text = `This is mail ${n}.\r\n${'All work and no play makes a dull mail. '.repeat(n % 40)}\r\n`;
  if (n % 5 !== 0) return Buffer.from([...headers, '', text].join('\r\n'));
  return Buffer.from([...headers, 'Content-Type: multipart/mixed; boundary=part', '', '--part', '', text, '--part', `Content-Type: application/octet-stream; name=file-${n}.bin`, 'Content-Transfer-Encoding: base64', '',
    Buffer.from(`file of ${n} `.repeat(50)).toString('base64').replace(/.{76}/g, '$&\r\n'), '--part--', ''].join('\r\n'));
}

interface Product {
  dataDir: string;
  ports: { web: number; lmtp: number; smtp: number };
  url: string;
  child: ChildProcess | undefined;
  kills: number;
}

async function start(product: Product): Promise<void> {
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env, DATABASE_URL: '', RAPPORT_DATA: product.dataDir, RAPPORT_PORT: String(product.ports.web), RAPPORT_LMTP_PORT: String(product.ports.lmtp), RAPPORT_SMTP_PORT: String(product.ports.smtp),
      RAPPORT_LOG: process.env['RAPPORT_LOG'] ?? 'error',
    },
  });
  product.child = child;
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const failed = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`The product ended with ${code}.\n${said}`))));
  failed.catch(() => {});
  // The web server opens last.
  await Promise.race([untilOpen(product.ports.web, 120), failed]);
}

/** All processes of the product: those below the one that was started, and the database with its own. */
function processesOf(product: Product): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const roots = [product.child?.pid, postmasterOf(product.dataDir)].filter((pid) => pid !== undefined);
  const found = new Set<number>(roots);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].filter((pid) => pid !== process.pid);
}

function postmasterOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/18/postmaster.pid'), 'latin1').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** As when the power fails, but for the operating system: nobody gets to say goodbye. */
async function kill(product: Product): Promise<void> {
  product.child?.removeAllListeners('exit');
  const ended = new Promise<void>((resolve) => product.child?.once('exit', () => resolve()));
  for (const pid of processesOf(product)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended already.
    }
  }
  await ended;
  product.kills++;
}

async function stop(product: Product): Promise<void> {
  const { child } = product;
  if (child === undefined || child.exitCode !== null) return;
  child.removeAllListeners('exit');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}

/** Hands mails to an LMTP door as a mail server does: each again and again until the door has said 250. */
async function sendAll(port: number, address: string, take: () => number | undefined, onDone: (n: number) => void): Promise<void> {
  let talk: Dialogue | undefined;
  for (let n = take(); n !== undefined; ) {
    try {
      if (talk === undefined) {
        talk = await dialogueWith(port);
        await talk.say('LHLO mx.test');
      }
      await talk.say(`MAIL FROM:<customer${threadOf(n)}@customer.test>`);
      await talk.say(`RCPT TO:<${address}>`);
      await talk.say('DATA');
      talk.write(mailNumber(n, address));
      const reply = await talk.say('\r\n.');
      if (!reply.startsWith('250')) throw new Error(reply);
      onDone(n);
      n = take();
    } catch {
      talk?.cut();
      talk = undefined;
      await sleep(100 + random() * 200);
    }
  }
  talk?.cut();
}

/** The mail server our own mails go to. It counts how often it took each Message-ID, for good, as it survives all kills. */
async function openSink(): Promise<{ port: number; took: Map<string, number>; close(): void }> {
  const took = new Map<string, number>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false, closeTimeout: 100,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      // A sender that dies in the middle of a mail has not sent it.
      stream.on('error', () => {});
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const id = /^Message-ID:\s*<([^>]+)>/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? '';
        took.set(id, (took.get(id) ?? 0) + 1);
        callback(null);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { port: (server.server.address() as AddressInfo).port, took, close: () => void server.close() };
}

async function setUp(product: Product, dovecot: MailboxServer | undefined, sinkPort: number): Promise<void> {
  const signIn = { email: 'admin@desk.test', password: 'a long test sentence 8' };
  const cookies: string[] = [];
  const client: Client = createClient({ baseUrl: product.url, headers: () => ({ origin: product.url, ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) }), onResponse: (response) => cookies.push(...response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')) });
  await client.setup.run({ body: { company: 'Fault', name: 'Ada', ...signIn } });
  const outbound = { kind: 'smtp', smtp: { host: '127.0.0.1', port: sinkPort, security: 'none' } } as const;
  await client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: LMTP_ADDRESS, outbound, autoReply: { isOn: true, text: 'We have your message.' } } } });
  if (dovecot !== undefined) {
    await dovecot.addUser(IMAP_ADDRESS);
    await client.inboxes.create({ body: { channel: 'email', name: 'Mailbox', settings: { address: IMAP_ADDRESS, inbound: { kind: 'imap', imap: { host: '127.0.0.1', port: dovecot.imapPort, security: 'none', user: IMAP_ADDRESS, password: dovecot.password } } } } });
  }
}

interface Findings {
  kept: number;
  lost: number[];
  doubled: number[];
  astray: number[];
  torn: number[];
  ledgerDiffers: number[];
  duplicatesSeen: number;
  /** Our own mails by their state, and those whose state is not what the other server knows. */
  sent: Record<string, number>;
  sentTwice: string[];
  calledSentWithoutReason: string[];
  sentWithoutBeingCalledSo: string[];
}

/** Counts in the database and on the disk what is there, mail by mail. `viaLmtp` are those whose bytes must be exactly what was sent. */
async function examine(product: Product, viaLmtp: (n: number) => boolean, took: ReadonlyMap<string, number>): Promise<Findings> {
  const quiet = { info() {}, warn() {}, error: console.error };
  const database = await startEmbeddedPostgres({ dataDir: product.dataDir, log: quiet });
  const client = new pg.Client(database.connection);
  await client.connect();
  const entries = (await client.query<{ n: number; case_id: string; raw_key: string }>("select substr(detail->>'subject', 7)::int as n, case_id, raw_key from entry where direction = 'in' and detail->>'subject' like 'fault %'")).rows;
  const ledger = (await client.query<{ n: number; taken: number; duplicates: number }>(
    "select substr(subject, 7)::int as n, count(*) filter (where outcome in ('new_case', 'appended'))::int as taken, count(*) filter (where outcome = 'duplicate')::int as duplicates from ledger where direction = 'in' and subject like 'fault %' group by 1",
  )).rows;
  const ours = (await client.query<{ state: string; message_id: string }>("select e.delivery_state as state, o.message_id from entry e left join email_outgoing o on o.account_id = e.account_id and o.entry_id = e.id where e.direction = 'out'")).rows;
  await client.end();
  await database.stop();

  const byNumber = Map.groupBy(entries, ({ n }) => n);
  const taken = new Map(ledger.map((row) => [row.n, row.taken]));
  const findings: Findings = { kept: entries.length, lost: [], doubled: [], astray: [], torn: [], ledgerDiffers: [], duplicatesSeen: ledger.reduce((sum, row) => sum + row.duplicates, 0), sent: {}, sentTwice: [], calledSentWithoutReason: [], sentWithoutBeingCalledSo: [] };
  for (const { state, message_id: id } of ours) {
    const times = took.get(id) ?? 0;
    findings.sent[state] = (findings.sent[state] ?? 0) + 1;
    if (times > 1) findings.sentTwice.push(id);
    if (state === 'accepted' && times === 0) findings.calledSentWithoutReason.push(id);
    if (times > 0 && state !== 'accepted' && state !== 'unknown') findings.sentWithoutBeingCalledSo.push(id);
  }
  for (let n = 0; n < MAILS; n++) {
    const found = byNumber.get(n) ?? [];
    if (found.length === 0) findings.lost.push(n);
    if (found.length > 1) findings.doubled.push(n);
    if (taken.get(n) !== found.length) findings.ledgerDiffers.push(n);
    const [entry] = found;
    if (entry === undefined) continue;
    const before = answered(n);
    if (before !== undefined && byNumber.get(before)?.[0]?.case_id !== entry.case_id && viaLmtp(before) === viaLmtp(n)) findings.astray.push(n);
    const raw = await readFile(join(product.dataDir, 'files', entry.raw_key)).catch(() => Buffer.alloc(0));
    const isWhole = createHash('sha256').update(raw).digest('hex') === entry.raw_key.split('/').at(-1);
    const isSame = viaLmtp(n) ? raw.equals(mailNumber(n, LMTP_ADDRESS)) || raw.equals(Buffer.concat([mailNumber(n, LMTP_ADDRESS), Buffer.from('\r\n')])) : raw.includes(`This is mail ${n}.`);
    if (!isWhole || !isSame) findings.torn.push(n);
  }
  return findings;
}

async function main(): Promise<void> {
  const lacking = lacksMailServers('dovecot');
  if (lacking) say(`No mail comes by IMAP (${lacking}); all of it comes by LMTP.`);
  say(`${MAILS} mails, seed ${SEED}.`);
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-faults-'));
  await chmod(dataDir, 0o755);
  const ports = { web: await freePort(), lmtp: await freePort(), smtp: await freePort() };
  const product: Product = { dataDir, ports, url: `http://127.0.0.1:${ports.web}`, child: undefined, kills: 0 };
  const dovecot = lacking ? undefined : await startDovecot();
  const sink = await openSink();
  const cleanUp = async (): Promise<void> => {
    if (product.child?.exitCode === null && product.child.signalCode === null) await kill(product);
    await dovecot?.stop();
    sink.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
  try {
    await start(product);
    await setUp(product, dovecot, sink.port);

    // Even threads come by LMTP, odd ones lie in the mailbox; a thread keeps its way.
    const viaLmtp = (n: number): boolean => dovecot === undefined || threadOf(n) % 2 === 0;
    const queue = Array.from({ length: MAILS }, (_, n) => n);
    const lmtpQueue = queue.filter(viaLmtp);
    const imapQueue = queue.filter((n) => !viaLmtp(n));
    let acknowledged = 0;
    let inMailbox = 0;
    const feeding = Promise.all([
      ...Array.from({ length: SENDERS }, () => sendAll(ports.lmtp, LMTP_ADDRESS, () => lmtpQueue.shift(), () => acknowledged++)),
      ...(dovecot === undefined ? [] : [sendAll(dovecot.lmtpPort, IMAP_ADDRESS, () => imapQueue.shift(), () => inMailbox++)]),
    ]);
    let isFed = false;
    void feeding.then(() => (isFed = true));
    const progress = async (): Promise<number> => acknowledged + (await fetchedSoFar(product));

    const began = Date.now();
    for (let taken = 0; taken < MAILS; ) {
      // A kill comes when a chance number of mails has come in, so that a slow machine is not killed before it did anything.
      const goal = Math.min(MAILS, taken + 20 + Math.floor(random() * Math.max(60, MAILS / 20)));
      const end = Date.now() + STALLED_MS;
      for (taken = await progress(); taken < goal; taken = await progress()) {
        if (Date.now() > end) throw new Error(`Nothing comes in any more: ${acknowledged} acknowledged, ${await fetchedSoFar(product)} fetched.`);
        await sleep(50);
      }
      if (taken >= MAILS && product.kills > 0) break;
      await sleep(random() * 300);
      await kill(product);
      say(`  kill ${product.kills}: ${acknowledged} acknowledged at the LMTP door, ${inMailbox} in the mailbox${isFed ? ', all handed over' : ''}, ${sink.took.size} of ours sent`);
      await start(product);
    }
    await feeding;
    await untilSettled(product);
    await stop(product);
    const seconds = (Date.now() - began) / 1000;

    const found = await examine(product, viaLmtp, sink.took);
    say(`${found.kept} mails kept of ${MAILS} after ${product.kills} kills in ${seconds.toFixed(0)} s; ${found.duplicatesSeen} came again after a kill and were recognised.`);
    say(`Of our own: ${Object.entries(found.sent).map(([state, number]) => `${number} ${state}`).join(', ')}.`);
    const faults = Object.entries({
      lost: found.lost, doubled: found.doubled, 'in the wrong case': found.astray, 'with broken bytes': found.torn, 'counted otherwise by the ledger': found.ledgerDiffers,
      'sent twice': found.sentTwice, 'called accepted and never sent': found.calledSentWithoutReason, 'sent and called otherwise': found.sentWithoutBeingCalledSo,
    });
    for (const [name, list] of faults) say(`  ${name}: ${list.length}${list.length > 0 ? ` (${list.slice(0, 20).join(', ')})` : ''}`);
    if (faults.some(([, list]) => list.length > 0) || product.kills === 0) {
      say(`Failed. The data is kept in ${dataDir}.`);
      process.exitCode = 1;
      return;
    }
    await rm(dataDir, { recursive: true, force: true });
  } finally {
    await cleanUp();
  }
}

/** Runs a query beside the product; undefined while the database is down. */
async function ask(product: Product, text: string): Promise<number | undefined> {
  const client = new pg.Client({ host: join(product.dataDir, 'postgres/socket-18'), user: 'rapport', database: 'rapport' });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<{ count: number }>(text)).rows[0]?.count;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}

let lastFetched = 0;
async function fetchedSoFar(product: Product): Promise<number> {
  lastFetched = (await ask(product, "select count(*)::int as count from ledger where door = 'imap' and outcome in ('new_case', 'appended')")) ?? lastFetched;
  return lastFetched;
}

/** What a killed process was sending is settled when its lease has run out and the sweep has come by: three to five minutes. */
async function untilSettled(product: Product): Promise<void> {
  for (const end = Date.now() + 10 * 60_000; Date.now() < end; await sleep(1_000)) {
    if ((await ask(product, "select count(*)::int as count from entry where direction = 'out' and delivery_state in ('queued', 'sending')")) === 0) return;
  }
  throw new Error('Some of our own mails are still being sent.');
}

await main();
