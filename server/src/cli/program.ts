import { Command } from 'commander';
import { agents } from './agents.ts';
import { apiKey } from './api-key.ts';
import { cases } from './cases.ts';
import { backup } from './backup.ts';
import type { Verb } from './command.ts';
import { customers } from './customers.ts';
import { doctor } from './doctor.ts';
import { importing } from './import.ts';
import { insights } from './insights.ts';
import { ledger } from './ledger.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { newKey } from './new-key.ts';
import { setup } from './setup.ts';
import { setupLink } from './setup-link.ts';
import { signInHelp } from './sign-in-help.ts';

/** Every verb of `npx rapport`, once. */
const verbs: Verb[] = [setup, agents, apiKey, signInHelp, setupLink, newKey, cases, customers, migrate, backup, restore, doctor, ledger, insights, importing];

/** The command line with all its verbs, for running and for comparing with what the guides say. */
export function commandLine(): Command {
  const program = new Command('rapport').description('Rapport from the command line').showHelpAfterError();
  for (const verb of verbs) verb(program);
  return program;
}
