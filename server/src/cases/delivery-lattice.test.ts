import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deliveryStates, type DeliveryState } from '@rapport/contract';
import { canRetry, mayFollow } from './delivery-lattice.ts';

const merge = (reports: readonly DeliveryState[], from: DeliveryState = 'sending'): DeliveryState => reports.reduce((state, report) => (mayFollow(state, report) ? report : state), from);

test('the last word does not depend on the order in which the reports of an attempt arrive', () => {
  const reports = fc.array(fc.constantFrom<DeliveryState>('accepted', 'bounced', 'failed', 'unknown'), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(reports.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([one, other]) => {
    assert.equal(merge(one), merge(other));
    const strongest = (['bounced', 'accepted', 'failed', 'unknown'] as const).find((state) => one.includes(state));
    assert.equal(merge(one), strongest);
  }));
});

test('a report that is repeated changes nothing', () => {
  for (const state of deliveryStates) if (state !== 'queued' && state !== 'sending') assert.equal(mayFollow(state, state), false, state);
});

test('a bounce that arrives while a new attempt waits is about the attempt before', () => {
  assert.equal(mayFollow('queued', 'bounced'), false);
});

test('what may have arrived is not sent again by itself', () => {
  assert.equal(mayFollow('unknown', 'queued'), false);
  assert.equal(mayFollow('unknown', 'sending'), false);
  assert.equal(canRetry('unknown'), true, 'but a person may ask for it');
});

test('an accepted message is not sent again', () => {
  assert.equal(canRetry('accepted'), false);
  assert.equal(mayFollow('accepted', 'failed'), false);
});
