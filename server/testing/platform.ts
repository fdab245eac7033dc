import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openPlatform, type OpenPlatform } from '../src/platform/open-platform.ts';
import { createTestDatabase } from './database.ts';

export interface TestPlatform {
  platform: OpenPlatform;
  databaseUrl: string;
  /** Another process's ground floor on the same database. */
  another(): Promise<OpenPlatform>;
  /** A fresh account with nothing in it. */
  account(): Promise<string>;
  close(): Promise<void>;
}

/** The ground floor on a migrated database of its own: no rooms, no web server, no jobs started. */
export async function openTestPlatform(options: { clock?: Clock; env?: Record<string, string> } = {}): Promise<TestPlatform> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  const config = readConfig({ DATABASE_URL: database.url, RAPPORT_DATA: dataDir, RAPPORT_LOG: process.env['RAPPORT_LOG'] ?? 'silent', ...options.env });
  const opened: OpenPlatform[] = [];
  const another = async () => {
    const platform = await openPlatform(config, options.clock ? { clock: options.clock } : {});
    opened.push(platform);
    return platform;
  };
  return {
    platform: await another(),
    databaseUrl: database.url,
    another,
    async account() {
      const id = crypto.randomUUID();
      await database.database.pool.query(`insert into account (id, name, created_at) values ($1, 'Test', now())`, [id]);
      return id;
    },
    async close() {
      for (const platform of opened) await platform.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
