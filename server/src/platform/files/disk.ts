import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { assertKey, keyFor } from './key.ts';
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
  const head = async (key: string): Promise<StoredFile | undefined> => {
    try {
      return { key, bytes: (await stat(pathOf(key))).size };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
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
      try {
        if ((await stat(pathOf(key))).mtime >= moment) return false;
        await rm(pathOf(key), { force: true });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
      return true;
    },
    async *list(accountId) {
      const accounts = accountId ? [accountId] : await readdir(root).catch(() => []);
      for (const account of accounts) {
        for (const prefix of await readdir(join(root, account)).catch(() => [])) {
          for (const name of await readdir(join(root, account, prefix))) {
            if (name.startsWith('.')) continue;
            const found = await head(`${account}/${prefix}/${name}`);
            if (found) yield found;
          }
        }
      }
    },
    close: async () => {},
  };
}
