import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { deliveryStates, outcomes } from '@rapport/contract';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { foldLedgerTally } from './fold-tally.ts';
import { summariseLedger, verifyLedger } from './index.ts';
import { summaryOf } from './summarise-ledger.ts';

let house: TestHouse;
let admin: SignedIn;
let inbox: { id: string; address: string };
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@desk.example' } } });
});
after(() => house.close());

let count = 0;
const letter = (subject: string, id = `l${(count += 1)}`) => Buffer.from(`From: Anna <anna@shop.example>\r\nTo: ${inbox.address}\r\nMessage-ID: <${id}@shop.example>\r\nSubject: ${subject}\r\n\r\nWords of ${subject}.\r\n`);
const handIn = (raw: Buffer, inboxId = inbox.id) => admin.client.inboxes.receiveRaw({ params: { inboxId }, body: raw });
const summary = () => admin.client.ledger.summary();
const faults = () => house.asSystem(verifyLedger);

test('every message seen at a door and every one sent has its row, and the sums are those of the rows', async () => {
  const raw = letter('Lamp');
  const { caseId } = await handIn(raw);
  await handIn(raw);
  await admin.client.cases.reply({ params: { caseId: caseId ?? '' }, body: { text: 'A new one is on its way.', to: ['anna@shop.example'] } });
  const { items } = await admin.client.ledger.list();
  assert.deepEqual(items.map((row) => [row.direction, row.outcome]).reverse(), [['in', 'new_case'], ['in', 'duplicate'], ['out', null]]);
  const [sent, again, first] = items;
  assert.deepEqual([first?.door, first?.sender, first?.recipient, first?.subject, first?.hasRaw, first?.caseId], ['api', 'anna@shop.example', 'support@desk.example', 'Lamp', true, caseId]);
  assert.equal(again?.outcome, 'duplicate');
  assert.equal(sent?.caseNumber, first?.caseNumber);
  const sums = await summary();
  assert.deepEqual([sums.in.seen, sums.in.outcomes.new_case, sums.in.outcomes.duplicate, sums.out.queuedEver, sums.isBalanced], [2, 1, 1, 1, true]);
  assert.deepEqual(await faults(), []);
});

test('the stored bytes of a message can be had again as they came', async () => {
  const raw = letter('Bytes');
  const { ledgerId } = await handIn(raw);
  const answer = await admin.client.ledger.raw({ params: { ledgerId } });
  // Offered for saving: a stranger's mail is never shown as a page of ours.
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment.*\.eml/);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), raw);
});

test('the list is filtered, and paged from the newest with each row once', async () => {
  for (let i = 0; i < 7; i += 1) await handIn(letter(`Many ${i}`));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin.client.ledger.list({ query: { direction: 'in', limit: 3, cursor } });
    assert.ok(page.items.every((row) => row.direction === 'in'));
    seen.push(...page.items.map((row) => row.id));
    cursor = page.nextCursor ?? undefined;
    await handIn(letter('Meanwhile'));
  } while (cursor);
  assert.equal(new Set(seen).size, seen.length);
  assert.equal((await admin.client.ledger.list({ query: { outcome: 'duplicate' } })).items.length, 1);
  assert.deepEqual((await admin.client.ledger.list({ query: { inbox: house.teamId } })).items, []);
  await refused(admin.client.ledger.list({ query: { outcome: 'lost' as never } }), 'invalid_request');
});

test('a message without its row, a row without its message, and a sum that is off are all found', async () => {
  assert.deepEqual(await faults(), []);
  const { pool } = house.platform.database;
  const { ledgerId, entryId } = await handIn(letter('Tampered'));
  const { rows: [row] } = await pool.query('delete from ledger where id = $1 returning *', [ledgerId]);
  assert.deepEqual(await faults(), [{ fault: 'message_without_row', ledgerId: null, entryId }]);
  const put = (change: Record<string, unknown>) => {
    const all = { ...row, ...change } as Record<string, unknown>;
    return pool.query(`insert into ledger (${Object.keys(all).join(', ')}) values (${Object.keys(all).map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(all));
  };
  await put({});
  assert.deepEqual(await faults(), []);
  await pool.query('update ledger set entry_id = gen_random_uuid() where id = $1', [ledgerId]);
  assert.deepEqual((await faults()).map(({ fault }) => fault).sort(), ['message_without_row', 'row_without_message']);
  await pool.query('update ledger set entry_id = $2 where id = $1', [ledgerId, entryId]);

  await pool.query(`update ledger set state = 'accepted' where direction = 'out'`);
  const { rows: [changed] } = await pool.query(`select e.delivery_state as now, l.id from ledger l join entry e on e.id = l.entry_id where l.direction = 'out'`);
  assert.deepEqual((await faults()).map(({ fault }) => fault), changed.now === 'accepted' ? [] : ['state_differs']);
  await pool.query('update ledger set state = $2 where id = $1', [changed.id, changed.now]);

  await pool.query(`insert into ledger_tally (account_id, direction, what, change) values ($1, 'in', 'new_case', 1)`, [house.accountId]);
  assert.deepEqual(await faults(), [{ fault: 'tally_differs', ledgerId: null, entryId: null }]);
  await pool.query(`insert into ledger_tally (account_id, direction, what, change) values ($1, 'in', 'new_case', -1)`, [house.accountId]);
  assert.deepEqual(await faults(), []);
});

test('folding the tally changes no sum, also while messages come in', async () => {
  const before = await house.asSystem(summariseLedger);
  for (let i = 0; i < 60; i += 1) await house.platform.database.pool.query(`insert into ledger_tally (account_id, direction, what, change) values ($1, 'in', 'new_case', $2)`, [house.accountId, i % 2 === 0 ? 1 : -1]);
  const coming = Promise.all(Array.from({ length: 5 }, (_, i) => handIn(letter(`Coming ${i}`))));
  await foldLedgerTally.run(house.platform, undefined as never);
  await coming;
  await foldLedgerTally.run(house.platform, undefined as never);
  const after = await house.asSystem(summariseLedger);
  assert.equal(after.in.seen, before.in.seen + 5);
  assert.deepEqual(await faults(), []);
});

test('a balance adds up for whatever is in the tally, and says so when something unknown is', () => {
  const known = fc.oneof(fc.record({ direction: fc.constant('in' as const), what: fc.constantFrom(...outcomes), sum: fc.nat() }), fc.record({ direction: fc.constant('out' as const), what: fc.constantFrom(...deliveryStates), sum: fc.nat() }));
  fc.assert(fc.property(fc.uniqueArray(known, { selector: ({ direction, what }) => `${direction} ${what}` }), (sums) => {
    assert.equal(summaryOf(sums).isBalanced, true);
    assert.equal(summaryOf([...sums, { direction: 'in', what: 'vanished', sum: 1 }]).isBalanced, false);
  }));
});

test('who does not see every case sees only the messages of the own scope, and gets no bytes of others', async () => {
  const team = await admin.client.accounts.createTeam({ body: { name: 'Returns' } });
  const other = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Returns', teamId: team.id, settings: { address: 'returns@desk.example' } } });
  const theirs = await handIn(letter('Theirs'), other.id);
  const ours = await handIn(letter('Ours'));
  const aside = await handIn(Buffer.from('Subject: from nobody\r\n\r\nWho am I?\r\n'), other.id);
  assert.equal(aside.outcome, 'set_aside');
  const lead = await house.signedInClient('lead', { teamIds: [house.teamId] });
  const seen = new Set((await lead.client.ledger.list({ query: { limit: 100 } })).items.map(({ id }) => id));
  assert.deepEqual([ours, theirs, aside].map(({ ledgerId }) => seen.has(ledgerId)), [true, false, false]);
  assert.equal((await lead.client.ledger.raw({ params: { ledgerId: ours.ledgerId } })).status, 200);
  for (const { ledgerId } of [theirs, aside]) await refused(lead.client.ledger.raw({ params: { ledgerId } }), 'not_found');
  assert.equal((await admin.client.ledger.raw({ params: { ledgerId: aside.ledgerId } })).status, 200);
  // The balance is of the whole company: numbers tell nothing of anybody.
  assert.deepEqual(await lead.client.ledger.summary(), await summary());
});

test('agents do not read the ledger, and another company sees nothing of it', async () => {
  const agent = await house.signedInClient('agent');
  const { ledgerId } = await handIn(letter('Private'));
  for (const call of [() => agent.client.ledger.list(), () => agent.client.ledger.summary(), () => agent.client.ledger.raw({ params: { ledgerId } })]) await refused(call(), 'not_allowed');
  const stranger = await (await house.anotherAccount()).admin();
  assert.deepEqual((await stranger.client.ledger.list()).items, []);
  assert.equal((await stranger.client.ledger.summary()).in.seen, 0);
  await refused(stranger.client.ledger.raw({ params: { ledgerId } }), 'not_found');
});

test('a ledger that lost a row, or whose tally counted one too many, is not called balanced, however large it is', async () => {
  const balance = (most?: number) => house.asSystem(async (ctx) => (await summariseLedger(ctx, most)).isBalanced);
  await handIn(letter('Whole'));
  assert.deepEqual([await balance(), await balance(0)], [true, true]);
  for (const [what, isSeenInLarge] of [['new_case', false], ['set_aside', true]] as const) {
    const tilt = (change: number) => house.asSystem(({ tx, accountId }) => tx.run(`insert into ledger_tally (account_id, direction, what, change) values ($1, 'in', $2, $3)`, [accountId, what, change]));
    await tilt(1);
    assert.deepEqual([await balance(), await balance(0)], [false, !isSeenInLarge], what);
    await tilt(-1);
  }
  assert.deepEqual([await balance(), (await summary()).isBalanced], [true, true]);
});
