import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '@rapport/sdk';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { openHouse, type House } from '../open-house.ts';
import { readConfig } from '../platform/config.ts';

const PASSWORD = 'stuhl wolke hafen';
let testDatabase: TestDatabase;
let dataDir: string;
let env: Record<string, string>;
before(async () => {
  testDatabase = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'rapport-cli-people-'));
  env = { DATABASE_URL: testDatabase.url, RAPPORT_DATA: dataDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_ROLES: 'web', RAPPORT_URL: 'https://desk.example.com' };
});
after(async () => {
  await testDatabase.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Runs the real command in a process of its own. */
function rapport(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(import.meta.dirname, '../../bin/rapport.mjs'), ...args], { env: { PATH: process.env['PATH'], ...env } }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
    child.stdin?.end(input);
  });
}
async function answerOf<T>(...args: string[]): Promise<T> {
  const { code, out, err } = await rapport([...args, '--json']);
  assert.equal(code, 0, err);
  return JSON.parse(out) as T;
}

test('from an empty database to working people with the command line alone', { timeout: 120_000 }, async () => {
  const early = await rapport(['agents', 'list']);
  assert.equal(early.code, 1);
  assert.match(early.err, /rapport setup/);

  const weak = await rapport(['setup', '--name', 'Laura Meyer', '--email', 'laura@nordlicht.example', '--password', 'Password123!']);
  assert.deepEqual([weak.code, weak.out], [1, '']);
  const done = await rapport(['setup', '--name', 'Laura Meyer', '--email', 'laura@nordlicht.example', '--company', 'Nordlicht', '--password-stdin', '--json'], `${PASSWORD}\n`);
  assert.equal(done.code, 0, done.err);
  const made = JSON.parse(done.out) as Record<string, string>;
  assert.equal(made['inboxAddress'], 'support@desk.example.com');
  assert.equal(made['password'], undefined, 'a password that was given is not printed');
  assert.equal((await rapport(['setup', '--name', 'X', '--email', 'x@nordlicht.example', '--password', PASSWORD])).code, 1);

  const { key } = await answerOf<{ key: string }>('api-key', 'create', '--email', 'laura@nordlicht.example', '--name', 'Import');
  const { invitationUrl } = await answerOf<{ invitationUrl: string }>('agents', 'invite', '--email', 'ben@nordlicht.example', '--name', 'Ben', '--role', 'supervisor');
  const odd = await rapport(['agents', 'invite', '--email', 'no address', '--name', 'Ben']);
  assert.deepEqual([odd.code, odd.out], [1, '']);
  const unknown = await rapport(['agents', 'invite', '--email', 'x@nordlicht.example', '--name', 'X', '--role', 'emperor']);
  assert.match(unknown.err, /There are: agent, specialist, lead, supervisor, admin\./);
  const { url } = await answerOf<{ url: string }>('password', 'reset-link', '--email', 'laura@nordlicht.example');
  const { items } = await answerOf<{ items: { email: string; state: string }[] }>('agents', 'list');
  assert.deepEqual(items.map(({ email, state }) => [email, state]), [['ben@nordlicht.example', 'invited'], ['laura@nordlicht.example', 'active']]);

  const house: House = await openHouse(readConfig(env));
  try {
    const byKey = createClient({ baseUrl: house.url, apiKey: key }).accounts;
    assert.equal((await byKey.session()).agent.email, 'laura@nordlicht.example');
    const anybody = createClient({ baseUrl: house.url }).accounts;
    const token = (link: string) => link.split('/').at(-1) ?? '';
    assert.ok(url.startsWith('https://desk.example.com/reset-password/'));
    await anybody.resetPassword({ params: { token: token(url) }, body: { password: 'hafen wolke stuhl' } });
    await anybody.signIn({ body: { email: 'laura@nordlicht.example', password: 'hafen wolke stuhl' } });
    assert.equal((await anybody.acceptInvitation({ params: { token: token(invitationUrl) }, body: { name: 'Ben', password: 'baum fluss regen' } })).agent.roleName, 'Supervisor');

    // Beside the running server.
    assert.equal((await answerOf<{ state: string }>('agents', 'disable', '--email', 'ben@nordlicht.example')).state, 'disabled');
    await assert.rejects(anybody.signIn({ body: { email: 'ben@nordlicht.example', password: 'baum fluss regen' } }), { code: 'wrong_credentials' });
    assert.equal((await answerOf<{ state: string }>('agents', 'enable', '--email', 'ben@nordlicht.example')).state, 'active');
    const last = await rapport(['agents', 'disable', '--email', 'laura@nordlicht.example']);
    assert.deepEqual([last.code, last.err], [1, 'rapport: Make somebody else an admin first.\n']);
    const none = await rapport(['second-factor', 'lift', '--email', 'laura@nordlicht.example']);
    assert.match(none.err, /no second factor/);
    const { items: audit } = await byKey.listAudit({ query: { limit: 100 } });
    assert.ok(audit.some(({ action, actor }) => action === 'password.reset_link_handed_out' && actor === 'command line'));
  } finally {
    await house.close();
  }
});
