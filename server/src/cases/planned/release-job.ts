import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectDuePlans, type PlanRow } from './plan-store.ts';
import { holdBack, holdPlan, releasePlan, type Release } from './release.ts';

const BATCH = 200;
const actor = systemActor('planned');

interface ReleaseJob {
  accountId: string;
  planId: string;
}

/** Releases one message; one that is refused is held back with code and words of the refusal, in a transaction of its own. */
export async function release(platform: Platform, job: ReleaseJob): Promise<Release> {
  try {
    return await inAccount(platform, job.accountId, actor, (ctx) => releasePlan(ctx, job.planId));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return inAccount(platform, job.accountId, actor, async (ctx) => {
      const held = await holdPlan(ctx, job.planId);
      if (!held || held.row.state !== 'waiting') return 'gone';
      await holdBack(ctx, held.record, held.row, error.code, error.detail ?? error.message);
      return 'held_back';
    });
  }
}

/** Sends one planned message when its time has come. State lives in `planned_message`: a job that runs twice, too early or too late finds it sent, waiting or due. */
export const releasePlanned = defineJob<ReleaseJob>({
  name: 'cases.release-planned',
  concurrency: 8,
  async run(platform, job) {
    await release(platform, job);
  },
});

export async function enqueueRelease(ctx: Ctx, row: Pick<PlanRow, 'id' | 'send_at'>): Promise<void> {
  await ctx.platform.jobs.enqueue<ReleaseJob>(ctx.tx, releasePlanned, { accountId: ctx.accountId, planId: row.id }, { startAfter: row.send_at });
}

/** Everything that is due, over all accounts. Answers how many messages were looked at. */
export async function releaseDue(platform: Platform): Promise<number> {
  const due = await platform.database.asSystem((tx) => selectDuePlans(tx, platform.clock.now(), BATCH));
  for (const { account_id: accountId, id: planId } of due) await release(platform, { accountId, planId });
  return due.length;
}

/** Every minute: what is due and whose job was lost, by a restored backup for example. */
export const sweepPlanned = defineJob({
  name: 'cases.sweep-planned',
  schedule: '* * * * *',
  async run(platform) {
    while ((await releaseDue(platform)) === BATCH);
  },
});
