import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterDirectory, createCluster, inspectCluster, makeHome } from './cluster.ts';
import { knock, type Keeper } from './keeper.ts';
import { findPlatformPackage, thisMachine, type PlatformPackage } from './platform-package.ts';
import { endPostmaster, isPostmasterOf, isRunning, readPidFile, startPostmaster } from './postmaster.ts';
import { EmbeddedPostgresProblem, problemFrom } from './problem.ts';
import { choosePrograms, clearOldCopies, type Programs } from './programs.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';
import { OWNER, PORT, writeSettings } from './settings.ts';
import { chooseSocketDirectory, makeSocketDirectory, recordedSocketDirectory, socketDirectoryElsewhere, type SocketDirectory } from './socket-directory.ts';

/** Where we write: constant messages with fields. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** The product's data directory; the database goes below it, into `postgres/18`. Created when missing. */
  dataDir: string;
  log: Log;
  /** Told what is going on when it may take longer than a moment; for a person at a terminal. */
  onProgress?(step: string): void;
}

/** A running database of our own. */
export interface EmbeddedPostgres {
  /** `host` is the directory of a unix socket. The user owns the database, may create roles and databases, and is no superuser. */
  connection: { host: string; port: number; user: string; database: string };
  serverVersion: string;
  /** The server was running already: it survived the process that started it, or another process uses it as well. */
  adopted: boolean;
  /** Stops the server and waits for it, or leaves it to the other processes that use it. Close all connections first. */
  stop(): Promise<void>;
}

/** What the machine offers; given by tests, found out otherwise. */
export interface Surroundings {
  findPackage(): PlatformPackage;
  /** Where else than below the data directory the programs may be copied to. */
  sharedPlaces: string[];
}

interface House {
  clusterDir: string;
  runAs: RunAs;
  socket: SocketDirectory;
  findPackage(): PlatformPackage;
  places: string[];
  programs: Programs | undefined;
  progress(step: string): void;
  isOver(): boolean;
}

interface Up {
  keeper: Keeper;
  adopted: boolean;
  socketDirectory: string;
}

/**
 * Starts PostgreSQL for us alone, or joins the one that is already running on this data directory, and keeps it running:
 * when the server is gone without our doing it is started again, behind the same socket.
 *
 * Throws `EmbeddedPostgresProblem`, whose message tells the person at the terminal what to do.
 */
export function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return startIn(options, {
    findPackage: () => findPlatformPackage(thisMachine()),
    // For a checkout and data both out of reach of the user we drop to. Not a temporary directory: those are swept, and
    // the server loads extensions from there as long as it runs.
    sharedPlaces: process.getuid?.() === 0 ? ['/var/cache/rapport'] : [],
  });
}

/** As `startEmbeddedPostgres`, in given surroundings. */
export async function startIn(options: EmbeddedPostgresOptions, surroundings: Surroundings): Promise<EmbeddedPostgres> {
  const { log } = options;
  let stopping = false;
  const house = await furnish(options, surroundings, () => stopping);
  let up = await bringUp(house);
  // Whoever was told of this socket counts on it, also when a server we adopted is followed by one of our own.
  if (up.socketDirectory !== house.socket.path) house.socket = { path: up.socketDirectory, setting: up.socketDirectory };
  const fields = { directory: house.clusterDir, user: house.runAs.name, version: up.keeper.serverVersion };
  log.info({ ...fields, adopted: up.adopted }, 'database is running');

  let recovery: Promise<void> | undefined;
  const recover = async (): Promise<void> => {
    log.error(fields, 'database went away, bringing it back');
    const back = await bringBack(house, log);
    if (!back) return;
    up = back;
    watch();
    log.info(fields, 'database is back');
  };
  const watch = (): void => {
    void up.keeper.lost.then(() => {
      if (!stopping) recovery = recover();
    });
  };
  watch();

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping = true;
    await recovery;
    const alone = await up.keeper.leave().catch(() => undefined);
    if (alone === false) {
      log.info(fields, 'database left running for the other process that uses it');
    } else {
      const pid = (await readPidFile(house.clusterDir))?.pid;
      if (pid !== undefined && (await isPostmasterOf(pid, house.clusterDir))) {
        const signal = await endPostmaster(pid);
        if (signal === 'SIGINT') log.info(fields, 'database stopped');
        else log.warn({ ...fields, signal }, 'database had to be stopped by force');
      }
      await up.keeper.close().catch(() => undefined);
    }
  };

  return {
    connection: { host: up.socketDirectory, port: PORT, user: OWNER, database: OWNER },
    serverVersion: up.keeper.serverVersion,
    adopted: up.adopted,
    stop: () => (stopped ??= stop()),
  };
}

async function furnish(options: EmbeddedPostgresOptions, surroundings: Surroundings, isOver: () => boolean): Promise<House> {
  await mkdir(options.dataDir, { recursive: true });
  // One name for one directory, however it was spelled.
  const clusterDir = clusterDirectory(await realpath(options.dataDir));
  const runAs = await chooseRunAs(clusterDir);
  await inspectCluster(clusterDir);
  let step = '';
  return {
    clusterDir,
    runAs,
    socket: chooseSocketDirectory(clusterDir, runAs),
    findPackage: surroundings.findPackage,
    places: [dirname(clusterDir), ...surroundings.sharedPlaces],
    programs: undefined,
    progress: (next) => {
      if (next !== step) options.onProgress?.(next);
      step = next;
    },
    isOver,
  };
}

const SILENCE_MS = 10_000;
// Every server is busy for its first moments; worth a word only after this.
const WORTH_MENTIONING_MS = 1_000;
const RECOVERY_MS = 15 * 60_000;
const RECOVERING = 'Waiting for the database to recover from a crash';

/**
 * Comes back with a server that answers, whoever started it. PostgreSQL's own lock on the data directory decides between
 * starts at the same moment; whoever loses joins the winner.
 */
async function bringUp(house: House): Promise<Up> {
  const began = Date.now();
  let silentSince: number | undefined;
  for (;;) {
    if (house.isOver()) throw new Error('stopped while starting');
    const pidFile = await readPidFile(house.clusterDir);
    const socketDirectory = pidFile?.socketDirectory
      ? recordedSocketDirectory(house.clusterDir, pidFile.socketDirectory)
      : house.socket.path;
    const answer = await knock(socketDirectory, house.clusterDir);

    if (answer.state === 'ready') return { keeper: answer.keeper, adopted: true, socketDirectory };
    if (answer.state === 'refused') throw unreachable(house, answer.reason);
    if (answer.state === 'absent') {
      const isOurs = pidFile !== undefined && (await isPostmasterOf(pidFile.pid, house.clusterDir));
      if (!isOurs) {
        const unrelated = pidFile !== undefined && isRunning(pidFile.pid) ? pidFile.pid : undefined;
        const up = await startOne(house, unrelated);
        if (up) return up;
      } else if (Date.now() - (silentSince ??= Date.now()) > SILENCE_MS) {
        // It may be in use by a service that sees another temporary directory than we do, so it is not ours to end.
        throw unreachable(
          house,
          `A PostgreSQL server (process ${pidFile.pid}) runs on this data directory, but nothing answers at ${socketDirectory}. If nobody uses it, end it with: kill -INT ${pidFile.pid}`,
        );
      }
    } else {
      silentSince = undefined;
      if (Date.now() - began > WORTH_MENTIONING_MS) house.progress(RECOVERING);
      if (Date.now() - began > RECOVERY_MS) throw unreachable(house, 'The server has not taken a connection for 15 minutes');
    }
    await sleep(50);
  }
}

function unreachable(house: House, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem('unreachable', `The database in ${house.clusterDir} is running and cannot be used. ${reason}.`);
}

// What PostgreSQL says when somebody else has the data directory, or the children of a killed server are not gone yet.
const TAKEN = /lock file "postmaster\.pid" (already exists|is empty)|pre-existing shared memory block/;

// File systems of other operating systems and of the network (a Windows drive, a shared folder) may hold data but no sockets.
const NO_SOCKET_THERE = /could not (bind Unix address|create Unix(-domain)? socket|create any Unix-domain sockets|set permissions of file "[^"]*\.s\.PGSQL)/;

/**
 * Starts a server and waits until it answers; undefined when it should be tried again: somebody else's
 * has the data directory, or the socket has to go elsewhere.
 */
async function startOne(house: House, unrelatedPid: number | undefined): Promise<Up | undefined> {
  const { clusterDir, runAs, socket } = house;
  const found = house.findPackage();
  await makeHome(clusterDir);
  house.programs ??= await choosePrograms(found, runAs, house.places, house.progress);
  if ((await inspectCluster(clusterDir)) === 'missing') {
    house.progress('Creating the database (first start)');
    await createCluster(clusterDir, house.programs, runAs);
  }
  try {
    await clearOldCopies(found, dirname(clusterDir));
    await writeSettings(clusterDir, runAs);
    await makeSocketDirectory(socket, runAs);
  } catch (error) {
    throw error instanceof EmbeddedPostgresProblem ? error : problemFrom('Starting the database', (error as Error).message, clusterDir);
  }

  house.progress('Starting the database');
  const started = await startPostmaster(clusterDir, house.programs, runAs, socket, unrelatedPid);
  const began = Date.now();
  try {
    for (;;) {
      if (started.ended) {
        const said = await started.said();
        if (TAKEN.test(said)) return undefined;
        const elsewhere = socketDirectoryElsewhere(clusterDir, runAs);
        if (NO_SOCKET_THERE.test(said) && socket.path !== elsewhere.path) {
          house.socket = elsewhere;
          return undefined;
        }
        throw problemFrom('Starting the database', said, clusterDir);
      }
      const answer = await knock(socket.path, clusterDir);
      if (answer.state === 'ready') {
        // It may be another start's server that answers while ours is on its way out.
        const isOurs = (await readPidFile(clusterDir))?.pid === started.pid;
        return { keeper: answer.keeper, adopted: !isOurs, socketDirectory: socket.path };
      }
      if (answer.state === 'refused') throw unreachable(house, answer.reason);
      if (answer.state === 'busy' && Date.now() - began > WORTH_MENTIONING_MS) house.progress(RECOVERING);
      if (house.isOver() || Date.now() - began > RECOVERY_MS) throw unreachable(house, 'The server did not come up in time');
      await sleep(10);
    }
  } catch (error) {
    if (!started.ended) await endPostmaster(started.pid);
    throw error;
  } finally {
    started.release();
  }
}

/** Tries for as long as it takes: a full disk may be emptied. Undefined when we are to stop. */
async function bringBack(house: House, log: Log): Promise<Up | undefined> {
  for (let waitMs = 500; !house.isOver(); waitMs = Math.min(waitMs * 2, 10_000)) {
    try {
      return await bringUp(house);
    } catch (error) {
      if (house.isOver()) break;
      log.error({ directory: house.clusterDir, err: error }, 'database could not be brought back, trying again');
      // In short steps, so that a stop does not have to wait.
      for (const until = Date.now() + waitMs; Date.now() < until && !house.isOver(); ) await sleep(50);
    }
  }
  return undefined;
}
