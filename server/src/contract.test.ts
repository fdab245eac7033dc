// What the contract promises, the house does; what nobody does, the contract does not promise.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { endpoints, events, permissions, problems, type Endpoint } from '@rapport/contract';
import { rooms } from './open-house.ts';

const promised = Object.entries(endpoints).flatMap(([room, list]) => Object.entries(list).map(([name, endpoint]) => ({ name: `${room}.${name}`, endpoint: endpoint as Endpoint })));
const routes = Object.values(rooms).flatMap((room) => room.routes ?? []);
const sources = globSync('**/*.ts', { cwd: import.meta.dirname })
  .filter((file) => !/\.test\.ts$|conformance\.ts$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

test('every endpoint is done by exactly one route, and every route does an endpoint', () => {
  for (const { name, endpoint } of promised) assert.equal(routes.filter((route) => route.endpoint === endpoint).length, 1, name);
  assert.equal(routes.length, promised.length);
});

test('no two endpoints are at one address, whatever their parameters are called', () => {
  const addresses = promised.map(({ endpoint: { method, path } }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  assert.deepEqual(addresses.filter((address, i) => addresses.indexOf(address) !== i), []);
});

test('each parameter in an address is described, and nothing else', () => {
  for (const { name, endpoint } of promised) {
    const shape = (endpoint.params as unknown as { shape: Record<string, unknown> }).shape;
    assert.deepEqual(Object.keys(shape).sort(), [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]).sort(), name);
  }
});

test('what only reads takes no body, and what changes something is not behind a GET', () => {
  for (const { name, endpoint } of promised) if (endpoint.method === 'GET') assert.equal(endpoint.bodyKind, 'none', name);
});

test('what anybody may do without signing in, other than read, is limited', () => {
  // Ending one's own session needs the session's cookie.
  const free = promised.filter(({ endpoint }) => endpoint.access === 'public' && endpoint.method !== 'GET' && !endpoint.limit).map(({ name }) => name);
  assert.deepEqual(free, []);
});

test('every refusal is used, and every refusal an endpoint names exists', () => {
  const used = (code: string) => new RegExp(`['"]${code}['"]`).test(sources);
  assert.deepEqual(Object.keys(problems).filter((code) => !used(code)), []);
  for (const { name, endpoint } of promised) for (const code of endpoint.problems) assert.ok(code in problems, `${name}: ${code}`);
});

test('every permission opens something', () => {
  const opened = new Set(promised.map(({ endpoint }) => endpoint.access as string));
  assert.deepEqual(Object.keys(permissions).filter((name) => !opened.has(name) && !sources.includes(`'${name}'`)), []);
});

test('every event is announced by somebody, and one that no browser hears of has a listener', () => {
  const announced = new Set([...sources.matchAll(/announce\([^'"]*['"]([a-z_]+\.[a-z_]+)['"]/g)].map((match) => match[1]));
  assert.deepEqual(Object.keys(events).filter((topic) => !announced.has(topic)), []);
  const heard = new Set(Object.values(rooms).flatMap((room) => room.listeners ?? []).flatMap((listener) => listener.topics as readonly string[]));
  assert.deepEqual(Object.entries(events).filter(([topic, { audience }]) => audience === 'nobody' && !heard.has(topic)), []);
});

test('listeners and jobs have names of their own', () => {
  const listeners = Object.values(rooms).flatMap((room) => room.listeners ?? []).map(({ name }) => name);
  const jobs = Object.values(rooms).flatMap((room) => room.jobs ?? []).map((job) => (job as unknown as { name: string }).name);
  assert.equal(new Set(listeners).size, listeners.length);
  assert.equal(new Set(jobs).size, jobs.length);
  assert.ok(jobs.length > 3);
});
