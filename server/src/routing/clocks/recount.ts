import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { lockRecount, restartRecount, selectStuckRecounts, writeRecount } from './recount-store.ts';
import { settleClocks } from './settle.ts';
import { countOpenCases, selectOpenCases } from './story-store.ts';

const BATCH = 100;
/** Browsers hear of so many cases at once. */
const TOLD_EVERY = 1_000;
const STUCK_MS = 3 * 60_000;

interface Whose {
  accountId: string;
}

/** Has the open cases brought to what policies and calendars say now; one that is under way begins anew. */
export async function beginRecount(ctx: Ctx): Promise<void> {
  await restartRecount(ctx, await countOpenCases(ctx));
  await ctx.platform.jobs.enqueue(ctx.tx, recountJob, { accountId: ctx.accountId }, { singletonKey: ctx.accountId });
}

/** Settles the next cases; how far it came is kept with them, so nothing is left out or told twice, whenever the process dies. Answers false at the end. */
async function step(ctx: Ctx): Promise<boolean> {
  const recount = await lockRecount(ctx);
  if (!recount || recount.is_over) return false;
  const ids = await selectOpenCases(ctx, recount.position, BATCH);
  await settleClocks(ctx, ids, false);
  const done = recount.done + ids.length;
  const isOver = ids.length < BATCH;
  await writeRecount(ctx, { position: ids.at(-1) ?? recount.position, done, total: isOver ? done : Math.max(recount.total, done), is_over: isOver });
  if (isOver || done % TOLD_EVERY === 0) await announce(ctx, 'service_policies.changed', {});
  return !isOver;
}

/** Goes on with the recount of an account until its end. Safe to call by several at once and after any crash. */
export async function goOnRecounting(platform: Platform, accountId: string): Promise<void> {
  while (await inAccount(platform, accountId, systemActor('service levels'), step));
}

export const recountJob = defineJob<Whose>({ name: 'routing.recount', concurrency: 1, expireSeconds: 3_600, run: (platform, { accountId }) => goOnRecounting(platform, accountId) });

/** Takes up recounts whose job was lost. */
export const resumeRecounts = defineJob({
  name: 'routing.recount-resume',
  schedule: '* * * * *',
  async run(platform) {
    const stuck = await platform.database.asSystem((tx) => selectStuckRecounts(tx, new Date(platform.clock.now().getTime() - STUCK_MS)));
    for (const { account_id: accountId } of stuck) await inAccount(platform, accountId, systemActor('service levels'), (ctx) => platform.jobs.enqueue(ctx.tx, recountJob, { accountId }, { singletonKey: accountId }));
  },
});
