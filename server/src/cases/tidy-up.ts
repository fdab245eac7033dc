import { defineJob } from '../platform/jobs/index.ts';
import { deleteAbandonedUploads } from './attachment-store.ts';
import { deleteOldRuns } from './bulk/bulk-store.ts';
import { deleteEmptyDrafts } from './draft-store.ts';

const DAY_MS = 86_400_000;

/** Removes what nobody will come back to: emptied drafts, files that were uploaded but neither sent nor kept in a draft, and what old bulk runs remember. */
export const tidyUp = defineJob({
  name: 'cases.tidy-up',
  schedule: '17 3 * * *',
  async run(platform) {
    const weekAgo = new Date(platform.clock.now().getTime() - 7 * DAY_MS);
    await platform.database.asSystem((tx) => deleteEmptyDrafts(tx, weekAgo));
    await platform.database.asSystem((tx) => deleteAbandonedUploads(tx, weekAgo));
    const monthAgo = new Date(platform.clock.now().getTime() - 30 * DAY_MS);
    await platform.database.asSystem((tx) => deleteOldRuns(tx, monthAgo));
  },
});
