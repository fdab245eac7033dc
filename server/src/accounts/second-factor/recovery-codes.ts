import { randomInt } from 'node:crypto';
import { hashToken } from '../../platform/secrets.ts';

// Crockford's base 32, small: nothing that is mistaken for something else when read from paper.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const COUNT = 10;
const LENGTH = 16;

const asTyped = (code: string) => code.toLowerCase().replace(/[^0-9a-z]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');

/** Whether this looks like a recovery code rather than one from the authenticator app. */
export function isRecoveryCode(code: string): boolean {
  return asTyped(code).length === LENGTH;
}

/** What is stored of a code. It has 80 random bits, so no slow hash is needed; the login goes in so that equal codes do not look alike. */
export function hashRecoveryCode(loginId: string, code: string): Buffer {
  return hashToken(`recovery:${loginId}:${asTyped(code)}`);
}

/** Ten codes for the day the phone is lost, each good once: `7k3f-9xq2-mmd0-v4ta`. */
export function makeRecoveryCodes(): string[] {
  const one = () => Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: COUNT }, () => one().replace(/(.{4})(?=.)/g, '$1-'));
}
