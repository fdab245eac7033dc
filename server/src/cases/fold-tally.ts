import { defineJob } from '../platform/jobs/index.ts';
import { accountsToFold, foldTally } from './count-store.ts';

/** Keeps the tally short, so that counts stay quick to read. */
export const foldCaseTally = defineJob({
  name: 'cases.fold-tally',
  schedule: '* * * * *',
  async run(platform) {
    const accounts = await platform.database.asSystem(accountsToFold);
    for (const { account_id } of accounts) await platform.database.asSystem((tx) => foldTally(tx, account_id));
  },
});
