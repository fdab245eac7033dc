import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readMail } from '../read-mail.ts';
import { understandMail } from '../understand-mail.ts';
import { readAppointments } from './read-appointments.ts';
import { readTnef } from './read-tnef.ts';
import { readUuencode } from './read-uuencode.ts';

const lines = (...all: string[]): string => all.join('\r\n');
const mailOf = (...all: string[]): Buffer => Buffer.from(lines('From: Ada <ada@home.example>', 'To: help@desk.example', 'Subject: Hello', 'Message-ID: <1@home.example>', 'MIME-Version: 1.0', ...all));

const event = (method: string, ...more: string[]): string => lines('BEGIN:VCALENDAR', 'VERSION:2.0', `METHOD:${method}`, 'BEGIN:VTIMEZONE', 'TZID:Home', 'BEGIN:STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE',
  'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Repair of the lamp', 'LOCATION:Shop', 'ORGANIZER;CN=Ada:mailto:ada@home.example', 'ATTENDEE;CN=Help;PARTSTAT=ACCEPTED:mailto:help@desk.example', ...more, 'END:VEVENT', 'END:VCALENDAR');

test('an invitation is an appointment in the zone its file defines', () => {
  const [appointment] = readAppointments(event('REQUEST', 'DTSTART;TZID=Home:20260302T100000', 'DTEND;TZID=Home:20260302T110000'));
  assert.deepEqual(appointment, {
    method: 'request', title: 'Repair of the lamp', place: 'Shop', note: '', start: '2026-03-02T09:00:00.000Z', end: '2026-03-02T10:00:00.000Z', isAllDay: false, timeZone: 'Home', organizer: 'Ada', attendees: [{ name: 'Help', status: 'accepted' }], repeats: null,
  });
});

test('a zone of the world is known by its name, on both sides of a change of the clocks', () => {
  const start = (time: string): string | null | undefined => readAppointments(event('REQUEST', `DTSTART;TZID=Europe/Berlin:${time}`))[0]?.start;
  assert.equal(start('20260328T100000'), '2026-03-28T09:00:00.000Z');
  assert.equal(start('20260329T100000'), '2026-03-29T08:00:00.000Z');
  assert.equal(readAppointments(event('REQUEST', 'DTSTART;TZID=Nowhere Time:20260328T100000'))[0]?.start, '2026-03-28T10:00:00', 'of an unknown zone nobody guesses the offset');
});

test('cancellations, answers, whole days, series and durations are told apart', () => {
  assert.equal(readAppointments(event('CANCEL', 'DTSTART:20260302T100000Z'))[0]?.method, 'cancel');
  assert.equal(readAppointments(event('REPLY', 'DTSTART:20260302T100000Z'))[0]?.method, 'reply');
  const [days] = readAppointments(event('PUBLISH', 'DTSTART;VALUE=DATE:20260302', 'DTEND;VALUE=DATE:20260304', 'RRULE:FREQ=WEEKLY;COUNT=3'));
  assert.deepEqual([days?.isAllDay, days?.start, days?.end, days?.repeats], [true, '2026-03-02', '2026-03-04', 'FREQ=WEEKLY;COUNT=3']);
  assert.equal(readAppointments(event('REQUEST', 'DTSTART:20260302T100000Z', 'DURATION:PT90M'))[0]?.end, '2026-03-02T11:30:00.000Z');
});

test('no bytes stop a reader of calendars, packed files or old encodings', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => {
    readAppointments(`BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:${text}\r\nEND:VEVENT\r\nEND:VCALENDAR`);
    readAppointments(event('REQUEST', text));
    readUuencode(`begin 644 a\n${text}\nend\n`);
  }), { numRuns: 300 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readTnef(Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]), bytes]))), { numRuns: 1_000 });
});

/** A winmail.dat, written as Outlook writes it (MS-OXTNEF). */
function tnef(attributes: [number, Buffer][]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0x01, 0x00])];
  for (const [attribute, value] of attributes) {
    const head = Buffer.alloc(9);
    head[0] = attribute === 0x0002_800c || attribute === 0x0006_9003 ? 1 : 2;
    head.writeUInt32LE(attribute, 1);
    head.writeUInt32LE(value.length, 5);
    const sum = Buffer.alloc(2);
    sum.writeUInt16LE(value.reduce((total, byte) => (total + byte) & 0xffff, 0));
    parts.push(head, value, sum);
  }
  return Buffer.concat(parts);
}
function properties(...list: [number, number, Buffer][]): Buffer {
  const parts: Buffer[] = [Buffer.alloc(4)];
  parts[0]!.writeUInt32LE(list.length);
  for (const [type, id, value] of list) {
    const head = Buffer.alloc(12);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(id, 2);
    head.writeUInt32LE(1, 4);
    head.writeUInt32LE(value.length, 8);
    parts.push(head, value, Buffer.alloc((4 - (value.length % 4)) % 4));
  }
  return Buffer.concat(parts);
}
const winmail = tnef([
  [0x0006_9007, Buffer.from([0xe4, 0x04, 0, 0, 0, 0, 0, 0])], [0x0006_9003, properties([0x0102, 0x1013, Buffer.from('<p>My lamp is <b>br\xf6ken</b>. Card 4111 1111 1111 1111</p>', 'latin1')])],
  [0x0006_9002, Buffer.alloc(14)], [0x0001_8010, Buffer.from('INVOIC~1.PDF\0')], [0x0006_800f, Buffer.from('%PDF-1.4 bytes')], [0x0006_9005, properties([0x001f, 0x3707, Buffer.from('Rechnung März.pdf\0', 'utf16le')], [0x001e, 0x370e, Buffer.from('application/pdf\0')])],
]);

test('a winmail.dat gives out its files under their long names, and its text where the mail has none', async () => {
  const read = readTnef(winmail);
  assert.deepEqual(read?.files.map(({ filename, mediaType, bytes }) => [filename, mediaType, bytes.toString()]), [['Rechnung März.pdf', 'application/pdf', '%PDF-1.4 bytes']]);
  const raw = mailOf('Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', '', winmail.toString('base64'), '--x--', '');
  const { mail, html, text } = await understandMail(raw);
  assert.deepEqual(mail.attachments.map(({ filename }) => filename), ['winmail.dat', 'Rechnung März.pdf']);
  assert.match(html?.html ?? '', /lamp is <b>bröken<\/b>/);
  assert.doesNotMatch(text + (html?.html ?? ''), /4111 1111 1111 1111/, 'a card number that was packed is covered as any other');
});

test('a winmail.dat that is cut off anywhere gives what is there and never fails', () => {
  for (let length = 0; length < winmail.length; length++) readTnef(winmail.subarray(0, length));
});

test('a mail within a mail within a mail can be read, and its files are reached', async () => {
  const innermost = lines('From: Bob <bob@far.example>', 'To: ada@home.example', 'Subject: =?utf-8?q?Tiefst=C3=A9?=', 'Content-Type: multipart/mixed; boundary=z', '', '--z', '', 'the innermost text', '--z', 'Content-Type: application/pdf; name=plan.pdf', 'Content-Disposition: attachment', '', '%PDF', '--z--');
  const inner = lines('From: Eve <eve@far.example>', 'Subject: Middle', 'Content-Type: multipart/mixed; boundary=y', '', '--y', '', 'the middle text', '--y', 'Content-Type: message/rfc822', '', innermost, '--y--');
  const { mail, facts } = await understandMail(mailOf('Content-Type: multipart/mixed; boundary=x', '', '--x', '', 'See the mail.', '--x', 'Content-Type: message/rfc822', '', inner, '--x--', ''));
  assert.deepEqual(facts.mails.map(({ from, subject, depth, text }) => [from, subject, depth, text.trim()]), [['Eve <eve@far.example>', 'Middle', 1, 'the middle text'], ['Bob <bob@far.example>', 'Tiefsté', 2, 'the innermost text']]);
  assert.ok(mail.attachments.some(({ filename, bytes }) => filename === 'plan.pdf' && bytes.toString().startsWith('%PDF')));
});

test('mails nested without end end', async () => {
  let raw = 'Subject: 0\r\n\r\nx';
  for (let i = 1; i < 60; i++) raw = lines(`Subject: ${i}`, 'Content-Type: message/rfc822', '', raw);
  const { facts, mail } = await understandMail(Buffer.from(raw));
  assert.ok(facts.mails.length <= 20 && mail.attachments.length < 60);
});

test('an invitation that comes as a part and as a file is one appointment', async () => {
  const calendar = event('REQUEST', 'DTSTART:20260302T100000Z');
  const { facts } = await understandMail(mailOf('Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/calendar; method=REQUEST', '', calendar, '--x', 'Content-Type: application/ics; name=invite.ics', 'Content-Disposition: attachment', 'Content-Transfer-Encoding: base64', '', Buffer.from(calendar).toString('base64'), '--x--', ''));
  assert.deepEqual(facts.appointments.map(({ title }) => title), ['Repair of the lamp']);
});

test('files that were written into the text are files, and the rest of the text stays', async () => {
  const body = ['#0V%T', '`', 'end'];
  assert.deepEqual(readUuencode(`Here:\n\nbegin 644 cat.txt\n${body.join('\n')}\n\nBye`), { text: 'Here:\n\n\nBye', files: [{ filename: 'cat.txt', bytes: Buffer.from('Cat') }] });
  assert.deepEqual(readUuencode('begin 644 words that mean to\ngo on, said the letter\nend'), { text: 'begin 644 words that mean to\ngo on, said the letter\nend', files: [] });
  const { mail } = await understandMail(mailOf('Content-Type: text/plain', '', 'Here:', 'begin 644 cat.txt', ...body, ''));
  assert.deepEqual(mail.attachments.map(({ filename, bytes }) => [filename, bytes.toString()]), [['cat.txt', 'Cat']]);
});

test('signed and encrypted mail is recognised for what it is', async () => {
  const kindOf = async (...all: string[]) => (await understandMail(mailOf(...all))).facts.protection;
  assert.deepEqual(await kindOf('Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=x', '', '--x', '', 'text', '--x', 'Content-Type: application/pkcs7-signature', '', 'x', '--x--'), { method: 'smime', kind: 'signed' });
  assert.deepEqual(await kindOf('Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=x', '', '--x', '', 'text', '--x--'), { method: 'pgp', kind: 'signed' });
  assert.deepEqual(await kindOf('Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', '', 'x'), { method: 'smime', kind: 'encrypted' });
  assert.deepEqual(await kindOf('Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x', '', '--x', 'Content-Type: application/pgp-encrypted', '', 'Version: 1', '--x--'), { method: 'pgp', kind: 'encrypted' });
  assert.deepEqual(await kindOf('', '-----BEGIN PGP MESSAGE-----', '', 'abc', '-----END PGP MESSAGE-----'), { method: 'pgp', kind: 'encrypted' });
  assert.equal(await kindOf('', 'I read about -----BEGIN PGP MESSAGE----- once'), null);
});

test('parts as odd as can be made neither fail nor grow without end', async () => {
  const type = fc.constantFrom('text/plain', 'text/html', 'message/rfc822', 'multipart/mixed; boundary=x', 'text/calendar', 'application/ms-tnef', 'application/pkcs7-mime', 'image/png', 'text/plain; charset=utf-7', 'x');
  const part = fc.tuple(type, fc.constantFrom('7bit', 'base64', 'quoted-printable', 'x-uuencode', ''), fc.oneof(fc.string({ maxLength: 80 }), fc.constant(event('REQUEST', 'DTSTART:20260302T100000Z')), fc.constant(tnef([[0x0006_9002, Buffer.alloc(14)], [0x0001_8010, Buffer.from('a.txt\0')], [0x0006_800f, Buffer.from('words')]]).toString('base64')), fc.constant('begin 644 a\r\n#0V%T\r\n`\r\nend'))).map(([kind, encoding, body]) => lines('--x', `Content-Type: ${kind}`, `Content-Transfer-Encoding: ${encoding}`, '', body));
  await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
    const raw = mailOf('Content-Type: multipart/mixed; boundary=x', '', ...parts, '--x--', '');
    const before = Buffer.from(raw);
    const { mail, raw: kept } = await understandMail(raw);
    assert.ok(kept.equals(before), 'the bytes are kept as they came');
    assert.ok(mail.attachments.reduce((sum, { bytes }) => sum + bytes.length, 0) <= raw.length * 4);
    await readMail(raw);
  }), { numRuns: 200 });
});
