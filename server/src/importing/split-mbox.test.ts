import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitMbox } from './split-mbox.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function split(text: string | Buffer, size = 65_536, most?: number): Promise<(string | undefined)[]> {
  const mails: (string | undefined)[] = [];
  for await (const { raw } of splitMbox(inPieces(Buffer.from(text), size), most)) mails.push(raw?.toString('utf8'));
  return mails;
}

const mail = (n: number, body = `Words ${n}.`): string => `From: a${n}@shop.example\nSubject: Mail ${n}\n\n${body}\n`;
const mark = 'From anna@shop.example Fri Mar  1 12:00:00 2024\n';

test('each mail of a mailbox comes once, as it was', async () => {
  assert.deepEqual(await split(`${mark}${mail(1)}\n${mark}${mail(2)}\n${mark}${mail(3)}\n`), [mail(1), mail(2), mail(3)]);
});

test('words that begin with "From" part nothing, and quoted ones lose their quote', async () => {
  const words = 'Hello,\n\nFrom now on at 12:30 we meet.\nAnd\n\nFrom there 2024\non.\n\n>From the desk\n>>From afar';
  const [first, second, ...none] = await split(`${mark}${mail(1, words)}\n${mark}${mail(2)}\n`);
  assert.equal(first, mail(1, words.replace('>From the', 'From the').replace('>>From', '>From')));
  assert.equal(second, mail(2));
  assert.deepEqual(none, []);
});

test('marks of other programs part mails as well: without a date, with a dash, with carriage returns', async () => {
  assert.deepEqual(await split(`From \n${mail(1)}\nFrom - Fri Mar 01 12:00:00 2024\n${mail(2)}\nFrom 1793@xxx Fri Mar 01 12:00:00 +0000 2024\n${mail(3)}`), [mail(1), mail(2), mail(3)]);
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  assert.deepEqual(await split(crlf(`${mark}${mail(1)}\n${mark}${mail(2)}`)), [crlf(mail(1)), crlf(mail(2))]);
});

test('a file that is one mail, and one that is empty, are what they are', async () => {
  assert.deepEqual(await split(mail(1)), [mail(1)]);
  assert.deepEqual(await split(`\uFEFF\n${mark}${mail(1)}`), [mail(1)]);
  assert.deepEqual(await split(''), []);
  assert.deepEqual(await split('\n\n  \n'), []);
  assert.deepEqual(await split(mark), []);
});

test('a mail larger than anything that is taken in is told and does not stop the others', async () => {
  assert.deepEqual(await split(`${mark}${mail(1)}\n${mark}${mail(2, 'x'.repeat(5_000))}\n${mark}${mail(3)}`, 700, 1_000), [mail(1), undefined, mail(3)]);
});

test('however the file is cut into pieces, the same mails come', async () => {
  const line = fc.constantFrom('', 'Words.', 'From now on', 'From: nobody', '>From here', 'From anna@shop.example Fri Mar  1 12:00:00 2024', ' ', 'grüße', '--', '\r');
  await fc.assert(fc.asyncProperty(fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 90 }), async (bodies, size) => {
    const file = bodies.map((body, i) => `${mark}${mail(i, body.join('\n'))}\n`).join('');
    assert.deepEqual(await split(file, size), await split(file));
  }), { numRuns: 300 });
});

test('what was written as an mbox comes back whole', async () => {
  const body = fc.array(fc.constantFrom('Words.', 'From now on', '>From here', 'From: x', '', 'A line'), { maxLength: 8 }).map((lines) => lines.join('\n'));
  await fc.assert(fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 300 }), async (bodies, size) => {
    const mails = bodies.map((words, i) => mail(i, words));
    const file = mails.map((text) => `${mark}${text.replace(/^(>*From )/gm, '>$1')}\n`).join('');
    assert.deepEqual(await split(file, size), mails);
  }), { numRuns: 300 });
});

test('whatever the bytes are, nothing is thrown and no byte of them comes twice', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.integer({ min: 1, max: 500 }), async (bytes, size) => {
    const mails = await split(Buffer.from(bytes), size);
    assert.ok(mails.every((text) => text !== undefined));
  }), { numRuns: 200 });
});
