import { randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { assertKey, isKey, keyFor } from './key.ts';
import type { Files, StoredFile } from './index.ts';

const missing = () => new Refusal('not_found', 'This file is not in the store any more.');
const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Files on a local disk: written aside, synced, renamed into place, so that a reader sees all of a file or none of it. */
export function openDiskFiles(root: string): Files {
  const pathOf = (key: string) => {
    assertKey(key);
    return join(root, key);
  };
  const statOf = (path: string): Promise<Stats | undefined> => stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const head = async (key: string): Promise<StoredFile | undefined> => {
    const there = await statOf(pathOf(key));
    return there && { key, bytes: there.size };
  };
  /** `account/prefix/name` of all that lies where files lie; one folder of names at a time is in memory. */
  async function* namesBelow(accountId?: string): AsyncGenerator<string> {
    for (const account of accountId ? [accountId] : await readdir(root).catch(() => [])) {
      for (const prefix of await readdir(join(root, account)).catch(() => [])) {
        for (const name of await readdir(join(root, account, prefix)).catch(() => [])) yield `${account}/${prefix}/${name}`;
      }
    }
  }
  // Folders this process has made durable: a new folder is only there after a power cut when those above it were synced too.
  const durable = new Set<string>();
  const makeDurable = async (folder: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    for (const each of [dirname(folder), root, dirname(root)]) await syncDirectory(each);
    durable.add(folder);
  };
  const openAside = async (folder: string, aside: string) => {
    if (!durable.has(folder)) await makeDurable(folder);
    try {
      return await open(aside, 'wx', 0o600);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Somebody took the folder away.
      await makeDurable(folder);
      return open(aside, 'wx', 0o600);
    }
  };
  /** False when it has gone meanwhile. */
  const touch = async (path: string): Promise<boolean> => {
    const now = new Date();
    try {
      await utimes(path, now, now);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  };
  return {
    head,
    async put(accountId, content) {
      const key = keyFor(accountId, content);
      const path = pathOf(key);
      const known = await head(key);
      if (known?.bytes === content.length && (await touch(path))) return known;
      const folder = dirname(path);
      const aside = join(folder, `.${randomUUID()}`);
      const handle = await openAside(folder, aside);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, path);
      await syncDirectory(folder);
      return { key, bytes: content.length };
    },
    async get(key, range) {
      if (!(await head(key))) throw missing();
      return createReadStream(pathOf(key), range);
    },
    async read(key) {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        throw isMissing(error) ? missing() : error;
      }
    },
    delete: (key) => rm(pathOf(key), { force: true }),
    async deleteOlder(key, moment) {
      const there = await statOf(pathOf(key));
      if (there && there.mtime >= moment) return false;
      await rm(pathOf(key), { force: true });
      return true;
    },
    async *list(accountId) {
      for await (const key of namesBelow(accountId)) {
        const there = isKey(key) ? await statOf(join(root, key)) : undefined;
        if (there) yield { key, bytes: there.size, putAt: there.mtime };
      }
    },
    async clearUnfinished(moment) {
      for await (const name of namesBelow()) {
        if (basename(name).startsWith('.') && ((await statOf(join(root, name)))?.mtime ?? moment) < moment) await rm(join(root, name), { force: true });
      }
    },
    close: async () => {},
  };
}
