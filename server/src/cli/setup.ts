import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { endpoints } from '@rapport/contract';
import { Option } from 'commander';
import { runSetup } from '../setup/index.ts';
import { checkInput } from './check-input.ts';
import { answer, fail, withPlatform, type Verb } from './command.ts';
import { COMMAND_LINE } from './in-installation.ts';

interface Options {
  name: string;
  email: string;
  password?: string;
  passwordStdin?: boolean;
  company: string;
  locale: 'en' | 'de';
  inboxAddress?: string;
  demo?: boolean;
  json?: boolean;
}

// Without the signs that are mistaken for one another; 20 of these 54 are 115 bits.
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const makePassword = () => Array.from({ length: 20 }, () => SIGNS.charAt(randomInt(SIGNS.length))).join('').replace(/(.{5})(?=.)/g, '$1-');

async function choosePassword(options: Options): Promise<{ password: string; isMade: boolean }> {
  if (options.passwordStdin) return { password: (await text(process.stdin)).split(/\r?\n/)[0] ?? '', isMade: false };
  return options.password === undefined ? { password: makePassword(), isMade: true } : { password: options.password, isMade: false };
}

export const setup: Verb = (program) => {
  program
    .command('setup')
    .description('The first run: the company, its first admin and a working inbox')
    .requiredOption('--name <name>', 'the admin’s name')
    .requiredOption('--email <address>', 'the admin’s e-mail address, for signing in')
    .option('--password <password>', 'at least 10 characters; without it one is made and printed')
    .option('--password-stdin', 'read the password from standard input, where no other user of this machine sees it')
    .option('--company <name>', 'the company', 'My company')
    .addOption(new Option('--locale <language>').choices(['en', 'de']).default('en'))
    .option('--inbox-address <address>', 'the address customers write to')
    .option('--demo', 'fill it with a demo company')
    .option('--json', 'one JSON document')
    .action((options: Options) =>
      withPlatform(async (platform) => {
        const { password, isMade } = await choosePassword(options);
        const { company, name, email, locale, inboxAddress, demo } = options;
        const input = checkInput(endpoints.setup.run.body, { company, name, email, password, locale, inboxAddress, fillDemo: demo ?? false });
        const done = await runSetup(platform, input, { actor: COMMAND_LINE });
        answer(
          { accountId: done.accountId, agentId: done.agentId, teamId: done.teamId, inboxId: done.inboxId, inboxAddress: done.inboxAddress, email, ...(isMade ? { password } : {}) },
          options,
          (value) => [`Rapport is set up for ${company}.`, `Sign in as ${value.email}${isMade ? ` with the password ${password}` : ''}.`, `Customers write to ${value.inboxAddress}.`].join('\n'),
        );
      }).catch(fail),
    );
};
