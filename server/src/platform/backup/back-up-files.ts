import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type pg from 'pg';
import type { Files } from '../files/index.ts';
import type { Manifest } from './manifest.ts';
import type { OnProgress } from './progress.ts';
import { fileKeysQuery } from './tables.ts';

const BATCH = 500;
const AT_ONCE = 8;

/**
 * Copies every file a row of the snapshot refers to into `<work>/files`. Files only rows of others refer to, or none, are left behind. A file is named by
 * the hash of its content, so a damaged one shows while it is copied; it counts as missing, as one that is not there does: what remains is still worth keeping.
 */
export async function backUpFiles(client: pg.Client, files: Files, work: string, onProgress: OnProgress, signal?: AbortSignal): Promise<Manifest['files']> {
  const result: Manifest['files'] = { count: 0, bytes: 0, missing: [] };
  const folders = new Set<string>();

  const copy = async (key: string): Promise<void> => {
    signal?.throwIfAborted();
    const path = join(work, 'files', key);
    const folder = dirname(path);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 });
    folders.add(folder);
    const bytes = await copyOne(files, key, path);
    if (bytes === undefined) {
      result.missing.push(key);
      return;
    }
    result.count += 1;
    result.bytes += bytes;
    if (result.count % 50 === 0) onProgress({ step: 'files', done: result.count, unit: 'files' });
  };

  await client.query(`declare keys no scroll cursor for ${await fileKeysQuery(client)}`);
  for (;;) {
    const { rows } = await client.query<{ key: string }>(`fetch ${BATCH} from keys`);
    if (rows.length === 0) break;
    const queue = rows.map((row) => row.key);
    const worker = async (): Promise<void> => {
      for (let key = queue.pop(); key !== undefined; key = queue.pop()) await copy(key);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
  await client.query('close keys');
  result.missing.sort();
  onProgress({ step: 'files', done: result.count, total: result.count, unit: 'files' });
  return result;
}

/** How many bytes were copied; undefined when the file is not there or is not what its name says. */
async function copyOne(files: Files, key: string, path: string): Promise<number | undefined> {
  if (!(await files.head(key))) return undefined;
  const sha = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of (await files.get(key)) as AsyncIterable<Buffer>) {
      sha.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (sha.digest('hex') === basename(key)) return bytes;
  await rm(path);
  return undefined;
}
