import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isTimeZone } from '../platform/wall-clock.ts';
import { isQuiet, nextTimeOfDay, quietUntil, type Quiet } from './quiet.ts';

const nights: Quiet = { isOn: true, from: '18:00', until: '08:00', days: [6, 7] };
const at = (text: string) => new Date(text);
const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const quiets: fc.Arbitrary<Quiet> = fc.record({ isOn: fc.constant(true), from: time, until: time, days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }) });
// Around the nights in which clocks are changed: Berlin, New York, and Lord Howe by half an hour; Kathmandu never changes.
const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
const moments = fc.tuple(fc.constantFrom('2026-03-28T00:00:00Z', '2026-10-24T00:00:00Z', '2026-03-07T12:00:00Z', '2026-10-31T12:00:00Z', '2026-04-04T00:00:00Z', '2026-10-03T00:00:00Z'), fc.integer({ min: 0, max: 3 * 1440 })).map(([start, minutes]) => new Date(Date.parse(start) + minutes * 60_000));

describe('quiet hours', () => {
  it('last over night and over the days that are free, by the clock on the agent’s wall', () => {
    assert.equal(isQuiet(at('2026-03-03T17:30:00Z'), nights, 'Europe/Berlin'), true);
    assert.equal(isQuiet(at('2026-03-03T16:30:00Z'), nights, 'Europe/Berlin'), false);
    assert.equal(isQuiet(at('2026-03-07T10:00:00Z'), nights, 'Europe/Berlin'), true);
    assert.deepEqual(quietUntil(at('2026-03-06T18:00:00Z'), nights, 'Europe/Berlin'), at('2026-03-09T07:00:00Z'));
    assert.equal(quietUntil(at('2026-03-06T18:00:00Z'), { ...nights, days: [1, 2, 3, 4, 5, 6, 7] }, 'Europe/Berlin'), undefined);
  });

  it('end at eight on the wall, also in the night in which clocks are put forward', () => {
    assert.deepEqual(quietUntil(at('2026-03-28T22:00:00Z'), { ...nights, days: [] }, 'Europe/Berlin'), at('2026-03-29T06:00:00Z'));
    assert.deepEqual(quietUntil(at('2026-10-24T22:00:00Z'), { ...nights, days: [] }, 'Europe/Berlin'), at('2026-10-25T07:00:00Z'));
  });

  it('end at the first minute that is not quiet, whatever the clock does', () => {
    fc.assert(fc.property(moments, quiets, zones, (moment, quiet, zone) => {
      const end = quietUntil(moment, quiet, zone);
      if (end === undefined) return false;
      if (isQuiet(end, quiet, zone)) return false;
      // Every minute before is quiet; a step of seven keeps the test short, the last minutes are all looked at.
      for (let t = moment.getTime(); t < end.getTime(); t += 7 * 60_000) if (!isQuiet(new Date(t), quiet, zone)) return false;
      for (let t = Math.max(moment.getTime(), end.getTime() - 60 * 60_000); t < end.getTime(); t += 60_000) if (!isQuiet(new Date(t), quiet, zone)) return false;
      return true;
    }), { numRuns: 150 });
  });

  it('a daily mail comes once a day, at its time on the wall', () => {
    fc.assert(fc.property(moments, time, zones, (moment, daily, zone) => {
      const next = nextTimeOfDay(moment, daily, zone);
      const hours = (next.getTime() - moment.getTime()) / 3_600_000;
      return hours > 0 && hours <= 26;
    }));
    assert.deepEqual(nextTimeOfDay(at('2026-03-28T12:00:00Z'), '08:00', 'Europe/Berlin'), at('2026-03-29T06:00:00Z'));
    assert.deepEqual(nextTimeOfDay(at('2026-03-28T12:00:00Z'), '02:30', 'Europe/Berlin'), at('2026-03-29T01:00:00Z'));
  });

  it('a time zone that does not exist is known for none', () => {
    assert.equal(isTimeZone('Europe/Berlin'), true);
    assert.equal(isTimeZone('Middle/Earth'), false);
  });
});
