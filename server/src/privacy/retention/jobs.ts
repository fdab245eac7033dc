import { defineJob } from '../../platform/jobs/index.ts';
import { runRetention } from './run-retention.ts';
import { NIGHT } from './settings.ts';
import { selectAccounts } from './store.ts';

export const retentionJob = defineJob({
  name: 'privacy.retention', schedule: `${NIGHT.minute} ${NIGHT.hour} * * *`, concurrency: 1, expireSeconds: 12 * 3_600,
  async run(platform) {
    for (const accountId of await platform.database.asSystem(selectAccounts)) await runRetention(platform, accountId);
  },
});
