import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';
import { fillDatabase } from '../../../testing/fill-database.ts';
import { startOtherPostgres } from '../../../testing/other-postgres.ts';
import { migrate, readMigrations, type Migration } from '../database/migrate.ts';
import { openPool } from '../database/connection.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import { openDiskFiles } from '../files/disk.ts';
import type { Files } from '../files/index.ts';
import { openSecrets } from '../secrets.ts';
import { backUp, checkBackup, restore, type BackupReport, type RestoreReport } from './index.ts';

const NOT_COPIED = ['migration', 'event_relay', 'lease'];
const scratch = mkdtempSync(join(tmpdir(), 'rapport-backup-'));
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An installation: a database and a data directory. */
interface Place {
  url: string;
  dataDir: string;
  pool: pg.Pool;
  files: Files;
  drop(): Promise<void>;
}

let nextPlace = 0;
const places: Place[] = [];

function placeAt(url: string, pool: pg.Pool, drop: () => Promise<void>): Place {
  const dataDir = join(scratch, `place-${nextPlace++}`);
  const place = { url, dataDir, pool, files: openDiskFiles(join(dataDir, 'files')), drop };
  places.push(place);
  return place;
}

async function openPlace(options: { empty?: boolean } = {}): Promise<Place> {
  const database: TestDatabase = await createTestDatabase(options);
  return placeAt(database.url, database.database.pool, () => database.drop());
}

function back(from: Place, options: Partial<Parameters<typeof backUp>[0]> = {}): Promise<BackupReport> {
  const secrets = openSecrets(from.dataDir);
  const directory = join(scratch, `backup-${nextPlace++}`);
  return backUp({ directory, connection: { databaseUrl: from.url, applicationName: 'test' }, files: from.files, secrets, keyFile: join(from.dataDir, 'secret.key'), ...options });
}

function bring(directory: string, to: Place, options: Partial<Parameters<typeof restore>[0]> = {}): Promise<RestoreReport> {
  return restore({
    directory, connection: { databaseUrl: to.url, applicationName: 'test' }, pool: to.pool, files: to.files, secrets: openSecrets(to.dataDir),
    keyFile: join(to.dataDir, 'secret.key'), wayOut: 'Take another database.', ...options,
  });
}

async function withClient<T>(place: Place, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A company with rows in every table and three files, one of them used twice. */
async function openFilledPlace(): Promise<Place> {
  const place = await openPlace();
  await withClient(place, async (client) => {
    await client.query('begin');
    const filled = await fillDatabase(client, 20, NOT_COPIED);
    assert.deepEqual([...filled].filter(([, rows]) => rows === 0), [], 'every table has rows');
    const { rows } = await client.query<{ account_id: string; id: string }>('select account_id, id from entry order by id limit 3');
    for (const [i, { account_id: accountId, id }] of rows.entries()) {
      const { key } = await place.files.put(accountId, Buffer.from(`raw mail ${i}`));
      await client.query('update entry set raw_key = $1 where id = $2', [key, id]);
      await client.query('update ledger set raw_key = $1 where id = (select id from ledger where account_id = $2 limit 1)', [key, accountId]);
    }
    await client.query('commit');
  });
  return place;
}

function contents(tables: { name: string; rows: number; content: string }[]): Record<string, string> {
  return Object.fromEntries(tables.map(({ name, rows, content }) => [name, `${rows} ${content}`]));
}

/** Everything about the schema that restoring takes down and puts back. */
async function schemaOf(place: Place): Promise<unknown> {
  return withClient(place, async (client) => {
    const { rows } = await client.query(
      `select 'constraint' as what, conrelid::regclass::text as of, conname::text as name, pg_get_constraintdef(oid) || ' ' || convalidated as definition from pg_constraint where connamespace = 'public'::regnamespace
       union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
       union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal
       union all select 'default', adrelid::regclass::text, adnum::text, pg_get_expr(adbin, adrelid) from pg_attrdef order by 1, 2, 3`,
    );
    return rows;
  });
}

async function isEmpty(place: Place): Promise<boolean> {
  return withClient(place, async (client) => {
    const { rows } = await client.query<{ exists: boolean }>(`select to_regclass('account') is not null as exists`);
    if (!rows[0]?.exists) return true;
    return (await client.query('select from account union all select from login limit 1')).rowCount === 0;
  });
}

let full: Place;
let fullBackup: BackupReport;

before(async () => {
  full = await openFilledPlace();
  fullBackup = await back(full);
});
after(async () => {
  for (const place of places) await place.drop().catch(() => undefined);
  rmSync(scratch, { recursive: true, force: true });
});

describe('a backup', () => {
  test('holds every table and every file a row refers to, once, and is closed to others', async () => {
    const { manifest, directory } = fullBackup;
    assert.equal(manifest.files.count, 3);
    assert.deepEqual(manifest.files.missing, []);
    const tables = await withClient(full, (client) => client.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by 1`));
    assert.deepEqual(manifest.tables.map((table) => table.name), tables.rows.map((row) => row.name).filter((name) => !NOT_COPIED.includes(name)));
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    assert.equal(statSync(join(directory, 'secret.key')).mode & 0o777, 0o600);
    assert.deepEqual(await checkBackup(directory), manifest);
  });

  test('leaves nothing behind in the schema that a table cannot hold', async () => {
    // Sequences, large objects, materialised views and types of our own are not copied. If one of these is needed, backups have to learn it first.
    const { rows } = await withClient(full, (client) =>
      client.query(
        `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'm', 'f')
         union all select typname from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'r')
           and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
         union all select 'large object' where exists (select from pg_largeobject_metadata)`,
      ),
    );
    assert.deepEqual(rows, []);
  });

  test('is of one moment, while the product goes on working', async () => {
    const place = await openFilledPlace();
    let isOver = false;
    // A pair of rows in one transaction, again and again: whoever sees one must see the other.
    const working = withClient(place, async (client) => {
      const { rows } = await client.query<{ id: string }>('select id from account limit 1');
      for (let n = 0; !isOver; n++) {
        const tag = `pair-${n}`;
        await client.query(
          `with one as (insert into team (account_id, id, name, created_at) values ($1, gen_random_uuid(), $2, now()))
           insert into audit_record (account_id, id, at, actor, action) values ($1, gen_random_uuid(), now(), 'test', $2)`,
          [rows[0]?.id, tag],
        );
      }
    });
    await sleep(50);
    const { directory } = await back(place);
    isOver = true;
    await working;
    const target = await openPlace({ empty: true });
    await bring(directory, target);
    const { rows } = await withClient(target, (client) =>
      client.query(`select (select count(*)::int from team where name like 'pair-%') as teams, (select count(*)::int from audit_record where action like 'pair-%') as records`),
    );
    assert.ok(rows[0].teams > 0);
    assert.equal(rows[0].teams, rows[0].records);
  });

  test('says which files are missing or damaged in the store, and keeps the rest', async () => {
    const place = await openFilledPlace();
    const stored: string[] = [];
    for await (const { key } of place.files.list()) stored.push(key);
    const [missing = '', damaged = ''] = stored.sort();
    await place.files.delete(missing);
    writeFileSync(join(place.dataDir, 'files', damaged), 'something else');
    const { manifest, directory } = await back(place);
    assert.deepEqual(manifest.files, { count: 1, bytes: 10, missing: [missing, damaged].sort() });
    const target = await openPlace({ empty: true });
    assert.deepEqual((await bring(directory, target)).files.missing, [missing, damaged].sort());
  });

  test('does not touch a directory that holds something', async () => {
    const directory = join(scratch, 'holiday-pictures');
    writeFileSync(directory, 'not even a directory');
    await assert.rejects(back(full, { directory }), /exists already/);
    await assert.rejects(back(full, { directory: fullBackup.directory }), /exists already/);
  });

  test('that was cancelled leaves nothing', async () => {
    const directory = join(scratch, 'cancelled');
    const abort = new AbortController();
    await assert.rejects(back(full, { directory, signal: abort.signal, onProgress: () => abort.abort() }), { name: 'AbortError' });
    assert.deepEqual(readdirSync(scratch).filter((name) => name.startsWith('cancelled')), []);
  });

  test('whose process was killed leaves nothing that could be taken for a backup, and the next one clears it away', async () => {
    const directory = join(scratch, 'killed');
    const code = `
      import { backUp } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      import { openDiskFiles } from ${JSON.stringify(new URL('../files/disk.ts', import.meta.url).href)};
      import { openSecrets } from ${JSON.stringify(new URL('../secrets.ts', import.meta.url).href)};
      let steps = 0;
      await backUp({
        directory: ${JSON.stringify(directory)}, connection: { databaseUrl: ${JSON.stringify(full.url)}, applicationName: 'test' },
        files: openDiskFiles(${JSON.stringify(join(full.dataDir, 'files'))}), secrets: openSecrets(${JSON.stringify(full.dataDir)}),
        onProgress: () => { if (++steps === 20) process.kill(process.pid, 'SIGKILL'); },
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [number, string];
    assert.equal(signal, 'SIGKILL');
    assert.equal(existsSync(directory), false);
    const remains = readdirSync(scratch).filter((name) => name.startsWith('killed.new-'));
    assert.equal(remains.length, 1);
    await assert.rejects(checkBackup(join(scratch, remains[0] ?? '')), /no complete backup/);
    await back(full, { directory });
    assert.deepEqual(readdirSync(scratch).filter((name) => name.startsWith('killed')), ['killed']);
  });
});

describe('a restored backup', () => {
  test('is equal to what was backed up: rows, files, key, and the schema of a fresh installation', async () => {
    const target = await openPlace({ empty: true });
    const report = await bring(fullBackup.directory, target);
    assert.deepEqual(contents(report.tables), contents(fullBackup.manifest.tables));
    assert.equal(report.secretKey, 'installed');
    assert.equal(readFileSync(join(target.dataDir, 'secret.key'), 'utf8'), readFileSync(join(full.dataDir, 'secret.key'), 'utf8'));
    for await (const { key, bytes } of full.files.list()) assert.equal((await target.files.head(key))?.bytes, bytes);
    assert.deepEqual(await schemaOf(target), await schemaOf(await openPlace()));

    const again = await back(target);
    assert.deepEqual(contents(again.manifest.tables), contents(fullBackup.manifest.tables));
    assert.equal((await bring(again.directory, await openPlace())).tables.length, report.tables.length, 'a first start that nobody set up is empty enough');
  });

  test('goes from the built-in database to a server of another version, and back again', { timeout: 60_000 }, async (t) => {
    const other = await startOtherPostgres();
    if (!other) return t.skip('needs a PostgreSQL server of another major version (Debian package postgresql)');
    const embedded = await startEmbeddedPostgres({ dataDir: join(scratch, 'embedded'), log: quiet });
    const { host, port, user, database } = embedded.connection;
    const urls = { embedded: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`, other: other.url };
    const poolOf = (databaseUrl: string): pg.Pool => openPool({ databaseUrl, max: 2, applicationName: 'test' });
    try {
      const onOther = placeAt(urls.other, poolOf(urls.other), async () => undefined);
      const there = await bring(fullBackup.directory, onOther);
      assert.deepEqual(contents(there.tables), contents(fullBackup.manifest.tables));
      const fromOther = await back(onOther);
      assert.match(fromOther.manifest.postgresVersion, new RegExp(`^${other.major}\\.`));

      const onEmbedded = placeAt(urls.embedded, poolOf(urls.embedded), async () => undefined);
      const here = await bring(fromOther.directory, onEmbedded);
      assert.deepEqual(contents(here.tables), contents(fullBackup.manifest.tables));
      const fromEmbedded = await back(onEmbedded);
      assert.match(fromEmbedded.manifest.postgresVersion, /^18\./);
      await Promise.all([onOther.pool.end(), onEmbedded.pool.end()]);
    } finally {
      await embedded.stop();
      await other.stop();
    }
  });

  test('made by an older release is brought up to date after its rows are in', async () => {
    const known = readMigrations();
    const next: Migration = { number: 9000, name: '9000-later', checksum: 'c'.repeat(64), sql: `alter table team add column motto text not null default ''; update team set motto = 'we are ' || name` };
    const target = await openPlace({ empty: true });
    const report = await bring(fullBackup.directory, target, { migrations: [...known, next] });
    assert.deepEqual(report.migrated, ['9000-later']);
    const { rows } = await withClient(target, (client) => client.query(`select count(*)::int as n from team where motto = 'we are ' || name`));
    assert.equal(rows[0].n, 20);
  });

  test('made by a newer release is refused', async () => {
    const target = await openPlace({ empty: true });
    await assert.rejects(bring(fullBackup.directory, target, { migrations: readMigrations().slice(0, -1) }), /does not know\. Restore it with the version that made it/);
    const changed = readMigrations().map((migration, i) => (i === 1 ? { ...migration, checksum: 'd'.repeat(64) } : migration));
    await assert.rejects(bring(fullBackup.directory, target, { migrations: changed }), /is not the one the backup was made with/);
    assert.equal(await isEmpty(target), true);
  });

  test('does not mix with what is there: a database in use, foreign tables, newer tables', async () => {
    await assert.rejects(bring(fullBackup.directory, full), /in use.*Nothing was changed\. Take another database\./);
    const foreign = await openPlace({ empty: true });
    await withClient(foreign, (client) => client.query('create table wordpress_posts (id int)'));
    await assert.rejects(bring(fullBackup.directory, foreign), /not Rapport's\. Take another database\./);
    const newer = await openPlace();
    await migrate(newer.pool, () => undefined, [...readMigrations(), { number: 9000, name: '9000-later', checksum: 'c'.repeat(64), sql: 'select 1' }]);
    await assert.rejects(bring(fullBackup.directory, newer), /newer \(9000-later\) than the backup\. Take another database\./);
  });

  test('that is damaged anywhere is refused, and the database stays empty', async () => {
    const directory = (await back(full)).directory;
    const target = await openPlace({ empty: true });
    const refused = async (what: RegExp): Promise<void> => {
      await assert.rejects(bring(directory, target), what);
      assert.equal(await isEmpty(target), true);
      await assert.rejects(checkBackup(directory), what);
    };
    const table = join(directory, 'tables', 'customer.copy');
    const bytes = readFileSync(table);
    writeFileSync(table, Buffer.from(bytes).fill(0x41, bytes.length - 20, bytes.length - 12));
    await refused(/customer\.copy is damaged/);
    truncateSync(table, bytes.length - 40);
    await refused(/customer\.copy is damaged/);
    writeFileSync(table, bytes);

    const [file = ''] = readdirSync(join(directory, 'files'), { recursive: true, encoding: 'utf8' }).filter((name) => basename(name).length === 64);
    appendFileSync(join(directory, 'files', file), 'x');
    await refused(/is damaged/);
    rmSync(join(directory, 'files', file));
    await refused(/not complete: it holds 2 of 3 files/);

    renameSync(join(directory, 'manifest.json'), join(directory, 'manifest.json.new'));
    await refused(/no complete backup/);
    writeFileSync(join(directory, 'manifest.json'), '{"format":"rapport-backup","formatVersion":1}');
    await refused(/manifest\.json is damaged/);
    writeFileSync(join(directory, 'manifest.json'), '{"format":"rapport-backup","formatVersion":2}');
    await refused(/made by a newer version/);
  });

  test('whose process was killed leaves an empty database, and is simply done again', async () => {
    const target = await openPlace({ empty: true });
    const code = `
      import { restore } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      import { openPool } from ${JSON.stringify(new URL('../database/connection.ts', import.meta.url).href)};
      import { openDiskFiles } from ${JSON.stringify(new URL('../files/disk.ts', import.meta.url).href)};
      import { openSecrets } from ${JSON.stringify(new URL('../secrets.ts', import.meta.url).href)};
      const connection = { databaseUrl: ${JSON.stringify(target.url)}, applicationName: 'test' };
      await restore({
        directory: ${JSON.stringify(fullBackup.directory)}, connection, pool: openPool({ ...connection, max: 2 }), files: openDiskFiles(${JSON.stringify(join(target.dataDir, 'files'))}),
        secrets: openSecrets(${JSON.stringify(target.dataDir)}), keyFile: ${JSON.stringify(join(target.dataDir, 'secret.key'))}, wayOut: '',
        onProgress: ({ step }) => { if (step.startsWith('comparing session')) process.kill(process.pid, 'SIGKILL'); },
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [number, string];
    assert.equal(signal, 'SIGKILL');
    assert.equal(await isEmpty(target), true);
    const report = await bring(fullBackup.directory, target);
    assert.deepEqual(contents(report.tables), contents(fullBackup.manifest.tables));
  });
});

describe('the secret key', () => {
  test('of the backup replaces that of the empty installation, which is kept', async () => {
    const target = await openPlace({ empty: true });
    openSecrets(target.dataDir);
    const old = readFileSync(join(target.dataDir, 'secret.key'), 'utf8');
    assert.equal((await bring(fullBackup.directory, target)).secretKey, 'installed');
    const kept = readdirSync(target.dataDir).filter((name) => name.startsWith('secret.key.before-restore-'));
    assert.equal(kept.length, 1);
    assert.equal(readFileSync(join(target.dataDir, kept[0] ?? ''), 'utf8'), old);
  });

  test('that is not in the backup has to be brought, or given up knowingly', async () => {
    const { directory, manifest } = await back(full, { keyFile: undefined });
    assert.equal(manifest.secretKey.isIncluded, false);
    assert.equal(existsSync(join(directory, 'secret.key')), false);
    const key = readFileSync(join(full.dataDir, 'secret.key'), 'utf8').trim();
    assert.doesNotMatch(readFileSync(join(directory, 'manifest.json'), 'utf8'), new RegExp(key.replaceAll(/[+/=]/g, '.')));

    const target = await openPlace({ empty: true });
    await assert.rejects(bring(directory, target), /another key.*secret\.key.*--accept-other-key/);
    await assert.rejects(bring(directory, target, { keyFile: undefined }), /RAPPORT_SECRET_KEY/);
    assert.equal(await isEmpty(target), true);
    assert.equal((await bring(directory, target, { secrets: openSecrets(full.dataDir) })).secretKey, 'same');
    assert.equal((await bring(directory, await openPlace({ empty: true }), { acceptOtherKey: true })).secretKey, 'other');
  });
});
