import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CaseDetail, CaseRow, Entry, Page } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';

let house: TestHouse;
let admin: SignedIn;
let caseId: string;
let number: number;
let key: string;
let proxy: Server;
let proxyUrl: string;
/** The next answers to a POST get lost on their way back. */
let lost = 0;
before(async () => {
  house = await openTestHouse({ env: { RAPPORT_ROLES: 'web' } });
  admin = await house.admin();
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test' } } });
  const made = await admin.client.cases.create({ body: { inboxId: inbox.id, customer: { email: 'nora@shop.test', name: 'Nora \u001b[31mred' }, subject: 'Broken lamp', note: 'She called.' } });
  [number, caseId] = [made.number, made.id];
  key = (await admin.client.accounts.createApiKey({ body: { name: 'Script' } })).key;
  const { hostname, port } = new URL(house.url);
  proxy = createServer((incoming, outgoing) => {
    const onward = request({ host: hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      if (incoming.method === 'POST' && (lost -= 1) >= 0) {
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
after(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await house.close();
});

/** Runs the real command in a process of its own that knows neither the database nor the data directory. */
function rapport(args: string[], more: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], RAPPORT_DATA: '/nowhere', RAPPORT_URL: house.url, RAPPORT_API_KEY: key, ...more };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, '../../bin/rapport.mjs'), ...args], { env }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err })).stdin?.end();
  });
}
async function told<T>(args: string[], more?: Record<string, string>): Promise<T> {
  const { code, out, err } = await rapport([...args, '--json'], more);
  assert.equal(code, 0, err);
  return JSON.parse(out) as T;
}
const entriesOf = async () => (await admin.client.cases.listEntries({ params: { caseId } })).items;

test('with a key the same verbs work on a server from afar', { timeout: 900_000 }, async () => {
  assert.deepEqual((await told<Page<CaseRow>>(['cases', 'list', '--filter', `assignees=${admin.email},none`, 'subjectHas=lamp'])).items.map((row) => row.number), [number]);
  assert.equal((await told<CaseDetail>(['cases', 'reply', String(number), '--text', 'A new one is on its way.'])).status, 'pending');
  assert.deepEqual((await told<CaseDetail>(['cases', 'tag', String(number), '--add', 'lamp', 'vip'])).tags, ['lamp', 'vip']);
  assert.deepEqual((await told<CaseDetail>(['cases', 'tag', String(number), '--remove', 'vip'])).tags, ['lamp']);
  const until = (await told<CaseDetail>(['cases', 'snooze', String(number), '--until', '2d'])).snoozedUntil;
  assert.ok(until !== null && Date.parse(until) > Date.now() + 86_400_000);
  assert.equal((await told<CaseDetail>(['cases', 'snooze', String(number), '--until', 'now'])).snoozedUntil, null);
  assert.equal((await told<CaseDetail>(['cases', 'assign', String(number), '--to', admin.email])).assignee?.id, admin.agentId);
  assert.equal((await told<CaseDetail>(['cases', 'resolve', `#${number}`])).status, 'resolved');
  const { entries } = await told<{ entries: Entry[] }>(['cases', 'show', String(number)]);
  assert.ok(entries.some((entry) => entry.kind === 'message' && entry.text === 'A new one is on its way.'));
  const shown = await rapport(['cases', 'show', String(number)]);
  assert.match(shown.out, /Nora \[31mred/);
  assert.ok(!shown.out.includes('\u001b'), 'nothing a customer wrote steers the terminal');
});

test('an answer that gets lost does not make a note twice, and neither does a script that repeats itself', { timeout: 600_000 }, async () => {
  lost = 2;
  await told(['cases', 'note', String(number), '--text', 'Lost on the way.'], { RAPPORT_URL: proxyUrl });
  assert.ok(lost <= 0, 'both answers were lost');
  for (let i = 0; i < 2; i += 1) await told(['cases', 'note', String(number), '--text', 'Twice the same.', '--idempotency-key', 'nightly-run-17']);
  const notes = (await entriesOf()).flatMap((entry) => (entry.kind === 'note' ? [entry.text] : []));
  assert.deepEqual(notes.filter((text) => text !== 'She called.'), ['Lost on the way.', 'Twice the same.']);
});

test('what is refused ends with 1 and a line, what is not reached with 2', { timeout: 600_000 }, async () => {
  const missing = await rapport(['cases', 'resolve', '999']);
  assert.deepEqual([missing.code, missing.err.trim().split('\n').length], [1, 1]);
  assert.deepEqual((await rapport(['cases', 'list'], { RAPPORT_API_KEY: `${key}x` })).code, 1);
  const nobody = await rapport(['cases', 'list'], { RAPPORT_API_KEY: '' });
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /--as[\s\S]*RAPPORT_API_KEY/);
  const away = await rapport(['cases', 'list', '--server', 'http://127.0.0.1:1']);
  assert.equal(away.code, 2);
  assert.match(away.err, /does not answer/);
  assert.ok(!(away.out + away.err).includes(key));
  assert.match((await rapport(['cases', '--help'])).out, /RAPPORT_API_KEY[\s\S]*Ends with 0/);
});
