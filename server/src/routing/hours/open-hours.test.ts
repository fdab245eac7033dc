import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OpenHours, OpenSpan } from '@rapport/contract';
import { dueAt, isOpen, nextOpening, openMinutesBetween } from './open-hours.ts';

const MINUTE_MS = 60_000;
const at = (text: string) => new Date(text);
const workday = [{ from: '09:00', until: '18:00' }];
const office = (changes: Partial<OpenHours> = {}): OpenHours => ({ timeZone: 'Europe/Berlin', week: [workday, workday, workday, workday, workday, [], []], specialDays: [], lastDay: null, ...changes });
const everyDay = (spans: OpenSpan[], timeZone: string): OpenHours => office({ timeZone, week: Array.from({ length: 7 }, () => spans) });
const roundTheClock = (timeZone: string) => everyDay([{ from: '00:00', until: '24:00' }], timeZone);

test('a message sent on Friday evening is due on Monday, not over the weekend', () => {
  assert.deepEqual(dueAt(at('2026-03-06T16:50:00Z'), 30, office()), at('2026-03-09T08:20:00Z'));
  assert.deepEqual(dueAt(at('2026-03-06T22:00:00Z'), 60, office()), at('2026-03-09T09:00:00Z'));
});

test('a promise that ends exactly at closing time is due then, not next morning', () => {
  assert.deepEqual(dueAt(at('2026-03-06T16:00:00Z'), 60, office()), at('2026-03-06T17:00:00Z'));
  assert.equal(isOpen(at('2026-03-06T17:00:00Z'), office()), false);
  assert.equal(isOpen(at('2026-03-06T08:00:00Z'), office()), true);
});

test('a promise with nothing left of it is due when it begins', () => assert.deepEqual(dueAt(at('2026-03-07T12:00:00Z'), 0, office()), at('2026-03-07T12:00:00Z')));

test('a lunch break stops the clock', () => {
  const hours = everyDay([{ from: '09:00', until: '12:00' }, { from: '13:00', until: '17:00' }], 'UTC');
  assert.deepEqual(dueAt(at('2026-03-06T11:50:00Z'), 30, hours), at('2026-03-06T13:20:00Z'));
  assert.equal(openMinutesBetween(at('2026-03-06T11:30:00Z'), at('2026-03-06T13:30:30Z'), hours), 60.5);
});

test('on a holiday nobody works, on a short day less', () => {
  const hours = office({ specialDays: [{ name: 'Christmas', day: '2020-12-25', isYearly: true, spans: [] }, { name: 'Christmas Eve', day: '2026-12-24', isYearly: false, spans: [{ from: '09:00', until: '12:00' }] }] });
  assert.deepEqual(dueAt(at('2026-12-24T10:30:00Z'), 60, hours), at('2026-12-28T08:30:00Z'));
  assert.deepEqual(nextOpening(at('2026-12-24T11:00:00Z'), hours), at('2026-12-28T08:00:00Z'));
});

test('what is said of this one day outweighs what is said of every year', () => {
  const hours = office({ specialDays: [{ name: 'May Day', day: '2020-05-01', isYearly: true, spans: [] }, { name: 'Open this once', day: '2026-05-01', isYearly: false, spans: [{ from: '10:00', until: '11:00' }] }] });
  assert.equal(isOpen(at('2026-05-01T08:30:00Z'), hours), true);
  assert.equal(isOpen(at('2028-05-01T08:30:00Z'), hours), false);
});

test('a leap day comes round in leap years only', () => {
  const hours = { ...roundTheClock('UTC'), specialDays: [{ name: 'Leap day', day: '2024-02-29', isYearly: true, spans: [] }] };
  assert.equal(isOpen(at('2028-02-29T12:00:00Z'), hours), false);
  assert.equal(isOpen(at('2027-03-01T12:00:00Z'), hours), true);
});

test('a night shift that runs into a holiday runs to its end', () => {
  const hours = { ...everyDay([{ from: '22:00', until: '06:00' }], 'Europe/Berlin'), specialDays: [{ name: 'New Year', day: '2026-01-01', isYearly: true, spans: [] }] };
  assert.equal(isOpen(at('2026-12-31T23:30:00Z'), hours), true);
  assert.equal(isOpen(at('2027-01-01T04:59:59Z'), hours), true);
  assert.deepEqual(nextOpening(at('2027-01-01T05:00:00Z'), hours), at('2027-01-02T21:00:00Z'));
});

test('an hour left out in spring is open for nobody, one that comes twice in autumn is open twice', () => {
  const night = everyDay([{ from: '01:00', until: '04:00' }], 'Europe/Berlin');
  const whole = (day: string) => openMinutesBetween(at(`${day}T00:00:00Z`), at(`${day}T03:59:00Z`), night);
  assert.equal(whole('2026-03-29'), 120);
  assert.equal(whole('2026-10-25'), 180);
  assert.equal(openMinutesBetween(at('2026-10-24T22:00:00Z'), at('2026-10-25T06:00:00Z'), night), 240);
  const missing = everyDay([{ from: '02:00', until: '03:00' }], 'Europe/Berlin');
  assert.equal(openMinutesBetween(at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'), missing), 0);
});

test('a calendar that ends before the promise does promises nothing', () => {
  const hours = office({ lastDay: '2026-03-06' });
  assert.deepEqual(dueAt(at('2026-03-06T15:00:00Z'), 120, hours), at('2026-03-06T17:00:00Z'));
  assert.equal(dueAt(at('2026-03-06T15:00:00Z'), 121, hours), undefined);
  assert.equal(nextOpening(at('2026-03-06T17:00:00Z'), hours), undefined);
  assert.equal(dueAt(at('2026-03-06T15:00:00Z'), 1, office({ week: [[], [], [], [], [], [], []] })), undefined);
});

test('Samoa had no 30 December 2011, and nobody worked on it', () => {
  assert.equal(openMinutesBetween(at('2011-12-29T10:00:00Z'), at('2011-12-31T10:00:00Z'), roundTheClock('Pacific/Apia')), 48 * 60);
  const hours = { ...everyDay([], 'Pacific/Apia'), specialDays: [{ name: 'Never', day: '2011-12-30', isYearly: false, spans: [{ from: '00:00', until: '24:00' }] }] };
  assert.equal(nextOpening(at('2011-12-01T00:00:00Z'), hours), undefined);
});

test('round the clock every minute counts, in every zone', () => {
  for (const zone of ['UTC', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns']) assert.equal(openMinutesBetween(at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'), roundTheClock(zone)), 365 * 1440, zone);
});

/** The days around which clocks were put forward or back, or a day was left out, and some on which nothing happened. */
const occasions: [zone: string, day: string][] = [
  ['Europe/Berlin', '2026-03-29'], ['Europe/Berlin', '2026-10-25'], ['America/New_York', '2007-03-11'], ['America/New_York', '2031-11-02'], ['Australia/Lord_Howe', '2026-04-05'], ['Australia/Lord_Howe', '2026-10-04'], ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kwajalein', '1993-08-21'], ['America/Caracas', '2016-05-01'], ['Asia/Pyongyang', '2018-05-04'], ['Africa/Casablanca', '2026-02-15'], ['Africa/Cairo', '2014-07-31'], ['America/Sao_Paulo', '2018-11-04'], ['Asia/Beirut', '2023-03-30'], ['Antarctica/Troll', '2026-03-29'], ['Asia/Kathmandu', '2026-01-01'], ['UTC', '2028-02-28'],
];
const time = fc.integer({ min: 0, max: 1439 }).map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const span = fc.record({ from: time, until: fc.oneof({ weight: 4, arbitrary: time }, { weight: 1, arbitrary: fc.constant('24:00') }) }).filter(({ from, until }) => from !== until);
const spans = fc.array(span, { maxLength: 3 });
const dayNear = (day: string, by: number) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
const situation = fc.constantFrom(...occasions).chain(([timeZone, day]) => fc.record({
  start: fc.integer({ min: -2 * 1440, max: 1440 }).map((minutes) => new Date(Date.parse(day) + minutes * MINUTE_MS)),
  minutes: fc.integer({ min: 1, max: 1500 }),
  hours: fc.record({
    timeZone: fc.constant(timeZone), week: fc.array(spans, { minLength: 7, maxLength: 7 }),
    specialDays: fc.uniqueArray(fc.record({ name: fc.constant('Special'), day: fc.integer({ min: -2, max: 3 }).map((by) => dayNear(day, by)), isYearly: fc.boolean(), spans }), { maxLength: 3, selector: ({ day: one, isYearly }) => `${one} ${isYearly}` }),
    lastDay: fc.option(fc.integer({ min: -1, max: 6 }).map((by) => dayNear(day, by)), { freq: 3 }),
  }),
}));

/** Slow, and as simple as it can be: looks at the clock on the wall every minute, and asks of today and of the night before. */
function isOpenByTheWall(moment: number, { week, specialDays, lastDay }: OpenHours, format: Intl.DateTimeFormat): boolean {
  // As 2026-03-29 14:05.
  const [day = '', shown = ''] = format.format(moment).split(' ');
  const spansOn = (name: string) => {
    if (lastDay !== null && name > lastDay) return [];
    const special = specialDays.find((each) => !each.isYearly && each.day === name) ?? specialDays.find((each) => each.isYearly && each.day.slice(5) === name.slice(5));
    return special ? special.spans : (week[(new Date(name).getUTCDay() + 6) % 7] ?? []);
  };
  return spansOn(day).some(({ from, until }) => shown >= from && (until <= from || shown < until)) || spansOn(dayNear(day, -1)).some(({ from, until }) => until <= from && shown < until);
}

test('it is open whenever the clock on the wall says so, over every change of the clocks', () => {
  const DAYS = 5;
  fc.assert(fc.property(situation, ({ start, minutes, hours }) => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: hours.timeZone, dateStyle: 'short', timeStyle: 'short' });
    const open: number[] = [];
    for (let moment = start.getTime(); moment < start.getTime() + DAYS * 1440 * MINUTE_MS; moment += MINUTE_MS) if (isOpenByTheWall(moment, hours, format)) open.push(moment);
    const end = new Date(start.getTime() + DAYS * 1440 * MINUTE_MS);
    assert.equal(openMinutesBetween(start, end, hours), open.length);
    assert.equal(isOpen(start, hours), open[0] === start.getTime());
    const first = nextOpening(start, hours);
    assert.equal(first && first < end ? first.getTime() : undefined, open[0]);
    const last = open[minutes - 1];
    const due = dueAt(start, minutes, hours);
    assert.equal(due && due <= end ? due.getTime() : undefined, last === undefined ? undefined : last + MINUTE_MS);
  }), { numRuns: 300 });
});

test('a promise is kept in exactly as many open minutes as it has', () => {
  fc.assert(fc.property(situation, ({ start, minutes, hours }) => {
    const due = dueAt(start, minutes, hours);
    if (due) assert.equal(openMinutesBetween(start, due, hours), minutes);
  }));
});
