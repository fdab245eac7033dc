import { inAccount } from '../../platform/context.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { deleteUnsent } from './file-store.ts';
import { leaveLine } from './line.ts';
import { actor } from './site.ts';
import { deleteEndedKeys, deleteSilent, noteOutOfLine, selectGone } from './visitor-store.ts';

const KEPT_MS = 24 * 3_600_000;

/** Whoever opened a chat and wrote nothing within a day is forgotten, and so is a file that was handed in and not sent. */
export const tidyVisitors = defineJob({
  name: 'chat.tidy',
  schedule: '41 4 * * *',
  async run(platform) {
    await platform.database.asSystem(async (tx) => {
      const before = new Date(platform.clock.now().getTime() - KEPT_MS);
      await deleteSilent(tx, before);
      await deleteEndedKeys(tx, platform.clock.now());
      await deleteUnsent(tx, before);
    });
  },
});

const GRACE_MS = 5 * 60_000;
const BATCH = 500;

/** Whoever waits and has not been heard of for five minutes keeps their place only when an answer can reach them as a mail; an agent who is given an empty chat could help somebody else. */
export const clearLine = defineJob({
  name: 'chat.line',
  schedule: '* * * * *',
  async run(platform) {
    const gone = await platform.database.asSystem((tx) => selectGone(tx, new Date(platform.clock.now().getTime() - GRACE_MS), BATCH));
    for (const [accountId, visitors] of Map.groupBy(gone, ({ account_id }) => account_id))
      for (const { id, isReachable } of visitors)
        await inAccount(platform, accountId, actor, async (ctx) => {
          if (!isReachable) await leaveLine(ctx, id);
          await noteOutOfLine(ctx, [id]);
        }).catch((error: unknown) => platform.log.error({ err: error, visitorId: id }, 'a visitor who has gone was not taken out of the line'));
  },
});
