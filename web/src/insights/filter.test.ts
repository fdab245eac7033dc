import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionOf, readReportFilter } from './filter.ts';

test('an address that makes no sense is the report of everything', () => {
  assert.deepEqual(readReportFilter({ days: '3', by: 'weather', team: 7, kind: 'x', from: '2026-02-01', to: '2026-01-01', priority: 'none', untagged: 'no' }), {});
  assert.deepEqual(readReportFilter({ days: 90, by: 'agent', team: 'none' }), { days: '90', by: 'agent', team: 'none' });
});

test('an address keeps the days and everything that was chosen', () => {
  const chosen = { from: '2026-01-01', to: '2026-01-31', by: 'priority', agent: 'none', kind: 'complaint', channel: 'email', priority: 'high', untagged: true } as const;
  assert.deepEqual(readReportFilter(chosen), chosen);
  const { untagged: _untagged, ...others } = chosen;
  assert.deepEqual(readReportFilter({ ...chosen, days: '7', tag: 'refund' }), { ...others, tag: 'refund' });
});

test('a week is seven days with today on the calendar of the company, over the end of a month too', () => {
  const { from, to, by } = questionOf({ days: '7' }, 'Asia/Tokyo', new Date('2026-03-02T16:00:00Z'));
  assert.deepEqual([from, to, by], ['2026-02-25', '2026-03-03', 'team']);
  assert.equal(questionOf({}, 'America/New_York', new Date('2026-03-03T03:00:00Z')).to, '2026-03-02');
});
