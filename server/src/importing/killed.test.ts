import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTestHouse, type TestAccount, type TestHouse } from '../../testing/test-house.ts';
import { verifyLedger } from '../ledger/index.ts';
import { createImport, getImport, startImport, uploadPiece } from './imports.ts';
import { goOn } from './jobs.ts';
import { inAccount, systemActor, type AgentActor, type Platform } from '../platform/context.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());

const THREADS = 220, MOST_IN_THREAD = 9;

/** Threads of customers and answers, thoroughly mixed up, with some mails twice and some that belong to nobody. */
function mixedMailbox(desk: string): Buffer {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const mails: string[] = [];
  for (let thread = 0; thread < THREADS; thread += 1) {
    const ids: string[] = [];
    for (let n = 0; n <= random(MOST_IN_THREAD); n += 1) {
      const isOut = n > 0 && random(2) === 0;
      const id = `t${thread}-${n}@mail.example`;
      const at = new Date(Date.UTC(2022, 0, 1 + thread, 8 + n)).toUTCString().replace('GMT', '+0000');
      mails.push(`From x@xxx Mon Jan 02 10:00:00 +0000 2023\nFrom: ${isOut ? `Helper <${desk}>` : `Customer ${thread} <c${thread % 90}@mail.example>`}\nTo: ${isOut ? `c${thread % 90}@mail.example` : desk}\nSubject: Matter ${thread}\nDate: ${at}\nMessage-ID: <${id}>\n${ids.length > 0 ? `In-Reply-To: <${ids.at(-1)}>\nReferences: ${ids.map((one) => `<${one}>`).join(' ')}\n` : ''}\nWords ${n} of ${thread}.\n\n`);
      ids.push(id);
    }
  }
  for (let i = 0; i < 40; i += 1) mails.push(mails[random(mails.length)] ?? '');
  for (let i = 0; i < 10; i += 1) mails.push(`From x@xxx Mon Jan 02 10:00:00 +0000 2023\nSubject: Nobody ${i}\n\nx\n\n`);
  for (let i = mails.length - 1; i > 0; i -= 1) {
    const j = random(i + 1);
    [mails[i], mails[j]] = [mails[j] ?? '', mails[i] ?? ''];
  }
  return Buffer.from(mails.join(''));
}

/** Begins an import that no worker of this process hears of. */
async function begin(account: TestAccount, desk: string): Promise<string> {
  const deaf = { ...house.platform, jobs: { ...house.platform.jobs, enqueue: async () => undefined } } as Platform;
  const operator = systemActor('test');
  const { client } = await account.admin();
  const inbox = await client.inboxes.create({ body: { channel: 'email', name: 'Desk', teamId: account.teamId, settings: { address: desk } } });
  const { id } = await inAccount(deaf, account.accountId, operator, (ctx) => createImport(ctx, { name: 'All', format: 'mbox', inboxId: inbox.id }));
  const content = mixedMailbox('desk@company.test').toString().replaceAll('desk@company.test', desk);
  await uploadPiece(deaf, { ...operator, accountId: account.accountId } as never as AgentActor & { accountId: string }, id, { file: 'all.mbox', place: 0, content: Buffer.from(content) });
  await inAccount(deaf, account.accountId, operator, (ctx) => startImport(ctx, id));
  return id;
}

const look = (account: TestAccount, id: string) => account.asSystem((ctx) => getImport(ctx, id));

/** Everything that came in, without ids and addresses of our own, in an order of its own. */
const all = (account: TestAccount, desk: string) =>
  account.asSystem(async (ctx) => {
    const rows = await ctx.tx.run<{ what: string }>(
      `select concat_ws('|', c.number, c.subject, c.status, c.created_at, c.resolved_at, c.last_activity_at, c.preview, c.message_count, c.version, c.import_version, u.name,
         (select string_agg(concat_ws('~', e.kind, e.direction, e.author_kind, e.author_name, e.occurred_at, e.body, e.search_text, e.delivery_state), '#' order by e.id) from entry e where e.account_id = c.account_id and e.case_id = c.id),
         (select string_agg(p.address, ',' order by p.address) from participant p where p.account_id = c.account_id and p.case_id = c.id), (select string_agg(t.key || t.is_awaited, ',' order by t.key) from thread t where t.account_id = c.account_id and t.case_id = c.id)) as what
       from cases c join customer u on u.account_id = c.account_id and u.id = c.customer_id where c.account_id = $1 order by c.number`, [account.accountId]);
    return rows.map(({ what }) => what.replaceAll(desk, 'DESK').replaceAll(desk.replaceAll(/[@.]/g, ' '), 'DESK'));
  });

test('whenever its process is killed, an import goes on where it was, and what comes of it is the same to the last letter', { timeout: 240_000 }, async () => {
  const whole = await house.anotherAccount();
  const wholeId = await begin(whole, 'whole@company.test');
  await goOn(house.platform, { accountId: whole.accountId, importId: wholeId });
  const expected = await look(whole, wholeId);
  assert.equal(expected.state, 'done');
  assert.ok(expected.counts.messages > 600 && expected.counts.skipped > 20 && expected.counts.refused === 10);
  // Every thread is one case, however its mails were mixed.
  assert.equal(expected.counts.cases, THREADS);

  const id = await begin(house, 'killed@company.test');
  let kills = 0;
  let seen = 0;
  for (let round = 0; round < 30 && (await look(house, id)).state !== 'done'; round += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../testing/import-process.ts'), house.databaseUrl, house.platform.config.dataDir, house.accountId, id], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    // It is let go a batch further each time, so that the test ends however slow the machine is.
    while (child.exitCode === null && (await look(house, id)).counts.records <= seen) await sleep(3);
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      kills += 1;
    }
    await ended;
    // What a dead process held is free after two minutes; here at once.
    await house.platform.database.asSystem((tx) => tx.run('delete from lease where name = $1', [`import:${id}`]));
    const now = (await look(house, id)).counts.records;
    assert.ok(now >= seen);
    seen = now;
  }
  const done = await look(house, id);
  assert.deepEqual([done.state, done.counts, done.odd], ['done', expected.counts, expected.odd]);
  assert.ok(kills > 1, 'it was killed on the way');
  assert.deepEqual(await all(house, 'killed@company.test'), await all(whole, 'whole@company.test'));
  for (const account of [house, whole]) assert.deepEqual(await account.asSystem(verifyLedger), []);
});

test('an import stays on its way while the store of files or the database is out, and says so when something else stops it', async () => {
  const account = await house.anotherAccount();
  const importId = await begin(account, 'out@company.test');
  const which = { accountId: account.accountId, importId };
  const failing = (error: Error): Platform => ({ ...house.platform, files: new Proxy(house.platform.files, { get: () => async () => { throw error; } }) });
  const state = async () => (await inAccount(house.platform, account.accountId, systemActor('test'), (ctx) => getImport(ctx, importId))).state;
  for (const out of [Object.assign(new Error('Slow down.'), { $metadata: { httpStatusCode: 503 } }), Object.assign(new Error('Shutting down.'), { code: '57P01' })]) {
    await assert.rejects(goOn(failing(out), which), out);
    assert.equal(await state(), 'running');
  }
  await goOn(failing(new Error('Broken.')), which);
  assert.equal(await state(), 'stopped');
});
