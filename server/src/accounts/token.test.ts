import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeToken, readToken, type TokenKind } from './token.ts';

const kinds: TokenKind[] = ['session', 'api-key', 'invitation', 'reset'];

test('a token tells its account and its hash, for every account and kind', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(...kinds), (accountId, kind) => {
      const made = makeToken(kind, accountId);
      assert.deepEqual(readToken(kind, made.token), { accountId: accountId.toLowerCase(), hash: made.hash });
    }),
  );
});

test('a token is never taken for one of another kind', () => {
  for (const kind of kinds) {
    const { token } = makeToken(kind, randomUUID());
    for (const other of kinds) if (other !== kind) assert.equal(readToken(other, token), undefined);
  }
});

test('the same secret under another prefix has another hash, so a session token cannot be relabelled as an API key', () => {
  const { token, hash } = makeToken('session', randomUUID());
  const relabelled = readToken('api-key', token.replace(/^rs_/, 'rk_'));
  assert.ok(relabelled);
  assert.ok(!relabelled.hash.equals(hash));
});

test('anything else is no token and never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => kinds.every((kind) => readToken(kind, text) === undefined)));
  assert.equal(readToken('session', `rs_${'z'.repeat(22)}_${'a'.repeat(43)}`), undefined, 'an account part beyond 128 bits');
});
