import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { chooseSocketDirectory, makeSocketDirectory } from './socket-directory.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-socket-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const { uid, gid, username } = userInfo();
const ourselves = { name: username, uid, gid, dropped: false };
const limit = process.platform === 'darwin' ? 103 : 107;

test('whatever the data directory is called, the socket has a path the operating system takes, and always the same one', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zé日]{1,30}$/), { minLength: 1, maxLength: 8 }), (parts) => {
      const clusterDir = join('/', ...parts, 'postgres', '18');
      const chosen = chooseSocketDirectory(clusterDir, ourselves);
      assert.ok(Buffer.byteLength(join(chosen.path, '.s.PGSQL.5432')) <= limit);
      assert.deepEqual(chooseSocketDirectory(clusterDir, ourselves), chosen);
    }),
  );
});

test('two long data directories do not share a socket', () => {
  const long = (name: string): string => chooseSocketDirectory(join('/', 'x'.repeat(120), name, 'postgres', '18'), ourselves).path;
  assert.notEqual(long('one'), long('other'));
});

test('a directory left open to others is closed again', async () => {
  const path = join(scratch, 'open');
  mkdirSync(path);
  chmodSync(path, 0o777);
  await makeSocketDirectory({ path, setting: path }, ourselves);
  assert.equal(statSync(path).mode & 0o777, 0o700);
});

test('a link that somebody put where our socket goes is refused', async () => {
  const path = join(scratch, 'link');
  symlinkSync(tmpdir(), path);
  await assert.rejects(makeSocketDirectory({ path, setting: path }, ourselves), { code: 'socket_unsafe' });
});

test("another user's directory where our socket goes is refused", { skip: uid === 0 ? false : 'needs root' }, async () => {
  const path = join(scratch, 'theirs');
  mkdirSync(path);
  await assert.rejects(makeSocketDirectory({ path, setting: path }, { name: 'nobody', uid: 65534, gid: 65534, dropped: true }), {
    code: 'socket_unsafe',
    message: /not a directory of the user nobody/,
  });
});
