import { inAccount, systemActor } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { erasePerson } from './erase-person.ts';
import { selectStuck } from './store.ts';

const STUCK_MS = 10 * 60_000;

export const erasureJob = defineJob<{ accountId: string; erasureId: string }>({
  name: 'privacy.erase', concurrency: 1, expireSeconds: 3_600,
  run: (platform, { accountId, erasureId }) => erasePerson(platform, accountId, erasureId),
});

/** Takes up erasures whose job was lost. */
export const erasureResume = defineJob({
  name: 'privacy.erase-resume', schedule: '*/10 * * * *',
  async run(platform) {
    const stuck = await platform.database.asSystem((tx) => selectStuck(tx, new Date(platform.clock.now().getTime() - STUCK_MS)));
    for (const { account_id: accountId, id } of stuck) await inAccount(platform, accountId, systemActor('privacy'), (ctx) => platform.jobs.enqueue(ctx.tx, erasureJob, { accountId, erasureId: id }, { singletonKey: id }));
  },
});
