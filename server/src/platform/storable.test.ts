import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storable } from './storable.ts';

test('zero characters and halves of characters are taken out, everything else stays', () => {
  const at = new Date();
  const bytes = Buffer.from([0]);
  assert.deepEqual(storable({ a: 'x\u0000y', b: ['\ud800', 1, null, undefined], at, bytes, deep: { c: '😀' } }), { a: 'xy', b: ['\ufffd', 1, null, undefined], at, bytes, deep: { c: '😀' } });
});
