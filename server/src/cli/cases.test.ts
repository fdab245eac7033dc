import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CaseDetail, CaseRow, Entry, Page } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';

let house: TestHouse;
let anna: SignedIn;
let number: number;
before(async () => {
  house = await openTestHouse({ env: { RAPPORT_ROLES: 'web' } });
  // The command line works for the installed company.
  await house.platform.database.pool.query('insert into installation (account_id, created_at) values ($1, now())', [house.accountId]);
  anna = await house.signedInClient('agent', { name: 'Anna', email: 'anna@desk.test' });
  const admin = await house.admin();
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test' } } });
  number = (await admin.client.cases.create({ body: { inboxId: inbox.id, customer: { email: 'nora@shop.test', name: 'Nora' }, subject: 'Broken lamp', note: 'She called.' } })).number;
});
after(() => house.close());

/** Runs the real command in a process of its own. */
function rapport(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: house.databaseUrl, RAPPORT_DATA: house.platform.config.dataDir, RAPPORT_AS: 'anna@desk.test' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(import.meta.dirname, '../../bin/rapport.mjs'), ...args], { env }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
    child.stdin?.end(input);
  });
}
async function told<T>(args: string[], input?: string): Promise<T> {
  const { code, out, err } = await rapport([...args, '--json'], input);
  assert.equal(code, 0, err);
  return JSON.parse(out) as T;
}

test('an agent looks at a case, answers, notes, assigns and resolves it from the command line, under the own name', { timeout: 600_000 }, async () => {
  assert.deepEqual((await told<Page<CaseRow>>(['cases', 'list'])).items.map((row) => row.number), [number]);
  const answered = await told<CaseDetail>(['cases', 'reply', String(number), '--text', 'A new one is on its way.']);
  assert.equal(answered.status, 'pending');
  await told<CaseDetail>(['cases', 'note', `#${number}`], 'Third one this week.');
  const asleep = await told<CaseDetail>(['cases', 'snooze', String(number), '--until', '3d']);
  await assert.rejects(told(['cases', 'snooze', String(number), '--until', '3d', '--idempotency-key', 'k1']), /give a moment/);
  assert.ok(asleep.snoozedUntil !== null && Date.parse(asleep.snoozedUntil) > Date.now() + 2 * 86_400_000);
  assert.equal((await told<CaseDetail>(['cases', 'assign', String(number), '--to', 'anna@desk.test'])).assignee?.name, 'Anna');
  assert.equal((await told<CaseDetail>(['cases', 'resolve', String(number)])).status, 'resolved');
  const { entries } = await told<{ entries: Entry[] }>(['cases', 'show', String(number)]);
  const message = entries.find((entry) => entry.kind === 'message');
  assert.deepEqual([message?.author.name, message?.kind === 'message' && message.to[0]?.address, message?.kind === 'message' && message.delivery?.state], ['Anna', 'nora@shop.test', 'queued']);
  assert.ok(entries.some((entry) => entry.kind === 'note' && entry.text === 'Third one this week.' && entry.author.id === anna.agentId));
  assert.match((await rapport(['cases', 'show', String(number)])).out, /Broken lamp[\s\S]*A new one is on its way\./);
});

test('cases are listed by the filters of the API, with teams, inboxes and own fields called by their names', { timeout: 600_000 }, async () => {
  const { client } = await house.admin();
  const team = await client.accounts.createTeam({ body: { name: 'Second line' } });
  const plan = await client.caseFields.create({ body: { name: 'Plan', type: 'choice', options: [{ id: team.id, label: 'Gold' }] } });
  const { id: inboxId } = (await client.inboxes.list()).items[0] as { id: string };
  const chair = await client.cases.create({ body: { inboxId, customer: { email: 'ole@shop.test' }, subject: 'Wobbly chair', note: 'He called.' } });
  await client.cases.update({ params: { caseId: chair.id }, body: { priority: 'urgent', fields: { [plan.id]: team.id } } });
  const listed = async (...args: string[]) => (await told<Page<CaseRow>>(['cases', 'list', ...args])).items.map((row) => row.number);
  assert.deepEqual(await listed('--filter', 'priorities=high,urgent', 'teams!=second line', 'inboxes=Support', 'fields=Plan:Gold', 'assignees!=anna@desk.test'), [chair.number]);
  assert.deepEqual(await listed('--filter', 'fields!=Plan:Gold', 'created=1d', '--sort', 'customer:asc'), [number]);
  assert.match((await rapport(['cases', 'list', '--help'])).out, /name!=value,value +none of: shelves, kinds[\s\S]*fieldRanges/);
});

test('what cannot be done is said in one line', { timeout: 400_000 }, async () => {
  const missing = await rapport(['cases', 'resolve', '999']);
  assert.deepEqual([missing.code, missing.err.split('\n').length], [1, 2]);
  assert.match((await rapport(['cases', 'show', String(number), '--as', 'nobody@desk.test'])).err, /no agent with the address/);
  assert.equal((await rapport(['cases', 'note', String(number), '--text', ' '])).code, 1);
  assert.match((await rapport(['cases', '--help'])).out, /list[\s\S]*reply[\s\S]*resolve/);
});
