import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOP_HEADER } from './compose-mail.ts';
import { readMail } from './read-mail.ts';
import { recogniseAutomatic, type Origin } from './recognise-automatic.ts';

async function origin(headers: string[], envelopeFrom?: string): Promise<Origin> {
  const mail = await readMail(Buffer.from(`${[...(headers.some((h) => h.startsWith('From:')) ? [] : ['From: anna@shop.example']), ...(headers.some((h) => h.startsWith('Subject:')) ? [] : ['Subject: Hello']), ...headers].join('\r\n')}\r\n\r\nx`));
  return recogniseAutomatic(mail, { envelopeFrom, ownMark: 'desk-1', ownAddresses: new Set(['support@desk.example']), homes: new Set(['desk.example']) });
}

test('somebody who writes by hand may get an automatic answer', async () => {
  assert.deepEqual(await origin(['Auto-Submitted: no', 'Precedence: normal', 'X-Auto-Response-Suppress: None'], 'anna@shop.example'), { kind: 'person', mayAutoReply: true, because: '' });
});

for (const [name, headers, envelopeFrom] of [
  ['an absence note by the standard', ['Auto-Submitted: auto-replied (vacation)'], 'anna@shop.example'],
  ['an absence note of Exchange', ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All', 'In-Reply-To: <a@desk>', 'Subject: Automatic reply: Hello'], undefined],
  ['an old autoresponder', ['X-Autoreply: yes'], undefined], ['another one', ['Precedence: auto_reply'], undefined], ['one without a return path that answers us', ['References: <a@desk>'], ''],
  ['a read receipt', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=x'], undefined],
] as const) {
  test(`${name} is an automatic answer`, async () => {
    const found = await origin([...headers], envelopeFrom);
    assert.equal(found.kind, 'auto_reply');
    assert.equal(found.mayAutoReply, false);
  });
}

for (const [name, headers, envelopeFrom] of [
  ['a delivery report', ['Content-Type: multipart/report; report-type="delivery-status"; boundary=x'], ''],
  ['a report that does not say its type', ['Content-Type: multipart/report; boundary=x'], undefined],
  ['a bounce of Exim', ['X-Failed-Recipients: b@c.example'], undefined],
  ['a bounce in plain text', ['From: MAILER-DAEMON@mx.example'], ''], ['one fetched from a mailbox', ['From: postmaster@mx.example', 'Subject: Undelivered Mail Returned to Sender'], undefined],
] as const) {
  test(`${name} is a bounce`, async () => assert.equal((await origin([...headers], envelopeFrom)).kind, 'bounce'));
}

for (const [name, headers, kind] of [
  ['a mailing list', ['List-Id: <users.list.example>'], 'list'], ['a newsletter', ['List-Unsubscribe: <https://x.example>'], 'list'], ['bulk mail', ['Precedence: bulk'], 'list'],
  ['an alarm of a machine', ['Auto-Submitted: auto-generated'], 'machine'], ['a complaint report', ['Content-Type: multipart/report; report-type=feedback-report; boundary=x'], 'machine'],
  ['our own mail that came back', [`${LOOP_HEADER}: desk-1`], 'own'],
] as const) {
  test(`${name} is recognised and not answered by a machine`, async () => {
    const found = await origin([...headers]);
    assert.deepEqual([found.kind, found.mayAutoReply], [kind, false]);
  });
}

for (const [name, headers] of [
  ['Google', ['Precedence: list', 'List-Id: <help.desk.example>', 'List-Post: <https://groups.google.com/a/desk.example/group/help/post>, <mailto:help@desk.example>', 'List-Unsubscribe: <mailto:x@googlegroups.com>']],
  ['Mailman', ['List-Id: Help desk <help.desk.example>', 'List-Post: <mailto:help@desk.example>', 'Precedence: list']],
] as const) {
  test(`what a customer writes to our own group at ${name} is a person’s mail`, async () => {
    const found = await origin([...headers]);
    assert.deepEqual([found.kind, found.mayAutoReply], ['person', false], 'but a machine’s answer would go to the whole group');
  });
}

test('somebody else’s list is not ours because its name looks like it', async () => {
  assert.equal((await origin(['List-Id: <help.notdesk.example>', 'List-Post: <mailto:help@notdesk.example>'])).kind, 'list');
});

test('mail of another desk like ours is somebody’s mail', async () => {
  assert.deepEqual(await origin([`${LOOP_HEADER}: desk-2`]), { kind: 'person', mayAutoReply: true, because: '' });
});

for (const [name, headers] of [['who asks for silence', ['X-Auto-Response-Suppress: DR, OOF, AutoReply']], ['at an address that nobody reads', ['From: No-Reply@shop.example']], ['who writes from our own address', ['From: Support@desk.example']], ['without an address', ['From: ']]] as const) {
  test(`a person ${name} is a person, and no machine answers`, async () => {
    const found = await origin([...headers]);
    assert.deepEqual([found.kind, found.mayAutoReply], ['person', false]);
  });
}
