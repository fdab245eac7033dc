import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { readThreadToken, withoutTag, withThreadToken } from './thread-token.ts';

const key = randomBytes(32);
const local = fc.stringMatching(/^[a-z][a-z0-9._-]{0,16}[a-z]$/);

test('an answer to the address with the token names the case again, in any letter case', () => {
  fc.assert(fc.property(fc.uuid(), local, (caseId, name) => {
    const address = withThreadToken(key, 'inbox', `${name}@desk.example`, caseId) as string;
    assert.match(address, /^[^@]{1,64}@desk\.example$/);
    assert.equal(withoutTag(address), `${name}@desk.example`);
    for (const spelled of [address, address.toUpperCase(), ` ${address} `]) assert.equal(readThreadToken(key, 'inbox', spelled), caseId);
  }));
});

test('a token with one letter changed, of another inbox or another key opens nothing', () => {
  fc.assert(fc.property(fc.uuid(), fc.nat(), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), (caseId, at, letter) => {
    const address = withThreadToken(key, 'inbox', 'support@desk.example', caseId) as string;
    const i = 'support+c.'.length + (at % 43);
    const changed = address.slice(0, i) + letter + address.slice(i + 1);
    if (changed !== address) assert.equal(readThreadToken(key, 'inbox', changed), undefined);
    assert.equal(readThreadToken(key, 'other inbox', address), undefined);
    assert.equal(readThreadToken(randomBytes(32), 'inbox', address), undefined);
  }));
});

test('an address too long for a token gets none, and strangers’ tags are not tokens', () => {
  assert.equal(withThreadToken(key, 'inbox', `${'a'.repeat(19)}@desk.example`, '0190e7a2-0000-7000-8000-0000000000ff'), undefined);
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readThreadToken(key, 'inbox', text), undefined)));
  assert.equal(readThreadToken(key, 'inbox', 'support+newsletter@desk.example'), undefined);
  assert.equal(withoutTag('+odd@desk.example'), '+odd@desk.example');
  assert.equal(withoutTag('a@b+c.example'), 'a@b+c.example');
});
