import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRowTally, type RowCount } from './row-tally.ts';

/** What the manifest says a file of rows is. */
export interface ExpectedTable {
  rows: number;
  sha256: string;
  bytes?: number;
  content?: string;
}

/**
 * The chunks of a table's file, checked while they pass: throws at the end, before whoever reads can take it for complete, when they are not what the
 * manifest says.
 */
export async function* readTable(path: string, expected: ExpectedTable, onRows: (rows: number) => void = () => undefined): AsyncGenerator<Buffer> {
  const damaged = (): Error => new Error(`${path} is damaged: it is not what was written when the backup was made. Choose another backup.`);
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size === undefined || (expected.bytes !== undefined && size !== expected.bytes)) throw damaged();
  const sha = createHash('sha256');
  const tally = createRowTally();
  let count: RowCount;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      sha.update(chunk);
      onRows(tally.take(chunk));
      yield chunk;
    }
    count = tally.finish();
  } catch (cause) {
    throw Object.assign(damaged(), { cause });
  }
  if (sha.digest('hex') !== expected.sha256 || count.rows !== expected.rows || (expected.content !== undefined && count.content !== expected.content)) throw damaged();
}
