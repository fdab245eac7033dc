import { idempotencyKeyDays } from '@rapport/contract';

// A day less than the server keeps the keys of what it has done, for clocks that differ.
const REMEMBERED_MS = (idempotencyKeyDays - 1) * 86_400_000;

/**
 * Whether the server still knows what it has done for an item of the outbox, so that sending it again happens once. What is older may have arrived before this device
 * was closed; only the agent can tell, by looking at the case.
 */
export const isRemembered = (item: { createdAt: number }, now = Date.now()) => now - item.createdAt < REMEMBERED_MS;
