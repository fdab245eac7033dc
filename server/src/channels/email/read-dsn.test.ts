import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDsn } from './read-dsn.ts';

const report = (status: string[], returned: string[]): Buffer => Buffer.from(['From: MAILER-DAEMON@mx.example', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b/x"', '', '--b/x', '', 'I am sorry', '',
  '--b/x', 'Content-Type: message/delivery-status', '', ...status, '', '--b/x', ...returned, '--b/x--'].join('\r\n'));

test('a report of Postfix says which mail failed, for whom and why', () => {
  assert.deepEqual(readDsn(report(
    ['Reporting-MTA: dns; mx.desk.example', 'Original-Envelope-Id: 0190e7a2.1', 'X-Postfix-Queue-ID: 4T', 'Arrival-Date: Mon, 15 Jan 2024 10:00:00 +0000', '', 'Final-Recipient: rfc822; nobody@shop.example', 'Original-Recipient: rfc822;nobody+2Bx@shop.example',
      'Action: failed', 'Status: 5.1.1', 'Remote-MTA: dns; mx.shop.example', 'Diagnostic-Code: smtp; 550 5.1.1 <nobody@shop.example>:', '    Recipient address rejected', '', 'Final-Recipient: rfc822; full@shop.example', 'Action: delayed', 'Status: 4.2.2 (mailbox full)'],
    ['Content-Type: text/rfc822-headers', '', 'Return-Path: <x>', 'Message-ID:', ' <one@desk.example>', 'Subject: x'],
  )), {
    envelopeId: '0190e7a2.1', messageId: 'one@desk.example',
    recipients: [{ address: 'nobody+2Bx@shop.example', action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 <nobody@shop.example>: Recipient address rejected' }, { address: 'full@shop.example', action: 'delayed', status: '4.2.2', diagnostic: '' }],
  });
});

test('the returned mail may be whole, encoded, or only quoted in the text', () => {
  const status = ['Reporting-MTA: dns; x', '', 'Final-Recipient: rfc822;a@b.example', 'Action: failed'];
  assert.equal(readDsn(report(status, ['Content-Type: message/rfc822', '', 'Message-ID: <whole@desk>', '', 'text']))?.messageId, 'whole@desk');
  assert.equal(readDsn(report(status, ['Content-Type: text/rfc822-headers', 'Content-Transfer-Encoding: base64', '', Buffer.from('Message-ID: <coded@desk>\r\n').toString('base64')]))?.messageId, 'coded@desk');
  const plain = Buffer.from('From: MAILER-DAEMON@x\r\nX-Failed-Recipients: a@b.example, c@d.example\r\n\r\nA message could not be delivered.\r\n\r\n> Message-ID: <quoted@desk>\r\n> Subject: x\r\n');
  assert.deepEqual(readDsn(plain), { envelopeId: undefined, messageId: 'quoted@desk', recipients: ['a@b.example', 'c@d.example'].map((address) => ({ address, action: 'failed', status: '', diagnostic: '' })) });
});

test('a report about an attached mail does not name the mail within that mail', () => {
  const inner = ['Content-Type: message/rfc822', '', 'Message-ID: <outer@desk>', 'Content-Type: multipart/mixed; boundary=i', '', '--i', 'Content-Type: message/delivery-status', '', 'Original-Envelope-Id: wrong', '', '--i--'];
  const dsn = readDsn(report(['Original-Envelope-Id: right', '', 'Final-Recipient: rfc822;a@b.example', 'Status: 4.0.0'], inner));
  assert.deepEqual([dsn?.envelopeId, dsn?.messageId, dsn?.recipients[0]?.action], ['right', 'outer@desk', 'delayed']);
});

test('what is no report gives none, and broken ones do not throw', () => {
  assert.equal(readDsn(Buffer.from('From: a@b\r\nSubject: hello\r\n\r\nmessage-id is a word')), undefined);
  fc.assert(fc.property(fc.array(fc.constantFrom('Content-Type: multipart/report; boundary=b\r\n', '\r\n', '--b\r\n', 'Content-Type: message/delivery-status\r\n', 'Action: failed\r\n', 'Status: ', '5.1.1', 'Final-Recipient: rfc822;', 'a@b', ':', '\0', 'Message-ID: <'), { maxLength: 40 }), (pieces) => {
    readDsn(Buffer.from(pieces.join('')));
  }));
});

const sample = '/usr/lib/python3.11/test/test_email/data/msg_16.txt';
test('a report of a mail server of 2001 is understood', { skip: existsSync(sample) ? false : 'libpython3.11-testsuite is not installed' }, () => {
  const dsn = readDsn(readFileSync(sample));
  assert.equal(dsn?.recipients[0]?.action, 'failed');
  assert.match(dsn?.recipients[0]?.status ?? '', /^5\./);
  assert.ok(dsn?.messageId);
});
