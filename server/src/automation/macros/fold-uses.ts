import { defineJob } from '../../platform/jobs/index.ts';
import { foldUses } from './macro-store.ts';

/** Makes one row of the many that uses leave behind, so that lists stay quick to read. */
export const foldMacroUses = defineJob({
  name: 'automation.fold-macro-uses',
  schedule: '7 * * * *',
  async run(platform) {
    await platform.database.asSystem(foldUses);
  },
});
