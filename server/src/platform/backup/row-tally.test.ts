import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRowTally } from './row-tally.ts';

type Row = (Uint8Array | null)[];

/** The bytes PostgreSQL would send for these rows. */
function encode(rows: Row[]): Buffer {
  const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
  const int16 = (n: number): Buffer => Buffer.from([(n >> 8) & 255, n & 255]);
  const int32 = (n: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(n);
    return bytes;
  };
  const fields = (row: Row): Buffer[] => row.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), Buffer.from(value)]));
  return Buffer.concat([header, ...rows.flatMap((row) => [int16(row.length), ...fields(row)]), int16(-1)]);
}

function tally(bytes: Buffer, chunkSizes: number[] = [bytes.length]): { rows: number; content: string } {
  const counting = createRowTally();
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, chunkSizes[i % chunkSizes.length] ?? 1);
    counting.take(bytes.subarray(at, at + size));
    at += size;
  }
  return counting.finish();
}

const row = fc.array(fc.option(fc.uint8Array({ maxLength: 20 })), { maxLength: 4 });
const rows = fc.array(row, { maxLength: 20 });

test('the same rows come to the same sum, however the bytes are cut up', () => {
  fc.assert(
    fc.property(rows, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }), (some, sizes) => {
      const bytes = encode(some);
      assert.deepEqual(tally(bytes, sizes), tally(bytes));
      assert.equal(tally(bytes).rows, some.length);
    }),
  );
});

test('the same rows come to the same sum, in whatever order they are', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const sorted = some.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
      assert.deepEqual(tally(encode(sorted)), tally(encode(some)));
    }),
  );
});

test('a row more, a row less, a row twice or a value changed all show', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 10 }), row, (some, other) => {
      const sum = tally(encode(some)).content;
      assert.notEqual(tally(encode([...some, other])).content, sum);
      assert.notEqual(tally(encode(some.slice(1))).content, sum);
      assert.notEqual(tally(encode([...some, ...some])).content, sum);
      const [first = [], ...rest] = some;
      assert.notEqual(tally(encode([[...first, Buffer.from('x')], ...rest])).content, sum);
    }),
  );
});

test('a null is not an empty value', () => {
  assert.notEqual(tally(encode([[null]])).content, tally(encode([[new Uint8Array()]])).content);
});

test('bytes that end too early or are something else are refused', () => {
  const bytes = encode([[Buffer.from('one'), null], [Buffer.from('two'), Buffer.from('three')]]);
  for (let length = 0; length < bytes.length; length++) assert.throws(() => tally(bytes.subarray(0, length), [7]), /middle of a row/);
  assert.throws(() => tally(Buffer.concat([bytes, Buffer.from('more')])), /middle of a row/);
  assert.throws(() => tally(Buffer.from('1\tAda\n2\tGrace\n3\tHedy\n')), /binary COPY format/);
});
