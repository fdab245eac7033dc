import { chmod, chown, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MAJOR_VERSION } from './platform-package.ts';
import { EmbeddedPostgresProblem, problemFrom } from './problem.ts';
import type { Programs } from './programs.ts';
import { nameOfDirectory } from './reach.ts';
import type { RunAs } from './run-as.ts';
import { runProgram } from './run-program.ts';
import { OWNER, SUPERUSER, writeSettings } from './settings.ts';
import { makeWholeDirectory } from '../whole-directory.ts';

/** Where the data of a major version lives, so that an upgrade can sit beside what it replaces. */
export function clusterDirectory(dataDir: string): string {
  return join(dataDir, 'postgres', String(MAJOR_VERSION));
}

/**
 * Looks at what is in the data directory before anything is started or created.
 *
 * Data of another major version without any of ours is refused rather than passed over: an empty new database beside
 * it would look like the loss of everything. Throws `other_major_version` or `not_a_database`.
 */
export async function inspectCluster(clusterDir: string): Promise<'missing' | 'present'> {
  const parent = dirname(clusterDir);
  const version = await readVersion(clusterDir);
  if (version === String(MAJOR_VERSION)) return 'present';
  if (version !== undefined) throw otherVersion(version, clusterDir);

  const content = await readdir(clusterDir).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : undefined));
  // Something is there that this user may not look into; who it belongs to decides about it, not we.
  if (content === undefined) return 'present';
  if (content.length > 0) {
    throw new EmbeddedPostgresProblem(
      'not_a_database',
      `${clusterDir} holds files but no PostgreSQL database (PG_VERSION is missing). If it held one, bring the missing files back from a copy; if not, move the directory away and start again.`,
    );
  }
  for (const name of await readdir(parent).catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const other = await readVersion(join(parent, name));
    if (other !== undefined) throw otherVersion(other, join(parent, name));
  }
  return 'missing';
}

async function readVersion(directory: string): Promise<string | undefined> {
  const text = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text?.trim();
}

function otherVersion(version: string, directory: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    'other_major_version',
    `${directory} was written by PostgreSQL ${version}, and this release of Rapport carries ${MAJOR_VERSION}, which cannot read it. ` +
      'Make a backup with the release that wrote it (rapport backup), move the directory away, and restore the backup with this one (rapport restore).',
  );
}

/**
 * Creates the cluster with the product's role and database in it. It is made in a sibling directory and renamed when it
 * is whole and on the disk: a start that was interrupted half-way is simply done again, and of two starts at once one
 * wins and both use its work.
 *
 * The collation is PostgreSQL's own C.UTF-8: the same order and case rules on every machine, and no indexes that go
 * wrong when the C library or ICU of the system is updated.
 *
 * Throws `disk_full` or `start_failed`.
 */
export async function createCluster(clusterDir: string, programs: Programs, runAs: RunAs): Promise<void> {
  try {
    await makeWholeDirectory(clusterDir, (work) => fill(work, programs, runAs));
  } catch (error) {
    if (error instanceof EmbeddedPostgresProblem) throw error;
    throw problemFrom('Creating the database', (error as Error).message, clusterDir);
  }
}

async function fill(work: string, programs: Programs, runAs: RunAs): Promise<void> {
  await chmod(work, 0o700);
  if (runAs.dropped) await chown(work, runAs.uid, runAs.gid);
  const name = await nameOfDirectory(work, runAs);
  const where = { runAs, cwd: work };
  const step = async (program: string, args: string[], input?: string): Promise<void> => {
    const ran = await runProgram(program, args, { ...where, ...(input === undefined ? {} : { input }) });
    // Single-user mode reports a failed statement as text and still ends with 0.
    if (ran.code !== 0 || /\b(ERROR|FATAL|PANIC): /.test(ran.stderr)) {
      throw problemFrom('Creating the database', ran.stderr || ran.stdout, work);
    }
  };

  const collation = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  await step(programs.initdb, ['-D', name, '-U', SUPERUSER, '--auth=reject', '--data-checksums', ...collation, '--no-sync', '--no-instructions']);
  // One statement a line, as single-user mode reads them. Inside the rename, so a cluster without its database cannot exist.
  const statements = [
    `create role ${OWNER} login nosuperuser createrole createdb`,
    `create database ${OWNER} owner ${OWNER}`,
  ];
  await step(programs.postgres, ['--single', '-D', name, 'postgres'], `${statements.join('\n')}\n`);
  await writeSettings(work, runAs);
  await step(programs.initdb, ['-D', name, '--sync-only']);
}

/** Makes `<dataDir>/postgres`, passable for the user we drop to but not listable. */
export async function makeHome(clusterDir: string): Promise<void> {
  const home = dirname(clusterDir);
  await mkdir(home, { recursive: true });
  await chmod(home, 0o711);
}
