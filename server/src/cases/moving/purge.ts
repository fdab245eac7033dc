import { asideDays } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { purgeFromLedger } from '../../ledger/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { deleteFilesLater } from '../../platform/files/delete-unused.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { deleteCase, selectToPurge } from './aside-store.ts';

const BATCH = 50;
const actor = systemActor('purge');

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
        await deleteFilesLater(ctx, [...gone.fileKeys, ...raws]);
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
