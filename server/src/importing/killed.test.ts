import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportFormat } from '@rapport/contract';
import { openTestHouse, type TestAccount, type TestHouse } from '../../testing/test-house.ts';
import { verifyLedger } from '../ledger/index.ts';
import { createImport, getImport, listOdd, startImport, stopImport, uploadPiece } from './imports.ts';
import { alone } from './alone.ts';
import { checkJob, goOn } from './jobs.ts';
import { createLeases } from '../platform/lease.ts';
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

const mailboxFor = (desk: string): Buffer => Buffer.from(mixedMailbox('desk@company.test').toString().replaceAll('desk@company.test', desk));
const uploader = (account: TestAccount) => ({ ...systemActor('test'), accountId: account.accountId }) as never as AgentActor & { accountId: string };

/** Begins an import that no worker of this process hears of. */
async function begin(account: TestAccount, desk: string, what: { format: ImportFormat; content: Buffer } = { format: 'mbox', content: mailboxFor(desk) }): Promise<string> {
  const deaf = { ...house.platform, jobs: { ...house.platform.jobs, enqueue: async () => undefined } } as Platform;
  const operator = systemActor('test');
  const { client } = await account.admin();
  const inbox = await client.inboxes.create({ body: { channel: 'email', name: 'Desk', teamId: account.teamId, settings: { address: desk } } });
  const { id } = await inAccount(deaf, account.accountId, operator, (ctx) => createImport(ctx, { name: 'All', format: what.format, inboxId: inbox.id }));
  await uploadPiece(deaf, uploader(account), id, { file: 'all.mbox', place: 0, content: what.content });
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

const oneBatch = { ms: 0, times: 0 };

/** Another process that works on an import: `isAtIt` once it has taken it up. */
function another(account: TestAccount, id: string): { child: ChildProcess; ended: Promise<unknown>; isReady: Promise<unknown>; isAtIt(): boolean } {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../testing/import-process.ts'), house.databaseUrl, house.platform.config.dataDir, account.accountId, id], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (words: Buffer) => (said += words.toString()));
  return { child, ended: once(child, 'exit'), isReady: once(child.stdout, 'data'), isAtIt: () => said.includes('mine') };
}

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
    const { child, ended, isReady } = another(house, id);
    await isReady;
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

test('a trial of a thoroughly mixed mailbox says what the import then makes', async () => {
  const account = await house.anotherAccount();
  const importId = await begin(account, 'trial@company.test');
  await account.asSystem((ctx) => ctx.tx.run(`update import_run set state = 'checking' where id = $1`, [importId]));
  await checkJob.run(house.platform, { accountId: account.accountId, importId });
  const { found, odd } = await look(account, importId);
  await account.asSystem((ctx) => ctx.tx.run(`update import_run set state = 'running', odd = 0 where id = $1`, [importId]));
  await goOn(house.platform, { accountId: account.accountId, importId });
  const done = await look(account, importId);
  assert.deepEqual([done.counts, done.odd], [found, odd]);
  // And of the same once more: nothing.
  await account.asSystem((ctx) => ctx.tx.run(`update import_run set state = 'checking' where id = $1`, [importId]));
  await checkJob.run(house.platform, { accountId: account.accountId, importId });
  const again = (await look(account, importId)).found;
  assert.deepEqual([again?.records, again?.cases, again?.messages, again?.customers, again?.refused], [done.counts.records, 0, 0, 0, done.counts.refused]);
});

test('of two processes that take up the same import one does it; when that one is killed the other goes on, and nothing is lost or doubled', { timeout: 240_000 }, async () => {
  const [alike, account] = [await house.anotherAccount(), await house.anotherAccount()];
  const alikeId = await begin(alike, 'alike@company.test');
  await goOn(house.platform, { accountId: alike.accountId, importId: alikeId });
  const expected = await look(alike, alikeId);

  const id = await begin(account, 'both@company.test');
  const both = [another(account, id), another(account, id)];
  await Promise.all(both.map(({ isReady }) => isReady));
  while ((await look(account, id)).counts.records === 0) await sleep(3);
  const [first, second] = both[0]?.isAtIt() ? both : both.toReversed();
  assert.ok(first && second);
  assert.deepEqual([first.isAtIt(), second.isAtIt()], [true, false]);
  first.child.kill('SIGKILL');
  await first.ended;
  const left = await look(account, id);
  assert.equal(left.state, 'running');
  assert.ok(left.counts.records < expected.counts.records, 'it was killed in the middle');
  // What a dead process held is free after two minutes; here at once.
  await house.platform.database.asSystem((tx) => tx.run(`update lease set expires_at = now() - interval '1 second' where name = $1`, [`import:${id}`]));
  await second.ended;
  assert.ok(second.isAtIt());
  const done = await look(account, id);
  assert.deepEqual([done.state, done.counts, done.odd], ['done', expected.counts, expected.odd]);
  assert.deepEqual(await all(account, 'both@company.test'), await all(alike, 'alike@company.test'));
  assert.deepEqual(await account.asSystem(verifyLedger), []);
});

test('an import that nobody waits behind goes on to its end; another one gets its turn, which reading up to where it stands takes nothing from', async () => {
  const [account, other] = [await house.anotherAccount(), await house.anotherAccount()];
  const importId = await begin(account, 'turn@company.test');
  const which = { accountId: account.accountId, importId };
  const otherId = await begin(other, 'waits@company.test');
  const read = house.platform.files.read.bind(house.platform.files);
  const slow: Platform = { ...house.platform, files: { ...house.platform.files, read: async (key) => { await sleep(1_000); return read(key); } } };
  assert.equal(await goOn(house.platform, which, oneBatch), true);
  const first = (await look(account, importId)).counts.records;
  // A turn shorter than the reading.
  await goOn(slow, which, { ms: 1, times: 4 });
  assert.ok((await look(account, importId)).counts.records > 2 * first, 'a turn is more than one batch');
  await other.asSystem((ctx) => stopImport(ctx, otherId));
  const alikeId = await begin(account, 'alone@company.test');
  await house.platform.database.asSystem((tx) => tx.run(`update import_run set state = 'stopped' where state = 'running' and id <> $1`, [alikeId]));
  assert.equal(await goOn(house.platform, { accountId: account.accountId, importId: alikeId }, oneBatch), false);
  assert.equal((await look(account, alikeId)).state, 'done');
});

test('whoever reads for longer than the lease lasts keeps it', async () => {
  const rival = createLeases(house.platform.database);
  await alone(house.platform, 'long', async (isMine) => {
    for (let i = 0; i < 14; i += 1) {
      await sleep(350);
      assert.equal(await rival.hold('import:long', 60), false);
    }
    assert.equal(isMine(), true);
  }, 3);
  assert.equal(await rival.hold('import:long', 60), true);
});

const failing = (error: Error): Platform => ({ ...house.platform, files: new Proxy(house.platform.files, { get: () => async () => { throw error; } }) });

test('an import and a trial stay on their way while the store of files or the database is out', async () => {
  const account = await house.anotherAccount();
  const importId = await begin(account, 'out@company.test');
  const which = { accountId: account.accountId, importId };
  const passing = [
    Object.assign(new Error('Slow down.'), { $metadata: { httpStatusCode: 503 } }), Object.assign(new Error('Shutting down.'), { code: '57P01' }), Object.assign(new Error('No space now.'), { code: '53100' }),
    Object.assign(new Error('No answer.'), { name: 'TimeoutError' }), Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), new Error('Connection terminated unexpectedly'),
  ];
  for (const out of passing) {
    await assert.rejects(goOn(failing(out), which), out);
    assert.equal((await look(account, importId)).state, 'running');
  }
  await account.asSystem((ctx) => ctx.tx.run(`update import_run set state = 'checking' where id = $1`, [importId]));
  for (const out of passing) {
    await assert.rejects(checkJob.run(failing(out), which), out);
    assert.equal((await look(account, importId)).state, 'checking');
  }
  await checkJob.run(house.platform, which);
  assert.deepEqual([(await look(account, importId)).state, (await look(account, importId)).trouble], ['checked', null]);
});

test('what stops an import or a trial and does not pass is told in a word that says what to do', async () => {
  const account = await house.anotherAccount();
  const importId = await begin(account, 'word@company.test');
  const which = { accountId: account.accountId, importId };
  const state = async () => {
    const run = await look(account, importId);
    return [run.state, run.trouble];
  };
  const from = (to: string) => account.asSystem((ctx) => ctx.tx.run('update import_run set state = $2 where id = $1', [importId, to]));
  for (const [error, word] of [
    [new Error('Broken.'), 'unforeseen'], [Object.assign(new Error('Full.'), { code: 'ENOSPC' }), 'store_full'], [Object.assign(new Error('No.'), { code: 'EACCES', syscall: 'open' }), 'store_refuses'], [Object.assign(new Error('No.'), { $metadata: { httpStatusCode: 403 } }), 'store_refuses'],
  ] as const) {
    await from('running');
    await goOn(failing(error), which);
    assert.deepEqual(await state(), ['stopped', word]);
    await from('checking');
    await checkJob.run(failing(error), which);
    assert.deepEqual(await state(), ['uploading', word]);
  }
  // As an older release stored it.
  await account.asSystem((ctx) => ctx.tx.run(`update import_run set trouble = 'TypeError' where id = $1`, [importId]));
  assert.equal((await look(account, importId)).trouble, 'unforeseen');
});

test('an upload of which a piece is lost or cannot be opened any more is asked for again, and then the import goes on where it was', async () => {
  const account = await house.anotherAccount();
  const desk = 'lost@company.test';
  const importId = await begin(account, desk);
  const which = { accountId: account.accountId, importId };
  await begin(account, 'behind@company.test');
  assert.equal(await goOn(house.platform, which, oneBatch), true);
  const before = await look(account, importId);
  const [part] = await account.asSystem((ctx) => ctx.tx.run<{ file_key: string }>('select file_key from import_part where import_id = $1', [importId]));
  await house.platform.files.delete(part?.file_key ?? '');
  await goOn(house.platform, which);
  const stopped = await look(account, importId);
  assert.deepEqual([stopped.state, stopped.trouble, stopped.counts], ['stopped', 'upload_damaged', before.counts]);
  await assert.rejects(account.asSystem((ctx) => startImport(ctx, importId)), { code: 'import_state' });
  await uploadPiece(house.platform, uploader(account), importId, { file: 'all.mbox', place: 0, content: mailboxFor(desk) });
  assert.equal((await look(account, importId)).trouble, null);
  await account.asSystem((ctx) => ctx.tx.run(`update import_run set state = 'running' where id = $1`, [importId]));
  await goOn(house.platform, which);
  const done = await look(account, importId);
  assert.deepEqual([done.state, done.trouble, done.counts.cases], ['done', null, THREADS]);
});

test('a record that breaks what writes or reads it is left out and told, and the others come in', async () => {
  const account = await house.anotherAccount();
  const records = (which: (n: number) => string, prefix: string) => Buffer.from(`id,subject,status,customer_email,body,created_at\n${Array.from({ length: 60 }, (_, n) => `${prefix}${n},${which(n)},open,${prefix}${n}@mail.example,Words,2022-03-01`).join('\n')}\n`);
  const bringIn = async (content: Buffer, format: ImportFormat = 'csv_cases', platform = house.platform) => {
    const importId = await begin(account, `breaks-${content.length}-${format}@company.test`.replace('_', '-'), { format, content });
    await goOn(platform, { accountId: account.accountId, importId });
    return account.asSystem(async (ctx) => ({ run: await getImport(ctx, importId), odds: (await listOdd(ctx, importId, { limit: 50 })).items }));
  };
  const owner = (sql: string) => house.platform.database.asSystem((tx) => tx.run(sql));
  await owner(`alter table cases add constraint breaks check (subject not like 'Poison%')`);
  try {
    const one = await bringIn(records((n) => (n === 37 ? 'Poison' : `Fine ${n}`), 'a'));
    assert.deepEqual([one.run.state, one.run.counts.records, one.run.counts.cases, one.run.counts.refused], ['done', 60, 59, 1]);
    assert.deepEqual(one.odds.map(({ record, code }) => [record, code]), [[38, 'unreadable']]);
    // What breaks every record is no matter of one.
    const all = await bringIn(records((n) => `Poison ${n}`, 'b'));
    assert.deepEqual([all.run.state, all.run.trouble, all.run.counts.cases], ['stopped', 'unforeseen', 0]);
  } finally {
    await owner('alter table cases drop constraint breaks');
  }
  const put: Platform['files']['put'] = async (accountId, bytes) => {
    if (bytes.includes('poison')) throw new TypeError('Not of this kind.');
    return house.platform.files.put(accountId, bytes);
  };
  const mail = (n: number) => `From x@xxx Mon Jan 02 10:00:00 +0000 2023\nFrom: Break ${n} <break${n}@mail.example>\nTo: desk@company.test\nSubject: Mail ${n}\nDate: Mon, 02 Jan 2023 10:00:00 +0000\nMessage-ID: <break-${n}@mail.example>\n\n${n === 1 ? 'poison' : 'Words'}\n\n`;
  const mails = await bringIn(Buffer.from([0, 1, 2].map(mail).join('')), 'mbox', { ...house.platform, files: { ...house.platform.files, put } });
  assert.deepEqual([mails.run.state, mails.run.counts.cases, mails.run.counts.refused, mails.odds.map(({ record, code }) => [record, code])], ['done', 2, 1, [[2, 'unreadable']]]);
});
