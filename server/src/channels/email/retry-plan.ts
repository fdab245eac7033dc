const FIRST_MS = 60_000;
const LONGEST_MS = 4 * 3_600_000;
const GIVE_UP_MS = 48 * 3_600_000;

/**
 * When to try again after a temporary failure: in a minute, then after as long as has passed since the message was queued, which doubles the time from try to try, up to
 * four hours; each with up to a quarter of jitter so that a thousand mails do not come back at once. Undefined when 48 hours have passed: then a person decides.
 */
export function nextAttemptAt(firstQueuedAt: Date, now: Date, random: () => number = Math.random): Date | undefined {
  const waitedMs = now.getTime() - firstQueuedAt.getTime();
  if (waitedMs >= GIVE_UP_MS) return undefined;
  const delayMs = Math.min(LONGEST_MS, Math.max(FIRST_MS, waitedMs));
  return new Date(now.getTime() + Math.round(delayMs * (1 + random() / 4)));
}
