import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { selectToTell, type ToTell } from './clock-store.ts';
import { settleClocks } from './settle.ts';

const BATCH = 200;

/**
 * Tells of every clock that is about to run out or has, each case in a transaction of its own. The case is looked at first: what was answered a moment ago and not heard of yet is not told of.
 * Of two processes the second finds nothing left to tell. A case that fails holds up nobody else's. Answers how many cases were looked at.
 */
export async function tellWhatIsDue(platform: Platform): Promise<number> {
  let count = 0;
  let after: ToTell | undefined;
  for (;;) {
    const from = after;
    const due = await platform.database.asSystem((tx) => selectToTell(tx, platform.clock.now(), from, BATCH));
    for (const { account_id, case_id } of due)
      await inAccount(platform, account_id, systemActor('service levels'), (ctx) => settleClocks(ctx, [case_id])).catch((error: unknown) => platform.log.error({ err: error, caseId: case_id }, 'the clocks of a case were not settled'));
    count += due.length;
    if (due.length < BATCH) return count;
    after = due.at(-1);
  }
}

export const dueJob = defineJob({
  name: 'routing.due',
  schedule: '* * * * *',
  async run(platform) {
    await tellWhatIsDue(platform);
  },
});
