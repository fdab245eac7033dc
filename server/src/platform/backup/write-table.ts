import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createRowTally, type RowCount } from './row-tally.ts';

export interface WrittenTable extends RowCount {
  bytes: number;
  sha256: string;
}

/** Writes a COPY stream to a new file, durably, and says what it was. `onRows` is told now and then how many rows have passed. */
export async function writeTable(path: string, stream: Readable, onRows: (rows: number) => void = () => undefined): Promise<WrittenTable> {
  const tally = createRowTally();
  const sha = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sha.update(chunk);
      onRows(tally.take(chunk));
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { ...tally.finish(), bytes, sha256: sha.digest('hex') };
}
