import type { Tx } from '../../platform/database/index.ts';

export interface SystemMailRow {
  account_id: string;
  id: string;
  account_name: string;
  recipient: string;
  subject: string;
  sealed_text: Buffer;
  attempts: number;
}

export async function insertSystemMail(tx: Tx, accountId: string, row: { id: string; kind: 'invitation' | 'reset' | 'notice'; recipient: string; subject: string; sealedText: Buffer; now: Date; sendBefore: Date }): Promise<void> {
  await tx.insertInto('system_mail').values({
    account_id: accountId, id: row.id, kind: row.kind, recipient: row.recipient, subject: row.subject, sealed_text: row.sealedText, next_attempt_at: row.now, send_before: row.sendBefore, created_at: row.now,
  }).execute();
}

/**
 * Claims mails that are due, over all accounts. A claim is a lease: a mail whose sender dies is due again at `until`. Two callers never get the same mail: the second
 * waits for the first's row lock and then finds it not due.
 */
export async function claimDueMails(tx: Tx, now: Date, until: Date, limit: number): Promise<SystemMailRow[]> {
  return tx.run(
    `update system_mail m set state = 'sending', attempts = m.attempts + 1, next_attempt_at = $2 from account c
     where c.id = m.account_id and m.state in ('queued', 'sending') and m.next_attempt_at <= $1 and (m.account_id, m.id) in
       (select d.account_id, d.id from system_mail d where d.state in ('queued', 'sending') and d.next_attempt_at <= $1 and d.send_before > $1 order by d.next_attempt_at, d.id limit $3)
     returning m.account_id, m.id, c.name as account_name, m.recipient, m.subject, m.sealed_text, m.attempts`,
    [now, until, limit],
  );
}

/** Ends a claim. Without `retryAt` the mail is finished and its text is wiped. */
export async function endClaim(tx: Tx, mail: { accountId: string; id: string }, end: { state: 'queued' | 'sent' | 'failed'; reason: string | null; retryAt: Date | null; now: Date }): Promise<void> {
  await tx.run(
    `update system_mail set state = $3, reason = $4, next_attempt_at = coalesce($5, next_attempt_at), finished_at = case when $5::timestamptz is null then $6::timestamptz end, sealed_text = case when $5::timestamptz is null then null else sealed_text end
     where account_id = $1 and id = $2 and state = 'sending'`,
    [mail.accountId, mail.id, end.state, end.reason, end.retryAt, end.now],
  );
}

/** Mails whose link has run out before they could be sent: sending them would only puzzle. */
export async function giveUpLateMails(tx: Tx, now: Date): Promise<void> {
  await tx.run(`update system_mail set state = 'failed', reason = coalesce(reason, 'It could not be sent before its link ran out.'), finished_at = $1, sealed_text = null where state in ('queued', 'sending') and send_before <= $1`, [now]);
}

export async function deleteFinishedMails(tx: Tx, before: Date): Promise<void> {
  await tx.run(`delete from system_mail where finished_at < $1`, [before]);
}
