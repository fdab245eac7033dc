import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wallTimeAt } from '../composer/send-times.ts';
import { promiseTimes, readLocalInput } from './promise-times.ts';

const zones = Intl.supportedValuesOf('timeZone');
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2037, 11, 31) }).map((ms) => new Date(ms));

test('every time offered lies ahead, in order, each day once, at noon or at five by the clock of the place', () => {
  fc.assert(fc.property(moment, fc.constantFrom(...zones), (now, zone) => {
    const times = promiseTimes(now, zone);
    const walls = times.map(({ at }) => wallTimeAt(at, zone));
    assert.ok(times.length >= 2 && times.every(({ at }) => at > now));
    assert.deepEqual(times.map(({ at }) => at.getTime()), times.map(({ at }) => at.getTime()).sort((a, b) => a - b));
    assert.equal(new Set(walls.map(({ month, day }) => `${month}-${day}`)).size, walls.length);
    for (const [i, { id }] of times.entries()) assert.deepEqual([walls[i]?.hour, walls[i]?.minute], [id === 'today' ? 17 : 12, 0]);
  }), { numRuns: 600 });
});

test('Friday is a Friday and Monday a Monday, in every place and whatever the clock does meanwhile', () => {
  fc.assert(fc.property(moment, fc.constantFrom(...zones), (now, zone) => {
    for (const { id, at } of promiseTimes(now, zone)) {
      const weekday = new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'long' }).format(at);
      if (id === 'friday' || id === 'monday') assert.equal(weekday.toLowerCase(), id);
    }
  }), { numRuns: 600 });
});

test('Friday noon is an hour earlier for the world after the clock went forward', () => {
  assert.equal(promiseTimes(new Date('2026-03-25T10:00:00Z'), 'Europe/Berlin').find(({ id }) => id === 'friday')?.at.toISOString(), '2026-03-27T11:00:00.000Z');
  assert.equal(promiseTimes(new Date('2026-03-30T10:00:00Z'), 'Europe/Berlin').find(({ id }) => id === 'friday')?.at.toISOString(), '2026-04-03T10:00:00.000Z');
});

test('what the field holds is read by the clock of the place, and half of a time is none', () => {
  assert.equal(readLocalInput('2026-07-03T12:00', 'America/New_York')?.toISOString(), '2026-07-03T16:00:00.000Z');
  assert.equal(readLocalInput('2026-07-03', 'America/New_York'), undefined);
});
