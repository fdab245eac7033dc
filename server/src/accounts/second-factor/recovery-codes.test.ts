import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashRecoveryCode, isRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts';

test('there are ten codes, all different, short enough to type', () => {
  const codes = makeRecoveryCodes();
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) {
    assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    assert.ok(isRecoveryCode(code));
  }
});

test('a code may be typed in capitals, without dashes, or with the look-alikes of its signs', () => {
  const login = '0190a1b2-0000-7000-8000-000000000000';
  const wanted = hashRecoveryCode(login, '01k3-9xq2-mmd0-v4ta');
  for (const typed of ['01K39XQ2MMD0V4TA', '01k3 9xq2 mmd0 v4ta', 'oIk3-9xq2-mmdO-v4ta', 'olk39xq2mmd0v4ta']) assert.ok(hashRecoveryCode(login, typed).equals(wanted), typed);
});

test('six digits are not a recovery code, and two people’s equal codes do not look alike', () => {
  assert.ok(!isRecoveryCode('123 456'));
  assert.ok(!hashRecoveryCode('a', '01k3-9xq2-mmd0-v4ta').equals(hashRecoveryCode('b', '01k3-9xq2-mmd0-v4ta')));
});
