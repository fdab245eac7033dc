import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenAt } from './token.ts';

const at = (typed: string) => {
  const caret = typed.indexOf('|');
  const token = tokenAt(typed.replace('|', ''), caret);
  return token && [token.isNot ? '-' : '', token.name, token.value];
};

test('what stands before the caret is completed, and nothing else', () => {
  assert.deepEqual(at('shoes sta|'), ['', undefined, 'sta']);
  assert.deepEqual(at('shoes status:op|'), ['', 'status', 'op']);
  assert.deepEqual(at('status:op| shoes'), ['', 'status', 'op']);
  assert.deepEqual(at('-tag:|'), ['-', 'tag', '']);
  assert.deepEqual(at('from:"anna ma|'), ['', 'from', 'anna ma']);
  assert.deepEqual(at('shoes |'), ['', undefined, '']);
  assert.equal(at('sta|tus'), undefined);
  assert.equal(at('from:"anna maria"|'), undefined);
});
