import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAddress, readAddresses, withAddresses } from './addresses.ts';

test('a pasted list of people becomes addresses', () => {
  assert.deepEqual(readAddresses('Ana Ruiz <ana@example.com>, bob@example.com; zoë@bücher.example'), { found: ['ana@example.com', 'bob@example.com', 'zoë@bücher.example'], rest: '' });
});

test('what is no address stays to be mended', () => {
  assert.deepEqual(readAddresses('ana@example, bob@example.com'), { found: ['bob@example.com'], rest: 'ana@example' });
  assert.equal(isAddress('a b@example.com'), false);
  assert.equal(isAddress('ana@@example.com'), false);
  assert.equal(isAddress('ana@example..com'), false);
});

test('nobody is written to twice', () => {
  assert.deepEqual(withAddresses(['ana@example.com'], ['Ana@Example.com', 'bob@example.com', 'BOB@example.com']), ['ana@example.com', 'bob@example.com']);
});
