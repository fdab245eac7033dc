import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

export const migrationsDir = join(import.meta.dirname, '../../../migrations');

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The migrations in the order they run: `0001-platform.sql` … Throws when two carry one number. */
export function readMigrations(dir = migrationsDir): Migration[] {
  const list = readdirSync(dir).filter((file) => /^\d{4}-[a-z-]+\.sql$/.test(file)).sort().map((file) => {
    const sql = readFileSync(join(dir, file), 'utf8');
    return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
  for (const [i, migration] of list.entries()) if (list[i - 1]?.number === migration.number) throw new Error(`Two migrations have the number ${migration.number}.`);
  return list;
}

// Any constant will do; it must only be the same for every process that migrates.
const MIGRATION_LOCK = 7_270_011;

export interface MigrationReport {
  applied: string[];
  alreadyApplied: number;
}

/**
 * Brings the schema up to date; every file in a transaction of its own, forward only. Several processes may call it at once: one does the work,
 * the others wait. Refuses when an applied file has changed since, or when the database is newer than this program.
 */
export async function migrate(pool: pg.Pool, onProgress: (name: string) => void = () => {}, migrations = readMigrations()): Promise<MigrationReport> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('create table if not exists migration (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())');
    const { rows } = await client.query<{ number: number; name: string; checksum: string }>('select number, name, checksum from migration order by number');
    const known = new Map(migrations.map((migration) => [migration.number, migration]));
    for (const row of rows) {
      const migration = known.get(row.number);
      if (!migration) throw new Error(`The database has migration ${row.name}, which this version of Rapport does not know. Start the newer version.`);
      if (migration.checksum !== row.checksum) throw new Error(`Migration ${row.name} was changed after it had been applied. Restore the released file.`);
    }
    const done = new Set(rows.map((row) => row.number));
    const report: MigrationReport = { applied: [], alreadyApplied: done.size };
    for (const migration of migrations) {
      if (done.has(migration.number)) continue;
      onProgress(migration.name);
      await client.query('begin');
      try {
        await client.query(migration.sql);
        await client.query('insert into migration (number, name, checksum) values ($1, $2, $3)', [migration.number, migration.name, migration.checksum]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
      }
      report.applied.push(migration.name);
    }
    return report;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
    await client.query('reset statement_timeout').catch(() => {});
    client.release();
  }
}
