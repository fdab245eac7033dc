import { createHash, randomBytes } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, type Database } from '../src/platform/database/index.ts';
import { openPool } from '../src/platform/database/connection.ts';
import { migrate, readMigrations } from '../src/platform/database/migrate.ts';

export interface TestDatabase {
  database: Database;
  url: string;
  /** Connections with all rights in this database, for what only a superuser may: filling tables without their triggers. Closed by `drop`. */
  superuserPool(): pg.Pool;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

/**
 * The server tests run on: RAPPORT_TEST_DATABASE_URL when set, else an embedded one below the temporary directory, shared by all test files and left running
 * so that the next run starts at once (`node scripts/test.mjs --stop-database` ends it).
 */
async function serverUrl(): Promise<string> {
  const given = process.env['RAPPORT_TEST_DATABASE_URL'];
  if (given) return given;
  const { startEmbeddedPostgres } = await import('../src/platform/embedded-postgres/index.ts');
  const quiet = { info() {}, warn() {}, error: console.error };
  const { connection } = await startEmbeddedPostgres({ dataDir: join(tmpdir(), `rapport-tests-${userInfo().uid}`), log: quiet });
  return `postgresql://${connection.user}@/${connection.database}?host=${encodeURIComponent(connection.host)}&port=${connection.port}`;
}

function withDatabase(url: string, name: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

/** The embedded server's owner of databases is no superuser; another role is, on the same socket. */
function asSuperuser(url: string): string {
  return url.replace('//rapport@', '//postgres@');
}

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A template with today's migrations, made once for each version of them; files that run side by side wait for one another here. */
async function ensureTemplate(url: string): Promise<string> {
  const version = createHash('sha256').update(readMigrations().map((migration) => migration.checksum).join()).digest('hex').slice(0, 12);
  const name = `rapport_template_${version}`;
  await onServer(url, async (client) => {
    await client.query('select pg_advisory_lock(7270012)');
    const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount) return;
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
    const pool = openPool({ databaseUrl: withDatabase(url, name), max: 2, applicationName: 'rapport-tests' });
    await migrate(pool);
    await pool.end();
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

/** A migrated database of its own, cloned from the template in a fraction of a second. `empty` leaves it without any schema. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const url = await serverUrl();
  const name = `rapport_test_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template1' : await ensureTemplate(url);
  // Cloning needs the template for itself for a moment: one after the other.
  await onServer(url, async (client) => {
    await client.query('select pg_advisory_lock(7270012)');
    await client.query(`create database ${name} template ${template}`);
  });
  const own = withDatabase(url, name);
  const connection = { databaseUrl: own, applicationName: 'rapport-tests' };
  const database = createDatabase(openPool({ ...connection, max: 8 }), openPool({ ...connection, max: 2 }), { prepare: true });
  const superuserPools: pg.Pool[] = [];
  return {
    database,
    url: own,
    superuserPool() {
      const pool = openPool({ ...connection, databaseUrl: asSuperuser(own), max: 2 });
      superuserPools.push(pool);
      return pool;
    },
    async drop() {
      for (const pool of superuserPools) await pool.end();
      await database.close();
      // Whoever is still in it, a superuser's connection or the server's own cleaning, only a superuser can show out.
      await onServer(asSuperuser(url), (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
