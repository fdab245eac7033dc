import { existsSync } from 'node:fs';
import { EmbeddedPostgresProblem } from './problem.ts';
import type { RunAs } from './run-as.ts';
import { runProgram } from './run-program.ts';

const BY_WORKING_DIRECTORY = '/proc/self/cwd';

/**
 * The name by which a server that runs as `runAs`, started with `directory` as its working directory, can reach that
 * directory (which it owns).
 *
 * As a rule that is the directory's own path. Below a directory the user may not pass, such as root's home with mode
 * 0700, it is Linux's name for the working directory: we enter it as root before we become the user, and PostgreSQL
 * works relative to where it stands. So the data stays where the person put it, and nobody's home is opened.
 *
 * Throws `unreachable` where there is no such name.
 */
export async function nameOfDirectory(directory: string, runAs: RunAs): Promise<string> {
  if (!runAs.dropped || (await canReach(directory, runAs))) return directory;
  if (existsSync(BY_WORKING_DIRECTORY)) return BY_WORKING_DIRECTORY;
  throw new EmbeddedPostgresProblem(
    'unreachable',
    `The user ${runAs.name}, as whom the database runs, cannot reach ${directory}. Choose a data directory outside of root's home, such as /var/lib/rapport, or start Rapport as an ordinary user.`,
  );
}

// Asked by trying, as that user: modes alone do not tell (access lists, network file systems).
async function canReach(directory: string, runAs: RunAs): Promise<boolean> {
  const answer = await runProgram('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { runAs });
  return answer.code === 0;
}
