import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Platform } from './context.ts';
import { systemClock, type Clock } from './clock.ts';
import { openPool, type ConnectionOptions } from './database/connection.ts';
import { checkServer } from './database/check-server.ts';
import { createDatabase } from './database/index.ts';
import { holdsSealed } from './database/sealed.ts';
import { openBus } from './bus/open-bus.ts';
import { publishCommits } from './events/publish.ts';
import { openFiles } from './files/open-files.ts';
import { createJobQueue } from './jobs/pg-boss-queue.ts';
import { createLeases } from './lease.ts';
import { createLog } from './log.ts';
import { hasKey, openSecrets } from './secrets.ts';

export interface OpenPlatform extends Platform {
  connection: ConnectionOptions;
  /** Closes everything in the opposite order; the embedded database last. */
  close(): Promise<void>;
}

export interface OpenOptions {
  clock?: Clock;
  onProgress?: (step: string) => void;
  /** Whether to stop the embedded database when closing; a command beside a running server leaves it be. */
  keepDatabaseRunning?: boolean;
}

async function connect(config: Config, log: Platform['log'], onProgress?: (step: string) => void): Promise<{ connection: ConnectionOptions; stop: () => Promise<void>; wasRunning: boolean }> {
  const applicationName = 'rapport';
  if (config.databaseUrl) return { connection: { databaseUrl: config.databaseUrl, directUrl: config.databaseDirectUrl, max: config.databasePool, applicationName }, stop: async () => {}, wasRunning: true };
  const { startEmbeddedPostgres } = await import('./embedded-postgres/index.ts');
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log, ...(onProgress ? { onProgress } : {}) });
  return { connection: { embedded: embedded.connection, max: config.databasePool, applicationName }, stop: () => embedded.stop(), wasRunning: embedded.adopted };
}

/** Opens the ground floor: database, files, secrets, bus and job queue. Does not migrate and starts no work. What was opened before something failed is closed again. */
export async function openPlatform(config: Config, options: OpenOptions = {}): Promise<OpenPlatform> {
  mkdirSync(config.dataDir, { recursive: true });
  const log = createLog(config.logLevel);
  const { connection, stop, wasRunning } = await connect(config, log, options.onProgress);
  const closers = [async () => (options.keepDatabaseRunning && wasRunning ? undefined : stop())];
  const close = async () => {
    // One part that cannot be closed must not leave the others open, the database server least of all.
    for (const closer of closers.splice(0).reverse()) await closer().catch((error: unknown) => log.error({ err: error }, 'a part of the platform did not close'));
  };
  try {
    const database = createDatabase(openPool(connection), openPool({ ...connection, max: 2, statementTimeoutMs: 5_000, applicationName: 'rapport-search' }), { prepare: config.databasePrepare });
    closers.push(database.close);
    await checkServer(database.pool);
    // A new key in the place of a lost one would make everything stored unreadable without a word, and the next backup would hold the wrong key.
    if (!hasKey(config.dataDir, config.secretKey) && (await holdsSealed(database.pool))) {
      throw new Error(
        `The secret key is missing, and the database holds passwords that only it opens. Bring ${join(config.dataDir, 'secret.key')} back (every backup has it), or set RAPPORT_SECRET_KEY to it. Is it lost for good, then npx rapport new-key makes another one, and those passwords have to be entered again.`,
      );
    }
    const secrets = openSecrets(config.dataDir, config.secretKey);
    const files = await openFiles(config, join(config.dataDir, 'files'));
    closers.push(files.close);
    const bus = await openBus(config, connection, log);
    closers.push(bus.close);
    publishCommits(database, bus);
    const jobs = createJobQueue(connection, database, bus, log);
    return { config, database, files, bus, log, secrets, jobs, leases: createLeases(database), clock: options.clock ?? systemClock, connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}
