import type { CasePriority, CaseStatus, DeliveryState } from '@rapport/contract';
import type { AgentKey, InboxKey, TeamKey } from '../company.ts';

/** A file that goes along with a mail; its bytes are made when the demo is filled. */
export interface PlannedFile {
  filename: string;
  mediaType: string;
  content: Buffer;
  /** For a picture inside the HTML. */
  contentId?: string;
}

/** A mail as a customer's mail program sends it. */
export interface PlannedMail {
  kind: 'mail';
  inbox: InboxKey;
  from: { address: string; name: string };
  cc: readonly { address: string; name: string }[];
  subject: string;
  text: string;
  html: string | null;
  files: readonly PlannedFile[];
  /** Without angle brackets. */
  messageId: string;
  /** The step whose message is answered: the mail then carries its Message-ID. */
  answers: string | null;
  headers: Readonly<Record<string, string>>;
  /** The customer's mail server sends it a second time, as they do after a broken connection. */
  comesTwice: boolean;
}

export interface PlannedReply {
  kind: 'reply';
  agent: AgentKey;
  text: string;
  cc: readonly string[];
  files: readonly PlannedFile[];
  thenStatus: 'open' | 'pending' | 'on_hold' | 'resolved';
  delivery: { state: DeliveryState; reason: string | null };
}

export interface PlannedNote {
  kind: 'note';
  agent: AgentKey;
  text: string;
  files: readonly PlannedFile[];
}

export interface PlannedChange {
  kind: 'change';
  /** Null: done by nobody in particular. */
  agent: AgentKey | null;
  status?: CaseStatus;
  priority?: CasePriority;
  team?: TeamKey;
  assignee?: AgentKey | null;
  addTags?: readonly string[];
  removeTags?: readonly string[];
  snoozedUntil?: Date;
}

/** What a visitor of the website writes in its chat. */
export interface PlannedChat {
  kind: 'chat';
  from: { address: string; name: string };
  text: string;
}

/** A mail that belongs to no case; only the ledger knows of it. */
export interface PlannedStray {
  kind: 'stray';
  inbox: InboxKey;
  envelopeFrom: string;
  /** `{desk}` stands for the mark by which this desk knows its own mail. */
  raw: string;
}

export type Deed = PlannedMail | PlannedChat | PlannedReply | PlannedNote | PlannedChange | PlannedStray;

/** One thing that happens to one case at one moment. */
export interface Step {
  key: string;
  caseKey: string;
  at: Date;
  deed: Deed;
}
