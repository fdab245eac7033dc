import { inAccount, systemActor, type Ctx, type Platform } from '../context.ts';
import { defineJob } from '../jobs/index.ts';
import { selectNamed } from './named.ts';

const FILES_AT_ONCE = 400;
/** After so long nothing is still being committed. */
export const LATER_MS = 3_600_000;
const actor = systemActor('files');

export interface UnusedFiles {
  accountId: string;
  keys: string[];
  /** When they were found unused; what was put later is somebody's again. */
  since?: string;
}

/**
 * Deletes those of the stored files that no row of the account names, unless they were put again since `moment`: what those bytes belong to now may not be committed yet, so a job looks at them once
 * more in an hour. Answers how many are gone and how many are still there. Doing it again is harmless.
 */
export async function deleteUnusedFiles(platform: Platform, accountId: string, keys: readonly string[], moment: Date): Promise<{ removed: number; kept: number }> {
  const again: string[] = [];
  let kept = 0;
  for (let i = 0; i < keys.length; i += FILES_AT_ONCE) {
    const some = keys.slice(i, i + FILES_AT_ONCE);
    const used = await inAccount(platform, accountId, actor, (ctx) => selectNamed(ctx.tx, some));
    kept += used.size;
    await Promise.all(some.filter((key) => !used.has(key)).map(async (key) => {
      if (!(await platform.files.deleteOlder(key, moment))) again.push(key);
    }));
  }
  if (again.length > 0) await inAccount(platform, accountId, actor, (ctx) => deleteFilesLater(ctx, again, { afterMs: LATER_MS }));
  kept += again.length;
  return { removed: keys.length - kept, kept };
}

export const unusedFilesJob = defineJob<UnusedFiles>({
  // The queue has the name it was made with: under another one nobody would do what waits in it.
  name: 'cases.delete-purged-files',
  run: async (platform, { accountId, keys, since }) => void (await deleteUnusedFiles(platform, accountId, keys, since === undefined ? new Date() : new Date(since))),
});

/** Has stored files deleted once the transaction that takes away what named them has committed, or `afterMs` later; what is put after `since` (now, where nothing is said) stays. */
export async function deleteFilesLater(ctx: Ctx, keys: Iterable<string>, { afterMs, since = new Date() }: { afterMs?: number; since?: Date } = {}): Promise<void> {
  const data: UnusedFiles = { accountId: ctx.accountId, keys: [...new Set(keys)], since: since.toISOString() };
  if (data.keys.length > 0) await ctx.platform.jobs.enqueue(ctx.tx, unusedFilesJob, data, afterMs === undefined ? {} : { startAfter: new Date(Date.now() + afterMs) });
}
