import { fail } from './command.ts';
import { commandLine } from './program.ts';

commandLine().parseAsync().catch(fail);
