import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { endpoints, type Endpoint } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const all = Object.entries(endpoints).flatMap(([room, list]) => Object.entries(list as unknown as Record<string, Endpoint>).map(([name, endpoint]) => ({ name: `${room}.${name}`, endpoint })));
const unsafe = all.filter(({ endpoint }) => endpoint.method !== 'GET');
const path = (endpoint: Endpoint) => `/api/v1${endpoint.path.replace(/:[A-Za-z]+/g, '0190a1b2-0000-7000-8000-000000000000')}`;
const isServed = (endpoint: Endpoint) => house.house.app.hasRoute({ method: endpoint.method, url: `/api/v1${endpoint.path}` });

async function send(endpoint: Endpoint, headers: Record<string, string>): Promise<{ status: number; code: string }> {
  const { 'content-type': type, ...others } = headers;
  const withBody = { headers: { ...others, 'content-type': endpoint.bodyKind === 'raw' ? 'application/octet-stream' : (type ?? 'application/json') }, body: '{}' };
  const response = await fetch(`${house.url}${path(endpoint)}`, { method: endpoint.method, ...(endpoint.bodyKind === 'none' ? { headers: others } : withBody) });
  const body = (await response.json().catch(() => ({}))) as { code?: string };
  return { status: response.status, code: body.code ?? '' };
}

test('another site’s page can change nothing with our cookie: every endpoint that is not GET refuses it', async () => {
  assert.ok(unsafe.length > 30);
  for (const { name, endpoint } of unsafe) {
    if (!isServed(endpoint)) continue;
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: `${house.url}.evil.example` }] as Record<string, string>[]) {
      // As a form of another site would send it, and as a script.
      for (const type of ['application/json', 'text/plain']) {
        const { status, code } = await send(endpoint, { cookie: admin.cookie(), 'content-type': type, ...headers });
        assert.ok(status === 403 && code === 'cross_site', `${name} with ${JSON.stringify(headers)} as ${type} answered ${status} ${code}`);
      }
    }
  }
});

test('another site cannot sign somebody in as somebody else', async () => {
  const response = await fetch(`${house.url}/api/v1/session`, { method: 'POST', headers: { origin: 'https://evil.example', 'content-type': 'application/json' }, body: JSON.stringify({ email: admin.email, password: admin.password }) });
  assert.equal(response.status, 403);
  assert.deepEqual(response.headers.getSetCookie(), []);
});

test('our own page and programs without a browser are let in', async () => {
  for (const headers of [{ origin: house.url }, { 'sec-fetch-site': 'same-origin' }, {}] as Record<string, string>[]) {
    const response = await fetch(`${house.url}/api/v1/profile`, { method: 'PATCH', headers: { cookie: admin.cookie(), 'content-type': 'application/json', ...headers }, body: '{"name":"Ada Admin"}' });
    assert.equal(response.status, 200, JSON.stringify(headers));
  }
});

test('reading with GET changes nothing, and its answer is closed to other origins', async () => {
  const response = await fetch(`${house.url}/api/v1/session`, { headers: { cookie: admin.cookie(), origin: 'https://evil.example' } });
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  assert.equal(response.headers.get('cross-origin-resource-policy'), 'same-origin');
});

test('an API key in a header beside a cookie is judged alone, and a key that does not hold is not helped by the cookie', async () => {
  const { key } = await admin.client.accounts.createApiKey({ body: { name: 'Import' } });
  const read = (headers: Record<string, string>) => fetch(`${house.url}/api/v1/session`, { headers });
  assert.equal((await read({ authorization: `Bearer ${key}` })).status, 200);
  for (const authorization of ['Bearer rk_nonsense', 'Bearer', '', `Basic ${key}`, `Bearer ${admin.cookie().split('=')[1]}`]) {
    assert.equal((await read({ authorization, cookie: admin.cookie() })).status, 401, authorization);
  }
});

test('over https the cookie belongs to this very host, and the plain name is not taken', async () => {
  const secure = await openTestHouse({ env: { RAPPORT_URL: 'https://desk.example.com' } });
  try {
    const person = await secure.signedInClient();
    assert.match(person.cookie(), /^__Host-rapport_session=/);
    await person.client.accounts.session();
    const response = await person.fetch('/api/v1/session', { method: 'POST', headers: { origin: 'https://desk.example.com', 'content-type': 'application/json' }, body: JSON.stringify({ email: person.email, password: person.password }) });
    assert.match(response.headers.getSetCookie()[0] ?? '', /^__Host-rapport_session=[^;]+; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const planted = await fetch(`${secure.url}/api/v1/session`, { headers: { cookie: person.cookie().replace('__Host-', '') } });
    assert.equal(planted.status, 401);
  } finally {
    await secure.close();
  }
});
