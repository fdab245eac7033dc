import { inAccount, systemActor } from '../../platform/context.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { clearAway, letGo, runExport } from './run-export.ts';
import { selectExpired, selectStuckExports, selectToClear } from './store.ts';

const STUCK_MS = 10 * 60_000;
interface Which { accountId: string; exportId: string }

// Who it belongs to is told by its heartbeat; this is only how long the largest may take.
export const exportJob = defineJob<Which>({ name: 'privacy.export', concurrency: 1, expireSeconds: 12 * 3_600, run: (platform, { accountId, exportId }) => runExport(platform, accountId, exportId) });

/** Takes up exports whose job was lost. */
export const exportResume = defineJob({
  name: 'privacy.export-resume', schedule: '*/5 * * * *',
  async run(platform) {
    const stuck = await platform.database.asSystem((tx) => selectStuckExports(tx, new Date(platform.clock.now().getTime() - STUCK_MS)));
    for (const { account_id: accountId, id } of stuck) await inAccount(platform, accountId, systemActor('privacy'), (ctx) => platform.jobs.enqueue(ctx.tx, exportJob, { accountId, exportId: id }, { singletonKey: id }));
  },
});

/** Takes archives away whose day is over, and what ended ones may have left in the store. */
export const exportExpire = defineJob({
  name: 'privacy.export-expire', schedule: '*/10 * * * *',
  async run(platform) {
    for (;;) {
      const due = await platform.database.asSystem((tx) => selectExpired(tx, platform.clock.now()));
      for (const { account_id: accountId, id } of due) await letGo(platform, accountId, id, 'expired');
      if (due.length === 0) break;
    }
    for (;;) {
      const ended = await platform.database.asSystem((tx) => selectToClear(tx, new Date(platform.clock.now().getTime() - STUCK_MS)));
      for (const row of ended) await clearAway(platform, row);
      if (ended.length === 0) return;
    }
  },
});
