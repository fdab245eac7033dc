import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
// @ts-expect-error -- a program without types
import { letEverybodyRead } from './build-web.mjs';

test('the built workspace can be read by a proxy that runs as another user, whatever the umask of whoever built it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-web-'));
  try {
    await mkdir(join(folder, 'assets'), { mode: 0o700 });
    await writeFile(join(folder, 'assets/main.js'), '', { mode: 0o600 });
    await chmod(folder, 0o700);
    await letEverybodyRead(folder);
    const modes = await Promise.all(['', 'assets', 'assets/main.js'].map(async (path) => (await stat(join(folder, path))).mode & 0o777));
    assert.deepEqual(modes, [0o755, 0o755, 0o644]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
