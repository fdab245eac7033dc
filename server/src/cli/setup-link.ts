import { findInstalledAccount, setupLink as linkOf } from '../setup/index.ts';
import { answer, fail, withPlatform, type Verb } from './command.ts';

export const setupLink: Verb = (program) => {
  program
    .command('setup-link')
    .description('The link to the first steps, with the code they ask for where others reach the server too')
    .option('--json', 'one JSON document')
    .action((options: { json?: boolean }) =>
      withPlatform(async (platform) => {
        if (await findInstalledAccount(platform)) throw new Error('Rapport is set up already. Sign in instead, or ask an admin for an invitation.');
        answer({ url: linkOf(platform) }, options, ({ url }) => url);
      }).catch(fail),
    );
};
