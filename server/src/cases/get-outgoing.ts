import { channelTraits, type ChannelName, type DeliveryState } from '@rapport/contract';
import { getMailInbox, type MailInbox } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectFilesOfEntry, type StoredFileRow } from './attachment-store.ts';
import { findEntry, selectMessageIds, selectTranscript } from './entry-store.ts';
import type { Address, MessageDetail } from './message-detail.ts';
import { findHome } from './moving/home-store.ts';
import { seeCase } from './see-case.ts';

/** A message of the case that goes out again below another one. */
export interface Original {
  how: 'quoted' | 'forwarded';
  direction: 'in' | 'out';
  from: Address;
  to: Address[];
  cc: Address[];
  subject: string;
  at: Date;
  text: string;
  html: string | null;
}

/** What was said in a live conversation, for whoever goes on with it by mail. */
export interface Line {
  name: string;
  at: Date;
  text: string;
  filenames: string[];
}

/** Everything a channel needs to compose and send a message of ours. */
export interface Outgoing {
  caseId: string;
  caseNumber: number;
  entryId: string;
  channel: ChannelName;
  /** With its passwords. */
  inbox: MailInbox;
  from: Address;
  to: Address[];
  cc: Address[];
  /** Told to the mail server alone, never in the mail. */
  bcc: Address[];
  subject: string;
  /** What was written, without signature and quote. */
  text: string;
  /** Null: make it from the text. */
  html: string | null;
  /** As it was when the message was written. */
  signature: { text: string; html: string } | null;
  /** In which language the desk's own words are. */
  language: 'en' | 'de';
  /** The message below it: the one it answers, or the one it forwards. */
  original: Original | null;
  /** What is answered was said in a live conversation: its last lines, oldest first. Else empty. */
  transcript: Line[];
  automatic: 'auto_reply' | null;
  /** It asks how it was: the links to answer by come into the mail. */
  surveyAskId: string | null;
  author: { kind: 'agent' | 'bot' | 'system' | 'customer'; name: string };
  attachments: StoredFileRow[];
  /** Ours, once `registerThreadKeys` fixed it; a retry uses the same. */
  messageId: string | null;
  /** The newest message of the customer that this one answers. */
  inReplyTo: string | null;
  /** The thread so far, oldest first; the first message and the newest ones of a long thread. */
  references: string[];
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Date | null;
  createdAt: Date;
  isDemo: boolean;
}

// Programs follow the first and the newest; a header with hundreds of ids is refused by some servers.
const NEWEST_REFERENCES = 20;
const MOST_LINES = 200;

/** Throws `not_found` when the entry is no message of ours on that case, or on the one it was moved to since. */
export async function getOutgoing(ctx: Ctx, askedCaseId: string, entryId: string): Promise<Outgoing> {
  const home = await findHome(ctx, entryId);
  const caseId = home?.caseId ?? askedCaseId;
  const record = await seeCase(ctx, caseId);
  const entry = await findEntry(ctx, caseId, entryId);
  if (!entry || entry.direction !== 'out' || entry.delivery_state === null) throw new Refusal('not_found', 'This message does not exist.');
  const detail = entry.detail as MessageDetail;
  const [inbox, attachments, earlier] = [await getMailInbox(ctx, home?.inboxId ?? record.inboxId), entry.attachments.length > 0 ? await selectFilesOfEntry(ctx, caseId, entryId) : [], await selectMessageIds(ctx, caseId, entryId, NEWEST_REFERENCES)];
  const { forwardOf, quoteOf } = detail;
  const transcript = forwardOf === undefined && channelTraits[detail.channel].isAddressed ? await transcriptBefore(ctx, caseId, entryId, quoteOf) : [];
  const original = transcript.length > 0 ? undefined : await findOriginal(ctx, caseId, forwardOf ?? quoteOf, forwardOf === undefined ? 'quoted' : 'forwarded');
  // A forward begins a talk of its own with somebody else.
  const chain = forwardOf === undefined ? earlier : [];
  const answered = chain.find((message) => message.id === quoteOf) ?? chain.findLast((message) => message.direction === 'in') ?? chain.at(-1);
  return {
    caseId, caseNumber: record.number, entryId, channel: detail.channel, inbox, from: detail.from, to: detail.to, cc: detail.cc, bcc: detail.bcc ?? [], subject: detail.subject, text: entry.body, html: entry.html,
    signature: detail.signature ?? null, language: detail.language ?? 'en', original: original && (forwardOf !== undefined || inbox.settings.quotes !== false) ? original : null, transcript: inbox.settings.quotes !== false ? transcript : [],
    automatic: detail.automatic === 'auto_reply' ? 'auto_reply' : null, surveyAskId: detail.surveyAskId ?? null, author: { kind: entry.author_kind, name: entry.author_name }, attachments, messageId: detail.messageId,
    inReplyTo: answered?.message_id ?? null, references: chain.map((message) => message.message_id),
    state: entry.delivery_state, attempts: entry.delivery_attempts, nextAttemptAt: entry.next_attempt_at, createdAt: entry.created_at, isDemo: record.isDemo,
  };
}

/** Empty unless the newest message of the customer was part of a live conversation. */
async function transcriptBefore(ctx: Ctx, caseId: string, entryId: string, answeredId: string | undefined): Promise<Line[]> {
  const answered = answeredId === undefined ? undefined : await findEntry(ctx, caseId, answeredId);
  if (answered?.kind !== 'message' || channelTraits[(answered.detail as MessageDetail).channel].isAddressed) return [];
  const rows = await selectTranscript(ctx, caseId, entryId, MOST_LINES);
  return rows.map((row) => ({ name: row.author_name, at: row.occurred_at, text: row.body, filenames: row.attachments.map(({ filename }) => filename) }));
}

/** Undefined also when it lies on another case by now: what was split off is not told here any more. */
async function findOriginal(ctx: Ctx, caseId: string, entryId: string | undefined, how: Original['how']): Promise<Original | undefined> {
  const entry = entryId === undefined ? undefined : await findEntry(ctx, caseId, entryId);
  if (entry?.kind !== 'message') return undefined;
  const { from, to, cc, subject } = entry.detail as MessageDetail;
  return { how, direction: entry.direction ?? 'in', from, to, cc, subject, at: entry.occurred_at, text: entry.body, html: entry.html };
}
