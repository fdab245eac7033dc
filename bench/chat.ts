// node bench/chat.ts [--panels 2000] [--active 200] [--seconds 60] [--pause 5000] [--messages 10000]
// Live chat on one process: so many open panels, of which so many talk (a message of the visitor and an answer every pause). Told are the time from the request of one side until the other side has the message, CPU for
// each message, and memory for each open panel. The same talk is measured twice in one run, with the other panels and before they came, so that what an idle panel costs is seen. Visitors, agent and product share the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { createClient } from '@rapport/sdk';
import type { VisitorHears } from '@rapport/contract';
import { newId } from '../server/src/platform/ids.ts';
import { openSocket } from './commit-to-browser.ts';
import { percentile, printTable, type Figures } from './measure.ts';
import { freePorts, prepare } from './prepare.ts';
import { cpuMsOf, memoryOf } from './process-cpu.ts';
import { startProduct } from './product.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({ options: { panels: number('2000'), active: number('200'), seconds: number('60'), pause: number('5000'), messages: number('10000') } });
const [panels, active, seconds, pauseMs] = [Number(values.panels), Number(values.active), Number(values.seconds), Number(values.pause)];
const AT_ONCE = 40;

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-chat-'));
const { key } = await prepare(dataDir, Number(values.messages));
// Everybody comes from an address of their own, as visitors do: doors are limited by address.
const product = await startProduct(dataDir, await freePorts(), { RAPPORT_TRUST_PROXY: '1' });
const client = createClient({ baseUrl: product.url, apiKey: key });
const { address: site } = await client.inboxes.create({ body: { channel: 'chat', name: 'Shop', settings: { title: 'Ask us' } } });
const base = `${product.url}/api/v1/chat/${site}`;

/** What is under way, by the words of the message: when it was sent, and when the other side had it. */
const sentAt = new Map<string, number>();
const delivered = { toAgent: [] as number[], toVisitor: [] as number[] };
const arrived = (way: keyof typeof delivered, mark: string) => {
  const at = sentAt.get(mark);
  if (at === undefined) return;
  sentAt.delete(mark);
  delivered[way].push(performance.now() - at);
};

interface Visitor {
  send(text: string): Promise<string>;
  close(): void;
}

async function openVisitor(index: number): Promise<Visitor> {
  const from = { 'x-forwarded-for': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`, 'x-forwarded-proto': 'http' };
  const post = async <T>(path: string, body: object, authorization?: string): Promise<T> => {
    const answer = await fetch(`${base}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...from, ...(authorization ? { authorization } : {}) }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const { key: visitorKey } = await post<{ key: string }>('/visitors', { name: `Visitor ${index}` });
  const socket = new WebSocket(`${base.replace('http', 'ws')}/live`, { headers: { origin: product.url, ...from } });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('message', (data) => {
    const heard = JSON.parse(String(data)) as VisitorHears;
    if (heard.type !== 'messages') return;
    for (const { id, from: who, text } of heard.items) {
      if (who !== 'agent') continue;
      arrived('toVisitor', text);
      socket.send(JSON.stringify({ type: 'seen', id }));
    }
  });
  const timer = setInterval(() => socket.send('{"type":"ping"}'), 20_000);
  socket.on('close', () => clearInterval(timer));
  socket.send(JSON.stringify({ type: 'hello', key: visitorKey }));
  return {
    send: async (text) => (await post<{ id: string }>('/messages', { clientId: newId(), text, page: 'https://shop.example/' }, `Visitor ${visitorKey}`)).id,
    close: () => socket.terminate(),
  };
}

async function openMany(from: number, to: number): Promise<Visitor[]> {
  const opened: Visitor[] = [];
  for (let at = from; at < to; at += AT_ONCE) opened.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, n) => openVisitor(at + n)))));
  return opened;
}

const appOf = () => cpuMsOf([product.pid], [product.databasePid]);
const databaseOf = () => cpuMsOf([product.databasePid]);
const memory = () => memoryOf([product.pid]).rssMiB;

/** Which message of a visitor an event tells of is known once its request was answered; either may come first. */
const marks = new Map<string, string>();
const heardEarly = new Set<string>();
const agentSocket = await openSocket(product.url, key, (_id, entryId) => {
  if (entryId === undefined) return;
  const mark = marks.get(entryId);
  if (mark === undefined) heardEarly.add(entryId);
  else arrived('toAgent', mark);
});

async function talk(name: string, talkers: readonly Visitor[], caseIds: string[]): Promise<Figures[]> {
  delivered.toAgent = [];
  delivered.toVisitor = [];
  const [app, database, from] = [appOf(), databaseOf(), performance.now()];
  let said = 0;
  const until = performance.now() + seconds * 1_000;
  await Promise.all(talkers.map(async (visitor, index) => {
    // Not all in the same moment.
    await sleep((index / talkers.length) * pauseMs);
    while (performance.now() < until) {
      const [question, answer] = [newId(), newId()];
      const begun = performance.now();
      sentAt.set(question, begun);
      const entryId = await visitor.send(question);
      marks.set(entryId, question);
      // It was heard of before the answer to the request had come: in no more than that.
      if (heardEarly.delete(entryId)) arrived('toAgent', question);
      const caseId = caseIds[index];
      if (caseId !== undefined) {
        sentAt.set(answer, performance.now());
        await client.cases.reply({ params: { caseId }, body: { text: answer } });
      }
      said += 2;
      await sleep(Math.max(0, pauseMs - (performance.now() - begun)));
    }
  }));
  await sleep(2_000);
  const took = (performance.now() - from) / 1_000;
  const round = (value: number) => Math.round(value * 100) / 100;
  const shared = { operations: said, perSecond: round(said / took), appCpuMs: round((appOf() - app) / said), databaseCpuMs: round((databaseOf() - database) / said) };
  const row = (way: keyof typeof delivered, label: string): Figures => {
    const times = delivered[way].sort((a, b) => a - b);
    return { name: `${name}: ${label} (${times.length})`, ...shared, p50Ms: round(percentile(times, 50)), p95Ms: round(percentile(times, 95)), p99Ms: round(percentile(times, 99)) };
  };
  return [row('toAgent', 'visitor to agent'), row('toVisitor', 'agent to visitor')];
}

console.log(`${panels} panels, ${active} of them talking for ${seconds} s, a message and an answer every ${pauseMs / 1_000} s; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
const talkers = await openMany(0, active);
const first = await Promise.all(talkers.map((visitor) => visitor.send('Hello')));
const byEntry = new Map<string, string>();
for (let cursor: string | undefined, more = true; more; ) {
  const page = await client.cases.list({ query: { limit: 100, order: 'newest', ...(cursor ? { cursor } : {}) } });
  for (const row of page.items.filter(({ channel }) => channel === 'chat')) byEntry.set(row.customer.name, row.id);
  cursor = page.nextCursor ?? undefined;
  more = cursor !== undefined && byEntry.size < first.length;
}
const caseIds = talkers.map((_, index) => byEntry.get(`Visitor ${index}`) ?? '').map((id) => id || undefined) as string[];
const alone = await talk(`${active} panels`, talkers, caseIds);
const before = memory();
const begun = performance.now();
const idle = await openMany(active, panels);
const opening = (performance.now() - begun) / 1_000;
await sleep(5_000);
const after = memory();
const together = await talk(`${panels} panels`, talkers, caseIds);
printTable([...alone, ...together]);
console.log(`${idle.length} panels opened in ${opening.toFixed(1)} s (${(idle.length / opening).toFixed(0)} a second); the process grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB, ${(((after - before) * 1024) / idle.length).toFixed(1)} KiB for each open panel`);
console.log(`never arrived: ${sentAt.size}; p95 to the visitor with all panels: ${((together[1]?.p95Ms ?? 0) / (alone[1]?.p95Ms || 1)).toFixed(2)} times of that with ${active}`);
for (const visitor of [...talkers, ...idle]) visitor.close();
agentSocket.terminate();
await product.stop();
rmSync(dataDir, { recursive: true, force: true });
