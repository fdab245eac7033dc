import { Command } from 'commander';
import { fail, type Verb } from './command.ts';
import { ledger } from './ledger.ts';

/** Every verb of `npx rapport`, once. */
const verbs: Verb[] = [ledger];

const program = new Command('rapport').description('Rapport from the command line').showHelpAfterError();
for (const verb of verbs) verb(program);
program.parseAsync().catch(fail);
