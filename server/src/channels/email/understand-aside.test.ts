import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { MailTooCostly, understandAside } from './understand-aside.ts';
import { understandMail } from './understand-mail.ts';

const CARD = '4111 1111 1111 1111';
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
const large = (file: Buffer): Buffer => Buffer.from([
  'From: Änne <anna@shop.example>', 'To: desk@desk.example', 'Message-ID: <one@shop.example>', 'Date: Mon, 15 Jan 2024 10:00:00 +0100', `Subject: Card ${CARD}`, 'Content-Type: multipart/mixed; boundary=B', '',
  '--B', 'Content-Type: text/html; charset=utf-8', '', `<p onclick="x()">Mine is ${CARD}</p><img src="https://shop.example/x.png">`,
  '--B', 'Content-Type: image/png', 'Content-Disposition: attachment; filename="täschchen.png"', 'Content-Transfer-Encoding: base64', '', base64(file),
  '--B', 'Content-Type: text/plain', 'Content-Disposition: attachment; filename=note.txt', '', 'kept as it is', '--B--', '',
].join('\r\n'));
/** Takes minutes, and more memory than a thread is given, wherever it is read. */
const costly = (): Buffer => Buffer.from(`From: a@b.example\r\n\r\n${'\n'.repeat(30_000_000)}x`);

test('a large mail is understood in a thread of its own as a small one is here', async () => {
  const raw = large(randomBytes(400_000));
  const [here, aside] = [await understandMail(raw), await understandAside(raw)];
  assert.deepEqual(aside, here);
  assert.equal(aside.masked, 2);
  assert.ok(Buffer.isBuffer(aside.raw) && aside.mail.attachments.every(({ bytes }) => Buffer.isBuffer(bytes)));
  assert.deepEqual(aside.mail.attachments.map(({ filename, bytes }) => [filename, bytes.length]), [['täschchen.png', 400_000], ['note.txt', 13]]);
  assert.deepEqual([aside.text.includes(CARD), aside.html?.hasRemoteContent, aside.html?.html.includes('onclick')], [false, true, false]);
});

test('a mail of two hundred kilobytes made of nothing but tags, which takes half a second, holds up nobody', async () => {
  let isReading = true;
  const reading = understandAside(Buffer.from(`From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<b>'.repeat(60_000)}`)).finally(() => (isReading = false));
  let turns = 0;
  while (isReading && turns < 20) {
    await turn();
    turns += 1;
  }
  assert.equal(turns, 20);
  await reading;
});

test('while a costly mail is read everything else goes on, it is given up in the end, and the mails behind it have their turn', { timeout: 90_000 }, async () => {
  let isReading = true;
  const reading = assert.rejects(understandAside(costly(), 2_000), MailTooCostly).finally(() => (isReading = false));
  const behind = understandAside(large(randomBytes(300_000)));
  const small = await understandAside(Buffer.from('From: a@b.example\r\nSubject: small\r\n\r\nx'));
  assert.equal(small.mail.subject, 'small');
  assert.equal(isReading, true);
  let turns = 0;
  while (isReading && turns < 1_000) {
    await turn();
    turns += 1;
  }
  assert.equal(turns, 1_000);
  await reading;
  assert.equal((await behind).masked, 2);
});
