import type { DeliveryState } from '@rapport/contract';

/**
 * What may follow what while a message is delivered. Reports arrive late, twice and in any order; whichever order it is, the end is the same:
 * a bounce is the last word, having been accepted outweighs a failure, and a failure outweighs not knowing.
 *
 * `queued` and `sending` take turns while attempts are made. A report that finds the message queued is about an attempt before somebody asked for another one, so
 * only the attempts to come count. From `unknown` nothing is sent again by itself: it may have arrived.
 */
const FOLLOWS: Record<DeliveryState, readonly DeliveryState[]> = {
  queued: ['queued', 'sending', 'accepted', 'delivered', 'read', 'failed', 'unknown'],
  sending: ['queued', 'sending', 'accepted', 'delivered', 'read', 'failed', 'unknown', 'bounced'],
  unknown: ['accepted', 'delivered', 'read', 'failed', 'bounced'],
  failed: ['accepted', 'delivered', 'read', 'bounced'],
  accepted: ['delivered', 'read', 'bounced'],
  delivered: ['read', 'bounced'],
  read: ['bounced'],
  bounced: [],
};

export function mayFollow(from: DeliveryState, to: DeliveryState): boolean {
  return FOLLOWS[from].includes(to);
}

/** What a person may ask to send again. */
export function canRetry(state: DeliveryState): boolean {
  return state === 'failed' || state === 'bounced' || state === 'unknown';
}

/** The message did not arrive, as far as anybody knows. */
export function isLost(state: DeliveryState): boolean {
  return state === 'failed' || state === 'bounced';
}
