import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { connectForLong } from '../backup/connect.ts';
import { openBus } from '../bus/open-bus.ts';
import type { Config } from '../config.ts';
import { createDatabase, type Database } from '../database/index.ts';
import { openPool, type ConnectionOptions } from '../database/connection.ts';
import { clusterDirectory, inspectCluster } from '../embedded-postgres/cluster.ts';
import { openFiles } from '../files/open-files.ts';
import { createLog } from '../log.ts';
import { openSecrets, type Secrets } from '../secrets.ts';
import { checkClock, checkMigrations, checkSeparation, checkServer } from './check-database.ts';
import { checkFiles } from './check-files.ts';
import { checkMachine } from './check-machine.ts';
import { checkWork } from './check-work.ts';
import { ok, problem, warning, type Finding, type Health } from './finding.ts';

export interface Diagnosis {
  /** The worst of the findings. */
  state: Health;
  findings: Finding[];
}

/** What a check of a room may use. `secrets` only when there is a key. */
export interface Examined {
  database: Database;
  secrets: Secrets | undefined;
}

/** A check that a room brings along, for what the ground floor does not know. */
export type RoomCheck = (examined: Examined) => Promise<Finding[]>;

/**
 * Looks the installation over, beside a running server or alone, and changes nothing: what a first start would make (the database, the key, the tables) is
 * reported, not made. An embedded server that is not running is started and stopped again.
 */
export async function examine(config: Config, roomChecks: RoomCheck[] = [], onProgress: (step: string) => void = () => undefined): Promise<Diagnosis> {
  const findings = await checkMachine(config);
  const opened = await openDatabase(config, onProgress);
  if ('finding' in opened) {
    findings.push(opened.finding);
  } else {
    try {
      findings.push(...(await checkOpened(config, opened.client, opened.connection, roomChecks, onProgress)));
    } finally {
      await opened.close();
    }
  }
  const states = findings.map((finding) => finding.state);
  return { state: states.includes('problem') ? 'problem' : states.includes('warning') ? 'warning' : 'ok', findings };
}

type Opened = { client: pg.Client; connection: ConnectionOptions; close(): Promise<void> };

async function openDatabase(config: Config, onProgress: (step: string) => void): Promise<Opened | { finding: Finding }> {
  const common = { max: 2, applicationName: 'rapport-doctor' };
  if (config.databaseUrl) {
    const connection = { databaseUrl: config.databaseUrl, directUrl: config.databaseDirectUrl, ...common };
    try {
      const client = await connectForLong(connection);
      return { client, connection, close: () => client.end() };
    } catch (error) {
      return { finding: problem('database', `The server of DATABASE_URL cannot be reached: ${(error as Error).message}`, 'Check the address, that the server runs and lets this machine in, and the password.') };
    }
  }
  try {
    if ((await inspectCluster(clusterDirectory(config.dataDir))) === 'missing') {
      return { finding: warning('database', `There is no database in ${config.dataDir} yet.`, 'npm start makes it. If there should be one, check RAPPORT_DATA and the directory you run this from.') };
    }
    const { startEmbeddedPostgres } = await import('../embedded-postgres/index.ts');
    const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log: createLog('silent'), onProgress });
    const connection = { embedded: embedded.connection, ...common };
    const client = await connectForLong(connection).catch(async (error: unknown) => {
      await embedded.stop();
      throw error;
    });
    return { client, connection, close: () => client.end().then(() => embedded.stop()) };
  } catch (error) {
    return { finding: problem('database', 'The built-in database does not run.', (error as Error).message) };
  }
}

async function checkOpened(config: Config, client: pg.Client, connection: ConnectionOptions, roomChecks: RoomCheck[], onProgress: (step: string) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  // One check that cannot be carried out says so; the others still have something to tell.
  const look = async (check: string, work: () => Promise<Finding | Finding[]>): Promise<void> => {
    findings.push(...[await work().catch((error: Error) => problem(check, `Could not be checked: ${error.message}`, 'Look into the log of the database server.'))].flat());
  };
  await look('database', () => checkServer(client, config));
  await look('clock', () => checkClock(client));
  const migrations = await checkMigrations(client);
  findings.push(migrations);
  if (config.natsUrl) findings.push(await checkNats(config, connection));
  // The rest asks tables; with others than this release's the answers would be errors.
  if (migrations.state !== 'ok') return findings;

  await look('separation', () => checkSeparation(client));
  await look('work', () => checkWork(client));
  onProgress('Comparing the file store with the database');
  findings.push(...(await checkStore(config, client)));

  const database = createDatabase(openPool(connection), openPool(connection), { prepare: config.databasePrepare });
  try {
    const examined = { database, secrets: findSecrets(config) };
    for (const check of roomChecks) await look('rooms', () => check(examined));
  } finally {
    await database.close();
  }
  return findings;
}

async function checkStore(config: Config, client: pg.Client): Promise<Finding[]> {
  try {
    const files = await openFiles(config, join(config.dataDir, 'files'));
    return await checkFiles(client, files).finally(() => files.close());
  } catch (error) {
    return [problem('files', `The file store cannot be read: ${(error as Error).message}`, 'Check RAPPORT_FILES and its keys, or that the directory belongs to the user the service runs as.')];
  }
}

/** Undefined when there is no usable key: opening one that is missing would make it. */
function findSecrets(config: Config): Secrets | undefined {
  if (config.secretKey === undefined && !existsSync(join(config.dataDir, 'secret.key'))) return undefined;
  try {
    return openSecrets(config.dataDir, config.secretKey);
  } catch {
    return undefined;
  }
}

async function checkNats(config: Config, connection: ConnectionOptions): Promise<Finding> {
  try {
    const bus = await openBus(config, connection, createLog('silent'));
    await bus.close();
    return ok('NATS', 'Answers.');
  } catch (error) {
    return problem('NATS', `The server of NATS_URL cannot be reached: ${(error as Error).message}`, 'Check the address and that the server runs. With one process, leave NATS_URL empty.');
  }
}
