import type { MessageEntry } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import type { CaseRecord } from './case-store.ts';
import { clearDraft } from './clear-draft.ts';
import { findEntry } from './entry-store.ts';
import type { MessageDetail } from './message-detail.ts';
import { outgoingFrom, outgoingRecipients } from './outgoing-recipients.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeMessage } from './shape-entry.ts';
import { wayOf } from './way-out.ts';
import { writeMessage } from './write-message.ts';

export interface Forward {
  caseId: string;
  /** The message that is forwarded. */
  entryId: string;
  text: string;
  html?: string | undefined;
  to: readonly string[];
  cc?: readonly string[] | undefined;
  bcc?: readonly string[] | undefined;
  from?: string | undefined;
  subject?: string | undefined;
  attachmentIds?: readonly string[] | undefined;
  /** Which of the message's files go along; undefined: all. */
  originalFileIds?: readonly string[] | undefined;
}

const FORWARDED = /^\s*(fwd?|wg|tr|rv|enc)\s*(\[\d+\])?:/i;
/** The subject of a forward, marked as one. */
export const forwardedSubject = (subject: string): string => (FORWARDED.test(subject) ? subject : `Fwd: ${subject}`);

/**
 * Hands a message of the case on to somebody outside, with its files. Nobody's turn changes: the customer goes on waiting. Whoever gets it takes no part in the case, so that their
 * answer, which comes back to it, is marked as a new participant's. Refuses `case_closed`, `nobody_to_answer`, `not_a_from_address`, `too_many_attachments`.
 */
export async function forward(ctx: Ctx, input: Forward): Promise<MessageEntry> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const before = await holdChangeableCase(ctx, input.caseId);
  await clearDraft(ctx, before.id, 'forward');
  return writeForward(ctx, before, input);
}

/** Writes the forward on a locked case. */
export async function writeForward(ctx: Ctx, before: CaseRecord, input: Forward): Promise<MessageEntry> {
  const original = await findEntry(ctx, before.id, input.entryId);
  if (original?.kind !== 'message') throw new Refusal('not_found', 'The message to forward is not on this case.');
  const way = await wayOf(ctx, before, input);
  const recipients = await outgoingRecipients(ctx, way, input);
  const from = await outgoingFrom(ctx, { ...before, ...way }, input.from);
  const subject = input.subject ?? forwardedSubject((original.detail as MessageDetail).subject || before.subject);
  const { record, row, inbox } = await writeMessage(ctx, before, {
    text: input.text, html: input.html, ...recipients, from, way, subject, forwards: { entryId: original.id, fileIds: input.originalFileIds }, attachmentIds: input.attachmentIds ?? [], automatic: null, thenStatus: undefined,
  });
  await announce(ctx, 'message.queued', { ...aboutCase(record), entryId: row.id, inboxId: inbox.id, channel: way.channel });
  return shapeMessage(row);
}
