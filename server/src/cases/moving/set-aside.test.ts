import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type MailParts, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { listLedger } from '../../ledger/list-ledger.ts';
import { summariseLedger } from '../../ledger/summarise-ledger.ts';
import { verifyLedger } from '../../ledger/verify-ledger.ts';
import type { Platform } from '../../platform/context.ts';
import { unusedFilesJob, type UnusedFiles } from '../../platform/files/delete-unused.ts';
import { Refusal } from '../../platform/refusal.ts';
import { countCases } from '../count-cases.ts';
import { getCase } from '../get-case.ts';
import { listCases, listCasesOfCustomer } from '../list-cases.ts';
import { receive } from '../receive.ts';
import { reply } from '../reply.ts';
import { searchCases } from '../search.ts';
import { mergeCases } from './merge-cases.ts';
import { purgeCases } from './purge.ts';
import { markSpam, removeCase, restoreCase } from './set-aside.ts';

let desk: TestDesk;
let lead: TestAgent;
let agent: TestAgent;
const serving = ['case.read', 'case.reply', 'case.note', 'case.edit'] as const;
before(async () => {
  desk = await openTestDesk();
  lead = await desk.agent({ name: 'Lea Lead' });
  agent = await desk.agent({ name: 'Anna Agent', permissions: serving });
});
after(() => desk.close());

const arrive = (parts?: MailParts) => desk.asSystem((ctx) => receive(ctx, desk.mail(parts)));
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const list = async (shelf: 'open' | 'spam' | 'deleted', by = lead) => (await by.does((ctx) => listCases(ctx, { shelf, order: 'newest', limit: 100 }))).items.map((row) => row.id);
const searchAs = (permissions: readonly string[], q: string, shelf?: 'deleted' | 'spam') =>
  searchCases(desk.platform, { kind: 'agent', agentId: lead.id, name: 'x', permissions: new Set(permissions), caseScope: 'all', teamIds: [], address: '', accountId: desk.accountId } as never, { q, shelf, limit: 10 });

test('spam leaves every list, count and search, and comes back as it was', async () => {
  const { caseId } = await arrive({ subject: 'Cheap watches zzyzx', from: 'spammer@example.com' });
  const before_ = await lead.does(countCases);
  const marked = await agent.does((ctx) => markSpam(ctx, caseId));
  assert.deepEqual([marked.shelf, marked.status, marked.aside?.as, marked.aside?.by], ['spam', 'new', 'spam', 'Anna Agent']);
  assert.ok(!(await list('open')).includes(caseId));
  assert.ok((await list('spam', agent)).includes(caseId));
  assert.deepEqual((await lead.does((ctx) => listCasesOfCustomer(ctx, { customerId: marked.customer.id, limit: 10 }))).items, []);
  assert.deepEqual((await searchAs(serving, 'zzyzx')).items, []);
  assert.equal((await searchAs(serving, 'zzyzx', 'spam')).items[0]?.case.id, caseId);
  const counts = await lead.does(countCases);
  assert.deepEqual([counts.shelves.open, counts.aside.spam], [before_.shelves.open - 1, (before_.aside.spam ?? 0) + 1]);
  await assert.rejects(agent.does((ctx) => reply(ctx, { caseId, text: 'x', to: ['a@example.com'] })), refused('case_aside'));
  const back = await agent.does((ctx) => restoreCase(ctx, caseId));
  assert.deepEqual([back.shelf, back.status, back.aside], ['open', 'new', null]);
});

test('what answers spam is spam too', async () => {
  const { caseId } = await arrive({ from: 'spammer2@example.com' });
  await agent.does((ctx) => markSpam(ctx, caseId));
  assert.equal((await arrive({ from: 'spammer2@example.com', caseId })).caseId, caseId);
  assert.ok((await list('spam')).includes(caseId));
});

test('a deleted case is seen by those who may delete, and what the customer writes then begins a new one', async () => {
  const { caseId } = await arrive({ subject: 'Secret qwxyz' });
  await assert.rejects(agent.does((ctx) => removeCase(ctx, { caseId, reason: 'x' })), refused('not_allowed'));
  const gone = await lead.does((ctx) => removeCase(ctx, { caseId, reason: 'Sent to the wrong company.' }));
  assert.deepEqual([gone.shelf, gone.aside?.reason], ['deleted', 'Sent to the wrong company.']);
  await assert.rejects(agent.does((ctx) => getCase(ctx, caseId)), refused('not_found'));
  await assert.rejects(list('deleted', agent), refused('not_allowed'));
  assert.ok((await list('deleted')).includes(caseId));
  assert.deepEqual((await searchAs([...serving], `#${gone.number}`)).items, []);
  await assert.rejects(searchAs([...serving], 'qwxyz', 'deleted'), refused('not_allowed'));
  assert.equal((await searchAs([...serving, 'case.delete'], 'qwxyz', 'deleted')).items[0]?.case.id, caseId);
  const next = await arrive({ caseId });
  assert.equal(next.outcome, 'new_case');
  assert.equal((await arrive({ caseId })).caseId, next.caseId, 'one new case, not one for each mail');
  await assert.rejects(agent.does((ctx) => restoreCase(ctx, caseId)), refused('not_found'));
  assert.equal((await lead.does((ctx) => restoreCase(ctx, caseId))).shelf, 'open');
  const audit = await desk.asSystem((ctx) => ctx.tx.run<{ action: string }>(`select action from audit_record where account_id = $1 and detail ->> 'caseId' = $2 order by id`, [desk.accountId, caseId]));
  assert.deepEqual(audit.map((row) => row.action), ['case.deleted', 'case.restored']);
});

test('after 30 days it is gone with its files; the ledger still adds up, and the same mail does not come back', async () => {
  const stored = await desk.platform.files.put(desk.accountId, Buffer.from('From: spam\r\n\r\nBuy this now.'));
  const shared = await desk.platform.files.put(desk.accountId, Buffer.from('From: both\r\n\r\nOn two cases.'));
  const mail = desk.mail({ rawKey: stored.key, from: 'gone@example.com' });
  const { caseId, entryId } = await desk.asSystem((ctx) => receive(ctx, mail));
  const merged = await arrive({ rawKey: shared.key, from: 'gone@example.com' });
  const kept = await arrive({ rawKey: shared.key });
  await lead.does((ctx) => mergeCases(ctx, { caseId: merged.caseId, intoCaseId: caseId }));
  const answer = await lead.does((ctx) => reply(ctx, { caseId, text: 'Stop', to: ['gone@example.com'] }));
  await lead.does((ctx) => removeCase(ctx, { caseId, reason: 'Spam' }));
  const sums = await desk.asSystem(summariseLedger);
  const queued: UnusedFiles[] = [];
  const platform = { ...desk.platform, jobs: { enqueue: async (_tx: unknown, _job: unknown, data: UnusedFiles) => void queued.push(data) } } as unknown as Platform;
  desk.clock.forward({ days: 29 });
  assert.equal(await purgeCases(platform), 0);
  desk.clock.forward({ days: 2 });
  assert.ok((await purgeCases(platform)) > 0);
  for (const job of queued) await unusedFilesJob.run(platform, job);
  assert.equal(await desk.platform.files.head(stored.key), undefined);
  assert.ok(await desk.platform.files.head(shared.key), 'what another case needs stays');
  for (const id of [caseId, merged.caseId]) await assert.rejects(lead.does((ctx) => getCase(ctx, id)), refused('not_found'));
  assert.equal((await lead.does((ctx) => getCase(ctx, kept.caseId))).messageCount, 1);
  const left = await desk.asSystem((ctx) => ctx.tx.run<{ count: number }>(
    'select (select count(*) from entry where account_id = $1 and id = any($2)) + (select count(*) from entry_home where account_id = $1 and entry_id = any($2)) + (select count(*) from thread where account_id = $1 and case_id = $3) as count', [desk.accountId, [entryId, merged.entryId, answer.id], caseId]));
  assert.equal(left[0]?.count, 0);
  assert.deepEqual(await desk.asSystem(summariseLedger), sums, 'what was seen was seen');
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
  const again = await desk.asSystem((ctx) => receive(ctx, { ...mail, door: 'imap' }));
  assert.equal(again.outcome, 'duplicate', 'a resynchronised mailbox does not bring it back');
  assert.equal(await purgeCases(platform), 0);
});

test('of a deleted case the ledger tells those who may delete, and once it is gone those who see every case', async () => {
  const { caseId, ledgerId } = await arrive({ subject: 'Deleted' });
  const keeper = await desk.agent({ name: 'Bookkeeper', permissions: ['case.read', 'ledger.read'] });
  const near = await desk.agent({ name: 'Of the team', scope: 'team', teamIds: [desk.teamId] });
  const sees = async (who: TestAgent) => (await who.does((ctx) => listLedger(ctx, { limit: 200 }))).items.some(({ id }) => id === ledgerId);
  assert.deepEqual([await sees(lead), await sees(keeper), await sees(near)], [true, true, true]);
  await lead.does((ctx) => removeCase(ctx, { caseId, reason: 'A test' }));
  assert.deepEqual([await sees(lead), await sees(keeper), await sees(near)], [true, false, true]);
  desk.clock.forward({ days: 31 });
  await purgeCases({ ...desk.platform, jobs: { enqueue: async () => {} } } as unknown as Platform);
  assert.deepEqual([await sees(lead), await sees(near)], [true, false], 'nobody knows any more whose it was');
});

test('a merged case is neither spam nor deleted by itself', async () => {
  const [from, into] = [await arrive(), await arrive()];
  await lead.does((ctx) => mergeCases(ctx, { caseId: from.caseId, intoCaseId: into.caseId }));
  await assert.rejects(lead.does((ctx) => markSpam(ctx, from.caseId)), refused('case_merged'));
  await assert.rejects(lead.does((ctx) => removeCase(ctx, { caseId: from.caseId, reason: 'x' })), refused('case_merged'));
});
