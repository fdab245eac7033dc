// node bench/agents.ts [--agents 50] [--minutes 10] [--messages 1000000] [--think 4000] [--mails 120] [--keep DIR]
// A desk at work: so many agents with open live connections, so many mails a minute, minute after minute. What grows with time, grows here: the table tells
// latency, memory and CPU for each minute, and the last one beside the first. Agents and product share the machine, so wall times hold the cost of both.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ProblemError } from '@rapport/sdk';
import { workAsAgent } from './agent-at-work.ts';
import { addColleagues } from './colleagues.ts';
import { openSocket } from './commit-to-browser.ts';
import { newMinute, note, printMinutes, type Minute } from './minutes.ts';
import { handOver, openLmtp } from './operations.ts';
import { freePorts, INBOX_ADDRESS, prepare } from './prepare.ts';
import { cpuMsOf, memoryOf } from './process-cpu.ts';
import { startProduct } from './product.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({ options: { agents: number('50'), minutes: number('10'), messages: number('1000000'), think: number('4000'), mails: number('120'), keep: { type: 'string' } } });
const [agents, minutes, messages, thinkMs, mailsPerMinute] = [Number(values.agents), Number(values.minutes), Number(values.messages), Number(values.think), Number(values.mails)];
const MINUTE_MS = 60_000;

const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'rapport-agents-'));
const { accountId, words } = await prepare(dataDir, messages);
const product = await startProduct(dataDir, await freePorts());
const pool = new pg.Pool({ connectionString: product.connectionString, max: 2 });
const colleagues = await addColleagues({ pool, accountId }, agents);
await pool.end();
console.log(`${agents} agents, ${minutes} minutes, ${messages} messages, a deed every ${thinkMs / 1000} s each, ${mailsPerMinute} mails a minute; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);

let minute: Minute = newMinute();
const fail = (what: string, error: unknown) => {
  const key = `${what}: ${error instanceof ProblemError ? error.code : String(error)}`;
  minute.errors.set(key, (minute.errors.get(key) ?? 0) + 1);
};
const timed = async (name: string, work: () => Promise<unknown>) => {
  const from = performance.now();
  try {
    await work();
    note(minute, name, performance.now() - from);
  } catch (error) {
    fail(name, error);
  }
};

const ending = new AbortController();
const sockets = await Promise.all(colleagues.map(({ key }) => openSocket(product.url, key, () => void (minute.deliveries += 1))));
for (const socket of sockets) {
  socket.on('close', (code) => !ending.signal.aborted && fail('live', `closed with ${code}`));
  socket.on('error', (error) => fail('live', error.message));
}
const working = colleagues.map(({ id, key }) => workAsAgent({ url: product.url, key, agentId: id, words: Object.values(words), thinkMs, timed, signal: ending.signal }));
const receiving = (async () => {
  const connection = await openLmtp(product.lmtpPort);
  for (let i = 0; !ending.signal.aborted; i += 1) {
    await timed('mail', () => handOver(connection, { inboxAddress: INBOX_ADDRESS }, i));
    await sleep(MINUTE_MS / mailsPerMinute, undefined, { signal: ending.signal }).catch(() => {});
  }
  connection.quit();
})();

// Caches fill and code gets warm before the first minute counts.
await sleep(MINUTE_MS / 2);
const done: Minute[] = [];
for (let i = 0; i < minutes; i += 1) {
  minute = newMinute();
  const [from, app, database] = [performance.now(), cpuMsOf([product.pid], [product.databasePid]), cpuMsOf([product.databasePid])];
  await sleep(MINUTE_MS);
  const spent = performance.now() - from;
  const all = memoryOf([product.pid, product.databasePid]);
  Object.assign(minute, {
    pssMiB: all.pssMiB, rssMiB: all.rssMiB, appPssMiB: all.pssMiB - memoryOf([product.databasePid]).pssMiB,
    appCpu: Math.round(((cpuMsOf([product.pid], [product.databasePid]) - app) / spent) * 100), databaseCpu: Math.round(((cpuMsOf([product.databasePid]) - database) / spent) * 100),
  });
  done.push(minute);
  console.error(`  minute ${i + 1}: PSS ${minute.pssMiB} MiB, load ${loadavg()[0]?.toFixed(1)}, ${[...minute.errors.keys()].join(', ') || 'no errors'}`);
}
ending.abort();
await Promise.all([...working, receiving]);
for (const socket of sockets) socket.terminate();
printMinutes(done);
await product.stop();
if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
process.exitCode = done.some((each) => each.errors.size > 0) ? 1 : 0;
