import { webhookLogDays } from '@rapport/contract';
import { inAccount, systemActor } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { deleteOld } from './delivery-store.ts';
import { wakeDrain } from './drain.ts';
import { stop } from './stop.ts';
import { findEndpoint, selectKeyless, selectNeglected } from './store.ts';

const STEP = 2_000;

/** Takes up what a lost job or a killed process left behind, and stops what a revoked key made. */
export const sweepJob = defineJob<object>({
  name: 'webhooks.sweep', schedule: '* * * * *', concurrency: 1,
  async run(platform) {
    const neglected = await platform.database.asSystem((tx) => selectNeglected(tx, platform.clock.now()));
    const keyless = await platform.database.asSystem((tx) => selectKeyless(tx, platform.clock.now()));
    for (const { account_id: accountId, id } of keyless) await inAccount(platform, accountId, systemActor('webhooks'), async (ctx) => {
      const endpoint = await findEndpoint(ctx, id, true);
      if (endpoint?.is_enabled) await stop(ctx, endpoint, 'key_gone');
    });
    for (const { account_id: accountId, id } of neglected) await inAccount(platform, accountId, systemActor('webhooks'), (ctx) => wakeDrain(ctx, id));
  },
});

export const tidyJob = defineJob<object>({
  name: 'webhooks.tidy', schedule: '37 * * * *', concurrency: 1, expireSeconds: 1_800,
  async run(platform) {
    const before = new Date(platform.clock.now().getTime() - webhookLogDays * 86_400_000);
    while ((await platform.database.asSystem((tx) => deleteOld(tx, before, STEP))) === STEP);
  },
});
