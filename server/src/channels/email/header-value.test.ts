import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readStructuredValue } from './header-value.ts';

const read = (text: string): unknown => {
  const { value, parameters } = readStructuredValue(text);
  return [value, Object.fromEntries(parameters)];
};

test('values and parameters are read however they are quoted, spaced and commented', () => {
  assert.deepEqual(read('Text/Plain; charset=UTF-8'), ['text/plain', { charset: 'UTF-8' }]);
  assert.deepEqual(read('text/plain (a; comment) ; charset = "utf-8" (another) ;format=flowed'), ['text/plain', { charset: 'utf-8', format: 'flowed' }]);
  assert.deepEqual(read('multipart/mixed; boundary="a;b\\"c"; boundary=second'), ['multipart/mixed', { boundary: 'a;b"c' }]);
  assert.deepEqual(read('attachment; filename=Invoice(1).pdf'), ['attachment', { filename: 'Invoice(1).pdf' }]);
  assert.deepEqual(read('multipart/mixed; boundary=a (never closed'), ['multipart/mixed', { boundary: 'a (never closed' }]);
  assert.deepEqual(read(''), ['', {}]);
});

test('names in pieces and with percent signs are put together', () => {
  assert.deepEqual(read("attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf"), ['attachment', { filename: 'Rechnung März.pdf' }]);
  assert.deepEqual(read("attachment; filename*0*=utf-8''a%20b; filename*1=\" c\"; filename*2*=%C3%A4.pdf"), ['attachment', { filename: 'a b cä.pdf' }]);
  assert.deepEqual(read("attachment; filename*=iso-8859-1'de'%E4.pdf"), ['attachment', { filename: 'ä.pdf' }]);
});

test('no text makes it fail', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(';', '=', '"', '(', ')', '\\', '*', '0', '1', "'", '%', 'a', ' ', '\n') }), (text) => {
    assert.equal(typeof readStructuredValue(text).value, 'string');
  }), { numRuns: 2000 });
});
