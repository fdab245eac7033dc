import { chmod, copyFile, lstat, mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { PlatformPackage } from './platform-package.ts';
import { EmbeddedPostgresProblem } from './problem.ts';
import type { RunAs } from './run-as.ts';
import { runProgram } from './run-program.ts';
import { makeWholeDirectory } from '../whole-directory.ts';

/** Absolute paths of the programs, known to run as the user they are meant for. */
export interface Programs {
  postgres: string;
  initdb: string;
}

/** A link one level deep: `path` (from the package's root) points at its neighbour `to`. */
interface Link {
  path: string;
  to: string;
}

/**
 * Finds or makes a place from which `runAs` can run the programs: the installed package itself, or else a copy in the
 * first of `places` that works.
 *
 * The package is not usable as it lies when its install script never ran (the libraries' short names are links, which
 * npm cannot carry; the script makes them from `pg-symlinks.json`) or when `runAs` cannot reach it, as below a home
 * directory of mode 0700. Every place is judged by running the programs there, which covers what no look at modes
 * would: access lists, `noexec` mounts, a library the system lacks.
 *
 * Throws `programs_unusable` with what each place answered.
 */
export async function choosePrograms(
  found: PlatformPackage,
  runAs: RunAs,
  places: string[],
  onProgress: (step: string) => void = () => undefined,
): Promise<Programs> {
  const refusals: string[] = [];
  const links = await readLinks(found);

  const installed = join(found.directory, 'native');
  if (await completeLinks(found.directory, links)) {
    const programs = at(installed);
    const refusal = await whyNot(programs, runAs);
    if (refusal === undefined) return programs;
    refusals.push(refusal);
  }

  for (const place of places) {
    const directory = join(place, `programs-${found.version}`);
    try {
      const copy = await stateOfCopy(found, links, directory);
      // Only what was seen to be torn is removed: a copy that appeared since then is another start's, made whole.
      if (copy === 'torn') await rm(directory, { recursive: true, force: true });
      if (copy !== 'faithful') {
        onProgress('Copying the PostgreSQL programs to where they can run');
        await makeWholeDirectory(directory, (work) => copyPrograms(found, links, work));
        // Passable for the user we drop to, whatever the umask was.
        await chmod(place, 0o711);
      }
    } catch (error) {
      refusals.push((error as Error).message);
      continue;
    }
    const programs = at(join(directory, 'native'));
    const refusal = await whyNot(programs, runAs);
    if (refusal === undefined) return programs;
    refusals.push(refusal);
  }

  throw new EmbeddedPostgresProblem(
    'programs_unusable',
    `The PostgreSQL programs in ${installed} cannot be run by the user ${runAs.name}:\n${refusals.join('\n')}\n` +
      'Install again (npm ci), and keep the data directory on a file system that allows programs to run.',
  );
}

function at(native: string): Programs {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

async function whyNot(programs: Programs, runAs: RunAs): Promise<string | undefined> {
  const answers = await Promise.all([programs.postgres, programs.initdb].map((path) => runProgram(path, ['--version'], { runAs })));
  const failed = answers.find((answer) => answer.code !== 0);
  return failed && (failed.stderr.trim() || `${programs.postgres} ended with code ${failed.code}`);
}

async function readLinks(found: PlatformPackage): Promise<Link[]> {
  // Packages for macOS may come without the file: nothing to link there.
  const text = await readFile(join(found.directory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const entries = JSON.parse(text) as { source: string; target: string }[];
  return entries.map(({ source, target }) => ({ path: target, to: relative(dirname(target), source) }));
}

/**
 * Makes the links the install script would have made. Either all of them stand afterwards or those made here are taken
 * back, so nobody finds a set that works for one program and not for the next. False when this package is not ours to
 * write in.
 */
async function completeLinks(root: string, links: Link[]): Promise<boolean> {
  const made: string[] = [];
  try {
    for (const link of links) {
      const path = join(root, link.path);
      if (await stat(path).catch(() => undefined)) continue;
      try {
        await symlink(link.to, path);
        made.push(path);
      } catch (error) {
        // Another start at the same moment makes the same links.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    return true;
  } catch {
    for (const path of made) await rm(path, { force: true });
    return false;
  }
}

/** Removes copies made by earlier releases from `place`. Only when no server runs from it. */
export async function clearOldCopies(found: PlatformPackage, place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (name.startsWith('programs-') && !name.startsWith(`programs-${found.version}`)) {
      await rm(join(place, name), { recursive: true, force: true });
    }
  }
}

async function copyPrograms(found: PlatformPackage, links: Link[], work: string): Promise<void> {
  await chmod(work, 0o755);
  for (const file of await programFiles(found)) {
    const to = join(work, file);
    await makeReadableDirectory(work, dirname(file));
    await copyFile(join(found.directory, file), to);
    // The modes are set, not taken over: an install under a strict umask is one of the reasons for a copy.
    await chmod(to, file.startsWith(join('native', 'share')) ? 0o644 : 0o755);
  }
  for (const link of links) await symlink(link.to, join(work, link.path));
}

async function makeReadableDirectory(root: string, path: string): Promise<void> {
  if (path === '.' || (await lstat(join(root, path)).catch(() => undefined))) return;
  await makeReadableDirectory(root, dirname(path));
  await mkdir(join(root, path));
  await chmod(join(root, path), 0o755);
}

// By size: a copy cut short by a power failure shows in it, and reading 60 MB at every start would cost more than it tells.
async function stateOfCopy(found: PlatformPackage, links: Link[], directory: string): Promise<'missing' | 'torn' | 'faithful'> {
  const existing = await lstat(directory).catch(() => undefined);
  if (!existing) return 'missing';
  // Somebody else's directory in a shared place would have us run somebody else's programs.
  if (!existing.isDirectory() || existing.uid !== process.getuid?.()) throw new Error(`${directory} is not ours`);
  for (const file of await programFiles(found)) {
    const [ours, theirs] = await Promise.all([stat(join(found.directory, file)), stat(join(directory, file)).catch(() => undefined)]);
    if (theirs?.size !== ours.size) return 'torn';
  }
  for (const link of links) {
    if (!(await stat(join(directory, link.path)).catch(() => undefined))) return 'torn';
  }
  return 'faithful';
}

// Without static libraries and build files, which nothing reads when the server runs.
async function programFiles(found: PlatformPackage): Promise<string[]> {
  const files: string[] = [];
  const walk = async (directory: string): Promise<void> => {
    for (const entry of await readdir(join(found.directory, directory), { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'pkgconfig' && entry.name !== 'pgxs') await walk(path);
      } else if (entry.isFile() && !path.endsWith('.a')) {
        files.push(path);
      }
    }
  };
  for (const part of ['bin', 'lib', 'share']) await walk(join('native', part));
  return files;
}
