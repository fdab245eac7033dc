import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { PENDING_EVENTS, readManifest, tableFile, type Manifest } from './manifest.ts';
import type { OnProgress } from './progress.ts';
import { readTable } from './read-table.ts';

/** Reads a whole backup and compares it with its manifest, without a database. Throws at the first thing that is not right. */
export async function checkBackup(directory: string, onProgress: OnProgress = () => undefined): Promise<Manifest> {
  const manifest = await readManifest(directory);
  for (const table of manifest.tables) {
    await drain(readTable(join(directory, tableFile(table.name)), table, (done) => onProgress({ step: table.name, done, total: table.rows, unit: 'rows' })));
    onProgress({ step: table.name, done: table.rows, total: table.rows, unit: 'rows' });
  }
  await drain(readTable(join(directory, PENDING_EVENTS), manifest.pendingEvents));
  let done = 0;
  for await (const key of backedUpKeys(directory)) {
    const sha = createHash('sha256');
    for await (const chunk of createReadStream(join(directory, 'files', key))) sha.update(chunk as Buffer);
    if (sha.digest('hex') !== basename(key)) throw new Error(`${join(directory, 'files', key)} is damaged. Choose another backup.`);
    done += 1;
    if (done % 50 === 0) onProgress({ step: 'files', done, total: manifest.files.count, unit: 'files' });
  }
  mustBeAll(directory, manifest, done);
  onProgress({ step: 'files', done, total: done, unit: 'files' });
  return manifest;
}

export async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const chunk of source) void chunk;
}

export function mustBeAll(directory: string, manifest: Manifest, count: number): void {
  if (count !== manifest.files.count) {
    throw new Error(`${join(directory, 'files')} is not complete: it holds ${count} of ${manifest.files.count} files. Choose another backup.`);
  }
}

/** The keys of the files in a backup. */
export async function* backedUpKeys(directory: string): AsyncGenerator<string> {
  const root = join(directory, 'files');
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isFile()) yield relative(root, join(entry.parentPath, entry.name));
}
