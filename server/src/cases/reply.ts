import type { AlsoChange, MessageEntry } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { changeAlso } from './also-change.ts';
import { aboutCase } from './announce-case.ts';
import { withoutLeaver } from './assign.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { clearDraft } from './clear-draft.ts';
import { findEntry, findNewerMessage, findNewestIncomingId } from './entry-store.ts';
import type { Change } from './message-detail.ts';
import { outgoingFrom, outgoingRecipients } from './outgoing-recipients.ts';
import { writeNewPromise, type NewPromise } from './promises.ts';
import { holdChangeableCase } from './see-case.ts';
import { mustHaveFields } from './set-fields.ts';
import { shapeEntry, shapeMessage } from './shape-entry.ts';
import { wayOf } from './way-out.ts';
import { writeMessage } from './write-message.ts';

export interface Reply {
  caseId: string;
  text: string;
  /** The same, formatted; the text is then made from it. */
  html?: string | undefined;
  to: readonly string[];
  cc?: readonly string[] | undefined;
  /** Blind copies: in our record, never in the mail. */
  bcc?: readonly string[] | undefined;
  /** One of the inbox's from-addresses. */
  from?: string | undefined;
  /** Left out: the case's, as an answer. */
  subject?: string | undefined;
  attachmentIds?: readonly string[] | undefined;
  /** The newest entry the writer has seen. */
  seenEntryId?: string | undefined;
  thenStatus?: 'open' | 'pending' | 'on_hold' | 'resolved';
  /** Made to the customer with this answer. */
  promise?: NewPromise | undefined;
  also?: AlsoChange | undefined;
}

/** Refuses `newer_message` when a customer or a colleague wrote after what the actor has seen. */
export async function mustHaveSeenAll(ctx: Ctx, caseId: string, seenEntryId: string): Promise<void> {
  const writer = ctx.actor.kind === 'agent' ? ctx.actor.agentId : null;
  const newer = await findNewerMessage(ctx, caseId, seenEntryId, writer);
  if (newer === undefined) return;
  const row = await findEntry(ctx, caseId, newer);
  throw new Refusal('newer_message', 'Read it first; your answer is kept and nothing was sent.', { extra: { entry: row ? shapeEntry(row) : null } });
}

/**
 * Answers the customer. The answer is on the case and queued when this returns; the channel hears `message.queued` and sends it.
 * Refuses `case_closed`, `nobody_to_answer`, `too_many_attachments`, `fields_missing`, what a promise may be refused for, and `newer_message` when a customer or colleague wrote after `seenEntryId`.
 * A status other than pending is shown on the timeline, because somebody chose it.
 */
export async function reply(ctx: Ctx, input: Reply): Promise<MessageEntry> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const before = await holdChangeableCase(ctx, input.caseId);
  if (input.seenEntryId !== undefined) await mustHaveSeenAll(ctx, before.id, input.seenEntryId);
  await clearDraft(ctx, before.id, 'reply');
  return writeReply(ctx, before, input);
}

/** Writes the answer on a locked case. Whether it may be written now is the caller's to have decided. */
export async function writeReply(ctx: Ctx, before: CaseRecord, input: Reply): Promise<MessageEntry> {
  const way = await wayOf(ctx, before, input);
  const { to, cc, bcc } = await outgoingRecipients(ctx, way, input);
  const from = await outgoingFrom(ctx, { ...before, ...way }, input.from);
  const thenStatus = input.thenStatus ?? 'pending';
  if (thenStatus === 'resolved' && before.status !== 'resolved' && ctx.actor.kind === 'agent') await mustHaveFields(ctx, before.id, before.kind);
  const quoteOf = before.lastIncomingId === null ? undefined : await findNewestIncomingId(ctx, before.id);
  const { record, row, inbox, conversation } = await writeMessage(ctx, before, {
    text: input.text, html: input.html, to, cc, bcc, from, way, ...(input.subject === undefined ? {} : { subject: input.subject }), quoteOf, attachmentIds: input.attachmentIds ?? [], automatic: null, thenStatus,
  });
  const shown = await showStatus(ctx, before, record);
  const final = input.promise === undefined ? shown : (await writeNewPromise(ctx, shown, input.promise, row.id)).record;
  await announce(ctx, 'message.queued', { ...aboutCase(final, before), entryId: row.id, inboxId: inbox.id, channel: way.channel, ...(conversation === undefined ? {} : { conversation }) });
  const fields = [...(final.status === before.status ? [] : ['status']), ...(final.assigneeId === before.assigneeId ? [] : ['assignee'])];
  if (fields.length > 0) await announce(ctx, 'case.changed', { ...aboutCase(final, before), fields });
  if (input.also !== undefined) await changeAlso(ctx, before.id, input.also);
  return shapeMessage(row);
}

async function showStatus(ctx: Ctx, before: CaseRecord, record: CaseRecord): Promise<CaseRecord> {
  const isChosen = record.status === 'resolved' || record.status === 'on_hold' || before.status === 'resolved';
  const { record: kept, off } = await withoutLeaver(ctx, record);
  const shown: Change[] = isChosen && record.status !== before.status ? [{ field: 'status', from: before.status, to: record.status }] : [];
  if (shown.length + off.length === 0) return record;
  const change = changeEntry(ctx, record, [...shown, ...off]);
  const next = { ...kept, lastEntryId: change.id, version: record.version + 1 };
  await writeWithEntry(ctx, next, change);
  return next;
}
