import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { takeIn } from '../../channels/index.ts';
import { newId } from '../../platform/ids.ts';
import { exportExpire } from './jobs.ts';
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

  // Taken away before its time: no row and no file is left of it.
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

test('names in an archive lead nowhere else and fit every program', () => {
  assert.equal(plainPath('../../etc/pass wd.tar.gz'), 'etc-pass-wd-tar.gz');
  assert.equal(plainPath('größe 🧾.PDF'), 'gro-e.PDF');
  assert.equal(plainPath('🧾'), 'file');
  assert.equal(plainPath('.x'), 'file.x');
  assert.throws(() => tarHeader('x'.repeat(101), 1, new Date()), RangeError);
  assert.equal(tarHeader('x', 9 * 2 ** 30, new Date(0)).readBigUInt64BE(128), BigInt(9 * 2 ** 30));
});
