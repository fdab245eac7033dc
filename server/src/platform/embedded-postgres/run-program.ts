import { spawn } from 'node:child_process';

/** The operating system user the database runs as. `dropped` says that we are root and it is somebody else. */
export interface RunAs {
  name: string;
  uid: number;
  gid: number;
  dropped: boolean;
}

export interface Ran {
  /** The exit code; 127 when the program could not be started at all (missing, not executable, not reachable). */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * The environment of everything we start: next to nothing. The server outlives us and runs as another user, so our
 * secrets have no business in it, and a PGDATA or PGOPTIONS of the person's shell must not bend it.
 */
export function cleanEnvironment(): Record<string, string> {
  const kept: Record<string, string> = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  // Where the C library's companions live on systems without a common /usr/lib.
  const libraries = process.env['LD_LIBRARY_PATH'];
  if (libraries) kept['LD_LIBRARY_PATH'] = libraries;
  return kept;
}

/** What `spawn` needs to run a program as that user: nothing when it is ourselves. Supplementary groups are dropped too. */
export function identity(runAs: RunAs | undefined): { uid?: number; gid?: number } {
  return runAs?.dropped ? { uid: runAs.uid, gid: runAs.gid } : {};
}

/** Runs a program to its end and never rejects: a program that cannot be started is an answer (code 127) like any other. */
export function runProgram(
  program: string,
  args: string[],
  options: { runAs?: RunAs; cwd?: string; input?: string } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const ran: Ran = { code: 127, stdout: '', stderr: '' };
    const child = spawn(program, args, {
      cwd: options.cwd ?? '/',
      env: cleanEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...identity(options.runAs),
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.stderr += text));
    // A program that ends before it has read its input is judged by its exit code.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
    child.on('error', (error) => resolve({ ...ran, stderr: error.message }));
    child.on('close', (code) => resolve({ ...ran, code: code ?? 1 }));
  });
}
