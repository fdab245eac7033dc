import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { NOBODY } from '../platform/case-scope.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { countCasesAnew } from './count-cases.ts';
import { markFilled, selectUnfilled } from './fact-store.ts';
import { rollUp } from './roll-up.ts';
import { countAllCases, selectCaseIds } from './timeline-store.ts';

const CASES_AT_ONCE = 200;
const LEASE_SECONDS = 90;
const actor = systemActor('insights.rebuild');

/** Counts every case of an account anew and sums the days anew, some at a time, beside the running desk; reports stay readable meanwhile. Answers how many cases there were. */
export async function rebuildInsights(platform: Platform, accountId: string, onProgress: (done: number, total: number) => void = () => {}): Promise<number> {
  const total = await inAccount(platform, accountId, actor, countAllCases);
  let done = 0;
  for (let after: string | undefined = NOBODY; after !== undefined; ) {
    const from: string = after;
    const ids = await inAccount(platform, accountId, actor, async (ctx) => {
      const next = await selectCaseIds(ctx, from, CASES_AT_ONCE);
      await countCasesAnew(ctx, next);
      return next;
    });
    done += ids.length;
    after = ids.at(-1);
    onProgress(done, Math.max(done, total));
  }
  await inAccount(platform, accountId, actor, markFilled);
  await rollUp(platform, accountId, { isAnew: true });
  return done;
}

/** Counts the cases that were there before the reports were: after an upgrade, and after a backup of an older release is brought back. */
export const fillInsights = defineJob({
  name: 'insights.fill',
  schedule: '* * * * *',
  concurrency: 1,
  expireSeconds: 12 * 3_600,
  async run(platform) {
    for (const { id } of await platform.database.asSystem(selectUnfilled)) {
      // Counting millions of cases takes longer than until the next minute, and once is enough for all processes.
      const lease = `insights.fill ${id}`;
      if (!(await platform.leases.hold(lease, LEASE_SECONDS))) continue;
      const timer = setInterval(() => void platform.leases.hold(lease, LEASE_SECONDS).catch(() => {}), (LEASE_SECONDS * 1_000) / 3);
      try {
        await rebuildInsights(platform, id);
      } finally {
        clearInterval(timer);
        await platform.leases.release(lease);
      }
    }
  },
});
