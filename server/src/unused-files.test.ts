import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { receive } from './cases/index.ts';
import type { Platform } from './platform/context.ts';
import { deleteFilesLater, deleteUnusedFiles, unusedFilesJob, type UnusedFiles } from './platform/files/delete-unused.ts';
import { namingColumns } from './platform/files/named.ts';
import { sweepFiles } from './platform/files/sweep.ts';
import { OWNER_FOLDER, ownersOf } from './platform/files/whose-store.ts';

let desk: TestDesk;
let later: { data: UnusedFiles; startAfter: Date | undefined }[];
let platform: Platform;
before(async () => {
  desk = await openTestDesk();
  later = [];
  platform = { ...desk.platform, jobs: { enqueue: async (_tx: unknown, _job: unknown, data: UnusedFiles, { startAfter }: { startAfter?: Date }) => void later.push({ data, startAfter }) } } as unknown as Platform;
});
after(() => desk.close());

const soon = () => new Date(Date.now() + 1_000);
const put = (text: string) => desk.platform.files.put(desk.accountId, Buffer.from(text));

test('what a message is made of stays; the rest goes, and once more is harmless', async () => {
  const [needed, spare] = [await put('needed'), await put('spare')];
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ rawKey: needed.key })));
  for (const removed of [1, 1]) assert.deepEqual(await deleteUnusedFiles(platform, desk.accountId, [needed.key, spare.key], soon()), { removed, kept: 1 });
  assert.ok(await desk.platform.files.head(needed.key));
  assert.equal(await desk.platform.files.head(spare.key), undefined);
  assert.deepEqual(later, []);
});

test('bytes that come in again while they are being removed stay for what they now belong to, and go when nothing came of it', async () => {
  const { key } = await put('a logo in every mail');
  await desk.asSystem((ctx) => deleteFilesLater({ ...ctx, platform }, [key, key]));
  const [given] = later.splice(0);
  assert.ok(given && given.data.keys.length === 1 && given.startAfter === undefined);
  // Stored again by an intake that has not committed yet.
  await put('a logo in every mail');
  await unusedFilesJob.run(platform, given.data);
  assert.ok(await desk.platform.files.head(key));
  const [again] = later.splice(0);
  assert.ok(again?.startAfter && again.startAfter.getTime() > Date.now() + 1_800_000);
  assert.deepEqual(again.data.keys, [key]);
  await unusedFilesJob.run(platform, { ...again.data, since: soon().toISOString() });
  assert.equal(await desk.platform.files.head(key), undefined);
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

test('what a crash left behind goes in the end; what is named, young, put again or of an account that is not ours stays', async () => {
  const [needed, left, again] = [await put('of a message'), await put('left behind by a crash'), await put('left behind, then stored again')];
  const foreign = await desk.platform.files.put(randomUUID(), Buffer.from('of another database'));
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ rawKey: needed.key })));
  assert.equal(await sweepFiles(platform), 0, 'all of it is younger than a day');
  const found = await sweepFiles(platform, inDays(2));
  const orders = later.splice(0);
  const keys = orders.flatMap(({ data }) => data.keys);
  assert.equal(found, keys.length);
  assert.ok(keys.includes(left.key) && keys.includes(again.key));
  assert.ok(!keys.includes(needed.key) && !keys.includes(foreign.key));
  assert.ok(orders.every(({ startAfter }) => startAfter && startAfter.getTime() > Date.now() + 1_800_000), 'once more after what may be under way');
  // Until then a mail with the same bytes has come, and been committed.
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ rawKey: again.key })));
  for (const { data } of orders) await unusedFilesJob.run(platform, data);
  assert.equal(await desk.platform.files.head(left.key), undefined);
  for (const { key } of [needed, again, foreign]) assert.ok(await desk.platform.files.head(key));
});

test('a copy of the database that was given the store of the original clears nothing away in it', async () => {
  const orphan = await put('what the copy does not know');
  assert.equal((await ownersOf(desk.platform.files)).length, 1, 'the first that looked has left its mark');
  await desk.platform.files.put(OWNER_FOLDER, Buffer.from('Looked after by the original'));
  assert.equal(await sweepFiles(platform, inDays(2)), 0);
  assert.deepEqual(later, []);
  assert.ok(await desk.platform.files.head(orphan.key));
});

test('every column that can name a stored file counts as naming it', async () => {
  const columns = await desk.asSystem(({ tx }) => tx.run<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.atttypid in ('text'::regtype, 'text[]'::regtype) and a.attname ~ '_keys?$' order by 1`,
  ));
  // Keys of other things, and what an erasure is about to delete.
  const others = ['case_field_value.value_key', 'chat_key.public_key', 'erasure.file_keys', 'notification_told.event_key', 'push_key.public_key', 'received.dedupe_key'];
  assert.deepEqual(columns.map(({ name }) => name).filter((name) => !others.includes(name)), Object.entries(namingColumns).map((pair) => pair.join('.')).sort());
});
