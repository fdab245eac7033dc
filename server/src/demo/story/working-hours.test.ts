import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterWork, whenAwake } from './working-hours.ts';

const at = (text: string) => new Date(`${text}:00Z`);

describe('working hours', () => {
  it('an answer to a mail of Friday evening is written on Saturday morning', () => assert.deepEqual(afterWork(at('2026-11-20T19:10'), 20), at('2026-11-21T09:50')));
  it('Sunday is short', () => assert.deepEqual(afterWork(at('2026-11-22T13:50'), 20), at('2026-11-23T08:40')));
  it('what does not fit into a day goes on the next', () => assert.deepEqual(afterWork(at('2026-11-23T17:30'), 60), at('2026-11-24T09:00')));
  it('customers sleep', () => {
    assert.deepEqual(whenAwake(at('2026-11-23T23:30'), 0.5), at('2026-11-24T07:30'));
    assert.deepEqual(whenAwake(at('2026-11-23T15:00'), 0.5), at('2026-11-23T15:00'));
  });
});
