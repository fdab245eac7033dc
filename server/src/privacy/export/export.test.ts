import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { takeIn } from '../../channels/index.ts';
import type { Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { exportExpire, exportResume } from './jobs.ts';
import { runExport } from './run-export.ts';
import { plainPath, tarHeader } from './tar.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@desk.example', outbound: { kind: 'mailbox' } } } })).id;
});
after(() => house.close());

async function mail(from: string, subject: string, more: { cc?: string; answers?: string; text?: string; file?: string } = {}) {
  const messageId = `<${newId()}@mail.example>`;
  const lines = [`From: ${from}`, `To: support@desk.example`, ...(more.cc ? [`Cc: ${more.cc}`] : []), `Subject: ${subject}`, `Message-ID: ${messageId}`, ...(more.answers ? [`In-Reply-To: ${more.answers}`] : []), 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', more.text ?? subject, ...(more.file ? ['--b', 'Content-Type: text/plain; name="../a b.txt"', 'Content-Disposition: attachment; filename="../a b.txt"', '', more.file] : []), '--b--', ''];
  const taken = await takeIn(house.platform, { accountId: house.accountId, inboxId, door: 'api', raw: Buffer.from(lines.join('\r\n')), envelopeFrom: undefined, envelopeTo: [], arrivedAt: new Date() });
  return { caseId: taken.caseId ?? assert.fail('no case'), messageId };
}
const customerOf = async (q: string) => (await admin.client.customers.list({ query: { q } })).items[0] ?? assert.fail(q);
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const ended = (customerId: string, exportId: string) => until(async () => (await admin.client.customerExports.list({ params: { customerId } })).items.find((each) => each.id === exportId && each.state !== 'waiting' && each.state !== 'running'));
const keysOf = async (exportId: string) => (await house.asSystem((ctx) => ctx.tx.run<{ part_keys: string[] }>('select part_keys from customer_export where id = $1', [exportId])))[0]?.part_keys ?? [];

/** The files of the archive by their path, unpacked by another program. */
async function unpacked(exportId: string): Promise<Map<string, string>> {
  const answer = await admin.fetch(`/api/v1/customer-exports/${exportId}/file`);
  assert.equal(answer.status, 200);
  const folder = await mkdtemp(join(tmpdir(), 'rapport-export-'));
  try {
    await writeFile(join(folder, 'x.tar.gz'), Buffer.from(await answer.arrayBuffer()));
    const names = execFileSync('tar', ['-tzf', 'x.tar.gz'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    execFileSync('tar', ['-xzf', 'x.tar.gz'], { cwd: folder });
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a person’s archive holds what they wrote and were sent, from before a merge too, and nothing that others wrote without them', async () => {
  const own = await mail('Tom Long <tom@home.example>', 'My coffee <b>machine</b>', { text: 'It leaks', file: 'serial 42' });
  const tom = await customerOf('tom@home.example');
  await mail('Tom L. <tom.long@work.example>', 'At work');
  const second = await customerOf('tom.long@work.example');
  await admin.client.customerMerging.merge({ params: { customerId: second.id }, body: { intoCustomerId: tom.id } });
  await admin.client.cases.reply({ params: { caseId: own.caseId }, body: { text: 'We send a seal', to: ['tom@home.example'], bcc: ['boss@desk.example'] } });
  await admin.client.cases.addNote({ params: { caseId: own.caseId }, body: { text: 'He is right' } });
  await mail('Vera Other <vera@other.example>', 'Re: My coffee machine', { answers: own.messageId, text: 'Vera alone says this' });
  const shared = await mail('Eve Stays <eve@stays.example>', 'Eve’s matter', { cc: 'tom@home.example', text: 'For Tom, too' });
  await mail('Eve Stays <eve@stays.example>', 'Re: Eve’s matter', { answers: shared.messageId, text: 'Not for Tom' });
  await mail('Joe <joe@far.example>', 'Far away', { text: 'Nothing to do with it' });

  const lead = await house.signedInClient('lead');
  await refused(lead.client.customerExports.start({ params: { customerId: tom.id }, body: {} }), 'not_allowed');
  const begun = await admin.client.customerExports.start({ params: { customerId: second.id }, body: {} });
  assert.equal(begun.customerId, tom.id, 'the id of a merged one leads to the survivor');
  const ready = await ended(tom.id, begun.id);
  assert.deepEqual([ready.state, ready.done, ready.total, ready.hasNotes], ['ready', 3, 3, false]);
  const files = await unpacked(begun.id);
  const all = [...files.values()].join('\n');
  for (const there of ['It leaks', 'serial 42', 'At work', 'We send a seal', 'For Tom, too', 'tom.long@work.example', 'Subject: My coffee']) assert.ok(all.includes(there), there);
  for (const absent of ['He is right', 'Vera alone says this', 'Not for Tom', 'Nothing to do with it', 'boss@desk.example']) assert.ok(!all.includes(absent), absent);
  assert.ok(files.has('index.html') && files.has('customer.json'));
  assert.ok(![...files].some(([name, text]) => name.endsWith('.html') && text.includes('<b>machine')), 'what came from outside is text and no markup');
  assert.ok([...files.keys()].every((name) => /^[\w./-]+$/.test(name) && !name.includes('..')), [...files.keys()].join(' '));
  const actions = (await admin.client.accounts.listAudit({ query: {} })).items.map((each) => each.action);
  assert.ok(actions.includes('customer.export_started') && actions.includes('customer.export_downloaded'));

  const withNotes = await admin.client.customerExports.start({ params: { customerId: tom.id }, body: { hasNotes: true } });
  await ended(tom.id, withNotes.id);
  assert.ok([...(await unpacked(withNotes.id)).values()].some((text) => text.includes('He is right')));

  // Taken away before its time: no file is left of it.
  const keys = await keysOf(withNotes.id);
  assert.ok(keys.length > 0);
  assert.equal((await admin.client.customerExports.cancel({ params: { exportId: withNotes.id } })).state, 'cancelled');
  for (const key of keys) assert.equal(await house.platform.files.head(key), undefined);
  assert.equal((await admin.fetch(`/api/v1/customer-exports/${withNotes.id}/file`)).status, 404);

  // A day later the other one is gone as well.
  const [rest] = [await keysOf(begun.id)];
  await house.asSystem((ctx) => ctx.tx.run(`update customer_export set expires_at = now() - interval '1 second' where id = $1`, [begun.id]));
  assert.equal((await admin.fetch(`/api/v1/customer-exports/${begun.id}/file`)).status, 404, 'also before the job has come');
  await exportExpire.run(house.platform, {} as never);
  for (const key of rest) assert.equal(await house.platform.files.head(key), undefined);
  assert.equal((await ended(tom.id, begun.id)).state, 'expired');
});

test('an archive that a dead process left half made is made anew, in as many pieces as it takes, and erasing anybody takes every archive away', async () => {
  const pat = await mail('Pat <pat@pieces.example>', 'Large', { file: Array.from({ length: 2_000 }, () => newId()).join('\n') });
  const customer = await customerOf('pat@pieces.example');
  const exportId = newId();
  const left = (await house.platform.files.put(house.accountId, Buffer.from('half of an archive'))).key;
  await house.asSystem((ctx) => ctx.tx.run(`insert into customer_export (account_id, id, customer_id, state, run_id, part_keys, bytes, by_name, created_at, moved_at) values ($1, $2, $3, 'running', $2, $4, 18, 'x', now(), now())`, [house.accountId, exportId, customer.id, [left]]));
  assert.equal((await admin.client.customerExports.start({ params: { customerId: customer.id }, body: {} })).id, exportId, 'one at a time');
  await runExport(house.platform, house.accountId, exportId, 8_192);
  assert.equal((await ended(customer.id, exportId)).state, 'ready');
  assert.equal(await house.platform.files.head(left), undefined);
  const keys = await keysOf(exportId);
  assert.ok([...(await unpacked(exportId)).keys()].some((name) => name.startsWith('cases/') && name.endsWith('.txt')), pat.caseId);
  await mail('Una <una@gone.example>', 'Bye');
  await admin.client.privacy.startErasure({ params: { customerId: (await customerOf('una@gone.example')).id }, body: { name: 'Una' } });
  assert.equal((await until(async () => (await admin.client.privacy.listErasures()).items.find((each) => each.state === 'done')))?.report?.verification.rowsFound, 0);
  for (const key of keys) assert.equal(await house.platform.files.head(key), undefined);
});

const insertWaiting = async (customerId: string) => {
  const exportId = newId();
  await house.asSystem((ctx) => ctx.tx.run(`insert into customer_export (account_id, id, customer_id, by_name, created_at, moved_at) values ($1, $2, $3, 'x', now(), now())`, [house.accountId, exportId, customerId]));
  return exportId;
};

test('whenever its process is killed, an archive is made to the end after the restart, and nothing of the earlier runs stays', { timeout: 200_000 }, async () => {
  for (let i = 0; i < 24; i += 1) await mail('Kay <kay@killed.example>', `Matter ${i}`, { file: `${i}\n${Array.from({ length: 300 }, () => newId()).join('\n')}` });
  const customer = await customerOf('kay@killed.example');
  const exportId = await insertWaiting(customer.id);
  const look = async () => (await house.asSystem((ctx) => ctx.tx.run<{ done: number; state: string; attempts: number }>('select done, state, attempts from customer_export where id = $1', [exportId])))[0] ?? assert.fail();
  let kills = 0;
  for (const far of [1, 6, 12]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../testing/export-process.ts'), house.databaseUrl, house.platform.config.dataDir, house.accountId, exportId], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    while (child.exitCode === null && (await look()).state !== 'ready' && !((await look()).attempts === kills + 1 && (await look()).done >= far)) await sleep(3);
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      kills += 1;
    }
    await gone;
    if ((await look()).state === 'ready') break;
  }
  assert.ok(kills > 0, 'it was killed on the way');
  assert.equal((await look()).state, 'running');
  // The job of the dead process comes again by itself; one whose job was lost, after ten minutes.
  await house.asSystem((ctx) => ctx.tx.run(`update customer_export set moved_at = now() - interval '11 minutes' where id = $1`, [exportId]));
  await exportResume.run(house.platform, {} as never);
  const ready = await ended(customer.id, exportId);
  assert.deepEqual([ready.state, ready.done, ready.total], ['ready', 24, 24]);
  assert.equal([...(await unpacked(exportId)).keys()].filter((name) => /^cases\/\d+\/files\//.test(name)).length, 24);
  await assertNoOrphans();
});

/** Every file in the store is named by a row. */
async function assertNoOrphans(): Promise<void> {
  const named = new Set((await house.asSystem((ctx) => ctx.tx.run<{ key: string }>('select file_key as key from attachment union select raw_key from entry union select raw_key from ledger union select unnest(part_keys) from customer_export'))).map((row) => row.key));
  for await (const { key } of house.platform.files.list(house.accountId)) assert.ok(named.has(key), key);
}

test('what fails again and again ends as failed with the reason, and can be asked for anew', async () => {
  await mail('Rob <rob@full.example>', 'Disk', { file: 'x' });
  const customer = await customerOf('rob@full.example');
  const full: Platform = { ...house.platform, files: { ...house.platform.files, put: () => Promise.reject(new Error('no space left on device')) } };
  const broken: Platform = { ...house.platform, files: { ...house.platform.files, get: () => Promise.reject(new Error('input/output error')) } };
  for (const [platform, failure] of [[full, 'storage'], [broken, 'storage']] as const) {
    const exportId = await insertWaiting(customer.id);
    for (let run = 1; run < 4; run += 1) await assert.rejects(runExport(platform, house.accountId, exportId), 'the queue tries again');
    await runExport(platform, house.accountId, exportId);
    const failed = await ended(customer.id, exportId);
    assert.deepEqual([failed.state, failed.failure, failed.bytes], ['failed', failure, 0]);
  }
  const dying = await insertWaiting(customer.id);
  await house.asSystem((ctx) => ctx.tx.run(`update customer_export set state = 'running', attempts = 12 where id = $1`, [dying]));
  await runExport(house.platform, house.accountId, dying);
  assert.deepEqual([(await ended(customer.id, dying)).state, (await ended(customer.id, dying)).failure], ['failed', 'interrupted']);
  const again = await admin.client.customerExports.start({ params: { customerId: customer.id }, body: {} });
  assert.equal((await ended(customer.id, again.id)).state, 'ready');
});

test('what was sent to the customer as an attachment stays when the archive’s day is over', async () => {
  const own = await mail('Liv <liv@sent.example>', 'Send me what you have');
  const customer = await customerOf('liv@sent.example');
  const begun = await admin.client.customerExports.start({ params: { customerId: customer.id }, body: {} });
  await ended(customer.id, begun.id);
  const bytes = Buffer.from(await (await admin.fetch(`/api/v1/customer-exports/${begun.id}/file`)).arrayBuffer());
  const stored = await house.platform.files.put(house.accountId, bytes);
  assert.ok(!(await keysOf(begun.id)).includes(stored.key), own.caseId);
  // A piece that a run stored after the end was written down is found by its name in the row.
  const keys = await keysOf(begun.id);
  await admin.client.customerExports.cancel({ params: { exportId: begun.id } });
  const late = (await house.platform.files.put(house.accountId, Buffer.from('late'))).key;
  await house.asSystem((ctx) => ctx.tx.run(`update customer_export set part_keys = part_keys || $2::text[], moved_at = now() - interval '11 minutes' where id = $1`, [begun.id, [late]]));
  await exportExpire.run(house.platform, {} as never);
  for (const key of [...keys, late]) assert.equal(await house.platform.files.head(key), undefined);
  assert.deepEqual(await keysOf(begun.id), []);
  assert.deepEqual(await house.platform.files.head(stored.key), stored);
  await house.platform.files.delete(stored.key);
});

test('fetching everything of somebody asks who is there once more', async () => {
  await mail('Ned <ned@proof.example>', 'Hello');
  const customer = await customerOf('ned@proof.example');
  const begun = await admin.client.customerExports.start({ params: { customerId: customer.id }, body: {} });
  await ended(customer.id, begun.id);
  await house.asSystem((ctx) => ctx.tx.run(`update session set proved_at = now() - interval '16 minutes' where agent_id = $1`, [house.adminId]));
  await refused(admin.client.customerExports.unlock({ params: { exportId: begun.id } }), 'proof_needed');
  assert.equal((await admin.fetch(`/api/v1/customer-exports/${begun.id}/file`)).status, 403);
  await admin.client.signIn.prove({ body: { password: admin.password } });
  assert.equal((await admin.client.customerExports.unlock({ params: { exportId: begun.id } })).state, 'ready');
  assert.equal((await admin.fetch(`/api/v1/customer-exports/${begun.id}/file`)).status, 200);
});

test('names in an archive lead nowhere else and fit every program', () => {
  assert.equal(plainPath('../../etc/pass wd.tar.gz'), 'etc-pass-wd-tar.gz');
  assert.equal(plainPath('größe 🧾.PDF'), 'gro-e.PDF');
  assert.equal(plainPath('🧾'), 'file');
  assert.equal(plainPath('.x'), 'file.x');
  assert.throws(() => tarHeader('x'.repeat(101), 1, new Date()), RangeError);
  assert.equal(tarHeader('x', 9 * 2 ** 30, new Date(0)).readBigUInt64BE(128), BigInt(9 * 2 ** 30));
});
