import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRemembered } from './is-remembered.ts';

const DAY = 86_400_000;

test('an answer left behind over a long weekend is sent again by itself, one of last month is not', () => {
  assert.equal(isRemembered({ createdAt: 0 }, 4 * DAY), true);
  assert.equal(isRemembered({ createdAt: 0 }, 30 * DAY), false);
});
