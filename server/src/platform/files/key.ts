import { createHash } from 'node:crypto';

/** `<account>/<first two hex digits>/<sha256>`: spread over folders, the same for the same bytes. */
export function keyFor(accountId: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex');
  return `${accountId}/${hash.slice(0, 2)}/${hash}`;
}

const KEY = /^[0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

export const isKey = (text: string): boolean => KEY.test(text);

/** Keys come from our own rows; the check keeps a damaged row from reaching outside the store all the same. */
export function assertKey(key: string): void {
  if (!isKey(key)) throw new TypeError('Not a file key.');
}
