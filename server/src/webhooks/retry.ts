import { webhookRetryDays } from '@rapport/contract';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WAITS_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR];
const LONGEST_PAUSE_MS = 5 * MINUTE;

/** How long an endpoint may take nothing at all before it is turned off, and how long one event is tried. */
export const PATIENCE_MS = webhookRetryDays * 24 * HOUR;

/**
 * When an event is tried again after its `attempts`-th failure, up to a fifth sooner or later so that many do not come at once; undefined when it is given up. The last try is
 * at the very end of its time.
 */
export function nextTry(attempts: number, now: Date, giveUpAt: Date, random = Math.random()): Date | undefined {
  if (now >= giveUpAt) return undefined;
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? SECOND;
  return new Date(Math.min(now.getTime() + wait * (0.8 + 0.4 * random), giveUpAt.getTime()));
}

/** How long an endpoint that took nothing of a whole round is left alone, so that what has piled up does not fall upon a receiver that is down. */
export function pauseAfter(failures: number, random = Math.random()): number {
  return Math.round(Math.min(LONGEST_PAUSE_MS, 5 * SECOND * 2 ** Math.min(failures - 1, 10)) * (0.8 + 0.4 * random));
}
