import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { ImportFormat } from '@rapport/contract';
import { guessFormat, type FoundFile, type SourceFile } from '../importing/index.ts';

const HEAD_BYTES = 32 * 1024;
const CHUNK_BYTES = 1024 * 1024;

const fileOf = (path: string, name: string, bytes: number): SourceFile => ({ name, bytes, open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer> });

async function filesUnder(folder: string, isWanted: (path: string) => boolean): Promise<{ path: string; bytes: number }[]> {
  const found: { path: string; bytes: number }[] = [];
  for (const item of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(item.parentPath, item.name);
    if (item.isFile() && isWanted(relative(folder, path))) found.push({ path, bytes: (await stat(path)).size });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The mails of a Maildir lie in its folders `cur` and `new`, and in those of the folders within. */
const isMail = (path: string): boolean => /(^|[/\\])(cur|new)[/\\][^/\\]+$/.test(path);
const isExport = (path: string): boolean => !basename(path).startsWith('.');

/** What lies at some paths, as a source: files, or all files of folders. Throws when there is nothing. */
export async function sourceAt(format: ImportFormat | 'auto', paths: readonly string[]): Promise<{ format: ImportFormat; files: SourceFile[]; fingerprint: string }> {
  const found: { path: string; name: string; bytes: number }[] = [];
  let kind = format;
  for (const path of paths) {
    const about = await stat(path);
    if (!about.isDirectory()) {
      found.push({ path, name: basename(path), bytes: about.size });
      continue;
    }
    const mails = await filesUnder(path, isMail);
    if (kind === 'auto' && mails.length > 0) kind = 'maildir';
    for (const each of kind === 'maildir' ? mails : await filesUnder(path, isExport)) found.push({ ...each, name: relative(path, each.path) });
  }
  if (found.length === 0) throw new Error(`There is nothing at ${paths.join(', ')}.`);
  for (const each of found) {
    if (kind !== 'auto') break;
    kind = guessFormat(each.name, await headOf(each.path)) ?? 'auto';
  }
  if (kind === 'auto') throw new Error('Nothing tells which format this is. Name it.');
  const hash = createHash('sha256').update(kind);
  for (const each of found) hash.update(`\0${resolve(each.path)}\0${each.bytes}`);
  return { format: kind, files: found.map((each) => fileOf(each.path, each.name, each.bytes)), fingerprint: hash.digest('base64url') };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Looks in a folder for files that an export only names: by id and name, by id, by name. */
export function filesIn(folder: string | undefined): ((file: FoundFile) => Promise<Buffer | null>) | undefined {
  if (folder === undefined) return undefined;
  // Names come from the export: only what lies directly where it should is looked at.
  const plain = (name: string | null): string | null => (name === null || name === '' || name === '.' || name === '..' ? null : basename(name.replaceAll('\\', '/')));
  return async ({ sourceId, filename }) => {
    const id = plain(sourceId), name = plain(filename);
    const places = [id !== null && name !== null ? join(folder, id, name) : null, id === null ? null : join(folder, id), name === null ? null : join(folder, name)];
    for (const place of places) {
      if (place === null) continue;
      try {
        return await readFile(place);
      } catch (error) {
        if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
    return null;
  };
}
