import type { Platform } from '../context.ts';
import { keyFor } from './key.ts';
import type { Files } from './index.ts';

/** Beside the accounts, where no row names anything. */
export const OWNER_FOLDER = '00000000-0000-0000-0000-000000000000';

/** One database among all there are: a copy that was restored elsewhere is another one, although everything in it is the same. */
export const OWNER_QUERY = `select 'Looked after by the database ' || (select system_identifier from pg_control_system()) || '/' || oid as owner from pg_database where datname = current_database()`;

/** Who looks after a store: the mark that lies in it; undefined before anybody did. */
export async function ownersOf(files: Files): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of files.list(OWNER_FOLDER)) keys.push(key);
  return keys;
}

export const markOf = (owner: string): string => keyFor(OWNER_FOLDER, Buffer.from(owner));

/**
 * Whether this database may clear the store of what it does not know. The first one that asks leaves its mark. A copy of it, for example one that tries out a backup with the settings of the original,
 * finds a mark that is not its own.
 */
export async function isLookedAfterByUs({ files, database }: Pick<Platform, 'files' | 'database'>): Promise<boolean> {
  const [row] = await database.asSystem((tx) => tx.run<{ owner: string }>(OWNER_QUERY));
  if (!row) throw new Error('The database has no name.');
  const owners = await ownersOf(files);
  if (owners.length === 0) await files.put(OWNER_FOLDER, Buffer.from(row.owner));
  return owners.every((key) => key === markOf(row.owner));
}
