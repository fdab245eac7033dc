import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliveryStates, outcomes } from '@rapport/contract';
import { readFilter } from './filter.ts';

test('a number of the balance leads to exactly its rows', () => {
  for (const outcome of outcomes) assert.deepEqual(readFilter({ outcome }), { direction: 'in', outcome });
  for (const state of deliveryStates) assert.deepEqual(readFilter({ state }), { direction: 'out', state });
});

test('a link that asks for both an outcome and a delivery state shows what came in, not nothing', () => {
  assert.deepEqual(readFilter({ outcome: 'set_aside', state: 'bounced', direction: 'out' }), { direction: 'in', outcome: 'set_aside' });
});

test('what the address has no meaning for is left out', () => {
  assert.deepEqual(readFilter({ outcome: 'lost', direction: 'sideways', inbox: 7, page: '2' }), {});
  assert.deepEqual(readFilter({ direction: 'out', inbox: 'a' }), { direction: 'out', inbox: 'a' });
});
