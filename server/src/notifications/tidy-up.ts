import { defineJob } from '../platform/jobs/index.ts';
import type { Platform } from '../platform/context.ts';
import { deleteOld } from './store.ts';

const KEPT_MS = 90 * 86_400_000;
const BATCH = 5000;

/** Forgets what agents were told of more than ninety days ago, read or not. */
export async function tidyNotifications(platform: Platform): Promise<void> {
  const before = new Date(platform.clock.now().getTime() - KEPT_MS);
  while ((await platform.database.asSystem((tx) => deleteOld(tx, before, BATCH))) === BATCH);
}

export const tidyJob = defineJob({ name: 'notifications.tidy-up', schedule: '41 3 * * *', run: (platform) => tidyNotifications(platform) });
