import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { endPostmaster, isPostmasterOf, isRunning, readPidFile } from './postmaster.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-postmaster-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const quick = { SIGINT: 100, SIGQUIT: 100, SIGKILL: 5_000 };

async function deafTo(...signals: string[]): Promise<{ pid: number }> {
  const deaf = signals.map((signal) => `process.on('${signal}', () => {});`).join('');
  const child = spawn(process.execPath, ['-e', `${deaf} setInterval(() => {}, 1000); console.log('ready')`]);
  await once(child.stdout, 'data');
  return { pid: child.pid! };
}

test('a server that does not end the fast way is ended the immediate way, and then by force', async () => {
  assert.equal(await endPostmaster((await deafTo()).pid, quick), 'SIGINT');
  assert.equal(await endPostmaster((await deafTo('SIGINT')).pid, quick), 'SIGQUIT');
  const deaf = await deafTo('SIGINT', 'SIGQUIT');
  assert.equal(await endPostmaster(deaf.pid, quick), 'SIGKILL');
  assert.equal(isRunning(deaf.pid), false);
});

test('a process that is no server of this directory is not taken for one', async () => {
  assert.equal(await isPostmasterOf(process.pid, scratch), false);
  assert.equal(await isPostmasterOf(4_194_304, scratch), false);
});

test('a postmaster.pid cut short by a crash is not believed', async () => {
  assert.equal(await readPidFile(scratch), undefined);
  writeFileSync(join(scratch, 'postmaster.pid'), '');
  assert.equal(await readPidFile(scratch), undefined);
  writeFileSync(join(scratch, 'postmaster.pid'), '77\n');
  assert.deepEqual(await readPidFile(scratch), { pid: 77, socketDirectory: '' });
});
