import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import type { AnnouncedEvent } from '@rapport/contract';
import fc from 'fast-check';
import { openTestPlatform, type TestPlatform } from '../../../testing/platform.ts';
import { defineJob } from '../jobs/index.ts';
import { announce, comparePositions, deliverOnce, listener, onCommitted, outboxEnd, readOutbox, relayEvents, relayHeldUp, settleOutbox, type Position, type StoredEvent } from './index.ts';
import { createRelay } from './relay-service.ts';

const systemClock = { now: () => new Date() };

describe('events', { timeout: 180_000 }, () => {
  let ground: TestPlatform;
  let accountId: string;
  before(async () => {
    ground = await openTestPlatform();
    accountId = await ground.account();
  });
  after(() => ground.close());

  const write = (pauseMs = 0) =>
    ground.platform.database.inAccount(accountId, async (tx) => {
      await announce({ tx, accountId, clock: systemClock }, 'account.changed', {});
      if (pauseMs > 0) await sleep(pauseMs);
      return tx.announced[0]?.id ?? '';
    });
  /** Waits for the transactions that run now, also those of other tests in other databases of the server: until they end, what was written since is held up. */
  const settled = async () => {
    const { rows: [now] } = await ground.platform.database.pool.query('select pg_current_xact_id()::text as xid');
    const isOver = async () => (await ground.platform.database.pool.query('select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as over', [now.xid])).rows[0].over;
    while (!(await isOver())) await sleep(10);
  };
  const from = async (position: Position) => {
    await settled();
    return ground.platform.database.asSystem((tx) => readOutbox(tx, position, 100));
  };
  const end = async () => {
    await settled();
    return ground.platform.database.asSystem(outboxEnd);
  };

  it('announced in a transaction that rolls back never happened', async () => {
    const start = await end();
    const heard: AnnouncedEvent[] = [];
    const stop = onCommitted(ground.platform.bus, (events) => heard.push(...events));
    await assert.rejects(
      ground.platform.database.inAccount(accountId, async (tx) => {
        await announce({ tx, accountId, clock: systemClock }, 'account.changed', {});
        throw new Error('no');
      }),
      /no/,
    );
    const id = await write();
    assert.deepEqual((await from(start)).map(({ event }) => event.id), [id]);
    assert.deepEqual(heard.map((event) => event.id), [id]);
    stop();
  });

  it('are read in one order, and positions compare as the database does', async () => {
    const start = await end();
    await Promise.all(Array.from({ length: 20 }, () => write()));
    const list = await from(start);
    for (const [i, { position }] of list.entries()) assert.ok(i === 0 || comparePositions((list[i - 1] as StoredEvent).position, position) < 0);
  });

  it('are read in the order of transactions also where their numbers get a digit more', async () => {
    const { pool } = ground.platform.database;
    const ids = await Promise.all(Array.from({ length: 4 }, () => write()));
    for (const [i, xid] of ['9', '10', '99', '100'].entries()) await pool.query('update event set xid = $1::text::xid8 where id = $2', [xid, ids[i]]);
    const read: string[] = [];
    let position: Position = { xid: '8', id: '00000000-0000-0000-0000-000000000000' };
    for (let i = 0; i < 4; i += 1) {
      const [next] = await ground.platform.database.asSystem((tx) => readOutbox(tx, position, 1));
      if (next) read.push(next.event.id);
      position = next?.position ?? position;
    }
    assert.deepEqual(read, ids);
    const { rows } = await pool.query(`explain select e.xid::text as xid from event e where (e.xid, e.id) > ('8'::xid8, '00000000-0000-0000-0000-000000000000') order by e.xid, e.id limit 5`);
    assert.doesNotMatch(JSON.stringify(rows), /Sort/);
    await pool.query(`delete from event where id = any($1)`, [ids]);
  });

  it('none is lost to a reader while twelve write at once and commit in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 24, maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (pauses, limit) => {
        let position = await end();
        const read: string[] = [];
        let isWriting = true;
        const reader = (async () => {
          for (let last = 1; isWriting || last > 0; ) {
            const isOver = !isWriting;
            const list = await ground.platform.database.asSystem((tx) => readOutbox(tx, position, limit));
            read.push(...list.map(({ event }) => event.id));
            position = list.at(-1)?.position ?? position;
            last = isOver ? list.length : 1;
          }
        })();
        const waiting = [...pauses];
        const written: string[] = [];
        const writer = async () => {
          for (let pause = waiting.pop(); pause !== undefined; pause = waiting.pop()) written.push(await write(pause));
        };
        await Promise.all(Array.from({ length: 12 }, writer));
        isWriting = false;
        await reader;
        // Older transactions elsewhere in the cluster may hold the last ones back for a moment.
        while (read.length < written.length) {
          const list = await ground.platform.database.asSystem((tx) => readOutbox(tx, position, 100));
          read.push(...list.map(({ event }) => event.id));
          position = list.at(-1)?.position ?? position;
        }
        assert.deepEqual([...read].sort(), [...written].sort());
      }),
      { numRuns: 6 },
    );
  });

  it('an event is handled once in effect, however often it is delivered', async () => {
    let count = 0;
    const target = listener({ name: 'test.once', topics: ['account.changed'], handle: async () => void (count += 1) });
    const event = { id: crypto.randomUUID(), accountId, topic: 'account.changed', payload: {}, at: '' } as AnnouncedEvent;
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => deliverOnce(ground.platform, target, event)));
    assert.deepEqual(outcomes.filter(Boolean).length, 1);
    assert.equal(count, 1);
  });

  it('a listener that fails is tried again, and what it had written is gone', async () => {
    let tries = 0;
    const target = listener({
      name: 'test.fragile',
      topics: ['account.changed'],
      async handle({ tx }) {
        tries += 1;
        await tx.run(`update account set name = name || '!' where id = $1`, [accountId]);
        if (tries === 1) throw new Error('not yet');
      },
    });
    const event = { id: crypto.randomUUID(), accountId, topic: 'account.changed', payload: {}, at: '' } as AnnouncedEvent;
    await assert.rejects(deliverOnce(ground.platform, target, event), /not yet/);
    assert.equal(await deliverOnce(ground.platform, target, event), true);
    const { rows } = await ground.platform.database.pool.query('select name from account where id = $1', [accountId]);
    assert.equal(rows[0].name, 'Test!');
  });

  it('two relays hand every event on exactly once, to the listeners of its topic only', async () => {
    const handled: string[] = [];
    const mine = listener({ name: 'test.mine', topics: ['account.changed'], handle: async () => {} });
    const others = listener({ name: 'test.others', topics: ['case.created'], handle: async () => {} });
    const job = defineJob<{ listener: string; event: AnnouncedEvent }>({ name: 'event.listener', run: async () => {} });
    const queue = { enqueueMany: async (_tx: unknown, _job: unknown, list: { listener: string; event: AnnouncedEvent }[]) => void handled.push(...list.map((each) => `${each.listener} ${each.event.id}`)) };
    const platform = { ...ground.platform, jobs: queue } as never;
    await settled();
    while ((await relayEvents(platform, [], job)) > 0);
    const written = await Promise.all(Array.from({ length: 200 }, () => write()));
    while (handled.length < 200) await Promise.all([relayEvents(platform, [mine, others], job), relayEvents(platform, [mine, others], job)]);
    assert.deepEqual(handled.sort(), written.map((id) => `test.mine ${id}`).sort());
  });

  it('what does not concern a listener costs no job', async () => {
    const handled: string[] = [];
    const mine = listener({ name: 'test.choosy', topics: ['account.changed'], concerns: (event) => event.id === chosen, handle: async () => {} });
    const job = defineJob<{ listener: string; event: AnnouncedEvent }>({ name: 'event.listener', run: async () => {} });
    const platform = { ...ground.platform, jobs: { enqueueMany: async (_tx: unknown, _job: unknown, list: { event: AnnouncedEvent }[]) => void handled.push(...list.map(({ event }) => event.id)) } } as never;
    await settled();
    while ((await relayEvents(platform, [], job)) > 0);
    await write();
    const chosen = await write();
    let read = 0;
    while (read < 2) read += await relayEvents(platform, [mine], job);
    assert.deepEqual(handled, [chosen]);
  });

  it('what an older transaction holds up is handed on after a few seconds, and again only by its turn', async () => {
    const handed: string[] = [];
    const mine = listener({ name: 'test.held', topics: ['account.changed'], handle: async () => {} });
    const job = defineJob<{ listener: string; event: AnnouncedEvent }>({ name: 'event.listener', run: async () => {} });
    const queue = { enqueueMany: async (_tx: unknown, _job: unknown, list: { event: AnnouncedEvent }[]) => void handed.push(...list.map(({ event }) => event.id)) };
    let now = new Date();
    const platform = { ...ground.platform, jobs: queue, clock: { now: () => now } } as never;
    await settled();
    while ((await relayEvents(platform, [], job)) > 0);
    const older = await ground.platform.database.pool.connect();
    try {
      await older.query('begin; select pg_current_xact_id()');
      const id = await write();
      const remembered = new Set<string>();
      assert.equal(await relayEvents(platform, [mine], job), 0);
      assert.equal(await relayHeldUp(platform, [mine], job, remembered), 0);
      now = new Date(now.getTime() + 6_000);
      assert.equal(await relayHeldUp(platform, [mine], job, remembered), 1);
      assert.equal(await relayHeldUp(platform, [mine], job, remembered), 0);
      assert.deepEqual(handed, [id]);
      await older.query('rollback');
      while (handed.length < 2) await relayEvents(platform, [mine], job);
      assert.deepEqual(handed, [id, id]);
      assert.equal(await relayHeldUp(platform, [mine], job, remembered), 0);
      assert.equal(remembered.size, 0);
    } finally {
      older.release(true);
    }
  });

  it('copied into another database server they go on: what was handed on is over, the rest keeps its turn', async () => {
    const { database, pool } = { database: ground.platform.database, pool: ground.platform.database.pool };
    assert.equal(await settleOutbox(database), 'unchanged');
    const [done, open] = [await write(), await write()];
    // As a backup of a server far ahead of this one would leave it.
    await pool.query(`update event set xid = '900000000000' where id = $1`, [done]);
    await pool.query(`update event set xid = '900000000001' where id = $1`, [open]);
    await pool.query(`update event_relay set xid = '900000000000', id = $1, pruned_xid = '800000000000', cluster = 'another server'`, [done]);
    assert.equal(await settleOutbox(database), 'moved');
    const fresh = await write();
    const { rows } = await pool.query('select xid::text, id from event_relay');
    assert.deepEqual((await from(rows[0] as Position)).map(({ event }) => event.id).filter((id) => [done, open, fresh].includes(id)), [open, fresh]);
    assert.equal(await settleOutbox(database), 'unchanged');
  });

  describe('with processes that are killed', () => {
    const children: ChildProcess[] = [];
    let dataDir: string;
    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
      await ground.platform.database.pool.query('create table effect (account_id uuid, event_id uuid); grant all on effect to rapport_app; delete from event; update event_relay set pruned_xid = xid');
    });
    after(async () => {
      for (const child of children) child.kill('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    });
    async function start(): Promise<ChildProcess> {
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../../testing/relay-process.ts'), ground.databaseUrl, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
      children.push(child);
      await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
      return child;
    }

    it('no event is skipped and none takes effect twice', async () => {
      const written: string[] = [];
      let running = [await start(), await start()];
      for (let round = 0; round < 4; round += 1) {
        const writing = Promise.all(Array.from({ length: 60 }, async (_, i) => written.push(await write(i % 5))));
        await sleep(30 + Math.random() * 150);
        const victim = running.shift() as ChildProcess;
        victim.kill('SIGKILL');
        await once(victim, 'exit');
        running = [...running, await start()];
        await writing;
      }
      const effects = async () => (await ground.platform.database.pool.query<{ event_id: string }>('select event_id from effect')).rows.map((row) => row.event_id);
      // What was in the hands of the killed comes back when their heartbeat is missed.
      while ((await effects()).length < written.length) await sleep(250);
      assert.deepEqual((await effects()).sort(), written.sort());
      for (const child of running) child.kill('SIGKILL');
    });
  });
});

describe('the relay', { timeout: 60_000 }, () => {
  it('hands on what is committed in another process', async () => {
    const ground = await openTestPlatform();
    const accountId = await ground.account();
    const other = await ground.another();
    const heard = new Set<string>();
    const relay = createRelay([listener({ name: 'test.hear', topics: ['account.changed'], handle: async (_ctx, event) => void heard.add(event.id) })]);
    await other.jobs.start(other, [relay.job] as never, { work: true });
    await relay.service.start(other, undefined as never);
    const ids = await Promise.all(Array.from({ length: 30 }, () =>
      ground.platform.database.inAccount(accountId, async (tx) => {
        await announce({ tx, accountId, clock: systemClock }, 'account.changed', {});
        return tx.announced[0]?.id ?? '';
      }),
    ));
    while (ids.some((id) => !heard.has(id))) await sleep(5);
    await relay.service.stop();
    await other.jobs.stop(1_000);
    await ground.close();
  });
});
