import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { findPlatformPackage, thisMachine, type PlatformPackage } from './platform-package.ts';
import { choosePrograms } from './programs.ts';
import type { RunAs } from './run-as.ts';

const run = promisify(execFile);
const scratch = mkdtempSync(join(tmpdir(), 'rapport-programs-'));
chmodSync(scratch, 0o755);
after(() => rmSync(scratch, { recursive: true, force: true }));

const { uid, gid, username } = userInfo();
const ourselves: RunAs = { name: username, uid, gid, dropped: false };
const installed = findPlatformPackage(thisMachine());
let nextDirectory = 0;

/** The package as npm lays it down when install scripts are off: without its links. */
async function withoutLinks(): Promise<PlatformPackage> {
  const directory = join(scratch, `package-${nextDirectory++}`);
  await run('cp', ['-a', installed.directory, directory]);
  await run('find', [directory, '-type', 'l', '-delete']);
  return { directory, version: installed.version };
}

function linksIn(found: PlatformPackage): string[] {
  const lib = join(found.directory, 'native', 'lib');
  return readdirSync(lib).filter((name) => lstatSync(join(lib, name)).isSymbolicLink());
}

test('an installation without its links gets them, all of them', async () => {
  const found = await withoutLinks();
  const programs = await choosePrograms(found, ourselves, []);
  assert.equal(programs.postgres, join(found.directory, 'native', 'bin', 'postgres'));
  const expected = JSON.parse(readFileSync(join(found.directory, 'native', 'pg-symlinks.json'), 'utf8')) as object[];
  assert.equal(linksIn(found).length, expected.length);
});

test('two starts at once complete the links of one installation', async () => {
  const found = await withoutLinks();
  const both = await Promise.all([choosePrograms(found, ourselves, []), choosePrograms(found, ourselves, [])]);
  assert.deepEqual(both[0], both[1]);
});

test('links that cannot all be made are taken back, and a copy is used instead', async () => {
  const found = await withoutLinks();
  const list = join(found.directory, 'native', 'pg-symlinks.json');
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  // The last link cannot be made where it is wanted: the same as a file system that refuses half-way.
  writeFileSync(list, JSON.stringify([...links, { source: 'native/lib/no-such-directory/x', target: 'native/lib/no-such-directory/y' }]));
  const place = join(scratch, 'place-after-refusal');
  await assert.rejects(choosePrograms(found, ourselves, [place]), { code: 'programs_unusable' });
  assert.deepEqual(linksIn(found), []);
  assert.deepEqual(readdirSync(place), [], 'nothing half-made is left where the copy would have been');

  writeFileSync(list, JSON.stringify(links));
  const programs = await choosePrograms(found, ourselves, [place]);
  assert.ok(programs.postgres.startsWith(found.directory));
});

test('a copy runs by itself, is readable for everybody whatever the umask, and is made once', async () => {
  const found = await withoutLinks();
  // Links that lead nowhere are not ours to replace, and the programs do not load with them.
  symlinkSync('nowhere', join(found.directory, 'native', 'lib', 'libicuuc.so.60'));
  const place = join(scratch, 'place-for-copy');
  const umask = process.umask(0o077);
  const steps: string[] = [];
  try {
    const programs = await choosePrograms(found, ourselves, [place], (step) => steps.push(step));
    assert.equal(programs.postgres, join(place, `programs-${installed.version}`, 'native', 'bin', 'postgres'));
    assert.equal(statSync(programs.postgres).mode & 0o777, 0o755);
    assert.equal(statSync(join(place, `programs-${installed.version}`)).mode & 0o777, 0o755);

    const made = statSync(programs.postgres).ctimeMs;
    await choosePrograms(found, ourselves, [place], (step) => steps.push(step));
    assert.equal(statSync(programs.postgres).ctimeMs, made);
    assert.equal(steps.length, 1);
  } finally {
    process.umask(umask);
  }
});

test('a copy that a power failure cut short is made again', async () => {
  const found = await withoutLinks();
  symlinkSync('nowhere', join(found.directory, 'native', 'lib', 'libicuuc.so.60'));
  const place = join(scratch, 'place-for-torn-copy');
  const programs = await choosePrograms(found, ourselves, [place]);
  truncateSync(programs.postgres, 1000);
  await choosePrograms(found, ourselves, [place]);
  assert.equal(statSync(programs.postgres).size, statSync(join(found.directory, 'native', 'bin', 'postgres')).size);
});

test('programs that run nowhere are reported with what the system said and with the way out', async () => {
  const found = await withoutLinks();
  truncateSync(join(found.directory, 'native', 'lib', 'libz.so.1'), 10);
  await assert.rejects(choosePrograms(found, ourselves, [join(scratch, 'place-for-broken')]), (error: Error & { code: string }) => {
    assert.equal(error.code, 'programs_unusable');
    assert.match(error.message, /libz\.so\.1/);
    assert.match(error.message, /DATABASE_URL/);
    return true;
  });
});
