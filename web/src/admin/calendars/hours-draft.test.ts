import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenHours } from '@rapport/contract';
import { draftOf, faultOf, hoursOf, newHoliday } from './hours-draft.ts';

const hours: OpenHours = {
  timeZone: 'Europe/Berlin', week: [[{ from: '09:00', until: '12:00' }, { from: '13:00', until: '24:00' }], [{ from: '00:00', until: '24:00' }], [], [], [], [], []], lastDay: '2027-12-31',
  specialDays: [{ name: 'New Year', day: '2026-01-01', isYearly: true, spans: [] }, { name: 'Move', day: '2026-02-27', isYearly: false, spans: [] }, { name: 'Move', day: '2026-02-28', isYearly: false, spans: [] }, { name: 'Move', day: '2026-03-01', isYearly: false, spans: [] }, { name: 'Eve', day: '2026-12-24', isYearly: false, spans: [{ from: '09:00', until: '12:00' }] }],
};

test('days in a row that are alike are one line, and are saved as they were', () => {
  const draft = draftOf('Office', hours);
  assert.deepEqual(draft.holidays.map(({ name, from, until }) => `${name} ${from} ${until}`), ['New Year 2026-01-01 2026-01-01', 'Move 2026-02-27 2026-03-01', 'Eve 2026-12-24 2026-12-24']);
  assert.deepEqual(draft.week[0]?.[1], { from: '13:00', until: '00:00' });
  assert.deepEqual(hoursOf(draft), hours);
  assert.equal(faultOf(draft), undefined);
});

test('what cannot be meant is told before it is sent', () => {
  const draft = draftOf('Office', hours);
  const holiday = { ...newHoliday('2026-05-01'), name: 'May Day' };
  assert.equal(faultOf({ ...draft, week: [[{ from: '09:00', until: '09:00' }]] }), 'span');
  assert.equal(faultOf({ ...draft, holidays: [{ ...holiday, name: ' ' }] }), 'holiday');
  assert.equal(faultOf({ ...draft, holidays: [{ ...holiday, until: '2026-04-30' }] }), 'range');
  assert.equal(faultOf({ ...draft, holidays: [holiday, { ...holiday, name: 'Labour Day' }] }), 'twice');
  assert.equal(faultOf({ ...draft, holidays: [holiday, { ...holiday, isYearly: true }] }), undefined);
});
