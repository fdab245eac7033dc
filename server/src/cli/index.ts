import { Command } from 'commander';
import { fail, type Verb } from './command.ts';

/** Every verb of `npx rapport`, once. */
const verbs: Verb[] = [];

const program = new Command('rapport').description('Rapport from the command line').showHelpAfterError();
for (const verb of verbs) verb(program);
program.parseAsync().catch(fail);
