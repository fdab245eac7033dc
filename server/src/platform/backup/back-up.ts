import { copyFile, chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import type { ConnectionOptions } from '../database/connection.ts';
import type { Files } from '../files/index.ts';
import type { Secrets } from '../secrets.ts';
import { makeWholeDirectory } from '../whole-directory.ts';
import { backUpFiles } from './back-up-files.ts';
import { connectForLong } from './connect.ts';
import { copyOut } from './copy-stream.ts';
import { fingerprintOf } from './fingerprint.ts';
import { PENDING_EVENTS, SECRET_KEY, tableFile, writeManifest, type Manifest } from './manifest.ts';
import { pendingEventsQuery } from './pending-events.ts';
import type { OnProgress } from './progress.ts';
import { copyOutStatement, tablesToCopy } from './tables.ts';
import { writeTable } from './write-table.ts';

export interface BackupOptions {
  /** Where to; must not exist yet, or be empty. */
  directory: string;
  connection: Omit<ConnectionOptions, 'max'>;
  files: Files;
  secrets: Secrets;
  /** The file the secret key lives in, to take it along. Without it the backup holds only the key's fingerprint. */
  keyFile?: string | undefined;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

export interface BackupReport {
  directory: string;
  manifest: Manifest;
}

/**
 * Writes a complete copy of what the product knows into `directory`: every table as PostgreSQL's binary COPY, the files rows refer to, and a manifest with
 * counts and checksums. All rows are of one moment, while the product goes on working. The directory appears when the backup is complete, and not before.
 *
 * Throws with words for the person when the directory is not empty or the database has no schema.
 */
export async function backUp(options: BackupOptions): Promise<BackupReport> {
  const directory = resolve(options.directory);
  await mustBeFree(directory);
  let manifest: Manifest | undefined;
  const client = await connectForLong(options.connection);
  // A cancelled backup must not wait for the statement that runs.
  const cancel = (): void => void client.end();
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    const isOurs = await makeWholeDirectory(directory, async (work) => {
      await chmod(work, 0o700);
      manifest = await fill(work, client, options);
    });
    if (!isOurs || !manifest) throw new Error(`Something else was put into ${directory} meanwhile. Choose another directory.`);
    return { directory, manifest };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    await client.end();
  }
}

async function mustBeFree(directory: string): Promise<void> {
  const existing = await stat(directory).catch(() => undefined);
  if (!existing) return;
  if (existing.isDirectory() && (await readdir(directory)).length === 0) return;
  throw new Error(`${directory} exists already. Choose a directory that does not, for example one with today's date.`);
}

async function fill(work: string, client: pg.Client, options: BackupOptions): Promise<Manifest> {
  const onProgress = options.onProgress ?? (() => undefined);
  await client.query('begin isolation level repeatable read read only');
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>('select number, name, checksum from migration order by number').catch(() => {
    throw new Error('There is nothing to back up: the database has no tables yet.');
  });
  const { rows: versions } = await client.query<{ server_version: string }>('show server_version');

  await mkdir(join(work, 'tables'), { mode: 0o700 });
  const tables: Manifest['tables'] = [];
  for (const table of await tablesToCopy(client)) {
    const onRows = (done: number): void => {
      options.signal?.throwIfAborted();
      onProgress({ step: table.name, done, total: table.estimatedRows, unit: 'rows' });
    };
    const written = await writeTable(join(work, tableFile(table.name)), copyOut(client, copyOutStatement(table)), onRows);
    tables.push({ name: table.name, columns: table.columns, ...written });
    onProgress({ step: table.name, done: written.rows, total: written.rows, unit: 'rows' });
  }
  const pending = await writeTable(join(work, PENDING_EVENTS), copyOut(client, `copy (${await pendingEventsQuery(client)}) to stdout (format binary)`));
  const files = await backUpFiles(client, options.files, work, onProgress, options.signal);
  await client.query('commit');

  if (options.keyFile) {
    await copyFile(options.keyFile, join(work, SECRET_KEY));
    await chmod(join(work, SECRET_KEY), 0o600);
  }
  const manifest: Manifest = {
    format: 'rapport-backup',
    formatVersion: 1,
    createdAt: new Date().toISOString(),
    postgresVersion: versions[0]?.server_version ?? '',
    migrations,
    tables,
    pendingEvents: { rows: pending.rows, sha256: pending.sha256 },
    files,
    secretKey: { fingerprint: fingerprintOf(options.secrets), isIncluded: options.keyFile !== undefined },
  };
  await writeManifest(work, manifest);
  return manifest;
}
