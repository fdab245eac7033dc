import type { Platform } from '../../platform/context.ts';
import { mailPurpose } from './queue-system-mail.ts';
import { claimDueMails, endClaim } from './system-mail-store.ts';

/** A mail of Rapport itself (an invitation, a password reset), ready to be sent. Plain text. */
export interface SystemMail {
  accountId: string;
  id: string;
  /** The company, for the sender's display name. */
  accountName: string;
  to: string;
  subject: string;
  text: string;
  /** 1 for the first try. */
  attempt: number;
}

export type SystemMailOutcome =
  | { state: 'sent' }
  /** Try again later, unless it was tried often enough already. */
  | { state: 'not_now'; reason: string }
  /** Never: the address does not exist. */
  | { state: 'refused'; reason: string };

const CLAIM_MS = 5 * 60_000;
const MOST_ATTEMPTS = 8;

/**
 * Takes up to `limit` mails that are due, over all accounts, and claims them for five minutes; hand each back with `finishSystemMail`. A mail whose taker dies is given
 * out again, so a mail can in rare cases go out twice and is never lost.
 */
export async function takeSystemMail(platform: Platform, limit = 20): Promise<SystemMail[]> {
  const now = platform.clock.now();
  const rows = await platform.database.asSystem((tx) => claimDueMails(tx, now, new Date(now.getTime() + CLAIM_MS), limit));
  const mails: SystemMail[] = [];
  for (const row of rows) {
    try {
      const text = platform.secrets.open(row.sealed_text, mailPurpose(row.id));
      mails.push({ accountId: row.account_id, id: row.id, accountName: row.account_name, to: row.recipient, subject: row.subject, text, attempt: row.attempts });
    } catch (error) {
      // The secret key is another one since the mail was queued; it will never open.
      platform.log.error({ err: error, systemMailId: row.id }, 'system mail cannot be opened');
      await finish(platform, { accountId: row.account_id, id: row.id }, { state: 'failed', reason: 'The secret key has changed since.', retryAt: null });
    }
  }
  return mails;
}

async function finish(platform: Platform, mail: { accountId: string; id: string }, end: { state: 'queued' | 'sent' | 'failed'; reason: string | null; retryAt: Date | null }): Promise<void> {
  await platform.database.inAccount(mail.accountId, (tx) => endClaim(tx, mail, { ...end, now: platform.clock.now() }));
}

/**
 * Says how sending went. After `not_now` the mail is due again in 1, 2, 4 … minutes (the returned time), up to eight tries; a mail that is finished loses its text.
 * Returns undefined when there is nothing more to try.
 */
export async function finishSystemMail(platform: Platform, mail: Pick<SystemMail, 'accountId' | 'id' | 'attempt'>, outcome: SystemMailOutcome): Promise<Date | undefined> {
  if (outcome.state === 'not_now' && mail.attempt < MOST_ATTEMPTS) {
    const retryAt = new Date(platform.clock.now().getTime() + 60_000 * 2 ** (mail.attempt - 1));
    await finish(platform, mail, { state: 'queued', reason: outcome.reason, retryAt });
    return retryAt;
  }
  await finish(platform, mail, { state: outcome.state === 'sent' ? 'sent' : 'failed', reason: outcome.state === 'sent' ? null : outcome.reason, retryAt: null });
  return undefined;
}
