import { Command } from 'commander';
import { backup } from './backup.ts';
import { fail, type Verb } from './command.ts';
import { doctor } from './doctor.ts';
import { ledger } from './ledger.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';

/** Every verb of `npx rapport`, once. */
const verbs: Verb[] = [migrate, backup, restore, doctor, ledger];

const program = new Command('rapport').description('Rapport from the command line').showHelpAfterError();
for (const verb of verbs) verb(program);
program.parseAsync().catch(fail);
