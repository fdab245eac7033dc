import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { maskRaw } from './mask-raw.ts';

const CARD = '4111 1111 1111 1111';
const COVERED = '**** **** **** 1111';
const base64Lines = (text: string | Buffer): string => (Buffer.from(text as string).toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');
const masked = (raw: Buffer): string => maskRaw(raw).raw.toString('latin1');

/** Everything outside of the covered digits must be as it came. */
function assertOnlyStarsChanged(before: Buffer, after: Buffer, allowed = /[\d*=A-Za-z+/]/): void {
  assert.equal(after.length, before.length);
  for (let i = 0; i < before.length; i++) {
    if (before[i] !== after[i]) assert.match(String.fromCharCode(before[i] as number), allowed);
  }
}

test('a mail without card numbers is handed back as the very same bytes', () => {
  const raw = mail('From: a@b.example', 'Subject: Order 12345678', '', 'Call +49 171 1234567, order 303-1234567-1234567.');
  assert.equal(maskRaw(raw).raw, raw);
  assert.equal(maskRaw(raw).masked, 0);
});

test('a card number in plain text is covered in place', () => {
  const raw = mail('Subject: x', '', `My card is ${CARD}, thanks`);
  assert.deepEqual(maskRaw(raw), { raw: mail('Subject: x', '', `My card is ${COVERED}, thanks`), masked: 1 });
});

test('subject and display names are covered, plain, in Q words, in B words and across words', async () => {
  for (const subject of [
    `card ${CARD}`, `=?utf-8?Q?card_4111_1111_=31111_1111?=`, `=?utf-8?B?${Buffer.from(`Käse ${CARD}`).toString('base64')}?=`,
    `=?utf-8?B?${Buffer.from('card 4111 1111 ').toString('base64')}?=\r\n =?utf-8?B?${Buffer.from('1111 1111').toString('base64')}?=`,
    `=?iso-8859-1?Q?card=A04111=A01111?=\r\n\t=?iso-8859-1?Q?=A01111=A01111?=`, `card 4111 1111\r\n 1111 1111`,
  ]) {
    const raw = mail(`From: "4111111111111111" <4111111111111111@mail.example>`, `Subject: ${subject}`, '', 'x');
    const out = maskRaw(raw);
    assert.equal(out.masked, 2, subject);
    assert.equal(out.raw.length, raw.length);
    const read = await PostalMime.parse(out.raw);
    assert.match((read.subject ?? '').replaceAll('\u00a0', ' '), /\*{4} \*{4} \*{4} 1111$/);
    assert.deepEqual(read.from, { name: '************1111', address: '4111111111111111@mail.example' });
  }
});

test('names by which mails and parts find each other keep their digits', () => {
  const raw = mail('Message-ID: <4111111111111111@x>', 'In-Reply-To: <5500000000000004@x>', 'References: <4111111111111111@x> <5500000000000004@x>',
    'Content-Type: multipart/mixed; boundary="4111111111111111"', '', '--4111111111111111', 'Content-ID: <4111111111111111>', '', '<img src="cid:4111111111111111">', '--4111111111111111--');
  assert.equal(maskRaw(raw).raw, raw);
});

test('a card number in a file name is covered, also with percent signs', () => {
  assert.match(masked(mail('Content-Disposition: attachment; filename="card-4111111111111111.pdf"', '', 'x')), /filename="card-\*{12}1111\.pdf"/);
  assert.match(masked(mail("Content-Disposition: attachment; filename*=utf-8''4111%201111%201111%201111.pdf", '', 'x')), /''\*{4}%20\*{4}%20\*{4}%201111\.pdf/);
});

test('a base64 part is changed only where the digits stand', async () => {
  const text = `Grüße,\r\n\r\nmeine Karte ist ${CARD} und\u00a0${'x'.repeat(300)}`;
  const raw = mail('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', base64Lines(text), '');
  const out = maskRaw(raw);
  assert.equal(out.masked, 1);
  assertOnlyStarsChanged(raw, out.raw);
  assert.equal((await PostalMime.parse(out.raw)).text?.trimEnd(), text.replace(CARD, COVERED));
});

test('a quoted-printable part is changed only where the digits stand, also over soft line breaks and escaped digits', async () => {
  const raw = mail('Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable', '', 'K=FChl: =34111=A01111 =31=\r\n111=A01111, =3D done');
  assert.equal(masked(raw), raw.toString('latin1').replace(/=34111.*/s, '=2A***=A0**** =2A=\r\n***=A01111, =3D done'));
});

test('nested parts, attached mails and text attachments are covered; pictures and documents keep their bytes', async () => {
  const picture = Buffer.from(`${'4111111111111111 '.repeat(40)}`);
  const inner = ['From: c@d.example', `Subject: fwd ${CARD}`, 'Content-Type: text/plain', '', `inner ${CARD}`].join('\r\n');
  const raw = mail('Content-Type: multipart/mixed; boundary=a', '', `preamble ${CARD}`, '--a', 'Content-Type: multipart/alternative; boundary="b"', '',
    '--b', '', `plain ${CARD}`, '--b', 'Content-Type: text/html', '', `<p>4111 <b>1111</b> 1111&nbsp;1111</p><a title="${CARD}">x</a>`, '--b--',
    '--a', 'Content-Type: message/rfc822', '', inner, '--a', 'Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', '', base64Lines(inner),
    '--a', 'Content-Type: text/csv; name=cards.csv', 'Content-Transfer-Encoding: base64', '', base64Lines('name,number\r\nJo,4111111111111111\r\n'),
    '--a', 'Content-Type: application/octet-stream; name=data.json', 'Content-Transfer-Encoding: base64', '', base64Lines('{"number":"4111111111111111","n":4111111111111111}'),
    '--a', 'Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64', '', base64Lines('a note without a name: 4111111111111111'),
    '--a', 'Content-Type: image/png', 'Content-Transfer-Encoding: base64', '', base64Lines(picture), '--a--', `epilogue ${CARD}`);
  const out = maskRaw(raw);
  assert.equal(out.masked, 1 + 1 + 2 + 2 + 2 + 1 + 2 + 1 + 1);
  const read = await PostalMime.parse(out.raw, { forceRfc822Attachments: true });
  const attachments = read.attachments.map((a) => Buffer.from(a.content as ArrayBuffer).toString());
  assert.equal(read.text?.trim(), `plain ${COVERED}`);
  assert.equal(read.html?.trim(), `<p>**** <b>****</b> ****&nbsp;1111</p><a title="${COVERED}">x</a>`);
  assert.equal(attachments[0]?.trim().replace(/\r?\n/g, '\r\n'), inner.replaceAll(CARD, COVERED));
  assert.equal(attachments[1], inner.replaceAll(CARD, COVERED));
  assert.deepEqual(attachments.slice(2, 5), ['name,number\r\nJo,************1111\r\n', '{"number":"************1111","n":************1111}', 'a note without a name: ************1111']);
  assert.equal(attachments[5], picture.toString());
  const text = out.raw.toString('latin1');
  assert.ok(text.includes(`preamble ${COVERED}`) && text.includes(`epilogue ${COVERED}`));
});

test('digits with tags, references and invisible characters between them are read as they look', () => {
  for (const html of ['<span>4111</span><span> 1111</span> <i>1111</i>\n1111', '4111&#32;1111&#x20;1111&#160;1111', '&#52;&#49;11 1111 1111 1111', '41<wbr>11&shy;1111<!-- x -->11111111', '<td>4111</td>&nbsp;4111&#8209;1111&#8209;1111&#8209;1111']) {
    const out = maskRaw(mail('Content-Type: text/html', '', `<p>${html}</p>`));
    assert.equal(out.masked, 1, html);
    assert.equal((out.raw.toString('latin1').replace(/<[^>]*>|&[#\w]*;/g, '').match(/\d/g) ?? []).join('').replace(/^4111(?=1111$)/, ''), '1111', html);
  }
});

test('every charset a mail program writes is covered', () => {
  const wide = Buffer.concat([Buffer.from('\ufeff', 'utf16le'), Buffer.from(`card ${CARD} ende`, 'utf16le')]);
  const out = maskRaw(Buffer.concat([mail('Content-Type: text/plain; charset=utf-16', '', ''), wide]));
  assert.equal(out.masked, 1);
  assert.ok(out.raw.toString('latin1').endsWith(Buffer.from(`card ${COVERED} ende`, 'utf16le').toString('latin1')));
  const full = mail('Content-Type: text/plain; charset=utf-8', '', Buffer.from('４１１１ １１１１ １１１１ １１１１').toString('latin1'));
  assert.equal(maskRaw(full).masked, 1);
  assert.ok(maskRaw(full).raw.toString().endsWith('************ ************ ************ １１１１'));
  const broken = Buffer.concat([mail('Content-Type: text/plain; charset=utf-8', '', ''), Buffer.from([0xff, 0xfe, 0x80, 0xc3]), Buffer.from(' 4111\u00a01111\u00a01111\u00a01111 '), Buffer.from([0xe2, 0x82])]);
  assert.equal(maskRaw(broken).masked, 1);
  const german = Buffer.from('Content-Type: text/plain; charset=windows-1252\r\n\r\nK\xfchl 4111\x961111\x961111\x961111', 'latin1');
  assert.ok(masked(german).endsWith('K\xfchl ****\x96****\x96****\x961111'));
});

test('what is not MIME at all is read as text', () => {
  for (const text of [CARD, `\r\n${CARD}`, `no colon here\n${CARD}`, `Content-Type: multipart/mixed; boundary=x\n\nno boundary ${CARD}`, `Content-Type: multipart/mixed\n\n--x\n\n${CARD}`,
    `Content-Type: nonsense\n\n${CARD}`, `Content-Type: multipart/mixed; boundary=x\n\n--x\n\n${CARD}`, `Subject: x\r\r\n\r\r\n${CARD}`]) {
    assert.equal(maskRaw(Buffer.from(text)).masked, 1, text);
  }
});

test('whatever the bytes are, it does not throw, and the length stays', () => {
  const piece = fc.constantFrom('Content-Type: ', 'multipart/mixed; boundary=', 'text/html', 'message/rfc822', 'base64', 'quoted-printable', 'Content-Transfer-Encoding: ', '\r\n', '\n', '\r\n\r\n', '--', '--x', 'x', '=?utf-8?B?', '?=', '=', '<',
    '>', '&#', ';', '"', '(', CARD, '4111111111111111', '=34', 'NDExMTExMTExMTExMTExMQ==', 'charset=utf-16', '\0', 'Subject: ', ' ', '\xc3', '\xa0', '%34', "filename*=utf-8''");
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 8, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }), (pieces) => {
    const raw = Buffer.from(pieces.join(''), 'latin1');
    const copy = Buffer.from(raw);
    const out = maskRaw(raw);
    assert.deepEqual(raw, copy, 'the bytes handed in are left alone');
    assert.equal(out.raw.length, raw.length);
    assert.equal(out.raw === raw, out.masked === 0);
    assert.equal(maskRaw(out.raw).masked, 0);
  }), { numRuns: 3000 });
});

test('nesting and repetition beyond reason end in time', () => {
  const boundaries = Array.from({ length: 3000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('');
  for (const text of [boundaries, `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(200_000)}`, 'Content-Type: message/rfc822\n\n'.repeat(50_000), 'a\n'.repeat(500_000), 'x: =?utf-8?B??= '.repeat(60_000),
    `Content-Type: text/html\n\n${'<a "'.repeat(200_000)}`, `Content-Type: text/html\n\n${'<!--'.repeat(200_000)}`, `Content-Type: text/html\n\n1234567890123${'&#'.repeat(300_000)}`, `Content-Type: ${'('.repeat(200_000)}`, `Content-Type: a; ${'b*0=c; '.repeat(100_000)}`,
    `Content-Transfer-Encoding: base64\n\n${'\n'.repeat(1_000_000)}!`, `Content-Transfer-Encoding: base64\n\n${'='.repeat(1_000_000)}A`, `Content-Transfer-Encoding: quoted-printable\n\n${'= '.repeat(500_000)}`, `Content-Transfer-Encoding: quoted-printable\n\n=${' '.repeat(1_000_000)}x`]) {
    maskRaw(Buffer.from(text));
  }
});

const corpus = '/usr/lib/python3.11/test/test_email/data';
test('a header of a hundred thousand encoded words, each with a card number, is covered to its end and holds nobody up', { timeout: 60_000 }, () => {
  const words = 50_000;
  const { raw, masked: count } = maskRaw(mail(`Subject: ${'=?utf-8?q?4111_1111_1111_1111_x_?=\r\n '.repeat(words)}`, '', 'x'));
  assert.equal(count, words);
  assert.doesNotMatch(raw.toString('latin1'), /4111/);
});

test('card numbers between a hundred thousand addresses are covered, and the addresses keep their digits', { timeout: 60_000 }, () => {
  const people = 50_000;
  const text = masked(mail(`Cc: ${'4111111111111111@b.example, 4111111111111111 <z@y.example>,\r\n '.repeat(people)}`, '', 'x'));
  assert.equal(text.match(/4111111111111111@b\.example/g)?.length, people);
  assert.equal(text.match(/\*{12}1111 </g)?.length, people);
});

test('CPython’s collection of odd mails goes through', { skip: existsSync(corpus) ? false : 'libpython3.11-testsuite is not installed' }, () => {
  for (const name of readdirSync(corpus).filter((file) => file.endsWith('.txt'))) {
    const raw = readFileSync(`${corpus}/${name}`);
    assert.equal(maskRaw(raw).raw, raw, name);
  }
});
