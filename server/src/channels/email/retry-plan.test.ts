import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextAttemptAt } from './retry-plan.ts';

const queued = new Date('2026-03-02T10:00:00Z');

test('the first retry comes after one minute, later ones ever more slowly, none later than five hours', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, jitter) => {
      const next = nextAttemptAt(attempt, queued, queued, () => jitter);
      const delayMs = (next?.getTime() ?? 0) - queued.getTime();
      assert.ok(delayMs >= 60_000 && delayMs <= 5 * 3_600_000);
      const later = nextAttemptAt(attempt + 1, queued, queued, () => jitter);
      assert.ok((later?.getTime() ?? 0) - queued.getTime() >= delayMs);
    }),
  );
});

test('after two days a person decides', () => {
  assert.equal(nextAttemptAt(12, queued, new Date('2026-03-04T10:00:00Z')), undefined);
  assert.notEqual(nextAttemptAt(12, queued, new Date('2026-03-04T09:59:00Z')), undefined);
});
