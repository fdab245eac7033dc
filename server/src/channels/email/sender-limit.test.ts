import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSenderLimit } from './sender-limit.ts';

test('an address that sends too much waits for the next minute, the others do not, and the own machine never does', () => {
  let now = new Date('2026-03-02T10:00:00Z').getTime();
  const limit = createSenderLimit({ now: () => new Date(now) }, 3);
  for (let i = 0; i < 5; i++) {
    limit.count('192.0.2.1');
    limit.count('127.0.0.1');
  }
  assert.equal(limit.isOver('192.0.2.1'), true);
  assert.equal(limit.isOver('192.0.2.2'), false);
  assert.equal(limit.isOver('127.0.0.1'), false);
  now += 60_000;
  assert.equal(limit.isOver('192.0.2.1'), false);
});
