import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../platform/ids.ts';
import type { Seat } from './seat.ts';
import { createThere } from './there.ts';

test('whoever left while their case was being looked up is not shown as there, and leaves nothing behind', () => {
  const told: unknown[] = [];
  const there = createThere({ publish: (_subject, payload) => void told.push(payload), subscribe: () => () => {}, close: async () => {} }, Date.now);
  const at = { accountId: newId(), caseId: newId() };
  const seatThat = (isOpen: boolean) => ({ site: { accountId: at.accountId }, isOpen: () => isOpen }) as Seat;
  there.sit(seatThat(false), at.caseId);
  assert.deepEqual([told, there.seatsAt(at)], [[], []]);
  there.sit(seatThat(true), at.caseId);
  assert.deepEqual([told.length, there.seatsAt(at).length], [1, 1]);
});
