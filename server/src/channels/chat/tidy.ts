import { defineJob } from '../../platform/jobs/index.ts';
import { deleteUnsent } from './file-store.ts';
import { deleteSilent } from './visitor-store.ts';

const KEPT_MS = 24 * 3_600_000;

/** Whoever opened a chat and wrote nothing within a day is forgotten, and so is a file that was handed in and not sent. */
export const tidyVisitors = defineJob({
  name: 'chat.tidy',
  schedule: '41 4 * * *',
  async run(platform) {
    await platform.database.asSystem(async (tx) => {
      const before = new Date(platform.clock.now().getTime() - KEPT_MS);
      await deleteSilent(tx, before);
      await deleteUnsent(tx, before);
    });
  },
});
