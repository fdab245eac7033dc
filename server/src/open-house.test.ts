import assert from 'node:assert/strict';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { freePort } from '../testing/mail/free-port.ts';
import { openHouse } from './open-house.ts';
import { readConfig } from './platform/config.ts';
import { openPlatform } from './platform/open-platform.ts';

let database: TestDatabase;
let dataDir: string;
before(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
});
after(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const configFor = (env: Record<string, string>) => readConfig({ DATABASE_URL: database.url, RAPPORT_DATA: dataDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_DB_POOL: '4', ...env });
const answers = (port: number) => new Promise<boolean>((resolve) => {
  const socket = createConnection({ host: '127.0.0.1', port }, () => resolve(true)).on('error', () => resolve(false));
  socket.on('close', () => socket.destroy());
});

test('when the second mail door cannot be opened the first one is closed again', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  const smtpPort = await freePort();
  try {
    await assert.rejects(openHouse(configFor({ RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_LMTP_PORT: String((taken.address() as AddressInfo).port) })), /mail door could not be opened/);
    assert.equal(await answers(smtpPort), false);
  } finally {
    taken.close();
  }
});

test('a certificate without its key is told at the start, instead of taking mail in unencrypted', async () => {
  await assert.rejects(openHouse(configFor({ RAPPORT_SMTP_TLS_CERT: '/nowhere/cert.pem' })), /RAPPORT_SMTP_TLS_CERT and RAPPORT_SMTP_TLS_KEY belong together/);
});

test('a built-in database that was started is stopped again when the start fails after it', { timeout: 120_000 }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  try {
    await assert.rejects(openPlatform(configFor({ DATABASE_URL: '', RAPPORT_DATA: home, NATS_URL: `nats://127.0.0.1:${await freePort()}` })), /NATS_URL does not answer/);
    await access(join(home, 'postgres'));
    await assert.rejects(access(join(home, 'postgres/18/postmaster.pid')));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
