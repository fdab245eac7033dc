import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { createListRefresh, type ListKind } from './list-refresh.ts';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

function setUp() {
  const asked: Record<ListKind, number> = { walked: 0, sorted: 0 };
  const busy = new Set<ListKind>();
  const refresh = createListRefresh((kind) => (asked[kind] += 1), (kind) => busy.has(kind));
  /** So many seconds, with something happening four times in each. */
  const busySeconds = (seconds: number) => {
    for (let i = 0; i < seconds * 4; i += 1) {
      refresh.changed();
      mock.timers.tick(250);
    }
  };
  return { asked, busy, refresh, busySeconds };
}

test('however much happens, a list that has to be put in order is asked for four times in a minute, one that an index gives fifteen times', () => {
  const { asked, busySeconds } = setUp();
  busySeconds(60);
  assert.deepEqual(asked, { walked: 15, sorted: 4 });
});

test('what happened last is asked for, too, and then nothing more', () => {
  const { asked, refresh } = setUp();
  refresh.changed();
  mock.timers.tick(60_000);
  assert.deepEqual(asked, { walked: 1, sorted: 1 });
});

test('one’s own deed is shown at once, and what was to be asked for is in the same answer', () => {
  const { asked, refresh } = setUp();
  refresh.changed();
  refresh.ownDeed();
  assert.deepEqual(asked, { walked: 1, sorted: 1 });
  mock.timers.tick(60_000);
  assert.deepEqual(asked, { walked: 1, sorted: 1 });
});

test('ten deeds of one’s own in a moment ask twice, the second time for all that followed the first', () => {
  const { asked, refresh } = setUp();
  for (let i = 0; i < 10; i += 1) refresh.ownDeed();
  assert.deepEqual(asked, { walked: 1, sorted: 1 });
  mock.timers.tick(60_000);
  assert.deepEqual(asked, { walked: 2, sorted: 2 });
});

test('a list that is still on its way is not interrupted, but asked for again when it has come', () => {
  const { asked, busy, refresh } = setUp();
  busy.add('sorted');
  refresh.changed();
  mock.timers.tick(40_000);
  assert.deepEqual(asked, { walked: 1, sorted: 0 });
  busy.delete('sorted');
  mock.timers.tick(1_000);
  assert.deepEqual(asked, { walked: 1, sorted: 1 });
});
