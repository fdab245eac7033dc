import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Programs } from './programs.ts';
import { nameOfDirectory } from './reach.ts';
import type { RunAs } from './run-as.ts';
import { cleanEnvironment, identity, runProgram } from './run-program.ts';
import { invariants } from './settings.ts';
import type { SocketDirectory } from './socket-directory.ts';

/** What a running (or killed) postmaster wrote about itself. */
export interface PidFile {
  pid: number;
  /** As configured, so possibly relative to the cluster's directory; empty while it is still starting. */
  socketDirectory: string;
}

export async function readPidFile(clusterDir: string): Promise<PidFile | undefined> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return pid > 0 ? { pid, socketDirectory: lines[4] ?? '' } : undefined;
}

/**
 * Whether `pid` is the server of the cluster in `clusterDir`, and not some other process that got the number of one
 * that was killed: after a restart of a container that is the rule rather than the exception.
 */
export async function isPostmasterOf(pid: number, clusterDir: string): Promise<boolean> {
  if (!isRunning(pid)) return false;
  if (process.platform !== 'linux') {
    const answer = await runProgram('ps', ['-p', String(pid), '-o', 'comm=']);
    return basename(answer.stdout.trim()) === 'postgres';
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === clusterDir && nameOf(pid) === 'postgres';
  } catch {
    // Root in a container may be kept from looking into other users' processes. Name and owner are open to all.
    return nameOf(pid) === 'postgres' && sameOwner(`/proc/${pid}`, clusterDir);
  }
}

/** A process that has ended but was not collected yet (a zombie) does not run. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // Where process 1 collects nobody, as in many containers, the server we adopted stays a zombie for ever.
  return process.platform !== 'linux' || stateOf(pid) !== 'Z';
}

function stateOf(pid: number): string | undefined {
  // The name in brackets may itself hold brackets and spaces; the state follows the last one.
  return readStat(pid)?.match(/\) (\S)/s)?.[1];
}

function nameOf(pid: number): string | undefined {
  return readStat(pid)?.match(/\((.*)\) \S/s)?.[1];
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

function sameOwner(one: string, other: string): boolean {
  try {
    return statSync(one).uid === statSync(other).uid;
  } catch {
    return false;
  }
}

/** A postmaster that was just started. */
export interface Started {
  pid: number;
  /** Set once it has ended. */
  ended: { code: number } | undefined;
  /** What it has said so far, there and in its log. For the message when it does not come up. */
  said(): Promise<string>;
  /** Lets go of it: from here on it neither keeps this process alive nor is heard. */
  release(): void;
}

/**
 * Starts the server and returns at once.
 *
 * It gets a session of its own, so that Ctrl-C in a terminal reaches only the application, which finishes its work and
 * then stops the database. When the application is killed the server stays, on purpose: Node has no portable way to tie
 * a grandchild's life to its own, a watchdog process would be one more thing to die, and a server that stayed is in good
 * order (its sessions ended, their transactions rolled back) while one that was killed has to recover. The next start
 * adopts it.
 *
 * `unrelatedPid` is the number in a left-over postmaster.pid that by now belongs to a process which is no postmaster.
 * PostgreSQL would take that process for a running server and refuse. Told that the number is its grandparent's it
 * knows better, and replaces the file itself, with all its own checks; a file of a server started meanwhile holds
 * another number and still stops it.
 */
export async function startPostmaster(
  clusterDir: string,
  programs: Programs,
  runAs: RunAs,
  socket: SocketDirectory,
  unrelatedPid?: number,
): Promise<Started> {
  const since = Date.now();
  const child = spawn(programs.postgres, ['-D', await nameOfDirectory(clusterDir, runAs), ...invariants(socket.setting)], {
    cwd: clusterDir,
    env: { ...cleanEnvironment(), ...(unrelatedPid ? { PG_GRANDPARENT_PID: String(unrelatedPid) } : {}) },
    // Until it has opened its log it speaks on stderr.
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...identity(runAs),
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const started: Started = {
    pid: child.pid ?? 0,
    ended: undefined,
    said: async () => `${text}\n${await readLogSince(clusterDir, since)}`,
    release: () => {
      child.stderr.destroy();
      child.unref();
    },
  };
  child.on('error', (error) => {
    text += error.message;
    started.ended = { code: 127 };
  });
  child.on('close', (code) => (started.ended ??= { code: code ?? 1 }));
  // A helper of a server that died may hold stderr open for a moment longer; do not wait for it.
  child.on('exit', (code) => setTimeout(() => (started.ended ??= { code: code ?? 1 }), 300));
  return started;
}

async function readLogSince(clusterDir: string, since: number): Promise<string> {
  const directory = join(clusterDir, 'log');
  const names = await readdir(directory).catch(() => []);
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(directory, name))).mtimeMs })));
  const newest = files.filter((file) => file.at >= since - 1000).toSorted((a, b) => b.at - a.at)[0];
  const text = newest ? await readFile(join(directory, newest.name), 'utf8') : '';
  return text
    .slice(-16_384)
    .split('\n')
    .filter((line) => Date.parse(line.slice(0, 23).replace(' ', 'T') + 'Z') >= since)
    .join('\n');
}

const PATIENCE_MS = { SIGINT: 60_000, SIGQUIT: 10_000, SIGKILL: 10_000 } as const;

/**
 * Ends the server `pid` and waits until it is gone. First the fast way: sessions are ended, everything is written, the
 * next start has nothing to recover. If that hangs (a disk that does not answer), the immediate way, and at last by
 * force; both are safe, the next start recovers from the log. Says by which of them it went.
 */
export async function endPostmaster(
  pid: number,
  patienceMs: Record<keyof typeof PATIENCE_MS, number> = PATIENCE_MS,
): Promise<keyof typeof PATIENCE_MS | 'none'> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return signal;
    }
    const until = Date.now() + patienceMs[signal];
    while (Date.now() < until) {
      if (!isRunning(pid)) return signal;
      await sleep(10);
    }
  }
  return 'none';
}
