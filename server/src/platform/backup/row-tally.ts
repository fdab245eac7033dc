import { hash } from 'node:crypto';

/** What a set of rows comes to, in whatever order they came. */
export interface RowCount {
  rows: number;
  /** 64 hex digits: the sum of the SHA-256 of every row, so it depends neither on the order of the rows nor on the server's version. */
  content: string;
}

// "PGCOPY\n\xff\r\n\0", then flags and the length of an extension.
const HEADER_BYTES = 19;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const END_OF_ROWS = -1;

/**
 * Counts and sums up the rows of a binary COPY stream while its chunks pass by. A row is a field count (16 bits) and for each field a length (32 bits,
 * -1 for null) with its bytes; the stream ends with the field count -1. `take` answers how many rows there were so far. Both throw when the bytes are
 * something else.
 */
export function createRowTally(): { take(chunk: Buffer): number; finish(): RowCount } {
  let rest: Buffer = Buffer.alloc(0);
  let isHeaderRead = false;
  let isEnded = false;
  let rows = 0;
  // Four numbers that wrap around at 64 bits: addition does not care about order, and counts a repeated row twice, which exclusive-or would not.
  const sum = new BigUint64Array(4);

  /** Where the row that begins at `at` ends; undefined when it is not all there yet. */
  function endOfRow(bytes: Buffer, at: number): number | undefined {
    const fields = bytes.readInt16BE(at);
    let end = at + 2;
    for (let i = 0; i < fields; i++) {
      if (end + 4 > bytes.length) return undefined;
      end += 4 + Math.max(0, bytes.readInt32BE(end));
    }
    return end <= bytes.length ? end : undefined;
  }

  return {
    take(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      if (!isHeaderRead) {
        if (bytes.length < HEADER_BYTES) {
          rest = bytes;
          return rows;
        }
        if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('This is not a table in PostgreSQL’s binary COPY format.');
        at = HEADER_BYTES + bytes.readInt32BE(HEADER_BYTES - 4);
        isHeaderRead = true;
      }
      while (!isEnded && at + 2 <= bytes.length) {
        if (bytes.readInt16BE(at) === END_OF_ROWS) {
          isEnded = true;
          at += 2;
          break;
        }
        const end = endOfRow(bytes, at);
        if (end === undefined) break;
        const digest = hash('sha256', bytes.subarray(at, end), 'buffer');
        for (let lane = 0; lane < 4; lane++) sum[lane] = (sum[lane] ?? 0n) + digest.readBigUInt64BE(lane * 8);
        rows += 1;
        at = end;
      }
      rest = bytes.subarray(at);
      return rows;
    },
    finish() {
      if (!isEnded || rest.length > 0) throw new Error('The table ends in the middle of a row.');
      return { rows, content: [...sum].map((lane) => lane.toString(16).padStart(16, '0')).join('') };
    },
  };
}
