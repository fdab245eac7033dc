import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCsv } from './read-csv.ts';

async function read(content: string | Buffer, size = 65_536): Promise<(Record<string, string> | undefined)[]> {
  const bytes = Buffer.from(content);
  const rows: (Record<string, string> | undefined)[] = [];
  const file = { name: 'x.csv', bytes: bytes.length, async *open() { for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size); } };
  for await (const { values } of readCsv(file)) rows.push(values && { ...values });
  return rows;
}

test('comma, semicolon and tab part columns; headings have one spelling', async () => {
  const expected = [{ e_mail: 'a@x.example', full_name: 'Anna, B', note: 'two\nlines' }];
  assert.deepEqual(await read('E-Mail,Full Name,Note\na@x.example,"Anna, B","two\nlines"\n'), expected);
  assert.deepEqual(await read('\uFEFFE-Mail;Full Name;Note\r\na@x.example;Anna, B;"two\nlines"\r\n'), expected);
  assert.deepEqual(await read('E-Mail\tFull Name\tNote\na@x.example\tAnna, B\t"two\nlines"'), expected);
});

test('old encodings of spreadsheets are read', async () => {
  assert.deepEqual(await read(Buffer.from('name;email\nJürgen;j@x.example\n', 'latin1')), [{ name: 'Jürgen', email: 'j@x.example' }]);
  assert.deepEqual(await read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name\temail\nJürgen\tj@x.example\n', 'utf16le')])), [{ name: 'Jürgen', email: 'j@x.example' }]);
});

test('an accent that stands far down tells the encoding of the whole file', async () => {
  const rows = Array.from({ length: 4_000 }, (_, i) => `Person ${i};p${i}@x.example\n`).join('');
  const last = (await read(Buffer.from(`name;email\n${rows}Jürgen;j@x.example\n`, 'latin1'), 1_000)).at(-1);
  assert.equal(last?.['name'], 'Jürgen');
});

test('rows of another length are read as far as they go, and an empty file has none', async () => {
  assert.deepEqual(await read('a,b\n1\n1,2,3\n'), [{ a: '1' }, { a: '1', b: '2' }]);
  assert.deepEqual(await read(''), []);
  assert.deepEqual(await read('a,b\n'), []);
});

test('what was written as CSV comes back whole, however it is cut into pieces', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ü', '"', ',', ';', '\n', ' ', '日'), maxLength: 12 });
  const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
    const file = `one,two\n${rows.map(([a, b]) => `${quote(a)},${quote(b)}\n`).join('')}`;
    assert.deepEqual(await read(file, size), rows.map(([one, two]) => ({ one, two })));
  }), { numRuns: 200 });
});

test('whatever the bytes are, nothing is thrown', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('a', '"', ',', '\n', '\r', ';', '\u0000', 'é'), { maxLength: 120 }), async (signs) => {
    await read(`a,b\n${signs.join('')}`);
  }), { numRuns: 300 });
});
