import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionOf, readReportFilter } from './filter.ts';

test('an address that makes no sense is the report of everything', () => {
  assert.deepEqual(readReportFilter({ days: '3', by: 'weather', team: 7, kind: 'x' }), {});
  assert.deepEqual(readReportFilter({ days: 90, by: 'agent', team: 'none' }), { days: '90', by: 'agent', team: 'none' });
});

test('a week is seven days with today, over the end of a month too', () => {
  const { from, to, by } = questionOf({ days: '7' }, new Date(2026, 2, 3, 23, 30));
  assert.deepEqual([from, to, by], ['2026-02-25', '2026-03-03', 'team']);
});
