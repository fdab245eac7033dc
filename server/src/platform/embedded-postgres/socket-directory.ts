import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { EmbeddedPostgresProblem } from './problem.ts';
import type { RunAs } from './run-as.ts';
import { PORT } from './settings.ts';

/** Where the socket is. */
export interface SocketDirectory {
  /** For clients: absolute. */
  path: string;
  /** For the server, whose working directory is the cluster's: relative when the socket lives beside the data. */
  setting: string;
}

// The length of sun_path without its closing zero.
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;

/**
 * Chooses where the socket of the cluster in `clusterDir` goes: beside the data, or, when that path is longer than the
 * operating system takes for a socket, in a short directory elsewhere. Nothing is created yet.
 */
export function chooseSocketDirectory(clusterDir: string, runAs: RunAs): SocketDirectory {
  const beside = join(dirname(clusterDir), `socket-${basename(clusterDir)}`);
  return fits(beside) ? { path: beside, setting: relative(clusterDir, beside) } : socketDirectoryElsewhere(clusterDir, runAs);
}

/** A short directory, named by a hash of `clusterDir`, below the user's run-time directory or the temporary directory. */
export function socketDirectoryElsewhere(clusterDir: string, runAs: RunAs): SocketDirectory {
  const name = `rapport-${createHash('sha256').update(clusterDir).digest('hex').slice(0, 16)}`;
  const runtime = process.env['XDG_RUNTIME_DIR'];
  // The run-time directory is closed to everybody but its user, so it serves only a server that runs as ourselves.
  const bases = [...(runtime && !runAs.dropped ? [runtime] : []), tmpdir(), '/tmp'];
  const short = bases.map((base) => resolve(base, name)).find(fits) ?? join('/tmp', name);
  return { path: short, setting: short };
}

/** The client's view of the directory a running server names in its postmaster.pid. */
export function recordedSocketDirectory(clusterDir: string, recorded: string): string {
  return resolve(clusterDir, recorded);
}

/**
 * Creates the directory for the server's user alone (mode 0700), or makes sure that what is there is just that. In a
 * temporary directory anybody could have put something under our name first; then it throws `socket_unsafe`.
 */
export async function makeSocketDirectory(directory: SocketDirectory, runAs: RunAs): Promise<void> {
  const { path } = directory;
  const made = await mkdir(path, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (made && runAs.dropped) await chown(path, runAs.uid, runAs.gid);
  const there = await lstat(path);
  if (!there.isDirectory() || there.uid !== runAs.uid) {
    throw new EmbeddedPostgresProblem(
      'socket_unsafe',
      `${path} is needed for the database's socket, and it is not a directory of the user ${runAs.name}. Find out who put it there and remove it, or choose a data directory with a shorter path.`,
    );
  }
  if ((there.mode & 0o777) !== 0o700) await chmod(path, 0o700);
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH;
}
