import { createHmac } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Platform } from '../platform/context.ts';

const tombstone = z.object({ accountId: z.uuid(), erasedAt: z.iso.datetime(), hashes: z.array(z.string()) });
export type Tombstone = z.output<typeof tombstone>;

const FILE = 'erased.jsonl';

/** One address as only this installation can tell it again: the key lies outside the database. */
export function addressHash(platform: Pick<Platform, 'secrets'>, accountId: string, kind: string, value: string): string {
  return createHmac('sha256', platform.secrets.deriveKey('erasure')).update(`${accountId}:${kind}:${value}`).digest('base64url');
}

/** Writes down who is erased, beside the database and not in it: a restored backup is older than the erasure and knows nothing of it. Durable when it resolves. */
export async function writeTombstone(platform: Pick<Platform, 'config'>, stone: Tombstone): Promise<void> {
  await mkdir(platform.config.dataDir, { recursive: true });
  const file = await open(join(platform.config.dataDir, FILE), 'a', 0o600);
  try {
    await file.write(`${JSON.stringify(stone)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** All tombstones of this installation. A last line that a crash cut off is left out. */
export async function readTombstones(platform: Pick<Platform, 'config'>): Promise<Tombstone[]> {
  const text = await readFile(join(platform.config.dataDir, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    try {
      return [tombstone.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
