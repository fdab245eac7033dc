import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressWithToken, readToken, withoutTag, type TokenKind, type TokenSecret } from './thread-token.ts';

const secret: TokenSecret = { keys: [randomBytes(32)], scope: 'account-1' };
const kind = fc.constantFrom<TokenKind>('c', 'b');
const local = fc.stringMatching(/^[a-z][a-z0-9._-]{0,16}[a-z]$/);

test('an answer to the address with the token names the case again, in any letter case', () => {
  fc.assert(fc.property(fc.uuid(), kind, local, (id, k, name) => {
    const address = addressWithToken(`${name}@desk.example`, { kind: k, id }, secret) as string;
    assert.match(address, /^[^@]{1,64}@desk\.example$/);
    assert.equal(withoutTag(address), `${name}@desk.example`);
    for (const spelled of [address, address.toUpperCase(), ` ${address} `]) assert.deepEqual(readToken(spelled, secret), { kind: k, id });
  }));
});

test('a token with one letter changed, of another kind, account or secret opens nothing', () => {
  fc.assert(fc.property(fc.uuid(), kind, fc.nat(), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), (id, k, at, letter) => {
    const address = addressWithToken('support@desk.example', { kind: k, id }, secret) as string;
    const i = 'support+c.'.length + (at % 43);
    const changed = address.slice(0, i) + letter + address.slice(i + 1);
    if (changed !== address) assert.equal(readToken(changed, secret), undefined);
    assert.equal(readToken(address.replace(`+${k}.`, k === 'c' ? '+b.' : '+c.'), secret), undefined);
    assert.equal(readToken(address, { ...secret, scope: 'account-2' }), undefined);
    assert.equal(readToken(address, { ...secret, keys: [randomBytes(32)] }), undefined);
  }));
});

test('mails sent before a change of secret still find their way', () => {
  const id = '0190e7a2-0000-7000-8000-0000000000ff';
  const address = addressWithToken('support@desk.example', { kind: 'c', id }, secret) as string;
  assert.deepEqual(readToken(address, { ...secret, keys: [randomBytes(32), secret.keys[0]] }), { kind: 'c', id });
});

test('an address too long for a token gets none, and strangers’ tags are not tokens', () => {
  assert.equal(addressWithToken(`${'a'.repeat(19)}@desk.example`, { kind: 'c', id: '0190e7a2-0000-7000-8000-0000000000ff' }, secret), undefined);
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readToken(text, secret), undefined)));
  assert.equal(readToken('support+newsletter@desk.example', secret), undefined);
  assert.equal(withoutTag('+odd@desk.example'), '+odd@desk.example');
  assert.equal(withoutTag('a@b+c.example'), 'a@b+c.example');
});
