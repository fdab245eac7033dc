import { reasonFor } from '@rapport/contract';
import { recordDelivery } from '../../cases/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { findByReport, markBounced, type OutgoingRow } from './outgoing-store.ts';
import { readDsn, type Dsn } from './read-dsn.ts';
import type { Mail } from './read-mail.ts';
import { BY_SUBJECT, type Origin } from './recognise-automatic.ts';
import { readThreadToken } from './thread-token.ts';
import { bounceKey } from './token-secret.ts';

export interface ArrivedReport {
  inboxId: string;
  mail: Mail;
  raw: Buffer;
  origin: Origin;
  /** Of the envelope. */
  recipients: readonly string[];
}

export interface ReportTaken {
  /** For the ledger: what the report says. */
  reason: string;
  caseId: string | null;
  entryId: string | null;
}

/**
 * Takes a mail server's report to the message of ours it is about, and marks that message bounced when it failed for somebody. The message is
 * found by the token in the address the report came to, else by the envelope id, else by the Message-ID of the mail that came back.
 *
 * Undefined when the mail is no report, so that it goes to the desk like any other. A report about mail that we did not send is still one.
 */
export async function takeReport(ctx: Ctx, report: ArrivedReport): Promise<ReportTaken | undefined> {
  const { mail, raw, origin } = report;
  // A machine that writes to the return path of our mail without an envelope sender of its own reports on it, in whatever words.
  const mayBeReport = origin.kind === 'bounce' || (origin.kind === 'machine' && origin.because === 'null return path');
  if (!mayBeReport) return undefined;
  const dsn = readDsn(raw);
  const row = await findMessage(ctx, report.inboxId, [...report.recipients, ...mail.deliveredTo, ...mail.to.map(({ address }) => address)], dsn);
  const isSure = origin.kind === 'bounce' && (origin.because !== BY_SUBJECT || (dsn?.recipients.length ?? 0) > 0);
  if (!isSure && row === undefined) return undefined;
  if (row === undefined) return { reason: reasonFor('not_ours'), caseId: null, entryId: null };

  const failed = dsn === undefined || dsn.recipients.length === 0 ? [{ address: '', status: '', diagnostic: mail.subject }] : dsn.recipients.filter(({ action }) => action === 'failed');
  const about = { caseId: row.case_id, entryId: row.entry_id };
  if (failed.length === 0) return { reason: wordsFor(dsn), ...about };
  const reason = reasonFor('undelivered', { said: failed.map(inWords).join('; ') }).slice(0, 1000);
  if (await recordDelivery(ctx, { ...about, state: 'bounced', reason })) await markBounced(ctx.tx, ctx.accountId, row.entry_id);
  return { reason, ...about };
}

/** What nobody failed for: still being tried, or arrived. */
function wordsFor(dsn: Dsn | undefined): string {
  const delayed = dsn?.recipients.filter(({ action }) => action === 'delayed') ?? [];
  return delayed.length > 0 ? reasonFor('delayed', { said: delayed.map(inWords).join('; ') }).slice(0, 1000) : reasonFor('delivered');
}

function inWords({ address, status, diagnostic }: { address: string; status: string; diagnostic: string }): string {
  const why = diagnostic === '' ? (status === '' ? 'no reason given' : `status ${status}`) : diagnostic;
  return address === '' ? why : `${address}: ${why}`;
}

async function findMessage(ctx: Ctx, inboxId: string, recipients: readonly string[], dsn: Dsn | undefined): Promise<OutgoingRow | undefined> {
  const key = bounceKey(ctx.platform, ctx.accountId);
  const named = recipients.map((address) => readThreadToken(key, inboxId, address)).find((id) => id !== undefined);
  const entryId = named ?? (UUID.test(dsn?.envelopeId ?? '') ? dsn?.envelopeId : undefined);
  return findByReport(ctx.tx, ctx.accountId, { entryId: entryId ?? null, messageIds: dsn?.messageId === undefined ? [] : [dsn.messageId] });
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
