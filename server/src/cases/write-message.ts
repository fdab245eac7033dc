import type { Ctx } from '../platform/context.ts';
import { getInboxFacts, type InboxFacts } from '../inboxes/index.ts';
import { recordOutgoing } from '../ledger/index.ts';
import { afterReply } from './case-state.ts';
import { writeWithEntry, type CaseRecord, type NewEntry } from './case-store.ts';
import { authorOf } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import { nextEntryId } from './entry-id.ts';
import type { EntryRow } from './entry-store.ts';
import type { Address, MessageDetail } from './message-detail.ts';
import { previewOf } from './preview.ts';
import { bucketOf, searchTextOf } from './search-text.ts';
import { takeAttachments } from './take-attachments.ts';
import { addParticipants } from './thread-store.ts';

export interface OutgoingMessage {
  text: string;
  to: readonly string[];
  cc: readonly string[];
  attachmentIds: readonly string[];
  automatic: 'auto_reply' | null;
  /** Undefined: the message is not an answer and changes nothing on the case. */
  thenStatus: 'open' | 'pending' | 'on_hold' | 'resolved' | undefined;
}

const ANSWER = /^\s*(re|aw|sv|antw|vs|odp|ynt|res)\s*(\[\d+\])?:/i;
const addressed = (list: readonly string[]): Address[] => list.map((address) => ({ address, name: null }));

/** The subject of an answer: the case's, marked as an answer once the customer has written. */
export function subjectOf(record: Pick<CaseRecord, 'subject' | 'lastIncomingId'>): string {
  return record.lastIncomingId === null || ANSWER.test(record.subject) ? record.subject : `Re: ${record.subject}`;
}

/**
 * Puts a message of ours on a locked case: queued, in the ledger, its recipients taking part from now on. Whether it may be sent is the caller's to have
 * decided, and the caller announces it.
 */
export async function writeMessage(ctx: Ctx, record: CaseRecord, message: OutgoingMessage): Promise<{ record: CaseRecord; row: EntryRow; inbox: InboxFacts }> {
  const inbox = await getInboxFacts(ctx, record.inboxId);
  const now = ctx.clock.now();
  const { text, masked } = cleanText(message.text);
  const id = nextEntryId(record.lastEntryId);
  const attachments = await takeAttachments(ctx, record.id, id, message.attachmentIds);
  const detail: MessageDetail = {
    channel: record.channel, subject: subjectOf(record), from: { address: inbox.address, name: inbox.settings.fromName || null }, to: addressed(message.to), cc: addressed(message.cc), replyTo: [],
    hasRemoteContent: false, automatic: message.automatic, maskedCardNumbers: masked, isNewParticipant: false, messageId: null,
  };
  const entry: NewEntry = {
    id, kind: 'message', direction: 'out', author: authorOf(ctx.actor), occurredAt: now, body: text, html: null, detail, rawKey: null, deliveryState: 'queued',
    searchText: searchTextOf({ strong: [...message.to], text, filenames: attachments.map((file) => file.filename), hasEarlier: true }), searchBucket: bucketOf(record.number),
  };
  const next: CaseRecord = {
    ...record, ...(message.thenStatus === undefined ? {} : afterReply(record, message.thenStatus, now)),
    lastActivityAt: now, lastEntryId: id, preview: message.automatic === null ? previewOf(text) : record.preview, messageCount: record.messageCount + 1, version: record.version + 1,
  };
  await writeWithEntry(ctx, next, entry);
  await addParticipants(ctx, record.id, [...message.to, ...message.cc].sort());
  await recordOutgoing(ctx, {
    inboxId: inbox.id, sender: inbox.address, recipients: [...message.to, ...message.cc], subject: detail.subject, bytes: Buffer.byteLength(text) + attachments.reduce((sum, file) => sum + file.bytes, 0), maskedCardNumbers: masked,
    caseId: record.id, entryId: id, isDemo: record.isDemo,
  });
  const row: EntryRow = {
    id, case_id: record.id, kind: 'message', direction: 'out', author_kind: entry.author.kind, author_id: entry.author.id, author_name: entry.author.name, occurred_at: now, created_at: now, body: text, html: null, detail, raw_key: null,
    delivery_state: 'queued', delivery_reason: null, delivery_attempts: 0, next_attempt_at: null, attachments,
  };
  return { record: next, row, inbox };
}
