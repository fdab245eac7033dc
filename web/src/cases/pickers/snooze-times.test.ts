import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { snoozeTimes, toLocalInput } from './snooze-times.ts';

test('every time offered lies ahead, in order, and none is offered twice', () => {
  fc.assert(fc.property(fc.date({ min: new Date(2024, 0, 1), max: new Date(2030, 0, 1), noInvalidDate: true }), (now) => {
    const times = snoozeTimes(now).map((one) => one.at.getTime());
    assert.ok(times.every((at) => at > now.getTime()));
    assert.deepEqual(times, [...times].sort((a, b) => a - b));
    assert.equal(new Set(times).size, times.length);
  }));
});

test('on Sunday, Monday morning is offered once, as tomorrow', () => {
  const times = snoozeTimes(new Date(2024, 10, 24, 12));
  assert.deepEqual(times.map((one) => one.id), ['hours', 'evening', 'tomorrow', 'week']);
});

test('late in the evening nobody is sent back to the same evening', () => {
  assert.equal(snoozeTimes(new Date(2024, 10, 20, 21)).some((one) => one.id === 'evening'), false);
});

test('a time goes into the date field as the clock on the wall shows it', () => {
  assert.equal(toLocalInput(new Date(2024, 2, 5, 8, 5)), '2024-03-05T08:05');
});
