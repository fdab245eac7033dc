import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '@rapport/contract';
import fc from 'fast-check';
import { afterLeaving, neighbour, setOpenList } from './open-list.ts';

const list = (...ids: string[]) => setOpenList(ids.map((id) => ({ id }) as CaseRow));

test('from a case that has left the list, next is the one that stood below it and previous the one above', () => {
  list('a', 'b', 'c', 'd');
  list('a', 'c', 'd');
  assert.deepEqual([neighbour('b', 1)?.id, neighbour('b', -1)?.id], ['c', 'a']);
});

test('no case is skipped when others above leave the list, or come into it, in the same moment or later', () => {
  list('a', 'b', 'c', 'd', 'e');
  list('a', 'b', 'd', 'e');
  list('b', 'd', 'e');
  list('d', 'e');
  assert.equal(neighbour('c', 1)?.id, 'd');
  list('new', 'd', 'e');
  assert.deepEqual([neighbour('c', 1)?.id, neighbour('c', -1)?.id], ['d', 'new']);
});

test('whatever leaves and comes in at the top, next is the first case that stood below and is still there', () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 12 }), fc.array(fc.tuple(fc.nat(11), fc.boolean()), { maxLength: 12 }), fc.nat(11), (size, events, pick) => {
    let ids = Array.from({ length: size }, (_, i) => `${pick}-${i}-${Math.random()}`);
    list(...ids);
    const mine = ids[pick % size]!;
    let below = ids.slice(ids.indexOf(mine) + 1);
    ids = ids.filter((id) => id !== mine);
    list(...ids);
    for (const [at, isNew] of events) {
      if (isNew) ids = [`new ${Math.random()}`, ...ids];
      else ids = ids.filter((_, index) => index !== at);
      below = below.filter((id) => ids.includes(id));
      list(...ids);
    }
    if (below.length > 0) assert.equal(neighbour(mine, 1)?.id, below[0]);
  }));
});

test('a case that came back stands where it stands', () => {
  list('a', 'b', 'c');
  list('a', 'c');
  list('a', 'c', 'b');
  assert.deepEqual([neighbour('b', 1), neighbour('b', -1)?.id, afterLeaving('b')?.id], [undefined, 'c', 'c']);
});
