import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { clusterDirectory, inspectCluster } from './cluster.ts';
import { startEmbeddedPostgres } from './index.ts';
import { chooseRunAs } from './run-as.ts';

const run = promisify(execFile);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const isRoot = process.getuid?.() === 0;
const scratch = mkdtempSync(join(tmpdir(), 'rapport-cluster-'));
chmodSync(scratch, 0o755);
after(() => rmSync(scratch, { recursive: true, force: true }));

function dataDirectory(name: string, version?: string): string {
  const dataDir = join(scratch, name);
  mkdirSync(join(dataDir, 'postgres', version ?? ''), { recursive: true });
  if (version) writeFileSync(join(dataDir, 'postgres', version, 'PG_VERSION'), `${version}\n`);
  return dataDir;
}

test('a first start that was interrupted while creating the database is done again, and its remains are cleared away', async () => {
  const dataDir = dataDirectory('interrupted');
  // The process id of nobody: the highest there is.
  const remains = join(dataDir, 'postgres', '18.new-4194304-AbCdEf');
  mkdirSync(join(remains, 'base'), { recursive: true });
  writeFileSync(join(remains, 'PG_VERSION'), '18\n');
  const database = await startEmbeddedPostgres({ dataDir, log: silent });
  assert.equal(database.adopted, false);
  await database.stop();
  assert.deepEqual(readdirSync(join(dataDir, 'postgres')).sort(), ['18', 'socket-18']);
});

test('data of another major version is refused, not passed over as if there were none', async () => {
  for (const version of ['17', '19']) {
    const dataDir = dataDirectory(`version-${version}`, version);
    await assert.rejects(startEmbeddedPostgres({ dataDir, log: silent }), (error: Error & { code: string }) => {
      assert.equal(error.code, 'other_major_version');
      assert.match(error.message, new RegExp(`PostgreSQL ${version}.*rapport backup.*rapport restore.*DATABASE_URL`));
      return true;
    });
    assert.equal(existsSync(clusterDirectory(dataDir)), false);
  }
});

test('an older version beside ours does not matter: the upgrade has happened', async () => {
  const dataDir = dataDirectory('both', '17');
  mkdirSync(clusterDirectory(dataDir));
  writeFileSync(join(clusterDirectory(dataDir), 'PG_VERSION'), '18\n');
  assert.equal(await inspectCluster(clusterDirectory(dataDir)), 'present');
});

test('a directory with files that are no database is left alone', async () => {
  const dataDir = dataDirectory('foreign');
  mkdirSync(clusterDirectory(dataDir));
  writeFileSync(join(clusterDirectory(dataDir), 'precious.txt'), 'mine');
  await assert.rejects(startEmbeddedPostgres({ dataDir, log: silent }), { code: 'not_a_database', message: /move the directory away/ });
  assert.deepEqual(readdirSync(clusterDirectory(dataDir)), ['precious.txt']);
});

test('a full disk is called a full disk, and leaves nothing that looks like a database', async (t) => {
  if (!isRoot) return t.skip('needs root: it mounts a small file system');
  const dataDir = join(scratch, 'small');
  mkdirSync(dataDir);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', dataDir]).then(
    () => true,
    () => false,
  );
  if (!mounted) return t.skip('needs the right to mount a tmpfs');
  try {
    await assert.rejects(startEmbeddedPostgres({ dataDir, log: silent }), (error: Error & { code: string }) => {
      assert.equal(error.code, 'disk_full');
      assert.match(error.message, /free some space.*DATABASE_URL/);
      return true;
    });
    assert.deepEqual(readdirSync(join(dataDir, 'postgres')), []);
  } finally {
    execFileSync('umount', [dataDir]);
  }
});

test('under root the owner of existing data decides who runs it, before any list does', { skip: isRoot ? false : 'needs root' }, async () => {
  const theirs = join(scratch, 'theirs');
  mkdirSync(theirs);
  chownSync(theirs, 65534, 65534);
  assert.deepEqual(await chooseRunAs(theirs), { name: 'nobody', uid: 65534, gid: 65534, dropped: true });

  const first = await chooseRunAs(join(scratch, 'not-there-yet'));
  assert.equal(first.dropped, true);
  assert.notEqual(first.uid, 0);

  chownSync(theirs, 54321, 54321);
  await assert.rejects(chooseRunAs(theirs), { code: 'no_user_to_run_as', message: /chown/ });
});

test('an ordinary user is told whose data it is', { skip: isRoot ? false : 'needs root: it changes users' }, async (t) => {
  const theirs = join(scratch, 'of-root');
  mkdirSync(theirs);
  assert.equal(statSync(theirs).uid, 0);
  const code = `import { chooseRunAs } from ${JSON.stringify(new URL('run-as.ts', import.meta.url).href)};
    await chooseRunAs(${JSON.stringify(theirs)}).catch((error) => console.log(error.code, error.message));`;
  const child = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: '/', uid: 65534, gid: 65534 }).catch(() => undefined);
  if (!child) return t.skip('needs a checkout that other users can read');
  assert.match(child.stdout, /^wrong_owner .* belongs to the user root\..*chown -R 65534/);
});
