import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createClient } from '@rapport/sdk';
import { startApp, type AppProcess } from '../../testing/app-process.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { openLive } from '../../testing/live-client.ts';
import { startNats, type TestNats } from '../../testing/nats.ts';
import { foundAccount, hashPassword, startSession } from '../accounts/index.ts';
import { inAccount, systemActor } from '../platform/context.ts';
import { readConfig } from '../platform/config.ts';
import { newId } from '../platform/ids.ts';
import { openPlatform } from '../platform/open-platform.ts';

const nats = await startNats();

/** Two real processes on one database, and a person signed in, whose cookie both know. */
function describeCluster(name: string, env: (nats: TestNats) => Record<string, string>, skip: string | false): void {
  describe(`two processes over ${name}`, { timeout: 120_000, skip }, () => {
    let database: TestDatabase;
    let dataDir: string;
    let processes: AppProcess[] = [];
    let urls: string[] = [];
    let cookie = '';
    before(async () => {
      database = await createTestDatabase();
      dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
      const settings = { DATABASE_URL: database.url, ...env(nats) };
      processes = await Promise.all([startApp(settings), startApp(settings)]);
      urls = await Promise.all(processes.map(({ ready }) => ready));
      const platform = await openPlatform(readConfig({ ...settings, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'silent' }));
      const passwordHash = await hashPassword('a long test sentence 8');
      cookie = await inAccount(platform, newId(), systemActor('test'), async (ctx) => {
        const { agentId } = await foundAccount(ctx, { company: 'Test', name: 'Ada', email: 'ada@rapport.test', passwordHash, locale: 'en' });
        return `rapport_session=${(await startSession(ctx, agentId, { client: 'Test', address: '127.0.0.1' })).token}`;
      });
      await platform.close();
    });
    after(async () => {
      for (const app of processes) if (app.child.exitCode === null && app.child.signalCode === null) await app.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });

    it('a change through one reaches the browsers of the other, both ways', async () => {
      const [a = '', b = ''] = urls;
      for (const [writing, listening] of [[a, b], [b, a]] as const) {
        const live = await openLive(listening, { cookie });
        await live.next('hello');
        const client = createClient({ baseUrl: writing, headers: () => ({ cookie, origin: writing }) });
        const team = await client.accounts.createTeam({ body: { name: `Team of ${writing}` } });
        await live.next('event', ({ topic, payload }) => topic === 'people.changed' && payload['teamId'] === team.id);
        await live.close();
      }
    });

    it('a browser whose process is killed goes on at the other, and misses nothing', async () => {
      const [a = '', b = ''] = urls;
      const live = await openLive(b, { cookie });
      const { cursor } = await live.next('hello');
      processes[1]?.child.kill('SIGKILL');
      await live.closed;
      const client = createClient({ baseUrl: a, headers: () => ({ cookie, origin: a }) });
      const team = await client.accounts.createTeam({ body: { name: 'Made meanwhile' } });
      const again = await openLive(a, { cookie, cursor });
      assert.equal((await again.next('hello')).resumed, true);
      await again.next('event', ({ payload }) => payload['teamId'] === team.id);
      await again.close();
    });
  });
}

describeCluster('NOTIFY', () => ({}), false);
describeCluster('NATS', ({ url }) => ({ NATS_URL: url }), nats.missing);
after(() => nats.stop());
