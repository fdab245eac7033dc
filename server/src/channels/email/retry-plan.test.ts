import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextAttemptAt } from './retry-plan.ts';

const queued = new Date('2026-03-02T10:00:00Z');

test('the first retry comes after one minute, later ones ever more slowly, none later than five hours', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (jitter) => {
      let now = queued;
      let lastMs = 0;
      for (let next = nextAttemptAt(queued, now, () => jitter); next !== undefined; next = nextAttemptAt(queued, now, () => jitter)) {
        const delayMs = next.getTime() - now.getTime();
        assert.ok(delayMs >= 60_000 && delayMs <= 5 * 3_600_000 && delayMs >= lastMs);
        lastMs = delayMs;
        now = next;
      }
      assert.ok(now.getTime() - queued.getTime() >= 48 * 3_600_000);
    }),
  );
});

test('after two days a person decides', () => {
  assert.equal(nextAttemptAt(queued, new Date('2026-03-04T10:00:00Z')), undefined);
  assert.notEqual(nextAttemptAt(queued, new Date('2026-03-04T09:59:00Z')), undefined);
});
