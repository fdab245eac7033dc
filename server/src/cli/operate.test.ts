import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createTestDatabase } from '../../testing/database.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-cli-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Ran {
  code: number;
  out: string;
  err: string;
}

function rapport(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, '../../bin/rapport.mjs'), ...args], { env: { PATH: process.env['PATH'], ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const json = (ran: Ran): Record<string, unknown> => JSON.parse(ran.out) as Record<string, unknown>;

test('an operator migrates, backs up, restores into a server of their own and asks the doctor', { timeout: 120_000 }, async () => {
  const built = { RAPPORT_DATA: join(scratch, 'built-in') };
  const empty = await createTestDatabase({ empty: true });
  const own = { RAPPORT_DATA: join(scratch, 'own'), DATABASE_URL: empty.url };
  const backup = join(scratch, 'backup');
  try {
    const migrated = await rapport(built, 'migrate', '--json');
    assert.equal(migrated.code, 0, migrated.err);
    assert.ok((json(migrated)['applied'] as string[]).length > 0);

    const made = await rapport(built, 'backup', '--to', backup, '--json');
    assert.equal(made.code, 0, made.err);
    assert.equal(json(made)['directory'], backup);
    assert.deepEqual(readdirSync(backup).sort(), ['manifest.json', 'pending-events.copy', 'secret.key', 'tables']);
    assert.match((await rapport(built, 'backup', '--check', backup)).out, /^Sound is/);

    const again = await rapport(built, 'backup', '--to', backup);
    assert.equal(again.code, 1);
    assert.equal(again.out, '');
    assert.match(again.err, /^rapport: .*exists already/m);

    const restored = await rapport(own, 'restore', '--from', backup, '--json');
    assert.equal(restored.code, 0, restored.err);
    assert.equal(json(restored)['secretKey'], 'installed');

    const asked = await rapport(own, 'doctor', '--json');
    const problems = (json(asked)['findings'] as { check: string; state: string }[]).filter((finding) => finding.state === 'problem').map((finding) => finding.check);
    // A test server may run without fsync; that is all there may be.
    assert.deepEqual(problems.filter((check) => check !== 'durability'), []);
    assert.equal(asked.code, problems.length > 0 ? 1 : 0);

    const nothing = await rapport(own, 'restore', '--from', join(scratch, 'nothing'));
    assert.equal(nothing.code, 1);
    assert.match(nothing.err, /holds no complete backup/);

    const unreachable = await rapport({ ...own, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }, 'doctor');
    assert.equal(unreachable.code, 1);
    assert.match(unreachable.out, /PROBLEM +database/);
    // The built-in server was ours alone each time, so each command stopped it.
    assert.equal(existsSync(join(built.RAPPORT_DATA, 'postgres', '18', 'postmaster.pid')), false);
  } finally {
    await empty.drop();
  }
});
