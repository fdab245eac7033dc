import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startApp } from '../testing/app-process.ts';
import { eventually } from '../testing/mail/free-port.ts';
import { openTestHouse, type TestHouse } from '../testing/test-house.ts';
import { sealedColumns } from './platform/database/sealed.ts';

const rapport = (args: string[], env: Record<string, string>) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'cli/index.ts'), ...args], { env: { ...process.env, ...env } }, (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out: out + err }));
  });

describe('the secret key', { timeout: 300_000 }, () => {
  let house: TestHouse;
  let dir: string;
  before(async () => {
    house = await openTestHouse({ env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
    dir = await mkdtemp(join(tmpdir(), 'rapport-key-'));
  });
  after(async () => {
    await house.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('is made at a first start, and also while nothing is sealed', async () => {
    const other = await mkdtemp(join(tmpdir(), 'rapport-key-'));
    const app = await startApp({ DATABASE_URL: house.databaseUrl, RAPPORT_DATA: other });
    await app.ready;
    assert.equal(await app.stop(), 0);
    assert.ok(existsSync(join(other, 'secret.key')));
    await rm(other, { recursive: true });
  });

  it('that is missing is not silently replaced when the database holds what it sealed: nothing starts, and the way out is said', async () => {
    const { client } = await house.admin();
    await client.webhooks.create({ body: { name: 'Shop', url: 'http://127.0.0.1:9/hook', topics: ['case.linked'] } });
    const env = { DATABASE_URL: house.databaseUrl, RAPPORT_DATA: dir, RAPPORT_LOG: 'warn' };
    const app = await startApp(env);
    assert.equal((await app.ended).code, 1);
    assert.match(app.said(), /The secret key is missing[^]*secret\.key back[^]*RAPPORT_SECRET_KEY[^]*npx rapport new-key/);
    assert.equal(existsSync(join(dir, 'secret.key')), false);
    assert.match((await rapport(['setup-link'], env)).out, /The secret key is missing/);

    const made = await rapport(['new-key', '--json'], env);
    assert.deepEqual([made.code, JSON.parse(made.out)], [0, { path: join(dir, 'secret.key') }]);
    const key = readFileSync(join(dir, 'secret.key'), 'utf8');
    const again = await rapport(['new-key'], env);
    assert.deepEqual([again.code, readFileSync(join(dir, 'secret.key'), 'utf8')], [1, key]);
    const next = await startApp(env);
    await next.ready;
    assert.equal(await next.stop(), 0);
  });

  it('every column that holds something sealed for long is known to the start', async () => {
    const columns = await house.platform.database.asSystem((tx) =>
      tx.run<{ name: string }>(`select c.table_name || '.' || c.column_name as name from information_schema.columns c where c.table_schema = 'public' and c.data_type = 'bytea' and c.column_name !~ '_hash$' order by 1`));
    // Under way for minutes or hours, the second value beside one that is known, or no secret at all.
    const others = ['login.totp_pending', 'webhook_endpoint.old_secret', 'system_mail.sealed_text'];
    const isPassing = (name: string) => others.includes(name) || /\.(sealed_(verifier|id_token)|public_key)$/.test(name);
    assert.deepEqual(columns.map(({ name }) => name).filter((name) => !isPassing(name)), Object.entries(sealedColumns).map(([table, column]) => `${table}.${column}`).sort());
  });
});

describe('the link to the first steps', { timeout: 300_000 }, () => {
  it('is printed at the start where others reach the server, and by a command beside it; once there is an account it is not given any more', async () => {
    const empty = await openTestHouse({ isEmpty: true });
    const data = await mkdtemp(join(tmpdir(), 'rapport-key-'));
    const env = { DATABASE_URL: empty.databaseUrl, RAPPORT_DATA: data, RAPPORT_HOST: '0.0.0.0', RAPPORT_URL: 'http://desk.example.com', RAPPORT_LOG: 'warn' };
    const app = await startApp(env);
    await app.ready;
    const printed = () => /http:\/\/desk\.example\.com\/first-run#code=[a-z1-9-]+/.exec(app.said())?.[0];
    await eventually('the link is printed', async () => printed() !== undefined);
    const link = printed();
    assert.deepEqual(JSON.parse((await rapport(['setup-link', '--json'], env)).out), { url: link });
    assert.equal((await rapport(['setup', '--name', 'Ada', '--email', 'ada@example.com', '--password', 'a long passphrase'], env)).code, 0, 'whoever may run commands needs no code');
    const after = await rapport(['setup-link'], env);
    assert.equal(after.code, 1);
    assert.match(after.out, /set up already/);
    await app.stop();
    await empty.close();
    await rm(data, { recursive: true, force: true });
  });
});
