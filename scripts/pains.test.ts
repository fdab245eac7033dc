import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/pains.md'), 'utf8');
const named = [...page.matchAll(/^- `([^`]+\.test\.ts)`: (.+)$/gm)].map((match) => ({ file: match[1] ?? '', name: match[2] ?? '' }));

test('every test the page of pains names exists under that name', () => {
  assert.ok(named.length >= 40, `${named.length} tests are named`);
  for (const { file, name } of named) {
    assert.ok(existsSync(join(root, file)), `${file} is not there`);
    const source = readFileSync(join(root, file), 'utf8');
    assert.ok(['test', 'it'].some((call) => source.includes(`${call}('${name}'`)), `${file} has no test called “${name}”`);
  }
});

test('each of the twenty-five pains stands on the page once, with a test or with the word that there is none', () => {
  const numbers = [...page.matchAll(/\*\*(\d+)\. /g)].map((match) => Number(match[1]));
  assert.deepEqual(numbers.toSorted((a, b) => a - b), Array.from({ length: 25 }, (_, i) => i + 1));
  const [answered = '', open = ''] = page.split('## Not answered yet');
  assert.ok(open.length > 0);
  for (const paragraph of answered.split(/\n(?=\*\*\d+\. )/).slice(1)) assert.ok(/^- `/m.test(paragraph) || paragraph.includes('Nothing to test'), paragraph.split('\n')[0]);
});
