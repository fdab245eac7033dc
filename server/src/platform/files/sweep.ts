import { inAccount, systemActor, type Platform } from '../context.ts';
import type { Tx } from '../database/index.ts';
import { defineJob } from '../jobs/index.ts';
import { deleteFilesLater, LATER_MS } from './delete-unused.ts';
import { selectNamed } from './named.ts';
import { isLookedAfterByUs } from './whose-store.ts';

/** What was put less than a day ago may belong to something that is not committed yet. */
export const GRACE_MS = 86_400_000;
const FILES_AT_ONCE = 1_000;

const accountOf = (key: string): string => key.slice(0, key.indexOf('/'));

/** Those of the files that no row names, by account. Accounts this database does not know are nobody’s to judge here. */
async function selectOrphans(tx: Tx, keys: readonly string[]): Promise<Map<string, string[]>> {
  const named = await selectNamed(tx, keys);
  const known = new Set((await tx.run<{ id: string }>('select id from account where id = any($1::uuid[])', [[...new Set(keys.map(accountOf))]])).map((row) => row.id));
  return Map.groupBy(keys.filter((key) => !named.has(key) && known.has(accountOf(key))), accountOf);
}

/**
 * Finds the files that a crash between storing and committing has left, or one between committing and deleting, and has them deleted in an hour unless somebody names or puts them until then. Reads through
 * the whole store, a thousand files at a time. Answers how many there are. Does nothing in a store that another database looks after: what that one needs would be rubbish here.
 */
export async function sweepFiles(platform: Platform, now = new Date()): Promise<number> {
  if (!(await isLookedAfterByUs(platform))) {
    platform.log.warn({}, 'the file store is looked after by another database, so nothing was swept');
    return 0;
  }
  const before = new Date(now.getTime() - GRACE_MS);
  await platform.files.clearUnfinished(before);
  let count = 0;
  const look = async (keys: readonly string[]): Promise<void> => {
    for (const [accountId, orphans] of await platform.database.asSystem((tx) => selectOrphans(tx, keys))) {
      await inAccount(platform, accountId, systemActor('files'), (ctx) => deleteFilesLater(ctx, orphans, { afterMs: LATER_MS, since: before }));
      count += orphans.length;
    }
  };
  let keys: string[] = [];
  for await (const { key, putAt } of platform.files.list()) {
    if (putAt >= before) continue;
    keys.push(key);
    if (keys.length < FILES_AT_ONCE) continue;
    await look(keys);
    keys = [];
  }
  await look(keys);
  if (count > 0) platform.log.info({ count }, 'files that nothing names will be deleted');
  return count;
}

export const sweepFilesJob = defineJob({
  name: 'platform.sweep-files',
  // Once a week: it reads the whole store, and what it looks for is rare.
  schedule: '23 4 * * 0',
  concurrency: 1,
  expireSeconds: 12 * 3_600,
  run: async (platform) => void (await sweepFiles(platform)),
});
