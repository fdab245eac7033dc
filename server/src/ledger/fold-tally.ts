import { defineJob } from '../platform/jobs/index.ts';
import { accountsToFold, foldTally } from './store.ts';

/** Keeps the tally short, so that the balance stays quick to read. */
export const foldLedgerTally = defineJob({
  name: 'ledger.fold-tally',
  schedule: '* * * * *',
  async run(platform) {
    const accounts = await platform.database.asSystem(accountsToFold);
    for (const { account_id } of accounts) await platform.database.asSystem((tx) => foldTally(tx, account_id));
  },
});
