import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type pg from 'pg';
import { migrate, readMigrations, type Migration } from '../database/migrate.ts';
import type { ConnectionOptions } from '../database/connection.ts';
import type { Files } from '../files/index.ts';
import { keyFor } from '../files/key.ts';
import type { Secrets } from '../secrets.ts';
import { backedUpKeys, drain, mustBeAll } from './check.ts';
import { connectForLong } from './connect.ts';
import { takeDownConstraints } from './constraints.ts';
import { copyIn, copyOut } from './copy-stream.ts';
import { fingerprintOf } from './fingerprint.ts';
import { installKey } from './install-key.ts';
import { PENDING_EVENTS, readManifest, tableFile, type Manifest } from './manifest.ts';
import type { OnProgress } from './progress.ts';
import { readTable } from './read-table.ts';
import { createRowTally } from './row-tally.ts';
import { copyInStatement, copyOutStatement, quoted, tablesToCopy } from './tables.ts';

export interface RestoreOptions {
  directory: string;
  connection: Omit<ConnectionOptions, 'max'>;
  /** Of the same database; for migrations. */
  pool: pg.Pool;
  files: Files;
  secrets: Secrets;
  /** Where the secret key lives, when it lives in a file; undefined when the configuration gives it. */
  keyFile: string | undefined;
  /** What to do when this database is in use: differs between the built-in one and one by URL. */
  wayOut: string;
  /** Go on although the secret key is another one: what it sealed (passwords of mailboxes, second factors) is lost. */
  acceptOtherKey?: boolean;
  migrations?: Migration[];
  onProgress?: OnProgress;
}

export interface RestoreReport {
  directory: string;
  createdAt: string;
  /** Every table as it stands in the database now, read back before anything was made final; equal to the backup, or there would be no report. */
  tables: { name: string; rows: number; content: string }[];
  files: { count: number; bytes: number; missing: string[] };
  /** Events that will be handed to their listeners again when the product starts. */
  pendingEvents: number;
  /** Messages to customers that had not gone out when the backup was made. They go out when the product starts, even if the old installation sent them later. */
  waitingMessages: number;
  /** `same`: it was here already; `installed`: taken from the backup; `other`: what was sealed with the old one cannot be opened. */
  secretKey: 'same' | 'installed' | 'other';
  /** Migrations of this release that the backup did not have yet. */
  migrated: string[];
}

/**
 * Brings a backup into an empty database, of whatever supported PostgreSQL version, and its files into the files port.
 *
 * All rows are loaded, read back and compared with the backup inside one transaction: whatever happens before its commit, the database stays empty. Files
 * come first; alone they mean nothing, and bringing them twice does no harm. So an interrupted restore is simply done again.
 *
 * Throws with words for the person when the database is in use, the backup is damaged or was made by a newer release, or the secret key is another one.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const directory = resolve(options.directory);
  const onProgress = options.onProgress ?? (() => undefined);
  const manifest = await readManifest(directory);
  const migrations = options.migrations ?? readMigrations();
  const schemaThen = migrationsOf(manifest, migrations);
  const client = await connectForLong(options.connection);
  try {
    await mustBeEmpty(client, schemaThen, options.wayOut);
    mustHaveKey(manifest, options);
    await migrate(options.pool, () => undefined, schemaThen);
    const count = await restoreFiles(directory, options.files, manifest, onProgress);
    mustBeAll(directory, manifest, count);

    await client.query('begin');
    const tables = await load(client, directory, manifest, options.wayOut, onProgress);
    const secretKey = await settleKey(directory, manifest, options);
    await client.query('commit');

    const { applied } = await migrate(options.pool, () => undefined, migrations);
    await client.query(`analyze ${manifest.tables.map((table) => quoted(table.name)).join(', ')}`);
    const { rows } = await client.query<{ waiting: number }>(`select count(*)::int as waiting from entry where delivery_state in ('queued', 'sending')`);
    const { files, createdAt } = manifest;
    return { directory, createdAt, tables, files, pendingEvents: manifest.pendingEvents.rows, waitingMessages: rows[0]?.waiting ?? 0, secretKey, migrated: applied };
  } finally {
    await client.end();
  }
}

/** The migrations the rows fit, of those this release has. */
function migrationsOf(manifest: Manifest, known: Migration[]): Migration[] {
  return manifest.migrations.map((wanted) => {
    const found = known.find((each) => each.number === wanted.number);
    if (!found) throw new Error(`The backup has the migration ${wanted.name}, which this version of Rapport does not know. Restore it with the version that made it, or a newer one.`);
    if (found.checksum !== wanted.checksum) throw new Error(`The migration ${wanted.name} is not the one the backup was made with. Restore it with a released version of Rapport.`);
    return found;
  });
}

/**
 * Empty is a database without our tables, or with tables in which nobody has an account yet (a first start leaves it so), as long as they are not newer than
 * the backup.
 */
async function mustBeEmpty(client: pg.Client, schemaThen: Migration[], wayOut: string): Promise<void> {
  const { rows } = await client.query<{ tables: number; hasMigrations: boolean }>(
    `select (select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p'))::int as tables, to_regclass('public.migration') is not null as "hasMigrations"`,
  );
  if (rows[0]?.tables === 0) return;
  if (!rows[0]?.hasMigrations) throw new Error(`The database holds tables that are not Rapport's. ${wayOut}`);
  const { rows: applied } = await client.query<{ number: number; name: string }>('select number, name from migration order by number');
  const newer = applied.find(({ number }) => !schemaThen.some((migration) => migration.number === number));
  if (newer) throw new Error(`The tables in the database are newer (${newer.name}) than the backup. ${wayOut}`);
  if (applied.length > 0) await mustHoldNobody(client, wayOut);
}

async function mustHoldNobody(client: pg.Client, wayOut: string): Promise<void> {
  const { rows } = await client.query<{ isUsed: boolean }>('select exists (select from account) or exists (select from login) as "isUsed"');
  if (rows[0]?.isUsed) throw new Error(`The database is in use, and restoring would mix two installations. Nothing was changed. ${wayOut}`);
}

async function restoreFiles(directory: string, files: Files, manifest: Manifest, onProgress: OnProgress): Promise<number> {
  let done = 0;
  const bring = async (key: string): Promise<void> => {
    const path = join(directory, 'files', key);
    const accountId = key.split('/')[0] ?? '';
    const content = await readFile(path);
    if (keyFor(accountId, content) !== key) throw new Error(`${path} is damaged: its content is not what its name (${basename(key)}) says. Choose another backup.`);
    await files.put(accountId, content);
    done += 1;
    if (done % 50 === 0) onProgress({ step: 'files', done, total: manifest.files.count, unit: 'files' });
  };
  const keys = backedUpKeys(directory);
  const worker = async (): Promise<void> => {
    for (let next = await keys.next(); !next.done; next = await keys.next()) await bring(next.value);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  onProgress({ step: 'files', done, total: done, unit: 'files' });
  return done;
}

/** Loads all rows and proves them equal to the backup. Leaves the transaction open. */
async function load(client: pg.Client, directory: string, manifest: Manifest, wayOut: string, onProgress: OnProgress): Promise<RestoreReport['tables']> {
  await mustFit(client, manifest);
  const names = manifest.tables.map((table) => table.name);
  // Also locks them all: a product that was started beside us waits, and finds the restored rows.
  await client.query(`lock table ${names.map(quoted).join(', ')} in access exclusive mode`);
  await mustHoldNobody(client, wayOut);
  await client.query(`truncate ${names.map(quoted).join(', ')}`);

  const putBack = await takeDownConstraints(client, names);
  // Every event is as good as dealt with, except for those listed below.
  await client.query(`alter table event alter column xid set default '${DEALT_WITH}'`);
  for (const table of manifest.tables) {
    const path = join(directory, tableFile(table.name));
    try {
      await copyIn(client, copyInStatement(table), readTable(path, table, (done) => onProgress({ step: table.name, done, total: table.rows, unit: 'rows' })));
    } catch (error) {
      // The server may stumble over damaged bytes before the whole file has been checked; that the file is damaged is what a person needs to hear.
      await drain(readTable(path, table));
      throw error;
    }
    onProgress({ step: table.name, done: table.rows, total: table.rows, unit: 'rows' });
  }
  await client.query('alter table event alter column xid set default pg_current_xact_id()');
  await handOnAgain(client, directory, manifest);
  await putBack();

  const tables: RestoreReport['tables'] = [];
  for (const table of manifest.tables) {
    onProgress({ step: `comparing ${table.name}`, done: 0, total: table.rows, unit: 'rows' });
    const tally = createRowTally();
    for await (const chunk of copyOut(client, copyOutStatement(table)) as AsyncIterable<Buffer>) tally.take(chunk);
    const found = tally.finish();
    if (found.rows !== table.rows || found.content !== table.content) {
      throw new Error(`The rows of ${table.name} do not come back from the database as they stand in the backup (${found.rows} of ${table.rows} rows). Nothing was changed; please report this.`);
    }
    tables.push({ name: table.name, ...found });
  }
  return tables;
}

async function mustFit(client: pg.Client, manifest: Manifest): Promise<void> {
  const here = new Map((await tablesToCopy(client)).map((table) => [table.name, table.columns]));
  for (const { name, columns } of manifest.tables) {
    if (here.get(name)?.join() !== columns.join()) throw new Error(`The table ${name} of the backup does not fit the database's. Nothing was changed; please report this.`);
    here.delete(name);
  }
  const more = [...here.keys()][0];
  if (more !== undefined) throw new Error(`The backup has no rows for the table ${more}. Nothing was changed; please report this.`);
}

// The relay reads events above its position in (xid, id) order. Transaction ids of the old cluster mean nothing here: they may even lie in the future of this
// one, where the relay would never reach them. So events that are dealt with get an id below all real ones, the position goes to their end, and the rest
// get the id of this transaction: the relay hands them on when it runs.
const DEALT_WITH = '1';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

async function handOnAgain(client: pg.Client, directory: string, manifest: Manifest): Promise<void> {
  await client.query('create temporary table pending_event (account_id uuid not null, id uuid not null) on commit drop');
  await copyIn(client, 'copy pending_event from stdin (format binary)', readTable(join(directory, PENDING_EVENTS), manifest.pendingEvents));
  const { rowCount } = await client.query('update event e set xid = pg_current_xact_id() from pending_event p where e.account_id = p.account_id and e.id = p.id');
  if (rowCount !== manifest.pendingEvents.rows) throw new Error('The backup names pending events it does not hold. Nothing was changed; please report this.');
  await client.query(`update event_relay set xid = '${DEALT_WITH}', id = '${LAST_ID}', pruned_xid = '${DEALT_WITH}'`);
}

function hasSameKey(manifest: Manifest, options: RestoreOptions): boolean {
  return fingerprintOf(options.secrets) === manifest.secretKey.fingerprint;
}

/** Before the long work, not after it. */
function mustHaveKey(manifest: Manifest, options: RestoreOptions): void {
  if (hasSameKey(manifest, options) || options.acceptOtherKey) return;
  if (manifest.secretKey.isIncluded && options.keyFile) return;
  throw new Error(
    `The backup's secrets (passwords of mailboxes, second factors) were sealed with another key than this installation's. ` +
      (options.keyFile ? `Put the old installation's secret.key at ${options.keyFile}` : 'Set RAPPORT_SECRET_KEY to the key of the old installation') +
      ' and restore again. If that key is lost, restore with --accept-other-key: those passwords and second factors then have to be set up anew.',
  );
}

async function settleKey(directory: string, manifest: Manifest, options: RestoreOptions): Promise<RestoreReport['secretKey']> {
  if (hasSameKey(manifest, options)) return 'same';
  if (!manifest.secretKey.isIncluded || !options.keyFile) return 'other';
  await installKey(directory, options.keyFile, manifest.secretKey.fingerprint);
  return 'installed';
}
