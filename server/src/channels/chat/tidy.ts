import { defineJob } from '../../platform/jobs/index.ts';
import { deleteSilent } from './visitor-store.ts';

const KEPT_MS = 24 * 3_600_000;

/** Whoever opened a chat and wrote nothing within a day is forgotten. */
export const tidyVisitors = defineJob({
  name: 'chat.tidy',
  schedule: '41 4 * * *',
  async run(platform) {
    await platform.database.asSystem((tx) => deleteSilent(tx, new Date(platform.clock.now().getTime() - KEPT_MS)));
  },
});
