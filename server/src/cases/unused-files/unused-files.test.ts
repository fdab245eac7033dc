import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestDesk } from '../../../testing/desk.ts';
import type { Platform } from '../../platform/context.ts';
import { receive } from '../receive.ts';
import { deleteFilesLater, deleteUnusedFiles, unusedFilesJob, type UnusedFiles } from './delete-unused.ts';

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
