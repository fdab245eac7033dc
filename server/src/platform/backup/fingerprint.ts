import type { Secrets } from '../secrets.ts';

/** Tells whether two installations have the same secret key, without telling the key. */
export function fingerprintOf(secrets: Secrets): string {
  return secrets.deriveKey('backup fingerprint').toString('hex').slice(0, 16);
}
