import type { ChannelName, Door, IdentityKind, MailFacts, SaidByVisitor } from '@rapport/contract';

export interface StoredAttachment {
  fileKey: string;
  filename: string;
  mediaType: string;
  bytes: number;
  contentId: string | null;
  isInline: boolean;
}

/** One message from a customer, as a channel hands it in. Card numbers are masked and HTML is sanitised already; files are stored already. */
export interface Incoming {
  inboxId: string;
  channel: ChannelName;
  door: Door;
  /** The same message has the same key, whichever way it reaches the inbox. */
  dedupeKey: string;
  /** When it happened in the world. */
  occurredAt: Date;
  /** Where the channel has no addresses, it is empty, and `identity` says who wrote. */
  from: { address: string; name: string | null };
  /** By what the customer is known; left out: by their mail address. */
  identity?: { kind: IdentityKind; value: string } | undefined;
  /** Of a channel without addresses: what all messages of this conversation share. */
  conversation?: string | undefined;
  to: { address: string; name: string | null }[];
  cc: { address: string; name: string | null }[];
  /** Where answers should go, when it differs from `from`. */
  replyTo: { address: string; name: string | null }[];
  subject: string;
  text: string;
  html: string | null;
  hasRemoteContent: boolean;
  attachments: StoredAttachment[];
  /** Null where the message is all there is. */
  rawKey: string | null;
  rawBytes: number;
  maskedCardNumbers: number;
  messageId: string | null;
  automatic: 'auto_reply' | 'list' | null;
  /** What is known of it as a mail; undefined for other channels. */
  mail?: MailFacts | undefined;
  /** What a visitor of a chat said of themselves. */
  visitor?: SaidByVisitor | undefined;
  thread: {
    /** From a signed token: this case, if it is still there. */
    caseId: string | null;
    /** Addresses of earlier messages this one answers, best first (In-Reply-To, then References from the last). */
    answers: string[];
    /** Keys by which later messages find this one: its own Message-ID, and those it refers to. */
    own: string[];
    /** From the subject; counts only when the sender takes part in that case. */
    caseNumber: number | null;
  };
}

export interface Received {
  outcome: 'new_case' | 'appended' | 'duplicate';
  ledgerId: string;
  caseId: string;
  entryId: string;
}
