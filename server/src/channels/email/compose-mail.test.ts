import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { composeMail, LOOP_HEADER, type OutgoingMail } from './compose-mail.ts';
import { readMimeTree } from './mime-tree.ts';
import { readMail } from './read-mail.ts';

const plain: OutgoingMail = {
  messageId: 'one@desk.test', from: { address: 'support@desk.test', name: 'The Desk' }, to: [{ address: 'anna@customer.test', name: 'Anna' }], cc: [], replyTo: { address: 'support+c.token@desk.test', name: 'The Desk' },
  subject: 'Re: Lamp', text: 'Hello\n\nyou', html: '<p>Hello</p>', references: ['zero@customer.test', 'first@customer.test'], attachments: [], date: new Date('2026-03-02T10:00:00Z'), automatic: null, loopMark: 'desk-1',
};
const compose = (changes: Partial<OutgoingMail> = {}): Promise<Buffer> => composeMail({ ...plain, ...changes });

test('an answer carries its own id, the chain of the thread and the address for answers', async () => {
  const mail = await readMail(await compose());
  assert.equal(mail.messageId, 'one@desk.test');
  assert.deepEqual(mail.inReplyTo, ['first@customer.test']);
  assert.deepEqual(mail.references, ['zero@customer.test', 'first@customer.test']);
  assert.deepEqual([mail.from, mail.to, mail.replyTo], [plain.from, plain.to, [plain.replyTo]]);
  assert.equal(mail.date?.toISOString(), '2026-03-02T10:00:00.000Z');
  assert.deepEqual(mail.headers.get(LOOP_HEADER.toLowerCase()), ['desk-1']);
  assert.equal(mail.headers.has('auto-submitted'), false);
  assert.equal(mail.text?.trim(), 'Hello\n\nyou');
  assert.equal(mail.html?.trim(), '<p>Hello</p>');
  assert.match(mail.headers.get('content-type')?.[0] ?? '', /^multipart\/alternative/);
});

test('a first message has no chain, a text alone no parts, and a mail of a program says so', async () => {
  const raw = await compose({ references: [], html: null, automatic: 'auto-replied', loopMark: null, replyTo: null });
  const mail = await readMail(raw);
  assert.deepEqual([mail.inReplyTo, mail.references, mail.html, mail.replyTo], [[], [], undefined, []]);
  assert.deepEqual(mail.headers.get('auto-submitted'), ['auto-replied']);
  assert.deepEqual(mail.headers.get('x-auto-response-suppress'), ['All']);
  assert.equal(mail.headers.has(LOOP_HEADER.toLowerCase()), false);
  assert.match(mail.headers.get('content-type')?.[0] ?? '', /^text\/plain/);
});

test('files and pictures travel byte for byte under their names', async () => {
  const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 256));
  const mail = await readMail(await compose({ html: '<img src="cid:logo@desk">', attachments: [
    { filename: 'Prüfbericht „März“ 2026.pdf', mediaType: 'application/pdf', content, contentId: null }, { filename: 'logo.png', mediaType: 'image/png', content: content.subarray(0, 10), contentId: 'logo@desk' }] }));
  const found = new Map(mail.attachments.map((file) => [file.filename, file]));
  assert.deepEqual(found.get('Prüfbericht „März“ 2026.pdf')?.bytes, content);
  assert.deepEqual([found.get('logo.png')?.bytes.length, found.get('logo.png')?.contentId, found.get('logo.png')?.isInline], [10, 'logo@desk', true]);
});

test('a thread of a thousand mails keeps a chain that every server takes', async () => {
  const references = Array.from({ length: 1000 }, (_, i) => `${i}@customer.test`);
  const mail = await readMail(await compose({ references }));
  assert.deepEqual([mail.references.length, mail.references[0], mail.references.at(-1)], [20, '0@customer.test', '999@customer.test']);
});

const HEADERS = new Set(['from', 'to', 'cc', 'subject', 'text', 'date', 'message-id', 'reply-to', 'in-reply-to', 'references', LOOP_HEADER.toLowerCase(), 'auto-submitted', 'x-auto-response-suppress', 'mime-version', 'content-type', 'content-transfer-encoding']);
const nasty = fc.string({ unit: fc.constantFrom('\r\n', '\n', '\r', '\0', 'Bcc: evil@x.test', 'X-Evil: 1', ':', ' ', '\t', 'a', 'ü', '日', '"', '\\', '<', '>', ',', ';', '@', '=?utf-8?Q?=0D=0ABcc:_evil@x.test?=', '\u2028', '\u0085', '\u000b'), maxLength: 30 });

test('whatever is written in a subject, a name, an address or an id, no header can be smuggled in and no line is too long', async () => {
  await fc.assert(fc.asyncProperty(nasty, nasty, nasty, nasty, async (subject, name, id, filename) => {
    const raw = await compose({ subject, from: { address: 'support@desk.test', name }, to: [{ address: `anna@customer.test${id}`, name }], messageId: `x${id}`, references: [id, `b${id}`], loopMark: name, attachments: [{ filename, mediaType: `text/x${id}`, content: Buffer.from('x'), contentId: id === '' ? null : id }] });
    const tree = readMimeTree(raw);
    for (const { name: header } of tree.headers) assert.ok(HEADERS.has(header), header);
    assert.equal(tree.headers.filter((header) => header.name === 'subject').length <= 1, true);
    for (const line of raw.toString('latin1').split('\r\n')) assert.ok(line.length <= 998 && !/[\r\n\0]/.test(line), JSON.stringify(line));
  }), { numRuns: 1500 });
});

test('subjects and names in every script come out as they went in', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b ', 'ü', 'ß', '日本', '🙂', 'Ж', 'ع', 'é', '-', '(', ')', '"', "'", '.', ',', '=?', '?='), minLength: 1, maxLength: 120 }).map((t) => t.replace(/\s+/g, ' ').trim()).filter((t) => t !== '' && !t.includes('=?'));
  await fc.assert(fc.asyncProperty(text, text, async (subject, name) => {
    const mail = await readMail(await compose({ subject, from: { address: 'support@desk.test', name } }));
    assert.equal(mail.subject, subject);
    assert.equal(mail.from?.name, name);
  }), { numRuns: 300 });
});

const python = ['/usr/bin/python3'].find((path) => existsSync(path));
test('another program’s reader, CPython’s, finds the same mail and nothing to complain about', { skip: python ? false : 'python3 is not installed' }, async () => {
  const raw = await compose({ subject: `Größe ${'sehr '.repeat(30)}lang 日本`, from: { address: 'support@desk.test', name: 'Müller, "Die" Werkstatt' }, text: 'Zeile\n.Punkt\nÄ', attachments: [{ filename: 'Ärger.txt', mediaType: 'text/plain', content: Buffer.from('x'), contentId: null }] });
  const script = `
import sys, json, email, email.policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
body = m.get_body(('plain',))
defects = [str(d) for p in m.walk() for d in list(p.defects) + [x for h in p.values() for x in getattr(h, 'defects', [])]]
print(json.dumps([m['subject'], m['from'].addresses[0].display_name, body.get_content(), [a.get_filename() for a in m.iter_attachments()], defects]))`;
  const [subject, name, text, files, defects] = JSON.parse(execFileSync(python as string, ['-c', script], { input: raw, encoding: 'utf8' })) as [string, string, string, string[], string[]];
  assert.equal(subject, `Größe ${'sehr '.repeat(30)}lang 日本`);
  assert.equal(name, 'Müller, "Die" Werkstatt');
  assert.equal(text.trim().replaceAll('\r\n', '\n'), 'Zeile\n.Punkt\nÄ');
  assert.deepEqual(files, ['Ärger.txt']);
  // Old Outlooks look for the file's name where the standard does not put it; beside the right place that does no harm.
  assert.deepEqual(defects.filter((defect) => !/encoded.word/.test(defect)), []);
});
