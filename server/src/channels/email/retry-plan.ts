const FIRST_MS = 60_000;
const LONGEST_MS = 4 * 3_600_000;
const GIVE_UP_MS = 48 * 3_600_000;

/**
 * When to try again after the `attempt`-th temporary failure: a minute, doubling up to four hours, each with up to a quarter of jitter so that a thousand mails do
 * not come back at once. Undefined when 48 hours have passed since it was first queued: then a person decides.
 */
export function nextAttemptAt(attempt: number, firstQueuedAt: Date, now: Date, random: () => number = Math.random): Date | undefined {
  if (now.getTime() - firstQueuedAt.getTime() >= GIVE_UP_MS) return undefined;
  const delayMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, attempt - 1)));
  return new Date(now.getTime() + Math.round(delayMs * (1 + random() / 4)));
}
