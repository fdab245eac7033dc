import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitJson } from './split-json.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const lists = new Set(['tickets', 'users', 'data.payload']);
async function split(text: string, size = 65_536, most?: number): Promise<[string, unknown, number][]> {
  const records: [string, unknown, number][] = [];
  for await (const { list, value, line } of splitJson(inPieces(Buffer.from(text), size), lists, most)) records.push([list, value, line]);
  return records;
}

test('members of a list, of named lists, and lines are all records', async () => {
  assert.deepEqual(await split('[{"id":1},\n{"id":2}]'), [['', { id: 1 }, 1], ['', { id: 2 }, 2]]);
  assert.deepEqual(await split('{"count":2,"tickets":[{"id":1,"users":[{"x":1}]},{"id":2}],"next":null,"users":[{"id":3}]}'), [['tickets', { id: 1, users: [{ x: 1 }] }, 1], ['tickets', { id: 2 }, 1], ['users', { id: 3 }, 1]]);
  assert.deepEqual(await split('{"data":{"meta":{"all":1},"payload":[{"id":1},{"id":2}]}}\n{"data":{"payload":[{"id":3}]}}'), [['data.payload', { id: 1 }, 1], ['data.payload', { id: 2 }, 1], ['data.payload', { id: 3 }, 2]]);
  assert.deepEqual(await split('{"id":1,"comments":[{"a":"}"}]}\n{"id":2}\n'), [['', { id: 1, comments: [{ a: '}' }] }, 1], ['', { id: 2 }, 2]]);
  assert.deepEqual(await split('{\n  "id": 1,\n  "in": {\n "x": [\n{\n}\n]\n }\n}\n{\n"id": 2\n}'), [['', { id: 1, in: { x: [{}] } }, 1], ['', { id: 2 }, 10]]);
  assert.deepEqual(await split('{"id":1,"users":[{"x":1}]}'), [['', { id: 1, users: [{ x: 1 }] }, 1]]);
  assert.deepEqual(await split(''), []);
});

test('a broken line costs that line, a broken member that member', async () => {
  assert.deepEqual(await split('{"id":1}\n{"id":2,"text":"cut of\n{"id":3}\n'), [['', { id: 1 }, 1], ['', undefined, 2], ['', { id: 3 }, 3]]);
  assert.deepEqual(await split('{"id":1}\n{"id":2,"in":{"x":1\n{"id":3}\n'), [['', { id: 1 }, 1], ['', undefined, 2], ['', { id: 3 }, 3]]);
  assert.deepEqual(await split('[{"id":1},{"id":tru},{"id":3}]'), [['', { id: 1 }, 1], ['', undefined, 1], ['', { id: 3 }, 1]]);
  assert.deepEqual(await split('[{"id":1},{"id":2,'), [['', { id: 1 }, 1], ['', undefined, 1]]);
});

test('a record larger than what is taken in is told, and the next one comes', async () => {
  assert.deepEqual(await split(`[{"id":"${'x'.repeat(500)}"},{"id":2}]`, 64, 100), [['', undefined, 1], ['', { id: 2 }, 1]]);
});

test('whatever the values, however laid out and cut into pieces, the same records come', async () => {
  const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })).map((each) => JSON.parse(JSON.stringify(each)) as object);
  const document = fc.tuple(fc.array(value, { maxLength: 5 }), fc.constantFrom(undefined, 2), fc.integer({ min: 1, max: 50 }));
  await fc.assert(fc.asyncProperty(document, async ([values, indent, size]) => {
    const plain = (records: [string, unknown, number][]) => records.map(([, each]) => each);
    assert.deepEqual(plain(await split(JSON.stringify(values, null, indent), size)), values);
    assert.deepEqual(plain(await split(JSON.stringify({ count: 1, tickets: values }, null, indent), size)), values);
    const lines = values.map((each) => ({ record: each }));
    assert.deepEqual(plain(await split(lines.map((each) => `${JSON.stringify(each, null, indent)}\n`).join(''), size)), lines);
  }), { numRuns: 300 });
});

test('whatever the bytes are, nothing is thrown', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '\n', 'tickets', 'x', ' ', 'é'), { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), async (signs, size) => {
    await split(signs.join(''), size);
  }), { numRuns: 500 });
});
