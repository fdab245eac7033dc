import { asideDays } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { purgeFromLedger, rawsInUse } from '../../ledger/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { filesInUse } from '../remove-demo.ts';
import { deleteCase, selectToPurge } from './aside-store.ts';

const BATCH = 50;
const FILES_AT_ONCE = 400;
const LATER_MS = 3_600_000;
const actor = systemActor('purge');

/** What the job is given in the transaction that takes away what pointed to these files. */
export const unused = (accountId: string, keys: string[]) => ({ accountId, keys, since: new Date().toISOString() });

/** Removes stored files of purged cases that nothing else in the account needs. Doing it again is harmless. */
export const deletePurgedFiles = defineJob<{ accountId: string; keys: string[]; /** When they were found unused. */ since?: string }>({
  name: 'cases.delete-purged-files',
  async run(platform, { accountId, keys, since }) {
    const moment = since === undefined ? new Date() : new Date(since);
    const wanted: string[] = [];
    for (let i = 0; i < keys.length; i += FILES_AT_ONCE) {
      const some = keys.slice(i, i + FILES_AT_ONCE);
      const used = await inAccount(platform, accountId, actor, async (ctx) => new Set([...(await filesInUse(ctx, some)), ...(await rawsInUse(ctx, some))]));
      await Promise.all(some.filter((key) => !used.has(key)).map(async (key) => {
        if (!(await platform.files.deleteOlder(key, moment))) wanted.push(key);
      }));
    }
    // The same bytes came in again, and what they belong to may not be committed yet: looked at once more when it must be.
    if (wanted.length > 0) await inAccount(platform, accountId, actor, (ctx) => platform.jobs.enqueue(ctx.tx, deletePurgedFiles, unused(accountId, wanted), { startAfter: new Date(Date.now() + LATER_MS) }));
  },
});

/** Deletes for good what was spam or deleted for 30 days, each case in a transaction of its own; its files go after the commit. Answers how many. */
export async function purgeCases(platform: Platform): Promise<number> {
  const before = new Date(platform.clock.now().getTime() - asideDays * 86_400_000);
  let count = 0;
  for (;;) {
    const due = await platform.database.asSystem((tx) => selectToPurge(tx, before, BATCH));
    for (const { account_id: accountId, id } of due) {
      await inAccount(platform, accountId, actor, async (ctx) => {
        const gone = await deleteCase(ctx, id, before);
        if (!gone) return;
        const raws = await purgeFromLedger(ctx, gone.messageIds);
        await recordAudit(ctx, 'case.purged', { target: `#${gone.number}`, detail: { caseId: id, messages: gone.messageIds.length, reason: gone.reason } });
        const keys = [...new Set([...gone.fileKeys, ...raws])];
        if (keys.length > 0) await platform.jobs.enqueue(ctx.tx, deletePurgedFiles, unused(accountId, keys));
      });
    }
    count += due.length;
    if (due.length < BATCH) return count;
  }
}

export const purge = defineJob({
  name: 'cases.purge',
  schedule: '41 3 * * *',
  async run(platform) {
    await purgeCases(platform);
  },
});
