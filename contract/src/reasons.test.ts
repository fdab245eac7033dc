import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionFindings, findingWords } from './finding-words.ts';
import { readReason, reasonFor, reasons, type ReasonCode } from './reasons.ts';

test('every sentence about a message is found again with what it names', () => {
  const values: Record<string, string> = { said: '550 5.1.1 <anna@shop.example>: no such user (really?)', rest: 'mail.example:587 does not answer. Check host and port, and whether a firewall is in between.', bytes: '26214400', domain: 'spam.example' };
  for (const code of Object.keys(reasons) as ReasonCode[]) {
    const names = [...reasons[code].matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    assert.deepEqual(readReason(reasonFor(code, values)), { code, values: Object.fromEntries(names.map((name) => [name, values[name]])) });
  }
});

test('what stood in the way to a mail server is found again, with server, port and what the server said', () => {
  for (const finding of connectionFindings) {
    if (finding === 'provider_trouble') continue;
    for (const security of ['tls', 'starttls', 'none'] as const) {
      for (const said of ['', '535 5.7.8 Error: authentication failed']) {
        const text = findingWords(finding, { host: 'mail.example', port: 587, security, user: 'anna', address: 'help@shop.example', folder: 'INBOX', count: 3, said });
        const found = readReason(text);
        assert.ok(found && 'finding' in found && found.finding === finding, text);
        assert.equal(findingWords(finding, found.values), text);
      }
    }
  }
});

test('the words of others are nobody’s code', () => {
  for (const text of ['550 no such user', '', 'Delivered', 'mailbox full, quota exceeded']) assert.equal(readReason(text), undefined);
});
