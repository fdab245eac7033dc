import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { endpoints } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

interface Operation {
  operationId: string;
  tags: string[];
  security: Record<string, unknown>[];
  parameters?: { name?: string; in?: string; required?: boolean; $ref?: string }[];
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}
interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object>; parameters: object; responses: object };
}

describe('the web server', { timeout: 120_000 }, () => {
  let house: TestHouse;
  let admin: SignedIn;
  before(async () => {
    house = await openTestHouse();
    admin = await house.admin();
  });
  after(() => house.close());
  const problem = async (response: Response) => (await response.json()) as { code: string; status: number; requestId: string; detail?: string };

  describe('refusals', () => {
    it('while no connection of the database is free, a request is told to come again', async () => {
      const { pool } = house.platform.database;
      const patience = pool.options.connectionTimeoutMillis;
      const taken = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
      pool.options.connectionTimeoutMillis = 50;
      try {
        const response = await admin.fetch('/api/v1/cases');
        assert.equal(response.status, 503);
        assert.equal(response.headers.get('retry-after'), '2');
        assert.equal((await problem(response)).code, 'unavailable');
      } finally {
        pool.options.connectionTimeoutMillis = patience;
        for (const client of taken) client.release();
      }
      assert.equal((await admin.fetch('/api/v1/cases')).status, 200);
    });
    it('an address that does not exist is not found, as a problem', async () => {
      const response = await fetch(`${house.url}/api/v1/nowhere`);
      assert.equal(response.status, 404);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      const { code, requestId } = await problem(response);
      assert.equal(code, 'not_found');
      assert.equal(requestId, response.headers.get('x-request-id'));
    });
    it('another method of an address that exists is told which it takes', async () => {
      const response = await fetch(`${house.url}/api/v1/session`, { method: 'PATCH' });
      assert.equal(response.status, 405);
      assert.equal((await problem(response)).code, 'method_not_allowed');
      assert.equal(response.headers.get('allow'), 'DELETE, GET, HEAD, POST');
      assert.equal((await fetch(`${house.url}/api/v1/agents/018f3a5e-7c1d-7b52-9d3e-2f1a6c4b8e90`)).status, 405);
    });
    it('an address that cannot be read is refused, with the security headers', async () => {
      const response = await fetch(`${house.url}/api/v1/cases/%E0%A4%A`);
      assert.equal(response.status, 400);
      assert.equal((await problem(response)).code, 'invalid_request');
      assert.ok(response.headers.get('content-security-policy'));
    });
    it('a body that is no JSON, no body, or too large is refused in words', async () => {
      const post = (body: string, type = 'application/json') => fetch(`${house.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': type }, body });
      assert.equal((await problem(await post('{'))).code, 'invalid_request');
      assert.equal((await problem(await post(''))).code, 'invalid_request');
      assert.equal((await problem(await post('x', 'text/csv'))).code, 'unsupported_body');
      assert.equal((await problem(await post(JSON.stringify({ email: 'x'.repeat(400_000) })))).code, 'too_large');
    });
    it('whoever may not come in is told so before a byte of what they want to send is taken', async () => {
      const { hostname, port } = new URL(house.url);
      const socket = connect(Number(port), hostname);
      socket.write(`POST /api/v1/inboxes/018f3a5e-7c1d-7b52-9d3e-2f1a6c4b8e90/messages HTTP/1.1\r\nhost: x\r\ncontent-type: message/rfc822\r\ncontent-length: ${40 * 1024 * 1024}\r\n\r\n`);
      let answer = '';
      for await (const chunk of socket) {
        answer += String(chunk);
        if (answer.includes('signed_out')) break;
      }
      assert.match(answer, /^HTTP\/1\.1 401 /);
    });
    it('a fault says nothing but its request id', async () => {
      const { pool } = house.platform.database;
      await pool.query('alter table team rename to team_hunter2');
      try {
        const response = await admin.fetch('/api/v1/teams');
        const text = await response.text();
        assert.equal(response.status, 500);
        assert.doesNotMatch(text, /team|relation|select/);
        assert.match(text, /"requestId":"[0-9a-f-]{36}"/);
      } finally {
        await pool.query('alter table team_hunter2 rename to team');
      }
    });
  });

  it('sends headers that keep pages of other sites and strangers’ scripts out, with every answer', async () => {
    for (const path of ['/', '/api/v1/session', '/api/docs', '/health/live', '/api/v1/nowhere']) {
      const { headers } = await fetch(`${house.url}${path}`, { headers: { accept: 'text/html' } });
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'self'/, path);
      assert.match(policy, /script-src 'self'(;|$)/, path);
      assert.doesNotMatch(policy, /script-src[^;]*unsafe/, path);
      assert.match(policy, /frame-ancestors 'none'/, path);
      assert.match(policy, /object-src 'none'/, path);
      assert.match(policy, /connect-src 'self'(;|$)/, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.ok(headers.get('referrer-policy'), path);
      assert.equal(headers.get('access-control-allow-origin'), null, path);
    }
  });

  it('behind a proxy, the caller’s address is what the proxy saw and not what the caller says', async () => {
    const behind = await openTestHouse({ env: { RAPPORT_TRUST_PROXY: 'true' } });
    try {
      const person = await behind.signedInClient();
      const response = await person.fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7, 198.51.100.2' }, body: JSON.stringify({ email: person.email, password: person.password }) });
      assert.equal(response.status, 200);
      const { rows } = await behind.platform.database.pool.query<{ address: string }>('select address from session order by created_at desc limit 1');
      assert.equal(rows[0]?.address, '198.51.100.2');
    } finally {
      await behind.close();
    }
  });

  describe('requests sent twice', () => {
    const invite = (key: string | undefined, body: object) =>
      admin.fetch('/api/v1/teams', { method: 'POST', headers: { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }, body: JSON.stringify(body) });
    const teams = async () => (await admin.client.accounts.listTeams()).items.map(({ name }) => name);

    it('with the same key are done once and answered alike', async () => {
      const key = crypto.randomUUID();
      const [first, again] = [await invite(key, { name: 'Billing' }), await invite(key, { name: 'Billing' })];
      assert.equal(first.status, 201);
      assert.equal(again.status, 201);
      assert.deepEqual(await again.json(), await first.json());
      assert.equal((await teams()).filter((name) => name === 'Billing').length, 1);
    });
    it('at the same time with the same key are done once', async () => {
      const key = crypto.randomUUID();
      const answers = await Promise.all(Array.from({ length: 6 }, () => invite(key, { name: 'Rush' })));
      assert.deepEqual(answers.map(({ status }) => status), Array(6).fill(201));
      const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id));
      assert.equal(new Set(ids).size, 1);
    });
    it('with the key of another request are refused', async () => {
      const key = crypto.randomUUID();
      await invite(key, { name: 'First' });
      const response = await invite(key, { name: 'Second' });
      assert.equal(response.status, 422);
      assert.equal((await problem(response)).code, 'key_reused');
      assert.ok(!(await teams()).includes('Second'));
    });
    it('after a refusal may be mended under the same key', async () => {
      const key = crypto.randomUUID();
      assert.equal((await invite(key, { name: '' })).status, 400);
      assert.equal((await invite(key, { name: 'Mended' })).status, 201);
    });
    it('with a key nobody should use are told so', async () => {
      assert.equal((await invite('short', { name: 'Short' })).status, 400);
    });
    it('under one agent’s key are another matter for another agent', async () => {
      const key = crypto.randomUUID();
      await invite(key, { name: 'Mine' });
      const other = await (await house.anotherAccount()).admin();
      const response = await other.fetch('/api/v1/teams', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify({ name: 'Theirs' }) });
      assert.equal(response.status, 201);
    });
  });

  it('who tries too often has to wait, and is told how long', async () => {
    const body = JSON.stringify({ email: 'nobody@example.com' });
    const ask = () => fetch(`${house.url}/api/v1/password-reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let i = 0; i < 6; i += 1) statuses.push((last = await ask()).status);
    assert.deepEqual(statuses, [204, 204, 204, 204, 204, 429]);
    assert.ok(Number(last?.headers.get('retry-after')) > 0);
    assert.equal((await problem(last as Response)).code, 'too_many_requests');
  });

  it('long answers are packed for who takes that', async () => {
    const document = await admin.fetch('/api/v1/roles', { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(document.status, 200);
    assert.equal(document.headers.get('vary'), 'accept-encoding');
    assert.ok(((await document.json()) as { items: unknown[] }).items.length > 0);
  });

  describe('health', () => {
    it('says that it lives and is ready', async () => {
      assert.deepEqual(await (await fetch(`${house.url}/health/live`)).json(), { status: 'live' });
      assert.deepEqual(await (await fetch(`${house.url}/health/ready`)).json(), { status: 'ready' });
    });
    it('is not ready on a database of another version, and says why', async () => {
      const { pool } = house.platform.database;
      const { rows } = await pool.query('select max(number) as newest from migration');
      await pool.query('update migration set number = 9999 where number = $1', [rows[0].newest]);
      try {
        const response = await fetch(`${house.url}/health/ready`);
        assert.equal(response.status, 503);
        assert.match(JSON.stringify(await response.json()), /schema/);
      } finally {
        await pool.query('update migration set number = $1 where number = 9999', [rows[0].newest]);
      }
    });
  });

  describe('metrics', () => {
    it('show requests by route, queues, sockets and the outbox, without anybody’s address', async () => {
      await admin.client.accounts.session();
      const text = await (await fetch(`${house.url}/metrics`)).text();
      for (const name of ['rapport_http_seconds_bucket', 'rapport_jobs_waiting{queue="event.listener"}', 'rapport_jobs_waiting{queue="dead-letter"}', 'rapport_live_sockets ', 'rapport_outbox_lag_seconds', 'rapport_db_connections', 'process_resident_memory_bytes']) assert.ok(text.includes(name), name);
      assert.match(text, /rapport_http_seconds_count\{method="GET",route="\/api\/v1\/session",status="2xx"\} [1-9]/);
      assert.doesNotMatch(text, /@/);
    });
    it('are refused through a proxy, behind which everybody looks like this machine', async () => {
      assert.equal((await fetch(`${house.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status, 403);
    });
    it('with a token configured are for who has it', async () => {
      const other = await openTestHouse({ env: { RAPPORT_METRICS_TOKEN: 'a-token-for-metrics' } });
      try {
        assert.equal((await fetch(`${other.url}/metrics`)).status, 403);
        assert.equal((await fetch(`${other.url}/metrics`, { headers: { authorization: 'Bearer wrong' } })).status, 403);
        assert.equal((await fetch(`${other.url}/metrics`, { headers: { authorization: 'Bearer a-token-for-metrics', 'x-forwarded-for': '203.0.113.7' } })).status, 200);
      } finally {
        await other.close();
      }
    });
  });

  describe('the description of the interface', () => {
    let document: Document;
    before(async () => {
      document = (await (await fetch(`${house.url}/api/openapi.json`)).json()) as Document;
    });
    const operations = () => Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

    it('is OpenAPI 3.1 and names every endpoint that is served, under a name of its own', () => {
      assert.match(document.openapi, /^3\.1\./);
      const served = house.house.app.printRoutes({ commonPrefix: false });
      assert.ok(served.length > 0);
      const ids = operations().map(({ operation }) => operation.operationId);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(ids.includes('accountsSignIn'));
      const known = Object.values(endpoints).flatMap((list) => Object.values(list)).map(({ method, path }) => `${method} ${path.replace(/:([A-Za-z]+)/g, '{$1}')}`);
      for (const { path, method } of operations()) assert.ok(known.includes(`${method.toUpperCase()} ${path}`), path);
    });
    it('has no reference that leads nowhere, and declares every part of an address', () => {
      const text = JSON.stringify(document);
      for (const [, ref = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
        const target = ref.split('/').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
        assert.ok(target, ref);
      }
      for (const { path, operation } of operations()) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name, required }) => (required ? name : `${name}?`));
        assert.deepEqual(declared.sort(), named.sort(), path);
        for (const scheme of operation.security.flatMap((each) => Object.keys(each))) assert.ok(document.components.securitySchemes[scheme]);
        assert.ok(operation.tags.length > 0 && Object.keys(operation.responses).some((status) => /^2/.test(status)), path);
      }
    });
    it('uses JSON Schema that a validator accepts, and real answers fit it', async () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema({ $id: 'https://rapport.test/openapi.json', components: document.components });
      const compile = (schema: object) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"https://rapport.test/openapi.json#/components/')));
      for (const name of Object.keys(document.components.schemas)) compile({ $ref: `#/components/schemas/${name}` });
      for (const { operation } of operations()) for (const answer of Object.values(operation.responses)) for (const content of Object.values(answer.content ?? {})) if (content.schema) compile(content.schema);
      for (const path of ['/session', '/agents', '/teams', '/roles', '/inboxes']) {
        const schema = document.paths[path]?.['get']?.responses['200']?.content?.['application/json']?.schema;
        if (!schema) continue;
        const isValid = compile(schema);
        const answer = await (await admin.fetch(`/api/v1${path}`)).json();
        assert.ok(isValid(answer), `${path}: ${JSON.stringify(isValid.errors)}`);
      }
      const refusal = await (await fetch(`${house.url}/api/v1/nowhere`)).json();
      assert.ok(compile({ $ref: '#/components/schemas/Problem' })(refusal));
    });
    it('says where an idempotency key helps and where the next page is', () => {
      const create = document.paths['/teams']?.['post'];
      assert.ok(create?.parameters?.some((parameter) => parameter.$ref === '#/components/parameters/IdempotencyKey'));
      const audit = document.paths['/audit']?.['get'];
      assert.ok(audit?.parameters?.some((parameter) => parameter.name === 'cursor'));
    });
    it('is shown on a page of its own that loads nothing from elsewhere', async () => {
      const page = await fetch(`${house.url}/api/docs`);
      assert.equal(page.status, 200);
      const html = await page.text();
      assert.doesNotMatch(html, /https?:\/\//);
      assert.doesNotMatch(html, /<script>|style=/);
      for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) assert.equal((await fetch(`${house.url}${path}`)).status, 200, path);
      assert.equal((await fetch(`${house.url}/api/docs/nothing.js`)).status, 404);
    });
  });

  it('when it stops, finishes what runs and takes nothing new', async () => {
    const other = await openTestHouse();
    // A request that has begun but not ended when the stop comes.
    const { port } = new URL(other.url);
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'whatever it is' });
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('error', () => {});
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.write(`POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closing = other.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await assert.rejects(fetch(`${other.url}/health/live`));
    socket.write(body.slice(10));
    await Promise.all([closing, ended]);
    assert.match(answer, /^HTTP\/1\.1 401/);
    assert.match(answer, /wrong_credentials/);
  });
});
