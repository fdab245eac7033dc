import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codeAt, makeSecret, otpauthUri, stepOfCode } from './totp.ts';

// RFC 6238, appendix B: the secret "12345678901234567890"; the last six of its eight digits.
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('the codes are those of RFC 6238', () => {
  const vectors: [number, string][] = [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037'], [20_000_000_000, '353130']];
  for (const [seconds, code] of vectors) assert.equal(codeAt(RFC_SECRET, new Date(seconds * 1000)), code);
});

test('a code holds for its own step and one early or late, and tells which', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000, max: 2_500_000_000 }), fc.integer({ min: -1, max: 1 }), (seconds, shift) => {
      const secret = makeSecret();
      const now = new Date(seconds * 1000);
      const code = codeAt(secret, new Date((seconds + shift * 30) * 1000));
      const step = stepOfCode(secret, code, now);
      // Two neighbouring steps share a code once in a million; the nearest one is named then.
      assert.ok(step !== undefined && Math.abs(step - Math.floor(seconds / 30)) <= 1);
    }),
    { numRuns: 200 },
  );
});

test('a code of two steps ago is too old, and no code is taken for another secret', () => {
  const at = new Date('2026-03-02T10:00:00Z');
  assert.equal(stepOfCode(RFC_SECRET, codeAt(RFC_SECRET, new Date(at.getTime() - 60_000)), at), undefined);
  assert.equal(stepOfCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', codeAt(RFC_SECRET, at), at), undefined);
});

test('the URI is one authenticator apps read, whatever the address', () => {
  assert.equal(otpauthUri(RFC_SECRET, 'laura+desk@example.org'), `otpauth://totp/Rapport:laura%2Bdesk%40example.org?issuer=Rapport&secret=${RFC_SECRET}&algorithm=SHA1&digits=6&period=30`);
});
