import type { CasePriority, CaseStatus, ImportOddCode } from '@rapport/contract';

/** A person as a source knows them. */
export interface FoundPerson {
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** A file of an entry: its bytes where the export holds them, else where it was to be had. */
export interface FoundFile {
  /** What the source calls it; a folder of files may be laid out by it. */
  sourceId: string | null;
  filename: string;
  mediaType: string;
  content: Buffer | null;
  contentId: string | null;
}

export interface FoundEntry {
  sourceId: string;
  kind: 'message' | 'note';
  direction: 'in' | 'out';
  author: FoundPerson & { role: 'customer' | 'agent' | 'system' };
  at: Date | null;
  text: string | null;
  html: string | null;
  to: string[];
  cc: string[];
  files: FoundFile[];
  messageId: string | null;
}

export interface FoundCase {
  sourceId: string;
  subject: string;
  status: CaseStatus | null;
  priority: CasePriority | null;
  tags: string[];
  customer: FoundPerson & { sourceId: string | null };
  assignee: FoundPerson | null;
  createdAt: Date | null;
  resolvedAt: Date | null;
  entries: FoundEntry[];
}

export interface FoundCustomer extends FoundPerson {
  furtherEmails: string[];
  organization: string | null;
  note: string;
  locale: string | null;
  createdAt: Date | null;
}

/** The common shape between all formats: each record of a source is one of these. `nothing`: it only says something about others, such as the name of a colleague. */
export type Found =
  | { kind: 'mail'; raw: Buffer }
  | { kind: 'case'; case: FoundCase }
  | { kind: 'entries'; caseId: string; entries: FoundEntry[] }
  | { kind: 'customer'; customer: FoundCustomer }
  | { kind: 'nothing' }
  | { kind: 'odd'; code: ImportOddCode; sourceId: string | null };

/** Where a record stands in its source, and how far the reading has come with it. */
export interface Place {
  file: string;
  /** From 1. */
  record: number;
  line: number | null;
  /** Bytes of the whole source read so far. */
  read: number;
}

export type Placed<T> = T & { place: Place };

/** One file of a source. It may be opened more than once. */
export interface SourceFile {
  name: string;
  bytes: number;
  open(): AsyncIterable<Buffer>;
}

/** One format: turns the files of a source into records, one after the other, never holding more than one of them. */
export type ReadFormat = (files: readonly SourceFile[]) => AsyncIterable<Placed<Found>>;

/** A mail or record larger than this is not taken in. */
export const MOST_RECORD_BYTES = 64 * 1024 * 1024;

export const odd = (code: ImportOddCode, sourceId: string | null = null): Found => ({ kind: 'odd', code, sourceId });
