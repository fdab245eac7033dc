import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { openTestPlatform, type TestPlatform } from '../../testing/platform.ts';
import { outboxBounds } from './events/index.ts';
import { prune } from './prune.ts';

let ground: TestPlatform;
let accountId: string;
before(async () => {
  ground = await openTestPlatform();
  accountId = await ground.account();
});
after(() => ground.close());

const query = async <R extends object>(text: string, values: unknown[] = []) => (await ground.platform.database.pool.query<R>(text, values)).rows;
const count = async (table: string) => Number((await query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n);

it('events are kept for some days, and not removed before the listeners have them', async () => {
  await query(`insert into event (account_id, id, topic, payload, created_at) select $1, gen_random_uuid(), 'account.changed', '{}', now() - interval '10 days' from generate_series(1, 12000)`, [accountId]);
  await query(`insert into event (account_id, id, topic, payload, created_at) select $1, gen_random_uuid(), 'account.changed', '{}', now() from generate_series(1, 3)`, [accountId]);
  assert.equal((await prune(ground.platform))['events'], 0);
  await query(`update event_relay set xid = (select max(xid::text::bigint) from event)::text::xid8, id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'`);
  const [oldest] = await query<{ xid: string }>(`select max(xid::text::bigint)::text as xid from event where created_at < now() - interval '1 day'`);
  assert.equal((await prune(ground.platform))['events'], 12_000);
  assert.equal(await count('event'), 3);
  const { prunedXid } = await ground.platform.database.asSystem(outboxBounds);
  assert.equal(prunedXid, oldest?.xid);
});

it('marks, idempotency keys, rate limits and leases go when they have served', async () => {
  for (const [age, isOld] of [['10 days', true], ['1 hour', false]] as const) {
    const id = crypto.randomUUID();
    await query(`insert into event_handled (account_id, listener, event_id, handled_at) values ($1, 'x', $2, now() - $3::interval)`, [accountId, id, age]);
    await query(`insert into idempotency_key (account_id, agent_id, key, request_hash, created_at) values ($1, $2, $4, '', now() - $3::interval)`, [accountId, id, age, id]);
    await query(`insert into rate_limit (bucket, window_start, hits) values ($1, now() - $2::interval, 1)`, [id, age]);
    await query(`insert into lease (name, holder, expires_at) values ($1, 'x', now() - $2::interval)`, [id, age]);
    assert.equal(await count('lease'), isOld ? 1 : 2);
  }
  const removed = await prune(ground.platform);
  assert.deepEqual({ ...removed, events: 0 }, { events: 0, handledMarks: 1, idempotencyKeys: 1, rateLimits: 1, leases: 1 });
  for (const table of ['event_handled', 'idempotency_key', 'rate_limit', 'lease']) assert.equal(await count(table), 1, table);
});
