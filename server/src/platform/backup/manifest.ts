import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const sum = z.string().regex(/^[0-9a-f]{64}$/);

const shape = z.object({
  format: z.literal('rapport-backup'),
  formatVersion: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Of the server the rows were read from; for people. */
  postgresVersion: z.string(),
  /** What the rows fit: these migrations have to be applied, and no others, when they are loaded. */
  migrations: z.array(z.object({ number: z.number().int(), name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int(), content: sum, bytes: z.number().int(), sha256: sum })),
  /** Events that some listener has not dealt with, in `pending-events.copy`. */
  pendingEvents: z.object({ rows: z.number().int(), sha256: sum }),
  files: z.object({
    count: z.number().int(),
    bytes: z.number().int(),
    /** Referred to by a row but not in the store when the backup was made. */
    missing: z.array(z.string()),
  }),
  /** Tells keys apart without telling the key. */
  secretKey: z.object({ fingerprint: z.string(), isIncluded: z.boolean() }),
});

export type Manifest = z.output<typeof shape>;

export const MANIFEST = 'manifest.json';
export const PENDING_EVENTS = 'pending-events.copy';
export const SECRET_KEY = 'secret.key';

export function tableFile(name: string): string {
  return join('tables', `${name}.copy`);
}

/** Written last, and whole: a directory without a manifest is no backup. */
export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  const path = join(directory, MANIFEST);
  const handle = await open(`${path}.new`, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
}

/** Throws with words for the person when `directory` holds no complete backup, or one of a format this release does not know. */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cause;
    throw new Error(`${directory} holds no complete backup: ${MANIFEST} is missing. A backup that was interrupted has none; choose another.`);
  });
  const document = parse(text);
  const { formatVersion } = (document ?? {}) as { formatVersion?: unknown };
  if (typeof formatVersion === 'number' && formatVersion > 1) {
    throw new Error(`The backup in ${directory} was made by a newer version of Rapport. Restore it with that version.`);
  }
  const parsed = shape.safeParse(document);
  if (!parsed.success) throw new Error(`${join(directory, MANIFEST)} is damaged: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}. Choose another backup.`);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
