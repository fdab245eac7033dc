import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { metricIds, metrics } from '@rapport/contract';
import { metricsPage } from './metrics-page.ts';

test('the page about the numbers is what the definitions say', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8').trimEnd(), metricsPage().trimEnd());
});

test('every number is defined in both languages, with what is left out', () => {
  for (const id of metricIds) for (const words of [metrics[id].en, metrics[id].de]) for (const text of Object.values(words)) assert.ok(text.length > 3, id);
});
