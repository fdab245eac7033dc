import type { CasePriority, CaseStatus } from '@rapport/contract';
import type { StoredAttachment } from '../incoming.ts';
import type { MessageDetail, NoteDetail } from '../message-detail.ts';

/** Something that was written elsewhere, long ago. Card numbers are masked, HTML is sanitised, files are stored. */
export interface ImportedEntry {
  kind: 'message' | 'note';
  direction: 'in' | 'out' | null;
  /** Without an id: somebody who is no agent here; the name stays. */
  author: { kind: 'customer' | 'agent' | 'system'; id: string | null; name: string };
  at: Date;
  text: string;
  html: string | null;
  /** What was written for it, where its text carries more. */
  preview: string;
  detail: MessageDetail | NoteDetail;
  searchText: string;
  files: StoredAttachment[];
  rawKey: string | null;
  bytes: number;
  maskedCardNumbers: number;
  /** The same message has the same key, in whichever import. */
  dedupeKey: string;
  messageId: string | null;
  /** Who takes part by it, lower case. */
  people: { address: string; name: string | null; customerId: string | null }[];
  /** Keys by which later messages find the case; awaited ones were only spoken of. */
  threadKeys: { key: string; isAwaited: boolean }[];
}

export interface ImportedCase {
  subject: string;
  status: CaseStatus;
  priority: CasePriority;
  tags: string[];
  customerId: string;
  assigneeId: string | null;
  createdAt: Date;
  resolvedAt: Date | null;
  /** One at least, in the order of their times. */
  entries: ImportedEntry[];
  /** By which the same case is known when it comes again; null where its entries say enough. */
  dedupeKey: string | null;
}

/** Entries for a case that an import has made, in this transaction or before. */
export interface ImportedAppend {
  caseId: string;
  entries: ImportedEntry[];
}
