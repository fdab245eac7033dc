import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createClient, ProblemError } from './index.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}
let server: Server;
let baseUrl: string;
let seen: Seen | undefined;
let answer: { status: number; type?: string; body?: string };
before(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts).toString() };
      response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json', 'x-request-id': 'r1' }).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

const id = '0190a1b2-0000-7000-8000-000000000000';

test('a call is the endpoint of the contract with its address filled in', async () => {
  answer = { status: 200, body: '{"items":[],"nextCursor":null}' };
  const client = createClient({ baseUrl, apiKey: 'rk_test' });
  assert.deepEqual(await client.cases.search({ query: { q: 'lamp & shade', shelf: undefined, limit: 5 } }), { items: [], nextCursor: null });
  assert.deepEqual([seen?.method, seen?.url, seen?.headers.authorization, seen?.headers['content-type']], ['GET', '/api/v1/search?q=lamp+%26+shade&limit=5', 'Bearer rk_test', undefined]);
  await client.mailbox.listMails({ params: { address: 'a/b+c@shop.example' } });
  assert.equal(seen?.url, '/api/v1/mailbox/a%2Fb%2Bc%40shop.example');
});

test('bodies go as JSON or as bytes, with the key that makes a repeat harmless', async () => {
  answer = { status: 201, body: '{}' };
  const client = createClient({ baseUrl });
  await client.cases.addNote({ params: { caseId: id }, body: { text: 'Hm' }, idempotencyKey: 'once-only' });
  assert.deepEqual([seen?.body, seen?.headers['content-type'], seen?.headers['idempotency-key'], seen?.headers.authorization], ['{"text":"Hm"}', 'application/json', 'once-only', undefined]);
  await client.inboxes.receiveRaw({ params: { inboxId: id }, body: Buffer.from('From: a@b.example\r\n') });
  assert.deepEqual([seen?.body, seen?.headers['content-type']], ['From: a@b.example\r\n', 'application/octet-stream']);
});

test('an answer without a body is undefined, one of bytes is the response itself', async () => {
  answer = { status: 204 };
  const client = createClient({ baseUrl });
  assert.equal(await client.accounts.signOut(), undefined);
  answer = { status: 200, type: 'application/octet-stream', body: 'bytes' };
  assert.equal(await (await client.ledger.raw({ params: { ledgerId: id } })).text(), 'bytes');
});

test('a refusal is thrown with its code, its words and its facts', async () => {
  answer = { status: 409, type: 'application/problem+json', body: JSON.stringify({ type: '/problems/case_closed', title: 'A closed case does not change', status: 409, code: 'case_closed', detail: 'Begin a new one.', requestId: 'r2', extra: { number: 7 } }) };
  const error = await createClient({ baseUrl }).cases.get({ params: { caseId: id } }).then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(error instanceof ProblemError);
  assert.deepEqual([error.code, error.status, error.message, error.problem.requestId, error.problem.extra], ['case_closed', 409, 'Begin a new one.', 'r2', { number: 7 }]);
});

test('what something in between answers is a problem all the same', async () => {
  const call = () => createClient({ baseUrl }).cases.list();
  answer = { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' };
  await assert.rejects(call(), (error: ProblemError) => error.code === 'internal' && error.status === 502 && error.problem.requestId === 'r1');
  answer = { status: 503, type: 'text/html', body: 'down' };
  await assert.rejects(call(), (error: ProblemError) => error.code === 'unavailable');
  answer = { status: 500, body: '{"error":"something else"}' };
  await assert.rejects(call(), (error: ProblemError) => error.code === 'internal');
});

test('who waits no longer can leave', async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(createClient({ baseUrl }).cases.list({ signal }), { name: 'AbortError' });
});
