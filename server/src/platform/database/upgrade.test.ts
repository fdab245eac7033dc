// Who installed an earlier release keeps everything when the newer one starts on it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';
import { describeSchema } from '../../../testing/describe-schema.ts';
import { fillDatabase } from '../../../testing/fill-database.ts';
import { migrate, readMigrations } from './migrate.ts';

/** The last migration of each release, oldest first. A file up to the newest of them never changes again. */
const RELEASES = { '0.1.0': 6 };

test('the migrations of a release are byte for byte those it was released with', () => {
  const { migrations } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../testing/first-release/backup/manifest.json'), 'utf8')) as { migrations: { name: string; checksum: string }[] };
  const now = new Map(readMigrations().map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of migrations) assert.equal(now.get(name), checksum, `${name} was changed. Installations have run it as it was: write a new migration instead.`);
});

const databases: TestDatabase[] = [];
after(() => Promise.all(databases.map((each) => each.drop())));

async function emptyDatabase(): Promise<{ database: TestDatabase; client: pg.Client }> {
  const database = await createTestDatabase({ empty: true });
  databases.push(database);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return { database, client };
}

/** Every row as JSON by table, only with the columns named. */
async function rowsOf(client: pg.Client, columns: Map<string, string[]>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [table, names] of columns) {
    const { rows } = await client.query<{ row: string }>(`select jsonb_build_object(${names.map((name) => `'${name}', "${name}"`).join(', ')})::text as row from "${table}" order by 1`);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

for (const [release, last] of Object.entries(RELEASES)) {
  test(`data of release ${release} is all there after an upgrade, and the schema is that of a new installation`, { timeout: 120_000 }, async () => {
    const { database, client } = await emptyDatabase();
    try {
      await migrate(database.database.pool, () => {}, readMigrations().filter(({ number }) => number <= last));
      await client.query('begin');
      const filled = await fillDatabase(client, 12, ['migration', 'installation', 'event_relay']);
      assert.deepEqual([...filled].filter(([, rows]) => rows === 0), [], 'every table has rows');
      await client.query('commit');
      const { rows } = await client.query<{ name: string; columns: string[] }>(
        `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration' group by c.relname`,
      );
      const columns = new Map(rows.map((row) => [row.name, row.columns]));
      const before = await rowsOf(client, columns);
      await migrate(database.database.pool);
      const after = await rowsOf(client, columns);
      // A new right may come to roles by itself; none goes away.
      const permissions = (rows: string[] | undefined) => (rows ?? []).map((row) => JSON.parse(row) as { id: string; permissions: string[] });
      for (const role of permissions(before['role'])) {
        const now = permissions(after['role']).find(({ id }) => id === role.id);
        assert.deepEqual(now && { ...now, permissions: now.permissions.slice(0, role.permissions.length) }, role);
      }
      for (const table of columns.keys()) if (table !== 'role') assert.deepEqual(after[table], before[table], table);

      const fresh = await emptyDatabase();
      await migrate(fresh.database.database.pool);
      assert.equal(await describeSchema(database.database.pool), await describeSchema(fresh.database.database.pool));
      await fresh.client.end();
    } finally {
      await client.end();
    }
  });
}
