import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '../../../testing/database.ts';
import { readConfig } from '../config.ts';
import { inAccount, systemActor } from '../context.ts';
import { migrate } from '../database/migrate.ts';
import { announce, deliverOnce, listener, relayEvents, type Listener } from '../events/index.ts';
import { settleOutbox } from '../events/origin.ts';
import { listenerJob } from '../events/relay.ts';
import { newId } from '../ids.ts';
import { defineJob } from '../jobs/index.ts';
import { openPlatform, type OpenPlatform } from '../open-platform.ts';
import { backUp, restore } from './index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rapport-pending-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Room {
  listeners: Listener[];
  heard: string[];
}

/** Listeners that write down what they hear; `refuses` names events by the customer they are about. */
function makeRoom(names: string[], refuses: (name: string, about: string) => boolean = () => false): Room {
  const heard: string[] = [];
  const listeners = names.map((name) =>
    listener({
      name: `test.${name}`,
      topics: ['customer.changed'],
      async handle(_ctx, event) {
        const about = `${name} ${event.payload.version}`;
        if (refuses(name, String(event.payload.version))) throw new Error('not now');
        heard.push(about);
      },
    }),
  );
  return { listeners, heard };
}

/** Relays events and runs their jobs until that is done. */
async function work(platform: OpenPlatform, room: Room, isDone: () => boolean): Promise<void> {
  const job = { ...listenerJob(room.listeners), retryLimit: 0 };
  // Jobs and events of the product's own rooms are not of interest here.
  await platform.jobs.start(platform, [job, defineJob({ name: 'test.nothing', run: async () => undefined })] as never, { work: true });
  // Other transactions of the server may hold events back for a moment, so each look hands on what has come free.
  for (let i = 0; i < 600 && !isDone(); i++) {
    await relayEvents(platform, room.listeners, job);
    await sleep(50);
  }
  await platform.jobs.stop(1_000);
}

test('events are handed on after restoring to just those listeners that had not dealt with them, and history is not told again', { timeout: 60_000 }, async () => {
  const source = await createTestDatabase();
  const old = await openPlatform(readConfig({ DATABASE_URL: source.url, RAPPORT_DATA: join(scratch, 'old'), RAPPORT_LOG: 'silent' }));
  await settleOutbox(old.database);
  const accountId = newId();
  const tell = (version: number): Promise<void> => inAccount(old, accountId, systemActor('test'), (ctx) => announce(ctx, 'customer.changed', { customerId: newId(), version }));
  await inAccount(old, accountId, systemActor('test'), async (ctx) => {
    await ctx.tx.insertInto('account').values({ id: accountId, name: 'Test', created_at: new Date() }).execute();
  });

  // 1: dealt with by both. 2: `second` gave up on it. 3: its jobs wait, and `first` was done before. 4: not even handed on.
  const room = makeRoom(['first', 'second'], (name, about) => name === 'second' && about === '2');
  await tell(1);
  await tell(2);
  await work(old, room, () => room.heard.length >= 3);
  assert.deepEqual(room.heard.toSorted(), ['first 1', 'first 2', 'second 1']);
  await tell(3);
  const waiting = await openPlatform(readConfig({ DATABASE_URL: source.url, RAPPORT_DATA: join(scratch, 'old'), RAPPORT_LOG: 'silent' }));
  const job = listenerJob(room.listeners);
  await waiting.jobs.start(waiting, [job] as never, { work: false });
  while ((await relayEvents(waiting, room.listeners, job)) === 0) await sleep(20);
  const [third] = await source.database.asSystem((tx) => tx.run<{ id: string; payload: unknown; created_at: Date }>(`select id, payload, created_at from event where payload ->> 'version' = '3'`));
  assert.ok(third);
  await deliverOnce(waiting, room.listeners[0]!, { id: third.id, accountId, topic: 'customer.changed', payload: third.payload, at: third.created_at.toISOString() } as never);
  await tell(4);

  const { directory, manifest } = await backUp({ directory: join(scratch, 'backup'), connection: old.connection, files: old.files, secrets: old.secrets });
  assert.equal(manifest.pendingEvents.rows, 3);
  await waiting.jobs.stop(0);
  await waiting.close();
  await old.close();

  // The other server counts its transactions from near zero: numbers of the old one would lie in its future.
  const moved = await openPlatform(readConfig({ RAPPORT_DATA: join(scratch, 'new'), RAPPORT_LOG: 'silent' }));
  try {
    const report = await restore({
      directory, connection: moved.connection, pool: moved.database.pool, files: moved.files, secrets: moved.secrets, keyFile: undefined, acceptOtherKey: true, wayOut: '',
    });
    assert.equal(report.pendingEvents, 3);
    await migrate(moved.database.pool);
    assert.equal(await settleOutbox(moved.database), 'unchanged');

    // A listener that came with the new release is not told what happened before it.
    const later = makeRoom(['first', 'second', 'third']);
    await work(moved, later, () => later.heard.length >= 7);
    assert.deepEqual(later.heard.toSorted(), ['first 4', 'second 2', 'second 3', 'second 4', 'third 2', 'third 3', 'third 4']);

    const rows = await moved.database.asSystem((tx) => tx.run<{ n: number }>('select count(*)::int as n from event'));
    assert.equal(rows[0]?.n, 4, 'the history itself is kept');
  } finally {
    await moved.close();
    await source.drop();
  }
});
