import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ClockPause, OpenHours } from '@rapport/contract';
import { openStretches } from '../hours/open-stretches.ts';
import { roundTheClock, runClock, type Measure } from './run-clock.ts';
import type { Spell, Stillness, Wait } from './story.ts';

const MINUTE_MS = 60_000;
const at = (text: string) => new Date(text);
const workday = [{ from: '09:00', until: '17:00' }];
const office: OpenHours = { timeZone: 'Europe/Berlin', week: [workday, workday, workday, workday, workday, [], []], specialDays: [], lastDay: null };
const measure = (changes: Partial<Measure> = {}): Measure => ({ minutes: 60, warning: null, pausedBy: ['pending', 'snoozed'], hours: office, ...changes });
const wait = (startedAt: Date, metAt: Date | null = null): Wait => ({ kind: 'first_response', entryId: 'e', startedAt, metAt });
const spells = (...list: [string, Stillness][]): Spell[] => list.map(([from, stillness]) => ({ from: at(from), stillness }));

test('what is left on Friday evening is left on Monday morning', () => {
  assert.deepEqual(runClock(wait(at('2026-03-06T15:30:00Z')), spells(['2026-03-06T15:30:00Z', null]), measure()), { dueAt: at('2026-03-09T08:30:00Z'), warnAt: null, pausedAt: null, leftMs: null });
});

test('the clock stands still while the customer is to answer, and goes on with what was left', () => {
  const story = spells(['2026-03-09T08:00:00Z', null], ['2026-03-09T08:20:00Z', 'pending'], ['2026-03-10T09:00:00Z', null]);
  assert.deepEqual(runClock(wait(at('2026-03-09T08:00:00Z')), story.slice(0, 2), measure()), { dueAt: null, warnAt: null, pausedAt: at('2026-03-09T08:20:00Z'), leftMs: 40 * MINUTE_MS });
  assert.deepEqual(runClock(wait(at('2026-03-09T08:00:00Z')), story, measure()).dueAt, at('2026-03-10T09:40:00Z'));
});

test('whether it stands still while we wait for others is what the policy says; while a case is solved it always does', () => {
  const story = (stillness: Stillness) => spells(['2026-03-09T08:00:00Z', null], ['2026-03-09T08:20:00Z', stillness], ['2026-03-09T09:20:00Z', null]);
  const due = (stillness: Stillness, pausedBy: ClockPause[]) => runClock(wait(at('2026-03-09T08:00:00Z')), story(stillness), measure({ pausedBy })).dueAt;
  assert.deepEqual(due('on_hold', []), at('2026-03-09T09:00:00Z'));
  assert.deepEqual(due('on_hold', ['on_hold']), at('2026-03-09T10:00:00Z'));
  assert.deepEqual(due('over', []), at('2026-03-09T10:00:00Z'));
});

test('what has run out stays run out, whatever stands still afterwards', () => {
  const story = spells(['2026-03-09T08:00:00Z', null], ['2026-03-09T10:00:00Z', 'pending']);
  assert.deepEqual(runClock(wait(at('2026-03-09T08:00:00Z')), story, measure()), { dueAt: at('2026-03-09T09:00:00Z'), warnAt: null, pausedAt: null, leftMs: null });
});

test('a warning comes so many open minutes before, or when so much of the time has passed', () => {
  const warnAt = (warning: Measure['warning'], startedAt = '2026-03-06T15:30:00Z') => runClock(wait(at(startedAt)), spells([startedAt, null]), measure({ warning })).warnAt;
  assert.deepEqual(warnAt({ minutesBefore: 15 }), at('2026-03-09T08:15:00Z'));
  assert.deepEqual(warnAt({ percent: 50 }), at('2026-03-06T16:00:00Z'));
  assert.deepEqual(warnAt({ minutesBefore: 600 }, '2026-03-09T08:00:00Z'), at('2026-03-09T08:00:00Z'));
});

test('of what was answered it is known by when it was due', () => {
  const story = spells(['2026-03-09T08:00:00Z', null], ['2026-03-09T08:20:00Z', 'pending']);
  assert.deepEqual(runClock(wait(at('2026-03-09T08:00:00Z'), at('2026-03-09T08:20:00Z')), story, measure()).dueAt, at('2026-03-09T09:00:00Z'));
});

/** Clocks are put forward or back there, or a day is left out, and on one nothing happens. */
const occasions: [zone: string, day: string][] = [
  ['Europe/Berlin', '2026-03-29'], ['Europe/Berlin', '2026-10-25'], ['America/New_York', '2026-03-08'], ['America/New_York', '2026-11-01'], ['Australia/Lord_Howe', '2026-04-05'], ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Sao_Paulo', '2018-11-04'], ['Asia/Beirut', '2023-03-30'], ['Antarctica/Troll', '2026-03-29'], ['Africa/Cairo', '2014-07-31'], ['Pacific/Apia', '2011-12-30'], ['Asia/Kathmandu', '2026-01-01'],
];
const time = fc.integer({ min: 0, max: 47 }).map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const span = fc.record({ from: time, until: fc.oneof({ weight: 4, arbitrary: time }, { weight: 1, arbitrary: fc.constant('24:00') }) }).filter(({ from, until }) => from !== until);
const stillness: fc.Arbitrary<Stillness> = fc.constantFrom(null, null, 'pending', 'on_hold', 'snoozed', 'over');
const situation = fc.constantFrom(...occasions).chain(([timeZone, day]) => {
  const begin = Date.parse(day) - 1440 * MINUTE_MS;
  return fc.record({
    hours: fc.record({ timeZone: fc.constant(timeZone), week: fc.array(fc.array(span, { minLength: 1, maxLength: 2 }), { minLength: 7, maxLength: 7 }), specialDays: fc.constant<OpenHours['specialDays']>([]), lastDay: fc.constant(null) }),
    startedAt: fc.integer({ min: 0, max: 600 }).map((minutes) => new Date(begin + minutes * MINUTE_MS)),
    spells: fc.uniqueArray(fc.integer({ min: 1, max: 2 * 1440 }), { maxLength: 6 }).chain((turns) =>
      fc.array(stillness, { minLength: turns.length + 1, maxLength: turns.length + 1 }).map((list) => [0, ...turns.sort((a, b) => a - b)].map((minutes, i): Spell => ({ from: new Date(begin + minutes * MINUTE_MS), stillness: list[i] ?? null })))),
    minutes: fc.integer({ min: 1, max: 1_500 }),
    pausedBy: fc.subarray<ClockPause>(['pending', 'on_hold', 'snoozed']),
  });
});

test('it is due in the minute in which so many open minutes have passed in which the case did not stand still, over every change of the clocks', () => {
  fc.assert(fc.property(situation, ({ hours, startedAt, spells: story, minutes, pausedBy }) => {
    const run = runClock(wait(startedAt), story, { minutes, warning: null, pausedBy, hours });
    // Slow, and as simple as it can be: looks every minute whether it is open and the case goes on.
    let left = minutes;
    let moment = startedAt.getTime();
    const horizon = moment + 6 * 1440 * MINUTE_MS;
    const open = new Set<number>();
    for (const { from, until } of openStretches(moment, hours)) {
      if (from >= horizon) break;
      for (let each = from; each < until; each += MINUTE_MS) open.add(each);
    }
    const goesOn = () => {
      const now = story.findLast((spell) => spell.from.getTime() <= moment)?.stillness ?? null;
      return now === null || (now !== 'over' && !pausedBy.includes(now));
    };
    for (; left > 0 && moment < horizon; moment += MINUTE_MS) if (open.has(moment) && goesOn()) left -= 1;
    if (left === 0) assert.deepEqual(run.dueAt, new Date(moment));
    else if (run.dueAt === null) assert.equal(run.leftMs, left * MINUTE_MS);
    else assert.ok(run.dueAt.getTime() > horizon);
  }), { numRuns: 150 });
});

test('standing still never makes anything due earlier', () => {
  fc.assert(fc.property(situation, fc.nat(), ({ hours, startedAt, spells: story, minutes, pausedBy }, place) => {
    const runs = { minutes, warning: null, pausedBy, hours };
    const stiller = story.map((spell, i): Spell => (i === place % story.length ? { ...spell, stillness: 'over' } : spell));
    const [before, after] = [runClock(wait(startedAt), story, runs).dueAt, runClock(wait(startedAt), stiller, runs).dueAt];
    if (before === null) assert.equal(after, null);
    else assert.ok(after === null || after >= before);
  }));
});

test('a warning is never behind what it warns of, and round the clock a promise without a pause is due after just so long', () => {
  fc.assert(fc.property(situation, fc.integer({ min: 1, max: 99 }), ({ hours, startedAt, spells: story, minutes, pausedBy }, percent) => {
    const { dueAt, warnAt } = runClock(wait(startedAt), story, { minutes, warning: { percent }, pausedBy, hours });
    if (dueAt) assert.ok(warnAt && warnAt <= dueAt);
    const plain = runClock(wait(startedAt), [{ from: startedAt, stillness: null }], { minutes, warning: null, pausedBy, hours: roundTheClock });
    assert.equal(plain.dueAt?.getTime(), startedAt.getTime() + minutes * MINUTE_MS);
  }));
});
