import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { Refusal } from '../refusal.ts';
import type { Files, ListedFile } from './index.ts';

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
export async function listed(files: Files, accountId?: string): Promise<ListedFile[]> {
  const list: ListedFile[] = [];
  for await (const file of files.list(accountId)) list.push(file);
  return list;
}
const isNotFound = (error: unknown) => error instanceof Refusal && error.code === 'not_found';

/** What every file store must do. */
export function describeFiles(name: string, prepare: () => Promise<{ files: Files; end: () => Promise<void> }>): void {
  describe(`files: ${name}`, { timeout: 60_000 }, () => {
    const account = randomUUID();
    let files: Files;
    let end = async () => {};
    before(async () => {
      ({ files, end } = await prepare());
    });
    after(async () => {
      await files.close();
      await end();
    });

    it('gives back what was put in, byte for byte', async () => {
      for (const content of [Buffer.alloc(0), Buffer.from('Grüezi'), randomBytes(100_000)]) {
        const { key, bytes } = await files.put(account, content);
        assert.equal(bytes, content.length);
        assert.deepEqual(await files.read(key), content);
        assert.deepEqual(await bytesOf(await files.get(key)), content);
        assert.deepEqual(await files.head(key), { key, bytes });
      }
    });

    it('keeps the same bytes once, and apart for each account', async () => {
      const content = Buffer.from('the same');
      const other = randomUUID();
      const [first, second, theirs] = [await files.put(account, content), await files.put(account, content), await files.put(other, content)];
      assert.deepEqual(first, second);
      assert.notEqual(first.key, theirs.key);
      await files.delete(first.key);
      assert.deepEqual(await files.read(theirs.key), content);
    });

    it('takes several who store the same at once', async () => {
      const content = randomBytes(50_000);
      const stored = await Promise.all(Array.from({ length: 8 }, () => files.put(account, content)));
      assert.equal(new Set(stored.map(({ key }) => key)).size, 1);
      assert.deepEqual(await files.read(stored[0]?.key ?? ''), content);
    });

    it('takes a file of many megabytes', async () => {
      const content = randomBytes(20 * 1024 * 1024 + 7);
      const { key } = await files.put(account, content);
      assert.ok((await files.read(key)).equals(content));
    });

    it('gives a part, both ends included', async () => {
      const { key } = await files.put(account, Buffer.from('0123456789'));
      assert.equal(String(await bytesOf(await files.get(key, { start: 2, end: 4 }))), '234');
    });

    it('says that a file is not there, and forgets one that is deleted, twice if need be', async () => {
      const { key } = await files.put(account, Buffer.from('short-lived'));
      await files.delete(key);
      await files.delete(key);
      assert.equal(await files.head(key), undefined);
      await assert.rejects(files.read(key), isNotFound);
      await assert.rejects(files.get(key), isNotFound);
    });

    it('keeps what somebody has put again since it was found unused', async () => {
      const [old, wanted] = [await files.put(account, Buffer.from('nobody’s')), await files.put(account, Buffer.from('somebody’s again'))];
      await sleep(1_100);
      const moment = new Date();
      await sleep(1_100);
      await files.put(account, Buffer.from('somebody’s again'));
      assert.equal(await files.deleteOlder(wanted.key, moment), false);
      assert.equal(await files.deleteOlder(old.key, moment), true);
      assert.equal(await files.deleteOlder(old.key, moment), true, 'twice if need be');
      assert.equal(String(await files.read(wanted.key)), 'somebody’s again');
      assert.equal(await files.head(old.key), undefined);
    });

    it('lists an account’s files, or all', async () => {
      const [mine, theirs] = [randomUUID(), randomUUID()];
      const stored = await Promise.all([...Array.from({ length: 12 }, (_, i) => files.put(mine, Buffer.from(`mine ${i}`))), files.put(theirs, Buffer.from('theirs'))]);
      const own = await listed(files, mine);
      assert.ok(own.every(({ putAt }) => Math.abs(putAt.getTime() - Date.now()) < 60_000));
      assert.deepEqual(own.map(({ key, bytes }) => ({ key, bytes })).sort((a, b) => (a.key < b.key ? -1 : 1)), stored.slice(0, 12).sort((a, b) => (a.key < b.key ? -1 : 1)));
      const all = new Set((await listed(files)).map(({ key }) => key));
      assert.ok(stored.every(({ key }) => all.has(key)));
    });

    it('has no way out of the store by a crafted key', async () => {
      for (const key of ['../../etc/passwd', `${account}/../secret`, '/etc/passwd', `${account}/ab/${'x'.repeat(64)}`]) {
        await assert.rejects(async () => files.read(key), TypeError);
        await assert.rejects(async () => files.head(key), TypeError);
      }
    });
  });
}
