import type { Platform } from '../../platform/context.ts';

/** Signs the addresses that answers to a case come back to. Derived from the key outside the database; an account's tokens are worth nothing to another. */
export function threadKey(platform: Platform, accountId: string): Buffer {
  return platform.secrets.deriveKey(`thread-token:${accountId}`);
}

/** Signs the addresses that delivery reports about one message (by its entry) come back to; a token of one kind is worth nothing as the other. */
export function bounceKey(platform: Platform, accountId: string): Buffer {
  return platform.secrets.deriveKey(`bounce-token:${accountId}`);
}
