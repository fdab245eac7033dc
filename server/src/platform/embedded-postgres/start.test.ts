import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './index.ts';
import { findPlatformPackage, thisMachine } from './platform-package.ts';
import { isRunning, readPidFile } from './postmaster.ts';
import { startIn } from './start.ts';

const run = promisify(execFile);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const isRoot = process.getuid?.() === 0;
const rootOnly = isRoot ? false : 'needs root: it changes users';
const linuxOnly = process.platform === 'linux' ? false : 'needs Linux: it looks into /proc';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-db-'));
// Reachable for the user the server runs as.
chmodSync(scratch, 0o755);
const template = join(scratch, 'template');
let nextDirectory = 0;

function freshDirectory(): string {
  return join(scratch, `data-${nextDirectory++}`);
}

/** A data directory with a cluster in it that was stopped cleanly; copied, because creating one takes a second. */
async function preparedDirectory(): Promise<string> {
  const directory = freshDirectory();
  await run('cp', ['-a', template, directory]);
  return directory;
}

function start(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log: silent });
}

async function query<Row extends object>(database: EmbeddedPostgres | { connection: EmbeddedPostgres['connection'] }, sql: string): Promise<Row[]> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function clusterOf(dataDir: string): string {
  return join(dataDir, 'postgres', '18');
}

/** The live processes that work in that cluster's directory. */
function processesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === clusterOf(dataDir) && isRunning(pid);
      } catch {
        return false;
      }
    });
}

async function nobodyIsLeft(dataDir: string): Promise<void> {
  // The log's process ends when the last writer has; that is a moment after the server itself.
  for (let i = 0; i < 100 && processesOf(dataDir).length > 0; i++) await sleep(20);
  assert.deepEqual(processesOf(dataDir), []);
}

interface Application {
  child: ChildProcess;
  lines: AsyncIterator<string>;
  ready: Pick<EmbeddedPostgres, 'connection' | 'adopted'>;
}

/** Another process that starts the database, says so, and then does what `work` says; it stops the database on stdin's end. */
async function startApplication(dataDir: string, options: { work?: string; uid?: number; node?: string; surroundings?: string } = {}): Promise<Application> {
  const code = `
    import { startIn } from ${JSON.stringify(new URL('start.ts', import.meta.url).href)};
    import { findPlatformPackage, thisMachine } from ${JSON.stringify(new URL('platform-package.ts', import.meta.url).href)};
    import pg from ${JSON.stringify(import.meta.resolve('pg'))};
    const log = { info() {}, warn() {}, error() {} };
    const surroundings = ${options.surroundings ?? '{ findPackage: () => findPlatformPackage(thisMachine()), sharedPlaces: [] }'};
    const database = await startIn({ dataDir: ${JSON.stringify(dataDir)}, log }, surroundings);
    console.log(JSON.stringify({ connection: database.connection, adopted: database.adopted }));
    process.stdin.resume().on('end', async () => { await database.stop(); console.log('stopped'); });
    ${options.work ?? ''}
  `;
  const child = spawn(options.node ?? process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  const first = await lines.next();
  assert.equal(first.done ?? false, false, 'the application started the database');
  return { child, lines, ready: JSON.parse(first.value as string) as Application['ready'] };
}

async function stopApplication(application: Application): Promise<void> {
  application.child.stdin!.end();
  const next = await application.lines.next();
  assert.equal(next.value, 'stopped');
  application.child.kill();
}

before(async () => {
  const database = await start(template);
  await query(database, 'create table kept (n int); insert into kept values (42)');
  await database.stop();
});

after(async () => {
  for (const name of readdirSync(scratch)) {
    for (const pid of linuxOnly ? [] : processesOf(join(scratch, name))) process.kill(pid, 'SIGKILL');
  }
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
});

describe('the built-in database', { concurrency: 3 }, () => {
  test('a first start makes a database without a network, with checksums and one collation for every machine', async () => {
    const dataDir = freshDirectory();
    const steps: string[] = [];
    const database = await startEmbeddedPostgres({ dataDir, log: silent, onProgress: (step) => steps.push(step) });
    assert.equal(database.adopted, false);
    assert.match(database.serverVersion, /^18\./);
    assert.deepEqual(steps, ['Creating the database (first start)', 'Starting the database']);

    const [settings] = await query<Record<string, string>>(
      database,
      `select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
              datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding,
              pg_get_userbyid(datdba) as owner, current_user as me, (select rolsuper from pg_roles where rolname = current_user)::text as super
         from pg_database where datname = current_database()`,
    );
    assert.deepEqual(settings, {
      listen: '', fsync: 'on', checksums: 'on', provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8', owner: 'rapport', me: 'rapport', super: 'false',
    });

    const owner = statSync(clusterOf(dataDir)).uid;
    if (isRoot) assert.notEqual(owner, 0);
    const socket = statSync(database.connection.host);
    assert.equal(socket.mode & 0o777, 0o700);
    assert.equal(socket.uid, owner);
    await database.stop();
  });

  test('what the product needs can be created by its own user', async () => {
    const database = await start(await preparedDirectory());
    for (const extension of ['pg_trgm', 'unaccent', 'btree_gin', 'pgcrypto', 'citext']) await query(database, `create extension ${extension}`);
    await query(database, 'create role rapport_app nologin nobypassrls; create schema jobs');
    await database.stop();
  });

  test('the data is there after a restart, and a stop leaves no process behind', { skip: linuxOnly }, async () => {
    const dataDir = await preparedDirectory();
    const database = await start(dataDir);
    assert.deepEqual(await query(database, 'select n from kept'), [{ n: 42 }]);
    assert.ok(processesOf(dataDir).length > 3);
    await Promise.all([database.stop(), database.stop()]);
    await nobodyIsLeft(dataDir);
  });

  test('the application holds no secrets in the environment of the server', { skip: linuxOnly }, async () => {
    const dataDir = await preparedDirectory();
    process.env['RAPPORT_TEST_SECRET'] = 'k3y';
    const database = await start(dataDir);
    const { pid } = (await readPidFile(clusterOf(dataDir)))!;
    assert.doesNotMatch(readFileSync(`/proc/${pid}/environ`, 'utf8'), /k3y/);
    await database.stop();
  });

  test('two applications that start at the same moment on an empty directory share one server; the last to leave stops it', { skip: linuxOnly }, async () => {
    const dataDir = freshDirectory();
    const [one, other] = await Promise.all([startApplication(dataDir), startApplication(dataDir)]);
    assert.equal([one, other].filter((application) => application.ready.adopted).length, 1);
    await query(one.ready, 'create table shared (n int); insert into shared values (1)');
    assert.deepEqual(await query(other.ready, 'select n from shared'), [{ n: 1 }]);
    assert.deepEqual(readdirSync(dirname(clusterOf(dataDir))).sort(), ['18', 'socket-18']);

    const starter = one.ready.adopted ? other : one;
    const joiner = one.ready.adopted ? one : other;
    await stopApplication(starter);
    assert.deepEqual(await query(joiner.ready, 'select n from shared'), [{ n: 1 }]);
    await stopApplication(joiner);
    await nobodyIsLeft(dataDir);
  });

  test('applications that leave at the same moment do not leave the server behind', { skip: linuxOnly }, async () => {
    const dataDir = await preparedDirectory();
    const databases = await Promise.all([start(dataDir), start(dataDir), start(dataDir)]);
    await Promise.all(databases.map((database) => database.stop()));
    await nobodyIsLeft(dataDir);
  });

  test('a server that outlived its application is adopted, and then stopped with its new owner', { skip: linuxOnly }, async () => {
    const dataDir = await preparedDirectory();
    const { child } = await startApplication(dataDir);
    const before = await readPidFile(clusterOf(dataDir));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const database = await start(dataDir);
    assert.equal(database.adopted, true);
    assert.equal((await readPidFile(clusterOf(dataDir)))?.pid, before?.pid);
    assert.deepEqual(await query(database, 'select n from kept'), [{ n: 42 }]);
    // On a busy machine the server takes a moment to see that the dead application's connection is gone; until then it counts as somebody who uses it.
    const keepers = async () => (await query(database, `select count(*)::int as n from pg_stat_activity where application_name = 'rapport keeper'`)) as { n: number }[];
    for (let i = 0; i < 500 && (await keepers())[0]?.n !== 1; i++) await sleep(20);
    await database.stop();
    await nobodyIsLeft(dataDir);
  });

  test('every row that was acknowledged is there after all processes were killed at once', { skip: linuxOnly }, async () => {
    const dataDir = await preparedDirectory();
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round++) {
      const application = await startApplication(dataDir, {
        work: `
          const pool = new pg.Pool({ ...database.connection, max: 8 });
          pool.on('error', () => undefined);
          await pool.query('create table if not exists written (id text primary key, filling text)');
          for (let writer = 0; writer < 8; writer++) (async () => {
            for (let n = 0; ; n++) {
              const id = '${round}-' + writer + '-' + n;
              await pool.query('insert into written values ($1, repeat($1, 40))', [id]);
              console.log(id);
            }
          })().catch(() => undefined);`,
      });
      const reading = (async () => {
        for (let line = await application.lines.next(); !line.done; line = await application.lines.next()) acknowledged.push(line.value);
      })();
      const enough = acknowledged.length + 1500;
      while (acknowledged.length < enough) await sleep(10);
      const server = (await readPidFile(clusterOf(dataDir)))!.pid;
      for (const pid of [application.child.pid!, server, ...processesOf(dataDir)]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // Went with the server.
        }
      }
      await reading;
    }

    const database = await start(dataDir);
    assert.equal(database.adopted, false);
    const rows = await query<{ id: string; whole: boolean }>(database, 'select id, filling = repeat(id, 40) as whole from written');
    const found = new Map(rows.map((row) => [row.id, row.whole]));
    assert.deepEqual(acknowledged.filter((id) => found.get(id) !== true), []);
    await database.stop();
  });

  test('a left-over postmaster.pid whose number now belongs to another process does not stand in the way', async () => {
    const dataDir = await preparedDirectory();
    const neighbour = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(neighbour, 'spawn');
    const pidFile = join(clusterOf(dataDir), 'postmaster.pid');
    writeFileSync(pidFile, `${neighbour.pid}\n${clusterOf(dataDir)}\n1700000000\n5432\n../socket-18\n\n  123456         7\nready   \n`);
    const owner = statSync(clusterOf(dataDir));
    chownSync(pidFile, owner.uid, owner.gid);

    const database = await start(dataDir);
    assert.equal(database.adopted, false);
    assert.deepEqual(await query(database, 'select n from kept'), [{ n: 42 }]);
    await database.stop();
    assert.equal(isRunning(neighbour.pid!), true);
    neighbour.kill();
  });

  test('a server that is killed under a running application comes back behind the same socket', { skip: linuxOnly }, async () => {
    const dataDir = await preparedDirectory();
    const database = await start(dataDir);
    const { pid } = (await readPidFile(clusterOf(dataDir)))!;
    process.kill(pid, 'SIGKILL');
    let rows: object[] = [];
    for (const until = Date.now() + 20_000; rows.length === 0 && Date.now() < until; ) {
      await sleep(50);
      // Not before the old one is gone, or it might be the one that answers.
      if ((await readPidFile(clusterOf(dataDir)))?.pid === pid) continue;
      rows = await query(database, 'select n from kept').catch(() => []);
    }
    assert.deepEqual(rows, [{ n: 42 }]);
    await database.stop();
    await nobodyIsLeft(dataDir);
  });

  test('a data directory with a path too long for a socket gets its socket in a short one, closed to others', async () => {
    const dataDir = join(freshDirectory(), 'a-department-with-a-remarkably-long-name', 'and-a-project-with-another-one', 'data');
    mkdirSync(dirname(dataDir), { recursive: true });
    await run('cp', ['-a', template, dataDir]);
    const database = await start(dataDir);
    assert.ok(Buffer.byteLength(database.connection.host) < 90);
    assert.equal(statSync(database.connection.host).mode & 0o777, 0o700);
    assert.deepEqual(await query(database, 'select n from kept'), [{ n: 42 }]);

    const second = await start(dataDir);
    assert.equal(second.adopted, true);
    assert.deepEqual(second.connection, database.connection);
    await Promise.all([database.stop(), second.stop()]);
    rmSync(database.connection.host, { recursive: true });
  });

  test('a data directory on a file system that takes no sockets gets its socket elsewhere', async () => {
    const dataDir = await preparedDirectory();
    // Something in the way that cannot be removed has the same effect.
    mkdirSync(join(dataDir, 'postgres', 'socket-18', '.s.PGSQL.5432', 'in-the-way'), { recursive: true });
    const database = await start(dataDir);
    assert.equal(database.connection.host.startsWith(dataDir), false);
    assert.equal(statSync(database.connection.host).mode & 0o777, 0o700);
    assert.deepEqual(await query(database, 'select n from kept'), [{ n: 42 }]);
    const second = await start(dataDir);
    assert.deepEqual(second.connection, database.connection);
    await Promise.all([database.stop(), second.stop()]);
    rmSync(database.connection.host, { recursive: true });
  });

  test('an installation and data below a home directory that is closed to others work under root', { skip: rootOnly || linuxOnly }, async () => {
    const home = freshDirectory();
    mkdirSync(home, { mode: 0o700 });
    const installed = findPlatformPackage(thisMachine());
    const directory = join(home, 'checkout');
    await run('cp', ['-a', installed.directory, directory]);
    await run('cp', ['-a', template, join(home, 'data')]);
    const shared = freshDirectory();

    const database = await startIn(
      { dataDir: join(home, 'data'), log: silent },
      { findPackage: () => ({ directory, version: installed.version }), sharedPlaces: [shared] },
    );
    assert.deepEqual(await query(database, 'select n from kept'), [{ n: 42 }]);
    assert.equal(statSync(home).mode & 0o777, 0o700);
    assert.ok(database.connection.host.startsWith(home));
    assert.deepEqual(readdirSync(shared), [`programs-${installed.version}`]);
    const second = await startIn({ dataDir: join(home, 'data'), log: silent }, { findPackage: () => assert.fail(), sharedPlaces: [] });
    assert.equal(second.adopted, true);
    await second.stop();
    await database.stop();
    await nobodyIsLeft(join(home, 'data'));
  });

  test('an ordinary user runs it from an installation without links that it may not write to', { skip: rootOnly || linuxOnly }, async (t) => {
    const uid = 65534;
    const reachable = await run('setpriv', [`--reuid=${uid}`, '--clear-groups', process.execPath, '-e', `fs.accessSync(${JSON.stringify(import.meta.filename)})`]).then(
      () => true,
      () => false,
    );
    if (!reachable) return t.skip('needs setpriv, and a checkout that other users can read');
    const installed = findPlatformPackage(thisMachine());
    const directory = freshDirectory();
    await run('cp', ['-a', installed.directory, directory]);
    await run('find', [directory, '-type', 'l', '-delete']);
    const dataDir = freshDirectory();
    mkdirSync(dataDir);
    chownSync(dataDir, uid, uid);

    const surroundings = `{ findPackage: () => (${JSON.stringify({ directory, version: installed.version })}), sharedPlaces: [] }`;
    const application = await startApplication(dataDir, { uid, surroundings });
    assert.equal(statSync(clusterOf(dataDir)).uid, uid);
    // Root, too, is let in: its commands work on the database of a service.
    const visitor = await start(dataDir);
    assert.equal(visitor.adopted, true);
    assert.equal((await query(visitor, 'select 1')).length, 1);
    await visitor.stop();
    await stopApplication(application);
    await nobodyIsLeft(dataDir);
  });
});
