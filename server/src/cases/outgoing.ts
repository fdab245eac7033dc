import type { ChannelName, DeliveryState } from '@rapport/contract';

/** An outgoing message with everything its channel needs to send it; what `getOutgoing(ctx, caseId, entryId)` answers (undefined when it is gone). */
export interface Outgoing {
  caseId: string;
  caseNumber: number;
  entryId: string;
  inboxId: string;
  channel: ChannelName;
  authorName: string;
  to: { address: string; name: string | null }[];
  cc: { address: string; name: string | null }[];
  /** Ready for the subject line: with `Re:` where it answers something. */
  subject: string;
  text: string;
  /** Markup of the same words, or null when only text was written. */
  html: string | null;
  attachments: { fileKey: string; filename: string; mediaType: string; bytes: number; contentId: string | null }[];
  /** Keys of the thread's earlier messages, oldest first; the last is the one this answers. */
  references: string[];
  /** No person wrote it. */
  isAutomatic: boolean;
  /** Demo data: never leaves the house. */
  isDemo: boolean;
  state: DeliveryState;
}

/** What a channel reports through `recordDelivery(ctx, report)`; the case, its timeline and the ledger follow. */
export interface DeliveryReport {
  caseId: string;
  entryId: string;
  state: DeliveryState;
  /** Public: why, and what to do. Null when all is well. */
  reason: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  /** For the ledger, once composed. */
  messageId?: string;
  rawKey?: string;
  rawBytes?: number;
}
