import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startApp } from '../testing/app-process.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { readConfig } from './platform/config.ts';
import { explainTrouble } from './start-trouble.ts';

describe('starting and stopping', { timeout: 120_000 }, () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase({ empty: true });
  });
  after(() => database.drop());

  it('makes its database, says what to open, and ends with 0 when asked to', async () => {
    const app = await startApp({ DATABASE_URL: database.url });
    const url = await app.ready;
    assert.equal((await fetch(`${url}/health/ready`)).status, 200);
    assert.match(app.said(), /There is no account yet/);
    assert.match(app.said(), /smtp:\/\/127\.0\.0\.1:\d+/);
    assert.equal(await app.stop('SIGTERM'), 0);
  });

  it('several that start at once on an empty database all come up', async () => {
    const fresh = await createTestDatabase({ empty: true });
    const apps = await Promise.all(Array.from({ length: 3 }, () => startApp({ DATABASE_URL: fresh.url })));
    const came = await Promise.allSettled(apps.map(({ ready }) => ready));
    assert.deepEqual(await Promise.all(apps.map((app) => app.stop())), [0, 0, 0]);
    assert.deepEqual(came.map(({ status }) => status), ['fulfilled', 'fulfilled', 'fulfilled']);
    await fresh.drop();
  });

  it('one interrupt that arrives twice is one; a second one ends it at once', async () => {
    const app = await startApp({ DATABASE_URL: database.url });
    const url = await app.ready;
    // Something that keeps it from ending: a request whose body never comes.
    const { request } = await import('node:http');
    const stuck = request(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': '100', expect: '100-continue' } });
    stuck.on('error', () => {});
    const isWaiting = once(stuck, 'continue');
    stuck.flushHeaders();
    await isWaiting;
    app.child.kill('SIGINT');
    app.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    assert.equal(app.child.exitCode, null);
    assert.equal(await app.stop('SIGINT'), 1);
    stuck.destroy();
  });

  it('with a demo asked for makes an account, once', async () => {
    const app = await startApp({ DATABASE_URL: database.url }, ['--demo']);
    const url = await app.ready;
    const { isSetUp } = (await (await fetch(`${url}/api/v1/setup`)).json()) as { isSetUp: boolean };
    assert.equal(isSetUp, true);
    assert.doesNotMatch(app.said(), /There is no account yet/);

    assert.equal(await app.stop(), 0);
    const again = await startApp({ DATABASE_URL: database.url }, ['--demo']);
    await again.ready;
    const { rows } = await database.database.pool.query('select count(*) as n from account');
    assert.equal(rows[0].n, 1);
    assert.equal(await again.stop(), 0);
  });

  it('says which port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const app = await startApp({ DATABASE_URL: database.url, RAPPORT_PORT: String(port) });
    assert.equal((await app.ended).code, 1);
    assert.match(app.said(), new RegExp(`Port ${port} is in use.*RAPPORT_PORT`));
    server.close();
  });

  it('says that the database does not answer, without its password', async () => {
    const app = await startApp({ DATABASE_URL: 'postgresql://rapport:hunter2@127.0.0.1:1/rapport' });
    assert.equal((await app.ended).code, 1);
    assert.match(app.said(), /database at 127\.0\.0\.1:1\/rapport does not answer/);
    assert.doesNotMatch(app.said(), /hunter2|    at /);
  });

  it('says which database the server does not have', async () => {
    const app = await startApp({ DATABASE_URL: database.url.replace(/rapport_test_\w+/, 'rapport_nowhere') });
    assert.equal((await app.ended).code, 1);
    assert.match(app.said(), /has no database rapport_nowhere/);
  });

  it('says that it cannot write where it should', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
    await writeFile(join(dir, 'file'), '');
    const app = await startApp({ DATABASE_URL: database.url, RAPPORT_DATA: join(dir, 'file', 'data') });
    assert.equal((await app.ended).code, 1);
    assert.match(app.said(), /cannot be written.*RAPPORT_DATA/);
    await rm(dir, { recursive: true });
  });

  it('lists every setting that is wrong at once', async () => {
    const app = await startApp({ RAPPORT_PORT: 'eighty', RAPPORT_LOG: 'loud' });
    assert.equal((await app.ended).code, 1);
    assert.match(app.said(), /RAPPORT_PORT:[^]*RAPPORT_LOG:/);
  });
});

describe('trouble at the start', () => {
  const config = readConfig({ DATABASE_URL: 'postgresql://u:secret@db.example.com:5432/rapport' });
  const trouble = (error: object) => explainTrouble(Object.assign(new Error('original words'), error), config);
  it('is explained with what to do', () => {
    assert.match(trouble({ code: '28P01' }), /user and password/);
    assert.match(trouble({ code: '42501' }), /must own/);
    assert.match(trouble({ code: 'EACCES', syscall: 'listen', port: 80 }), /above 1023/);
    assert.match(trouble({ code: 'EROFS', path: '/srv/data' }), /\/srv\/data cannot be written/);
    assert.match(trouble({ code: 'ECONNREFUSED', errors: [Object.assign(new Error('x'), { code: 'ECONNREFUSED' })] }), /does not answer/);
    for (const code of ['28P01', '3D000', '53300', 'ENOTFOUND']) assert.doesNotMatch(trouble({ code }), /secret/);
  });
  it('that nobody foresaw is told in its own words', () => assert.equal(trouble({}), 'original words'));
});
