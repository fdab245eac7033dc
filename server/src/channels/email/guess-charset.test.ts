import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { guessCharset } from './guess-charset.ts';
import { decodeCharset } from './read-charset.ts';
import { readMail } from './read-mail.ts';

const TEXTS: [string, string][] = [
  ['shift_jis', 'お世話になっております。注文したランプが壊れていました。交換していただけますか。'], ['euc-jp', 'お世話になっております。注文したランプが壊れていました。交換していただけますか。'],
  ['gb18030', '你好，我买的灯坏了，请问可以换一个吗？谢谢你们的帮助。'], ['big5', '你好，我買的燈壞了，請問可以換一個嗎？謝謝你們的幫助。'], ['euc-kr', '안녕하세요. 주문한 램프가 고장났습니다. 교환을 부탁드립니다.'],
  ['windows-1251', 'Здравствуйте! Моя лампа не работает, пожалуйста, пришлите новую.'], ['koi8-r', 'Здравствуйте! Моя лампа не работает, пожалуйста, пришлите новую.'],
];

const CYRILLIC = TEXTS.find(([charset]) => charset === 'windows-1251');

test('text that names no charset is read in the one it is plainly written in', () => {
  for (const [charset, text] of TEXTS) assert.equal(decodeCharset(iconv.encode(text, charset), undefined), text, charset);
  assert.equal(decodeCharset(Buffer.from('\u001b$B%i%s%W\u001b(B', 'latin1'), undefined), 'ランプ');
});

test('Western text stays Western, and a wrong name gives way to what the bytes are', () => {
  for (const text of ['Die Lampe ist schön, aber größer als gewünscht. Über die Straße können wir uns ärgern.', 'Où est la lampe commandée ? Elle a été livrée cassée, désolé.', 'ÄÖÜäöüß€']) assert.equal(decodeCharset(iconv.encode(text, 'windows-1252'), undefined), text);
  assert.equal(decodeCharset(iconv.encode(CYRILLIC![1], 'windows-1251'), 'utf-8'), CYRILLIC![1]);
  assert.equal(decodeCharset(iconv.encode(CYRILLIC![1], 'windows-1251'), 'no-such-charset'), CYRILLIC![1]);
});

test('UTF-7 and every charset that is known are read by their names', async () => {
  const raw = Buffer.from('From: a@x.example\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nGr+APwA3w-e +IKw-\r\n');
  assert.match((await readMail(raw)).text ?? '', /Grüße €/);
  for (const charset of ['cp437', 'cp850', 'macroman', 'ibm866', 'iso-8859-16', 'tis-620', 'cp1133', 'utf-16le', 'utf-32be', 'hebrew', 'windows-1258', 'viscii']) if (iconv.encodingExists(charset)) {
    const raw8 = Buffer.from(`From: a@x.example\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n${iconv.encode('lamp 1', charset).toString('base64')}\r\n`);
    assert.match((await readMail(raw8)).text ?? '', /lamp 1/, charset);
  }
});

test('no bytes at all stop the guessing', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    guessCharset(Buffer.from(bytes));
    decodeCharset(Buffer.from(bytes), undefined);
  }), { numRuns: 500 });
});
