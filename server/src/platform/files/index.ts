import type { Readable } from 'node:stream';

export interface StoredFile {
  key: string;
  bytes: number;
}

export interface ListedFile extends StoredFile {
  /** When it was put last, by the clock of the store. */
  putAt: Date;
}

/**
 * Where bytes live that are too large for the database: raw mails and attachments. Content-addressed within an account, so storing the same bytes again is
 * harmless and a crash between storing and commit leaves at most an orphan. A file is durable when `put` has answered.
 */
export interface Files {
  /** Putting bytes that are there already counts as putting them now: whoever removes unused files leaves them to who is about to use them. */
  put(accountId: string, content: Buffer): Promise<StoredFile>;
  /** Throws `Refusal('not_found')` when there is none. `range` is inclusive, in bytes. */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>;
  read(key: string): Promise<Buffer>;
  /** Undefined when there is none. */
  head(key: string): Promise<StoredFile | undefined>;
  delete(key: string): Promise<void>;
  /** Deletes what was last put before `moment`, by the clock of the store; answers whether it is gone. */
  deleteOlder(key: string, moment: Date): Promise<boolean>;
  /** All files of an account (or all), one after the other; what else lies there is left out. */
  list(accountId?: string): AsyncIterable<ListedFile>;
  /** Removes what a process that died left half written before `moment`. */
  clearUnfinished(moment: Date): Promise<void>;
  close(): Promise<void>;
}
