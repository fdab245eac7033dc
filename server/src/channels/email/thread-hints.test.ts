import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readMail } from './read-mail.ts';
import { subjectMark, threadHints } from './thread-hints.ts';
import { withThreadToken } from './thread-token.ts';

const check = { key: randomBytes(32), inboxId: 'inbox' };
const caseId = '0190e7a2-0000-7000-8000-000000000001';
const withToken = withThreadToken(check.key, check.inboxId, 'support@desk.example', caseId) as string;
const hints = async (headers: string[], recipients: string[] = []) => threadHints(await readMail(Buffer.from(`${headers.join('\r\n')}\r\n\r\nx`)), recipients, check);

test('the token comes before the chain of answers, the chain before the number in the subject', async () => {
  assert.deepEqual(await hints([`To: ${withToken}`, 'In-Reply-To: <c@x>', 'References: <a@x> <b@x> <c@x>', `Subject: Re: ${subjectMark(1042)} Broken lamp`]), [
    { kind: 'token', caseId }, { kind: 'answers', messageId: 'c@x' }, { kind: 'answers', messageId: 'b@x' }, { kind: 'answers', messageId: 'a@x' }, { kind: 'case-number', number: 1042 },
  ]);
});

test('the token is found wherever the address survived: envelope, Delivered-To, To or Cc', async () => {
  for (const [headers, recipients] of [[[], [withToken]], [[`Delivered-To: ${withToken.toUpperCase()}`], []], [[`X-Original-To: ${withToken}`], []], [[`Cc: Desk <${withToken}>`], []]] as const) {
    assert.deepEqual(await hints([...headers, 'Subject: x'], [...recipients]), [{ kind: 'token', caseId }]);
  }
});

test('a token of another inbox or signed with another key is no hint', async () => {
  const other = withThreadToken(check.key, 'other inbox', 'support@desk.example', caseId) as string;
  const foreign = withThreadToken(randomBytes(32), check.inboxId, 'support@desk.example', caseId) as string;
  assert.deepEqual(await hints([`To: ${other}, ${foreign}`]), []);
});

test('the words of a subject are never a hint, however alike they are', async () => {
  assert.deepEqual(await hints(['Subject: Re: Your invoice']), []);
  assert.deepEqual(await hints(['Subject: order #1042 (1042) [1042]']), []);
});
