import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { momentOf, sendChoices, wallTimeAt } from './send-times.ts';

const zones = Intl.supportedValuesOf('timeZone');
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2037, 11, 31) }).map((ms) => new Date(ms));
const wallOf = (at: Date, zone: string) => {
  const { second: _, ...wall } = wallTimeAt(at, zone);
  return wall;
};

test('tomorrow at nine is nine on the wall tomorrow, in every place and on every day of the year', () => {
  fc.assert(fc.property(moment, fc.constantFrom(...zones), (now, zone) => {
    const found = sendChoices(now, zone).find((choice) => choice.id === 'tomorrow');
    assert.ok(found);
    const [today, then] = [wallTimeAt(now, zone), wallTimeAt(found.at, zone)];
    assert.deepEqual([then.hour, then.minute], [9, 0]);
    const days = (Date.UTC(then.year, then.month - 1, then.day) - Date.UTC(today.year, today.month - 1, today.day)) / 86_400_000;
    // Samoa and Kiribati once left a day out; nowhere else and never since does tomorrow lie further away.
    assert.equal(days, 1);
  }), { numRuns: 800 });
});

test('every choice is still to come, soonest first, at a full hour', () => {
  fc.assert(fc.property(moment, fc.constantFrom(...zones), (now, zone) => {
    const choices = sendChoices(now, zone);
    assert.ok(choices.length >= 2 && choices.every(({ at }) => at > now && wallTimeAt(at, zone).minute === 0));
    assert.deepEqual(choices.map(({ at }) => at.getTime()), choices.map(({ at }) => at.getTime()).sort((a, b) => a - b));
  }), { numRuns: 800 });
});

test('a time on the wall leads to a moment and back, except where the clock leaves it out', () => {
  fc.assert(fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
    const wall = wallOf(at, zone);
    const back = momentOf(wall, zone);
    assert.deepEqual(wallOf(back, zone), wall, 'a time that a clock has shown exists');
    assert.ok(back.getTime() <= at.getTime(), 'of two it is the first');
    assert.ok(at.getTime() - back.getTime() < 86_400_000);
  }), { numRuns: 1500 });
});

test('in the night when the clock is put forward, half past two is half past three; put back, it is the first one', () => {
  assert.equal(momentOf({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, 'Europe/Berlin').toISOString(), '2026-03-29T01:30:00.000Z');
  assert.equal(momentOf({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, 'Europe/Berlin').toISOString(), '2026-10-25T00:30:00.000Z');
  assert.equal(momentOf({ year: 2026, month: 3, day: 8, hour: 2, minute: 15 }, 'America/New_York').toISOString(), '2026-03-08T07:15:00.000Z');
  assert.equal(momentOf({ year: 2026, month: 4, day: 5, hour: 1, minute: 45 }, 'Australia/Lord_Howe').toISOString(), '2026-04-04T14:45:00.000Z');
});

test('on a Friday evening the choices are tomorrow and Monday, not this afternoon', () => {
  assert.deepEqual(sendChoices(new Date('2026-11-20T18:00:00Z'), 'Europe/Berlin').map(({ id, at }) => [id, at.toISOString()]), [
    ['tomorrow', '2026-11-21T08:00:00.000Z'], ['afternoon', '2026-11-21T13:00:00.000Z'], ['monday', '2026-11-23T08:00:00.000Z'],
  ]);
});
