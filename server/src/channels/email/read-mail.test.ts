import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readMail, type Mail } from './read-mail.ts';

const lines = (...parts: Array<string | Buffer>): Buffer => Buffer.concat(parts.flatMap((part) => [typeof part === 'string' ? Buffer.from(part) : part, Buffer.from('\r\n')]));

test('a mail says who, to whom, about what and to which mails it answers', async () => {
  const mail = await readMail(lines(
    'Return-Path: <anna@Shop.Example>', 'Delivered-To: desk+c.12.abc@desk.example', 'X-Original-To: support@desk.example', 'Message-ID:  <One@shop.example>', 'In-Reply-To: <two@desk.example> "your mail"',
    'References: <zero@desk.example>\r\n <two@desk.example>', 'From: =?utf-8?Q?Anna_M=C3=BCller?= <anna@Shop.Example>', 'Reply-To: Shop <orders@shop.example>', 'To: "Desk, Support" <support@desk.example>, team: a@b.example, c@d.example;',
    'Cc: support@desk.example, boss@shop.example, broken', 'Subject: =?utf-8?B?R3LDvMOfZQ==?=', 'Date: Mon, 15 Jan 2024 10:00:00 +0100 (CET)', 'Content-Type: text/plain; charset=utf-8', '', 'Grüße'));
  assert.equal(mail.messageId, 'One@shop.example');
  assert.deepEqual(mail.inReplyTo, ['two@desk.example']);
  assert.deepEqual(mail.references, ['zero@desk.example', 'two@desk.example']);
  assert.deepEqual(mail.from, { address: 'anna@shop.example', name: 'Anna Müller' });
  assert.deepEqual(mail.replyTo, [{ address: 'orders@shop.example', name: 'Shop' }]);
  assert.deepEqual(mail.to.map((a) => a.address), ['support@desk.example', 'a@b.example', 'c@d.example']);
  assert.deepEqual(mail.cc.map((a) => a.address), ['support@desk.example', 'boss@shop.example']);
  assert.deepEqual(mail.deliveredTo, ['desk+c.12.abc@desk.example', 'support@desk.example']);
  assert.equal(mail.subject, 'Grüße');
  assert.equal(mail.date?.toISOString(), '2024-01-15T09:00:00.000Z');
  assert.equal(mail.text?.trim(), 'Grüße');
  assert.equal(mail.trouble, undefined);
});

test('pictures shown in the text are told from files sent along, and forwarded mails are files', async () => {
  const mail = await readMail(lines('Content-Type: multipart/mixed; boundary=a', '', '--a', 'Content-Type: text/html', '', '<img src="cid:logo%40x"><img src="cid:two@x">',
    '--a', 'Content-Type: image/png; name=../../etc/logo.png', 'Content-ID: <logo@x>', '', 'png', '--a', 'Content-Type: image/png', 'Content-ID: <two@x>', '', 'png', '--a', 'Content-Type: image/png', 'Content-ID: <three@x>', '', 'png',
    '--a', 'Content-Type: message/rfc822', '', 'Subject: inner', '', 'text', '--a', 'Content-Type: APPLICATION/PDF', "Content-Disposition: attachment; filename*=utf-8''R%C3%A9sum%C3%A9%E2%80%AEgpj.pdf", 'Content-Transfer-Encoding: base64', '', 'JVBERg==', '--a--'));
  assert.deepEqual(mail.attachments.map((a) => [a.filename, a.mediaType, a.bytes.length, a.contentId, a.isInline]), [
    ['logo.png', 'image/png', 3, 'logo@x', true], ['attachment-2.png', 'image/png', 3, 'two@x', true], ['attachment-3.png', 'image/png', 3, 'three@x', false],
    ['attachment-4.eml', 'message/rfc822', 22, undefined, false], ['Résumégpj.pdf', 'application/pdf', 4, undefined, false],
  ]);
});

test('charsets that browsers have forgotten are read', async () => {
  for (const [charset, text] of [['cp850', 'Größe äöü'], ['cp437', 'naïve £'], ['ibm850', 'é'], ['utf-7', 'Größe'], ['cp866', 'Привет'], ['viscii', 'Việt'], ['windows-1251', 'Привет'], ['shift_jis', '日本語'], ['gb18030', '中文'], ['cp932', '日本']] as const) {
    const encoded = iconv.encode(text, charset);
    for (const [encoding, body] of [['8bit', encoded], ['base64', Buffer.from(encoded.toString('base64'))]] as const) {
      const mail = await readMail(lines(`Subject: =?${charset}?B?${encoded.toString('base64')}?=`, `Content-Type: text/plain; charset="${charset}"`, `Content-Transfer-Encoding: ${encoding}`, '', body));
      assert.equal(mail.text?.trim(), text, `${charset} ${encoding}`);
      assert.equal(mail.subject, text, charset);
    }
  }
});

test('text that says it is UTF-8, or says nothing, and is neither, is read as old programs meant it', async () => {
  for (const type of ['text/plain', 'text/plain; charset=us-ascii', 'text/plain; charset=utf-8', 'text/plain; charset=unknown-8bit', 'text/plain; charset=nonsense']) {
    const mail = await readMail(lines(`Content-Type: ${type}`, '', Buffer.from('K\xf6ln \x80 5', 'latin1')));
    assert.equal(mail.text?.trim(), 'Köln € 5', type);
  }
  const headers = await readMail(lines(Buffer.from('Subject: K\xf6ln', 'latin1'), Buffer.from('From: "J\xf6rg" <j@x.example>', 'latin1'), '', 'x'));
  assert.deepEqual([headers.subject, headers.from?.name], ['Köln', 'Jörg']);
});

test('a header cannot smuggle lines or control characters into what is kept', async () => {
  const mail = await readMail(lines('Subject: =?utf-8?Q?one=0D=0ABcc:_evil@x=00=E2=80=A8two?=', 'From: =?utf-8?Q?a=0Ab?= <a@b.example>', 'Message-ID: <a\0b@x>', '', 'text\0text'));
  assert.equal(mail.subject, 'one Bcc: evil@x two');
  assert.equal(mail.from?.name, 'a b');
  assert.equal(mail.messageId, 'ab@x');
  assert.equal(mail.text?.trim(), 'texttext');
});

test('a mail whose structure is broken still brings its sender, subject and words', async () => {
  const noBoundary = await readMail(lines('From: a@b.example', 'Subject: x', 'Content-Type: multipart/mixed; boundary=never', '', 'Please help'));
  assert.equal(noBoundary.text?.trim(), 'Please help');
  const nested = Array.from({ length: 300 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('');
  const deep = await readMail(Buffer.from(`From: Anna <a@b.example>\r\nSubject: =?utf-8?Q?h=C3=A9?=\r\n${nested}Please help`));
  assert.match(deep.trouble ?? '', /depth/);
  assert.deepEqual([deep.from, deep.subject], [{ address: 'a@b.example', name: 'Anna' }, 'hé']);
  assert.match(deep.text ?? '', /Please help$/);
});

test('answers without brackets, endless lists of references and repeated headers are understood', async () => {
  const mail = await readMail(lines('In-Reply-To: one@x.example', `References: ${Array.from({ length: 300 }, (_, i) => `<r${i}@x>`).join(' ')}`, 'References: <last@x>', '', 'x'));
  assert.deepEqual(mail.inReplyTo, ['one@x.example']);
  assert.deepEqual((await readMail(lines('References: a\0@x b@\0 <@\0', '', 'x'))).references, ['a@x']);
  assert.equal(mail.references.length, 100);
  assert.deepEqual([mail.references[0], mail.references.at(-1)], ['r0@x', 'last@x']);
});

function assertStorable(mail: Mail): void {
  const kept = JSON.stringify([mail.subject, mail.text, mail.html, mail.from, mail.to, mail.cc, mail.replyTo, mail.messageId, mail.references, mail.deliveredTo, mail.attachments.map((a) => [a.filename, a.mediaType, a.contentId])]);
  assert.ok(!kept.includes('\\u0000'), kept);
  assert.doesNotMatch(mail.subject + (mail.from?.name ?? ''), /[\r\n]/);
  for (const { filename } of mail.attachments) assert.match(filename, /^[^/\\\r\n]{1,150}$/);
}

test('whatever the bytes are, a mail comes out', async () => {
  const piece = fc.constantFrom('Content-Type: ', 'multipart/mixed; boundary=x', 'text/html', 'text/plain; charset=cp850', 'message/rfc822', 'Content-Transfer-Encoding: base64', 'quoted-printable', '\r\n', '\n', '\r\n\r\n', '--x', '--x--', '=?utf-8?B?', '?=', '=',
    'From: ', 'Subject: ', 'References: <', '>', '@', 'a', '\0', '\xff', '=00', 'Content-Disposition: attachment; filename=', '../', '"', '(', ';', 'Date: ', '2024-01-01', '=?cp437?Q?=94?=', 'charset=utf-7', 'charset=utf-16');
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof({ weight: 6, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 }), async (pieces) => {
    assertStorable(await readMail(Buffer.from(pieces.join(''), 'latin1')));
  }), { numRuns: 6000 });
});

// Each of these took minutes to hours while a step of the reading grew with the square of what was repeated.
for (const [what, raw] of Object.entries({
  'a date of opening brackets': `Date: ${'('.repeat(1_000_000)}\r\n\r\nx`,
  'a file name of dots': `Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a${'.'.repeat(1_000_000)}b"\r\n\r\nx`,
  'one header a hundred thousand times': `${'Received: x\r\n'.repeat(100_000)}\r\nx`,
})) {
  test(`${what} holds nobody up`, { timeout: 30_000 }, async () => {
    assertStorable(await readMail(Buffer.from(`From: a@b.example\r\n${raw}`)));
  });
}

const corpus = '/usr/lib/python3.11/test/test_email/data';
test('CPython’s collection of odd mails is read without a word lost', { skip: existsSync(corpus) ? false : 'libpython3.11-testsuite is not installed' }, async () => {
  let read = 0;
  for (const name of readdirSync(corpus).filter((file) => file.endsWith('.txt'))) {
    const raw = readFileSync(`${corpus}/${name}`);
    const mail = await readMail(raw);
    assertStorable(mail);
    assert.equal(mail.trouble, undefined, name);
    // One of them is headers only, and the header block of some has no end, so that all of it is headers.
    const hasBody = /\n\s*\n\s*\S/.test(raw.toString('latin1'));
    if (hasBody) assert.ok(mail.text !== undefined || mail.html !== undefined || mail.attachments.length > 0, name);
    read++;
  }
  assert.ok(read >= 47);
});
