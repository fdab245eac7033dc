import type { Ctx } from '../platform/context.ts';
import { channelTraits } from '@rapport/contract';
import { getInboxFacts, shownName, signFor, type InboxFacts } from '../inboxes/index.ts';
import { recordOutgoing } from '../ledger/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { afterReply } from './case-state.ts';
import { writeWithEntry, type CaseRecord, type NewEntry } from './case-store.ts';
import { authorOf } from './change-entry.ts';
import { cleanText, cleanWritten } from './clean-text.ts';
import { nextEntryId } from './entry-id.ts';
import { findNewestConversation, type EntryRow } from './entry-store.ts';
import type { Address, MessageDetail } from './message-detail.ts';
import { insertHome } from './moving/home-store.ts';
import { previewOf } from './preview.ts';
import { bucketOf, searchTextOf } from './search-text.ts';
import { copyAttachments } from './copy-attachments.ts';
import { mustFitInMail, takeAttachments } from './take-attachments.ts';
import { addParticipants } from './thread-store.ts';
import type { WayOut } from './way-out.ts';

export interface OutgoingMessage {
  text: string;
  html?: string | undefined;
  to: readonly string[];
  cc: readonly string[];
  bcc?: readonly string[];
  /** One of the inbox's from-addresses; left out: its own. */
  from?: Address;
  /** Left out: the case's own channel and inbox. */
  way?: WayOut;
  /** Left out: the case's, as an answer. */
  subject?: string;
  /** The message of the case that it forwards; whom it is forwarded to does not take part in the case. */
  forwards?: { entryId: string; fileIds: readonly string[] | undefined };
  /** The message that the mail quotes. */
  quoteOf?: string | undefined;
  attachmentIds: readonly string[];
  automatic: 'auto_reply' | null;
  /** It asks how it was. */
  surveyAskId?: string | undefined;
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
export async function writeMessage(ctx: Ctx, record: CaseRecord, message: OutgoingMessage): Promise<{ record: CaseRecord; row: EntryRow; inbox: InboxFacts; conversation: string | undefined }> {
  const { channel, inboxId } = message.way ?? record;
  const inbox = await getInboxFacts(ctx, inboxId);
  const now = ctx.clock.now();
  const id = nextEntryId(record.lastEntryId);
  const attachments = await takeAttachments(ctx, record.id, id, message.attachmentIds);
  const { text, html, masked } = cleanWritten(message, (contentId) => attachments.some((file) => file.contentId === contentId));
  if (message.forwards) attachments.push(...(await copyAttachments(ctx, record.id, message.forwards, id)));
  mustFitInMail(attachments);
  const from = message.from ?? { address: inbox.address, name: shownName(inbox) };
  const bcc = message.bcc ?? [];
  const recipients = [...message.to, ...message.cc, ...bcc];
  // What nobody wrote for this matter is signed by nobody.
  const { isAddressed } = channelTraits[channel];
  const conversation = isAddressed ? undefined : await mustHaveConversation(ctx, record.id);
  const { signature, language } = message.automatic === null && isAddressed ? await signFor(ctx, inbox, { agentId: ctx.actor.kind === 'agent' ? ctx.actor.agentId : null, teamId: record.teamId, from: from.address }) : { signature: undefined, language: 'en' as const };
  const detail: MessageDetail = {
    channel, subject: !isAddressed ? record.subject : message.subject === undefined ? subjectOf(record) : cleanText(message.subject).text, from, to: addressed(message.to), cc: addressed(message.cc), replyTo: [],
    hasRemoteContent: false, automatic: message.automatic, maskedCardNumbers: masked, isNewParticipant: false, messageId: null,
    language, ...(bcc.length > 0 ? { bcc: addressed(bcc) } : {}), ...(message.forwards ? { forwardOf: message.forwards.entryId } : {}), ...(message.quoteOf === undefined ? {} : { quoteOf: message.quoteOf }), ...(signature ? { signature } : {}), ...(message.thenStatus === 'open' ? { leavesOpen: true } : {}), ...(message.surveyAskId === undefined ? {} : { surveyAskId: message.surveyAskId }),
  };
  const entry: NewEntry = {
    id, kind: 'message', direction: 'out', author: authorOf(ctx.actor), occurredAt: now, body: text, html, detail, rawKey: null, deliveryState: 'queued',
    searchText: searchTextOf({ strong: recipients, text, filenames: attachments.map((file) => file.filename), hasEarlier: true }), searchBucket: bucketOf(record.number), conversation,
  };
  const next: CaseRecord = {
    ...record, ...(message.thenStatus === undefined ? {} : afterReply(record, message.thenStatus, now)),
    lastActivityAt: now, lastEntryId: id, preview: message.automatic === null ? previewOf(text) || record.preview : record.preview, messageCount: record.messageCount + 1, version: record.version + 1,
    // Whoever answers has taken the case over.
    ...(ctx.actor.kind === 'agent' && message.automatic === null && !message.forwards ? { briefEntryId: null } : {}),
  };
  await writeWithEntry(ctx, next, entry);
  // Answers and reports come back where it was sent from.
  if (inbox.id !== record.inboxId) await insertHome(ctx, id, { caseId: record.id, inboxId: inbox.id });
  // Who gets a forward or a blind copy is shown to nobody else, so they are not among those whom an answer to all reaches.
  if (!message.forwards) await addParticipants(ctx, record.id, [...message.to, ...message.cc].sort());
  await recordOutgoing(ctx, {
    inboxId: inbox.id, sender: from.address, recipients, subject: detail.subject, bytes: Buffer.byteLength(text) + Buffer.byteLength(html ?? '') + attachments.reduce((sum, file) => sum + file.bytes, 0), maskedCardNumbers: masked,
    caseId: record.id, entryId: id, isDemo: record.isDemo,
  });
  const row: EntryRow = {
    id, case_id: record.id, kind: 'message', direction: 'out', author_kind: entry.author.kind, author_id: entry.author.id, author_name: entry.author.name, occurred_at: now, created_at: now, body: text, html, detail, raw_key: null,
    delivery_state: 'queued', delivery_reason: null, delivery_attempts: 0, next_attempt_at: null, attachments,
  };
  return { record: next, row, inbox, conversation };
}

/** The conversation that the customer wrote in last. Refuses `nobody_to_answer` where there is none. */
async function mustHaveConversation(ctx: Ctx, caseId: string): Promise<string> {
  const found = await findNewestConversation(ctx, caseId);
  if (found === undefined) throw new Refusal('nobody_to_answer', 'The customer has not written here yet.');
  return found;
}
