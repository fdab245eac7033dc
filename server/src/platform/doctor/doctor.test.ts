import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';
import { readConfig } from '../config.ts';
import { openDiskFiles } from '../files/disk.ts';
import { OWNER_FOLDER } from '../files/whose-store.ts';
import { newId } from '../ids.ts';
import { openSecrets } from '../secrets.ts';
import { judgeClock } from './check-database.ts';
import { checkNode, judgeSpace } from './check-machine.ts';
import { judgeLag } from './check-work.ts';
import { examine, type Diagnosis, type Finding } from './index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-doctor-'));
const databases: TestDatabase[] = [];
after(async () => {
  for (const database of databases) await database.drop();
  rmSync(scratch, { recursive: true, force: true });
});

interface Place {
  database: TestDatabase;
  dataDir: string;
  examine(env?: Record<string, string>): Promise<Diagnosis>;
  run(sql: string, values?: unknown[]): Promise<unknown>;
}

let next = 0;

/** An installation that has been started once. */
async function openPlace(options: { empty?: boolean } = {}): Promise<Place> {
  const database = await createTestDatabase(options);
  databases.push(database);
  const dataDir = join(scratch, `data-${next++}`);
  openSecrets(dataDir);
  return {
    database, dataDir,
    examine: (env = {}) => examine(readConfig({ DATABASE_URL: database.url, RAPPORT_DATA: dataDir, ...env })),
    run: (sql, values) => database.database.asSystem((tx) => tx.run(sql, values)),
  };
}

function findings(diagnosis: Diagnosis, check: string): Finding[] {
  return diagnosis.findings.filter((finding) => finding.check === check);
}

function only(diagnosis: Diagnosis, check: string): Finding {
  const [finding, ...more] = findings(diagnosis, check);
  assert.ok(finding, `there is a finding about ${check}`);
  assert.deepEqual(more, []);
  return finding;
}

async function addInbox(place: Place): Promise<{ accountId: string; inboxId: string }> {
  const [accountId, inboxId] = [newId(), newId()];
  await place.run(`insert into account (id, name, created_at) values ($1, 'Test', now())`, [accountId]);
  await place.run(`insert into inbox (account_id, id, channel, name, address, settings, created_at) values ($1, $2, 'email', 'Help', 'help@example.com', '{}', now())`, [accountId, inboxId]);
  return { accountId, inboxId };
}

async function addEntry(place: Place, columns: Record<string, unknown>): Promise<void> {
  const { accountId, inboxId } = await addInbox(place);
  const [customerId, caseId] = [newId(), newId()];
  await place.run(`insert into customer (account_id, id, name, created_at) values ($1, $2, 'Grace', now())`, [accountId, customerId]);
  await place.run(
    `insert into cases (account_id, id, number, subject, channel, inbox_id, customer_id, status, last_activity_at, created_at) values ($1, $2, 1, 'Hello', 'email', $3, $4, 'open', now(), now())`,
    [accountId, caseId, inboxId, customerId],
  );
  const row = { account_id: accountId, case_id: caseId, id: newId(), kind: 'message', direction: 'out', author_kind: 'agent', author_name: 'Ada', occurred_at: new Date(), created_at: new Date(), ...columns };
  const names = Object.keys(row);
  await place.run(`insert into entry (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
}

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

describe('the doctor', { concurrency: 2 }, () => {
  test('finds nothing wrong with an installation that is well, and every finding that is not ok says what to do', async () => {
    const place = await openPlace();
    const diagnosis = await place.examine();
    // A test server may be used as its superuser, and without fsync.
    const ofTestServers = ['database user', 'durability'];
    assert.deepEqual(diagnosis.findings.filter((finding) => finding.state !== 'ok' && !ofTestServers.includes(finding.check)), []);
    const checks = new Set(diagnosis.findings.map((finding) => finding.check));
    for (const check of ['node', 'disk', 'secret key', 'database', 'durability', 'clock', 'migrations', 'separation', 'outgoing messages', 'events', 'files']) assert.ok(checks.has(check), check);
  });

  test('makes nothing on a machine where nothing was started yet', async () => {
    const dataDir = join(scratch, 'untouched');
    const diagnosis = await examine(readConfig({ RAPPORT_DATA: dataDir }));
    assert.equal(diagnosis.state, 'warning');
    assert.match(only(diagnosis, 'database').says, /no database/);
    assert.equal(existsSync(dataDir), false);

    mkdirSync(dataDir);
    const place = await openPlace({ empty: true });
    const again = await examine(readConfig({ RAPPORT_DATA: dataDir, DATABASE_URL: place.database.url }));
    assert.equal(only(again, 'secret key').state, 'warning');
    assert.equal(only(again, 'migrations').state, 'warning');
    assert.deepEqual(readdirSync(dataDir), []);
    assert.deepEqual(await place.run(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`), []);
  });

  test('says that a database cannot be reached, without telling its password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const diagnosis = await examine(readConfig({ RAPPORT_DATA: scratch, DATABASE_URL: `postgresql://rapport:hunter2@127.0.0.1:${port}/rapport` }));
    assert.equal(only(diagnosis, 'database').state, 'problem');
    assert.doesNotMatch(JSON.stringify(diagnosis), /hunter2/);
  });

  test('sees tables that are older, newer or other than this release', async () => {
    const place = await openPlace();
    await place.run(`insert into migration (number, name, checksum) values (9000, '9000-later', 'x')`);
    assert.match(only(await place.examine(), 'migrations').says, /9000-later/);
    await place.run(`delete from migration where number >= 4`);
    assert.equal(only(await place.examine(), 'migrations').state, 'warning');
    await place.run(`update migration set checksum = 'x' where number = 2`);
    const changed = only(await place.examine(), 'migrations');
    assert.equal(changed.state, 'problem');
    assert.match(changed.says, /0002-accounts was changed/);
  });

  test("sees when one company's rows are not kept from another's", async () => {
    const place = await openPlace();
    await addInbox(place);
    await place.run('alter table customer disable row level security');
    await place.run('drop policy tenant on team');
    assert.match(only(await place.examine(), 'separation').says, /Without row-level security: customer, team\./);

    await place.run(`alter table customer enable row level security; create policy tenant on team using (true); create policy generous on inbox for select using (true)`);
    const showing = only(await place.examine(), 'separation');
    assert.equal(showing.state, 'problem');
    assert.match(showing.says, /visible without an account: inbox\./);
  });

  test('sees a key that others can read or that is none, and one that RAPPORT_SECRET_KEY spoils', async () => {
    const place = await openPlace();
    const key = join(place.dataDir, 'secret.key');
    chmodSync(key, 0o644);
    assert.match(only(await place.examine(), 'secret key').advice ?? '', /chmod 600/);
    chmodSync(key, 0o600);
    writeFileSync(key, 'short\n');
    assert.equal(only(await place.examine(), 'secret key').state, 'problem');
    assert.equal(only(await place.examine({ RAPPORT_SECRET_KEY: 'short' }), 'secret key').state, 'problem');
    assert.equal(only(await place.examine({ RAPPORT_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }), 'secret key').state, 'ok');
  });

  test('sees files that messages refer to and that are gone, and tells how much the sweep would clear away', async () => {
    const place = await openPlace();
    const files = openDiskFiles(join(place.dataDir, 'files'));
    const { accountId } = await addInbox(place);
    const { key } = await files.put(accountId, Buffer.from('raw mail'));
    const left = await files.put(accountId, Buffer.from('belongs to nobody'));
    await files.put(accountId, Buffer.from('is only just being taken in'));
    utimesSync(join(place.dataDir, 'files', left.key), minutesAgo(2_000), minutesAgo(2_000));
    await addEntry(place, { raw_key: key });
    const calm = only(await place.examine(), 'files');
    assert.equal(calm.state, 'ok');
    assert.match(calm.says, /All 1 that/);
    assert.match(only(await place.examine(), 'orphaned files').says, /^1, of 0\.0 MB/);
    assert.ok(await files.head(left.key), 'looking clears nothing away');
    const mark = await files.put(OWNER_FOLDER, Buffer.from('another database'));
    const foreign = only(await place.examine(), 'orphaned files');
    assert.ok(foreign.state === 'warning' && foreign.advice?.includes(mark.key));
    await files.delete(key);
    const finding = only(await place.examine(), 'files');
    assert.equal(finding.state, 'problem');
    assert.ok(finding.says.includes(key));
  });

  test('sees messages that should have gone out, and those that did not arrive', async () => {
    const waiting = await openPlace();
    await addEntry(waiting, { delivery_state: 'queued', created_at: minutesAgo(5) });
    assert.equal(only(await waiting.examine(), 'outgoing messages').state, 'ok');
    await addEntry(waiting, { delivery_state: 'queued', created_at: minutesAgo(60), next_attempt_at: minutesAgo(-10) });
    assert.equal(only(await waiting.examine(), 'outgoing messages').state, 'ok', 'a retry that lies ahead is not stuck');
    await addEntry(waiting, { delivery_state: 'sending', created_at: minutesAgo(60), next_attempt_at: minutesAgo(20) });
    assert.match(only(await waiting.examine(), 'outgoing messages').says, /^1 should have gone out/);

    const failed = await openPlace();
    await addEntry(failed, { delivery_state: 'bounced' });
    assert.equal(only(await failed.examine(), 'outgoing messages').state, 'warning');
  });

  test('sees listeners that lag behind and inboxes that fail', async () => {
    const place = await openPlace();
    const { accountId, inboxId } = await addInbox(place);
    await place.run(`insert into event (account_id, id, topic, payload, created_at) values ($1, gen_random_uuid(), 'account.changed', '{}', now() - interval '2 hours')`, [accountId]);
    await place.run(`update inbox set health = '{"state":"failing","detail":"The server refused the password."}' where id = $1`, [inboxId]);
    const diagnosis = await place.examine();
    assert.match(only(diagnosis, 'events').says, /1 wait to be handed on, the oldest for 2 hours/);
    assert.equal(only(diagnosis, 'inbox').says, 'Help is failing: The server refused the password.');
    assert.equal(diagnosis.state, 'problem');
  });

  test('is not stopped by one check that cannot be carried out', async () => {
    const place = await openPlace();
    const diagnosis = await examine(readConfig({ DATABASE_URL: place.database.url, RAPPORT_DATA: place.dataDir }), [
      async () => {
        throw new Error('the room is on fire');
      },
      async ({ secrets }) => [{ check: 'after it', state: 'ok', says: secrets ? 'with a key' : 'without a key' }],
    ]);
    assert.match(only(diagnosis, 'rooms').says, /on fire/);
    assert.equal(only(diagnosis, 'after it').says, 'with a key');
  });

  test('warns of a web server that others reach without TLS', async () => {
    const place = await openPlace();
    assert.equal(only(await place.examine({ RAPPORT_HOST: '0.0.0.0' }), 'web address').state, 'warning');
    assert.equal(only(await place.examine({ RAPPORT_HOST: '0.0.0.0', RAPPORT_URL: 'https://desk.example.com' }), 'web address').state, 'ok');
  });
});

test('limits: what is well, what is worth a word, and what is a problem', () => {
  const GIB = 1024 ** 3;
  assert.deepEqual(['22.20.0', '24.11.1', '24.12.0', '26.0.0'].map((version) => checkNode(version).state), ['problem', 'problem', 'ok', 'ok']);
  assert.deepEqual([0.5, 3, 50].map((free) => judgeSpace(free * GIB, 100 * GIB).state), ['problem', 'warning', 'ok']);
  assert.deepEqual([300, -2500, 45_000, -45_000].map((ahead) => judgeClock(ahead, null).state), ['ok', 'warning', 'problem', 'problem']);
  assert.deepEqual([-5_000, 30_000, 120_000].map((newest) => judgeClock(0, newest).state), ['ok', 'ok', 'warning']);
  assert.deepEqual([judgeLag(0, 0), judgeLag(9, 30), judgeLag(9, 120), judgeLag(9, 3600)].map((finding) => finding.state), ['ok', 'ok', 'warning', 'problem']);
});
