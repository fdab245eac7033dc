import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { permissionNames } from '@rapport/contract';
import { countCases, receive, searchCases } from '../src/cases/index.ts';
import { summariseLedger, verifyLedger } from '../src/ledger/index.ts';
import { fillCases, type Bulk } from './bulk-cases.ts';
import { openTestDesk, type TestDesk } from './desk.ts';

const MESSAGES = 6_000;
let desk: TestDesk;
let bulk: Bulk;
let indexes: unknown[];
const indexesNow = () => desk.database.asSystem((tx) => tx.run(`select indexname, indexdef from pg_indexes where schemaname = 'public' order by indexname`));
before(async () => {
  desk = await openTestDesk();
  indexes = await indexesNow();
  bulk = await fillCases(desk.superuserPool(), { accountId: desk.accountId, messages: MESSAGES });
});
after(() => desk.close());

test('a filled account is whole: as many messages as asked for, every one in the ledger, the counts true', async () => {
  assert.deepEqual([bulk.messages, bulk.cases], [MESSAGES, MESSAGES / 5]);
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
  const { in: seen, out, isBalanced } = await desk.asSystem(summariseLedger);
  assert.deepEqual([seen.seen + out.queuedEver, isBalanced], [MESSAGES, true]);
  const counts = await desk.asSystem(countCases);
  assert.equal(Object.values(counts.shelves).reduce((a, b) => a + b, 0), bulk.cases);
});

test('the database is as it was, indexes and all', async () => {
  assert.deepEqual(await indexesNow(), indexes);
});

test('its words are as rare as they are said to be', async () => {
  const caller = { kind: 'agent' as const, accountId: desk.accountId, agentId: desk.adminId, name: 'A', permissions: new Set(permissionNames), caseScope: 'all' as const, teamIds: [], address: '' };
  const hits = async (q: string) => (await searchCases(desk.platform, caller, { q, limit: 100 })).items.length;
  assert.ok((await hits(bulk.words.rare)) <= 3 && (await hits(bulk.words.rare)) > 0);
  assert.equal(await hits(bulk.words.everywhere), 100);
});

test('an answer to one of its mails finds its case', async () => {
  const [one] = bulk.answerable;
  assert.ok(one);
  const result = await desk.asSystem((ctx) => receive(ctx, desk.mail({ inboxId: one.inboxId, from: one.from, answers: [one.messageId] })));
  assert.equal(result.outcome, 'appended');
});
