import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compactMap } from './compact-map.ts';
import type { CaseRef, Known } from './plan-batch.ts';
import { trialMemory } from './trial-memory.ts';

const nothing = (): Known => ({ received: new Map(), threads: new Map(), customers: new Set(), isOwn: () => false });
const begun = (): CaseRef => ({ id: null, plan: null, canTake: true, people: new Set() });

test('every key leads to its number and no other one does, in 24 bytes each however long they are', () => {
  const keys = 200_000;
  const map = compactMap();
  const keyOf = (n: number) => `${'a long way to say '.repeat(n % 20)}${n}`;
  for (let n = 0; n < keys; n += 1) map.set(keyOf(n), n);
  map.set(keyOf(7), 4_294_967_295);
  for (let n = 0; n < keys; n += 1) assert.equal(map.get(keyOf(n)), n === 7 ? 4_294_967_295 : n);
  for (let n = keys; n < 2 * keys; n += 1) assert.equal(map.get(keyOf(n)), undefined);
  assert.ok(map.bytes / keys < 25, `${map.bytes / keys} bytes`);
});

test('a trial finds in later batches what earlier ones would have made, without its words', () => {
  const memory = trialMemory();
  const first = memory.over(nothing());
  const [anna, bert] = [begun(), begun()];
  first.received.set('case 1', anna);
  first.threads.set('<a@mail>', { ref: anna, isAwaited: false });
  first.threads.set('<b@mail>', { ref: anna, isAwaited: true });
  anna.people.add('anna@mail.example');
  first.received.set('case 2', bert);
  first.customers.add('email:anna@mail.example');
  assert.equal(first.received.get('case 1'), anna);

  const later = memory.over(nothing());
  const found = later.received.get('case 1');
  assert.notEqual(found, anna);
  assert.deepEqual([found?.canTake, found?.people.has('anna@mail.example'), found?.people.has('bert@mail.example'), found?.people.size], [true, true, false, 1]);
  assert.equal(later.received.get('case 2')?.people.size, 0);
  assert.equal(later.threads.get('<a@mail>')?.ref, found);
  assert.deepEqual([later.threads.get('<a@mail>')?.isAwaited, later.threads.get('<b@mail>')?.isAwaited, later.threads.get('<c@mail>')], [false, true, undefined]);
  assert.deepEqual([later.customers.has('email:anna@mail.example'), later.received.has('case 3')], [true, false]);
  found?.people.add('carl@mail.example');
  assert.equal(memory.over(nothing()).received.get('case 1')?.people.has('carl@mail.example'), true);
});

test('a case of the account stays itself for a trial, in whatever batch it is met', () => {
  const memory = trialMemory();
  const met = (): Known => ({ ...nothing(), received: new Map([['there', { ...begun(), id: 'x', people: new Set(['anna@mail.example']) }]]) });
  const first = met();
  const known = memory.over(first);
  const ref = known.received.get('there');
  assert.equal(ref, first.received.get('there'));
  known.received.set('new on it', ref as CaseRef);
  const next = memory.over(met());
  next.received.set('more on it', next.received.get('there') as CaseRef);
  const last = memory.over(nothing());
  assert.equal(last.received.get('new on it'), last.received.get('more on it'));
  assert.equal(last.received.get('new on it')?.people.has('anna@mail.example'), true);
});
