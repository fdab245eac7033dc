import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { createClient } from '@rapport/sdk';
import { freePort } from '../server/testing/mail/free-port.ts';
import { addColleagues } from './colleagues.ts';
import { cpuMsOf } from './process-cpu.ts';
import { percentile, type Figures } from './measure.ts';
import type { Bench } from './operations.ts';

const SOCKETS = 1_000;
const COLLEAGUES = 50;
const COMMITS = 200;
const COMMITS_PER_SECOND = 2;

/** A browser's live connection; resolves when the server has greeted it. */
export async function openSocket(url: string, key: string, onEvent: (id: string, entryId: string | undefined) => void): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, { headers: { authorization: `Bearer ${key}` } });
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; id: string; payload?: { entryId?: string } };
    if (message.type === 'event') onEvent(message.id, message.payload?.entryId);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve());
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
  });
  return socket;
}

/** From the answer to a commit on one process until other agents' browsers on two processes know of it. 1,000 sockets, half on each. */
export async function commitToBrowser(bench: Bench): Promise<Figures[]> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const second = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: join(import.meta.dirname, '..'), stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: bench.product.connectionString, RAPPORT_DATA: bench.product.dataDir, RAPPORT_PORT: String(port), RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_ROLES: 'web', RAPPORT_LOG: 'error' },
  });
  process.once('exit', () => second.kill('SIGTERM'));
  for (let tries = 0; tries < 500 && !(await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false)); tries += 1) await sleep(50);
  const started = new Map<string, number>();
  const heard = new Map<string, number[]>();
  const onEvent = (_id: string, entryId: string | undefined) => {
    if (!entryId) return;
    const list = heard.get(entryId) ?? [];
    list.push(performance.now());
    heard.set(entryId, list);
  };
  const keys = (await addColleagues(bench, COLLEAGUES)).map((colleague) => colleague.key);
  const sockets: WebSocket[] = [];
  for (let i = 0; i < SOCKETS; i += 50) sockets.push(...(await Promise.all(Array.from({ length: 50 }, (_, n) => openSocket((i + n) % 2 === 0 ? bench.product.url : url, keys[n % keys.length] ?? bench.key, onEvent)))));
  const { items } = await createClient({ baseUrl: bench.product.url, apiKey: bench.key }).cases.list({ query: { limit: 100 } });
  const cpuBefore = [cpuMsOf([...bench.watched.app, second.pid ?? 0], bench.watched.database), cpuMsOf(bench.watched.database)] as const;
  const from = performance.now();
  for (let i = 0; i < COMMITS; i += 1) {
    const target = items[i % items.length];
    if (!target) break;
    const sent = performance.now();
    const note = await bench.client.cases.addNote({ params: { caseId: target.id }, body: { text: `Live ${i}` } });
    // The clock starts when the request does, so the commit itself is inside.
    started.set(note.id, sent);
    await sleep(1000 / COMMITS_PER_SECOND);
  }
  await sleep(2_000);
  const seconds = (performance.now() - from) / 1000;
  const cpuAfter = [cpuMsOf([...bench.watched.app, second.pid ?? 0], bench.watched.database), cpuMsOf(bench.watched.database)] as const;
  const times = [...started].flatMap(([entryId, sent]) => (heard.get(entryId) ?? []).map((at) => at - sent)).sort((a, b) => a - b);
  for (const socket of sockets) socket.terminate();
  second.kill('SIGTERM');
  const round = (value: number) => Math.round(value * 100) / 100;
  return [{
    name: `request to browser, ${SOCKETS} sockets on 2 processes (${times.length} of ${COMMITS * SOCKETS} deliveries)`, operations: COMMITS, perSecond: round(times.length / seconds), p50Ms: round(percentile(times, 50)), p95Ms: round(percentile(times, 95)), p99Ms: round(percentile(times, 99)),
    appCpuMs: round((cpuAfter[0] - cpuBefore[0]) / COMMITS), databaseCpuMs: round((cpuAfter[1] - cpuBefore[1]) / COMMITS),
  }];
}
