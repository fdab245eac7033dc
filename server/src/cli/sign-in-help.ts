import { handOutResetLink, liftSecondFactor } from '../accounts/index.ts';
import { getInstalledAccount } from '../setup/index.ts';
import { answer, fail, withPlatform, type Verb } from './command.ts';
import { COMMAND_LINE, inInstallation } from './in-installation.ts';

interface Options {
  email: string;
  json?: boolean;
}

/** For people who are locked out and whom no mail or colleague can help, the only admin above all. */
export const signInHelp: Verb = (program) => {
  program
    .command('password')
    .description('Help for people who are locked out')
    .command('reset-link')
    .description('Print a link for choosing a new password; it works once and for an hour')
    .requiredOption('--email <address>')
    .option('--json', 'one JSON document')
    .action((options: Options) => inInstallation((ctx) => handOutResetLink(ctx, options.email), (link) => answer(link, options, ({ url }) => url)).catch(fail));
  program
    .command('second-factor')
    .description('Help for people who lost their phone')
    .command('lift')
    .description('Take the second factor off; make sure first that it is really them who ask')
    .requiredOption('--email <address>')
    .option('--json', 'one JSON document')
    .action((options: Options) =>
      withPlatform(async (platform) => {
        const { id } = await getInstalledAccount(platform);
        await liftSecondFactor(platform, id, options.email, COMMAND_LINE);
        answer({ email: options.email }, options, ({ email }) => `${email} signs in with the password alone now.`);
      }).catch(fail),
    );
};
