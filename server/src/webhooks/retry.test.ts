import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextTry, pauseAfter, PATIENCE_MS } from './retry.ts';

test('an event is tried for three days, later and later, and the last time at the very end', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 60, maxLength: 60 }), (luck) => {
      const begin = new Date('2026-03-02T09:00:00Z');
      const giveUpAt = new Date(begin.getTime() + PATIENCE_MS);
      let now = begin;
      let attempts = 1;
      for (let next = nextTry(attempts, now, giveUpAt, luck[0]); next; next = nextTry(attempts, now, giveUpAt, luck[attempts % luck.length])) {
        assert.ok(next > now && next <= giveUpAt);
        now = next;
        attempts += 1;
      }
      assert.equal(now.getTime(), giveUpAt.getTime());
      assert.ok(attempts > 10 && attempts < 25, String(attempts));
    }),
  );
});

test('an endpoint that takes nothing is left alone for five seconds at first and six minutes at most', () => {
  assert.equal(pauseAfter(1, 0.5), 5_000);
  assert.equal(pauseAfter(2, 0.5), 10_000);
  assert.ok(pauseAfter(1_000, 1) <= 360_000);
});
