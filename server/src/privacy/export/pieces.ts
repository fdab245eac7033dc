import { Readable } from 'node:stream';
import type { Platform } from '../../platform/context.ts';
import { keyFor } from '../../platform/files/key.ts';

/** Files could not be read or stored: what an admin can do something about. */
export class StoreTrouble extends Error {
  constructor(cause: unknown) {
    super('The store for files could not be read or written.', { cause });
  }
}

// Files are kept by their content, so a piece begins with the id of its run: were it the same as what the customer is sent, the day an archive ends would take the attachment of that answer away, too.
const MARK_BYTES = 16;

export interface Piece {
  key: string;
  content: Buffer;
  /** Of the archive itself, without the mark. */
  bytes: number;
}

export function pieceOf(accountId: string, runId: string, chunks: readonly Buffer[]): Piece {
  const content = Buffer.concat([Buffer.from(runId.replaceAll('-', ''), 'hex'), ...chunks]);
  return { key: keyFor(accountId, content), content, bytes: content.length - MARK_BYTES };
}

async function* contentOf(files: Platform['files'], keys: readonly string[]): AsyncGenerator<Buffer> {
  for (const key of keys) for await (const chunk of await files.get(key, { start: MARK_BYTES, end: Number.MAX_SAFE_INTEGER })) yield chunk as Buffer;
}

/** The archive put together from its pieces; undefined when one of them is not in the store, as after a restored backup. */
export async function readPieces(files: Platform['files'], keys: readonly string[]): Promise<Readable | undefined> {
  for (const key of keys) if (!(await files.head(key))) return undefined;
  return Readable.from(contentOf(files, keys), { objectMode: false });
}
