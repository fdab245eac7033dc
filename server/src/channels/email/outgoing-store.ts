import type { Tx } from '../../platform/database/index.ts';

export interface OutgoingRow {
  account_id: string;
  entry_id: string;
  case_id: string;
  inbox_id: string;
  message_id: string;
  state: 'queued' | 'sending' | 'accepted' | 'bounced' | 'failed' | 'unknown';
  attempts: number;
  due_at: Date;
  lease_until: Date | null;
  handed_over_at: Date | null;
  first_queued_at: Date;
  /** Who still lacks it when the others have it; null: nobody has it yet, or everybody. */
  left_for: string[] | null;
}

const COLUMNS = 'account_id, entry_id, case_id, inbox_id, message_id, state, attempts, due_at, lease_until, handed_over_at, first_queued_at, left_for';

/** Makes the row once; a repeated event finds it there. */
export async function insertOutgoing(tx: Tx, row: Pick<OutgoingRow, 'account_id' | 'entry_id' | 'case_id' | 'inbox_id' | 'message_id'>, now: Date): Promise<void> {
  await tx.run(
    `insert into email_outgoing (account_id, entry_id, case_id, inbox_id, message_id, state, due_at, first_queued_at) values ($1, $2, $3, $4, $5, 'queued', $6, $6)
     on conflict (account_id, entry_id) do update set state = 'queued', due_at = $6, lease_until = null, handed_over_at = null, first_queued_at = $6 where email_outgoing.state in ('failed', 'bounced', 'unknown')`,
    [row.account_id, row.entry_id, row.case_id, row.inbox_id, row.message_id, now],
  );
}

export async function findOutgoing(tx: Tx, accountId: string, entryId: string): Promise<OutgoingRow | undefined> {
  const [row] = await tx.run<OutgoingRow>(`select ${COLUMNS} from email_outgoing where account_id = $1 and entry_id = $2`, [accountId, entryId]);
  return row;
}

/** Takes what is due for this process alone, for as long as the lease lasts. Undefined when it is not due, done, or somebody else's. */
export async function claimOutgoing(tx: Tx, accountId: string, entryId: string, now: Date, leaseUntil: Date): Promise<OutgoingRow | undefined> {
  const [row] = await tx.run<OutgoingRow>(
    `update email_outgoing set state = 'sending', attempts = attempts + 1, lease_until = $4
     where account_id = $1 and entry_id = $2 and due_at <= $3 and handed_over_at is null and (state = 'queued' or (state = 'sending' and lease_until < $3)) returning ${COLUMNS}`,
    [accountId, entryId, now, leaseUntil],
  );
  return row;
}

/** From here on the bytes may be on their way. Throws when the attempt has lost its lease, and then nothing may leave. */
export async function markHandedOver(tx: Tx, row: Pick<OutgoingRow, 'account_id' | 'entry_id' | 'attempts'>, now: Date): Promise<void> {
  const rows = await tx.run(
    `update email_outgoing set handed_over_at = $4 where account_id = $1 and entry_id = $2 and attempts = $3 and state = 'sending' and handed_over_at is null and lease_until > $4 returning 1`,
    [row.account_id, row.entry_id, row.attempts, now],
  );
  // The lease ran out while the server was slow: another process may be at it already.
  if (rows.length === 0) throw new Error('The lease on this message has run out.');
}

/**
 * Ends an attempt. False when it is not this attempt's to end any more: its lease ran out and another process took the message, or a report or a person
 * was quicker. What was given up as `unknown` meanwhile may still be ended by the attempt that knows. `leftFor`: whom further attempts are for, when the others have it.
 */
export async function finishAttempt(tx: Tx, row: Pick<OutgoingRow, 'account_id' | 'entry_id' | 'attempts'>, state: OutgoingRow['state'], dueAt: Date | null, leftFor: string[] | null): Promise<boolean> {
  const rows = await tx.run(
    `update email_outgoing set state = $4, lease_until = null, due_at = coalesce($5, due_at), handed_over_at = case when $4 = 'queued' then null else handed_over_at end, left_for = $6
     where account_id = $1 and entry_id = $2 and attempts = $3 and state in ('sending', 'unknown') returning 1`,
    [row.account_id, row.entry_id, row.attempts, state, dueAt, leftFor],
  );
  return rows.length > 0;
}

/** A report of the other side is the last word, whatever we thought. */
export async function markBounced(tx: Tx, accountId: string, entryId: string): Promise<void> {
  await tx.run("update email_outgoing set state = 'bounced', lease_until = null where account_id = $1 and entry_id = $2", [accountId, entryId]);
}

/** Over all accounts: what is due to be tried, and what was handed over by a process that never reported back. */
export async function findDue(tx: Tx, now: Date, limit: number): Promise<Pick<OutgoingRow, 'account_id' | 'entry_id' | 'case_id' | 'attempts' | 'handed_over_at' | 'left_for'>[]> {
  return tx.run(
    `select account_id, entry_id, case_id, attempts, handed_over_at, left_for from email_outgoing where (state = 'queued' and due_at <= $1) or (state = 'sending' and lease_until < $1) order by due_at limit $2`,
    [now, limit],
  );
}

/** The message a delivery report concerns: by the entry its envelope address or envelope id names, else by a Message-ID it quotes. */
export async function findByReport(tx: Tx, accountId: string, report: { entryId: string | null; messageIds: string[] }): Promise<OutgoingRow | undefined> {
  const [row] = await tx.run<OutgoingRow>(
    `select ${COLUMNS} from email_outgoing where account_id = $1 and (entry_id = $2 or message_id = any ($3)) order by (entry_id = $2) desc nulls last limit 1`,
    [accountId, report.entryId, report.messageIds],
  );
  return row;
}

/** Whom the server is told of, which the headers do not show. Blind copies stand here alone. */
export async function saveEnvelope(tx: Tx, row: Pick<OutgoingRow, 'account_id' | 'entry_id'>, envelope: { from: string; to: readonly string[] }): Promise<void> {
  await tx.run('update email_outgoing set envelope_from = $3, envelope_to = $4 where account_id = $1 and entry_id = $2', [row.account_id, row.entry_id, envelope.from, envelope.to]);
}

/** What the server said when it took the mail. */
export async function saveResponse(tx: Tx, row: Pick<OutgoingRow, 'account_id' | 'entry_id'>, response: string): Promise<void> {
  await tx.run('update email_outgoing set response = $3 where account_id = $1 and entry_id = $2', [row.account_id, row.entry_id, response]);
}

export interface SentRow {
  message_id: string;
  state: string;
  attempts: number;
  handed_over_at: Date | null;
  envelope_from: string | null;
  envelope_to: string[] | null;
  response: string | null;
}

export async function findSent(tx: Tx, accountId: string, entryId: string): Promise<SentRow | undefined> {
  const [row] = await tx.run<SentRow>('select message_id, state, attempts, handed_over_at, envelope_from, envelope_to, response from email_outgoing where account_id = $1 and entry_id = $2', [accountId, entryId]);
  return row;
}
