import type { ChannelName, DeliveryState } from '@rapport/contract';
import { getInbox, type OpenedInbox } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectFilesOfEntry, type StoredFileRow } from './attachment-store.ts';
import { findEntry, selectMessageIds } from './entry-store.ts';
import type { Address, MessageDetail } from './message-detail.ts';
import { seeCase } from './see-case.ts';

/** Everything a channel needs to compose and send a message of ours. */
export interface Outgoing {
  caseId: string;
  caseNumber: number;
  entryId: string;
  channel: ChannelName;
  /** With its passwords. */
  inbox: OpenedInbox;
  from: Address;
  to: Address[];
  cc: Address[];
  subject: string;
  text: string;
  /** Null: make it from the text. */
  html: string | null;
  automatic: 'auto_reply' | null;
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

/** Throws `not_found` when the entry is no message of ours on that case. */
export async function getOutgoing(ctx: Ctx, caseId: string, entryId: string): Promise<Outgoing> {
  const record = await seeCase(ctx, caseId);
  const entry = await findEntry(ctx, caseId, entryId);
  if (!entry || entry.direction !== 'out' || entry.delivery_state === null) throw new Refusal('not_found', 'This message does not exist.');
  const detail = entry.detail as MessageDetail;
  const [inbox, attachments, earlier] = [await getInbox(ctx, record.inboxId), entry.attachments.length > 0 ? await selectFilesOfEntry(ctx, caseId, entryId) : [], await selectMessageIds(ctx, caseId, entryId, NEWEST_REFERENCES)];
  return {
    caseId, caseNumber: record.number, entryId, channel: detail.channel, inbox, from: detail.from, to: detail.to, cc: detail.cc, subject: detail.subject, text: entry.body, html: entry.html,
    automatic: detail.automatic === 'auto_reply' ? 'auto_reply' : null, author: { kind: entry.author_kind, name: entry.author_name }, attachments, messageId: detail.messageId,
    inReplyTo: earlier.findLast((message) => message.direction === 'in')?.message_id ?? earlier.at(-1)?.message_id ?? null, references: earlier.map((message) => message.message_id),
    state: entry.delivery_state, attempts: entry.delivery_attempts, nextAttemptAt: entry.next_attempt_at, createdAt: entry.created_at, isDemo: record.isDemo,
  };
}
