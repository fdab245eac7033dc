import { idempotencyKeyDays } from '@rapport/contract';
import type { Tx } from './database/index.ts';
import type { Platform } from './context.ts';
import { defineJob } from './jobs/index.ts';

const BATCH = 5_000;
const day = (days: number, now: Date) => new Date(now.getTime() - days * 86_400_000);

/** How many days things are kept. A browser that was away longer than events are kept fetches everything anew. */
export const keptDays = { events: 3, handledMarks: 3, idempotencyKeys: idempotencyKeyDays, rateLimits: 1 } as const;

/** One bounded step of clearing away; returns how many rows went. */
type Step = (tx: Tx, now: Date) => Promise<number>;

const events: Step = async (tx, now) => {
  // Only what has been handed to the listeners, oldest transactions first, so that the newest number removed says exactly how far back a reader may go.
  const gone = await tx.run<{ xid: string }>(
    `with oldest as (select e.account_id, e.id from event e, event_relay r where (e.xid, e.id) <= (r.xid, r.id) order by e.xid, e.id limit ${BATCH}),
     gone as (delete from event e using oldest o where e.account_id = o.account_id and e.id = o.id and e.created_at < $1 returning e.xid)
     select xid::text from gone order by gone.xid desc`,
    [day(keptDays.events, now)],
  );
  if (gone[0]) await tx.run('update event_relay set pruned_xid = greatest(pruned_xid, $1::text::xid8)', [gone[0].xid]);
  return gone.length;
};

const deleting = (table: string, key: string, condition: string, days: number): Step => async (tx, now) => {
  const gone = await tx.run(`delete from ${table} where (${key}) in (select ${key} from ${table} where ${condition} limit ${BATCH}) returning 1`, [day(days, now)]);
  return gone.length;
};

const steps: Record<string, Step> = {
  events,
  handledMarks: deleting('event_handled', 'account_id, listener, event_id', 'handled_at < $1', keptDays.handledMarks),
  idempotencyKeys: deleting('idempotency_key', 'account_id, agent_id, key', 'created_at < $1', keptDays.idempotencyKeys),
  rateLimits: deleting('rate_limit', 'bucket', 'window_start < $1', keptDays.rateLimits),
  leases: deleting('lease', 'name', 'expires_at < $1', 1),
};

/** Clears away what the platform needs no more, in short transactions, until nothing is left to clear. Returns how many rows went, by kind. */
export async function prune(platform: Platform): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const [kind, step] of Object.entries(steps)) {
    let count = BATCH;
    while (count === BATCH) {
      count = await platform.database.asSystem((tx) => step(tx, platform.clock.now()));
      removed[kind] = (removed[kind] ?? 0) + count;
    }
  }
  return removed;
}

export const pruneJob = defineJob<object>({
  name: 'platform.prune',
  schedule: '17 * * * *',
  concurrency: 1,
  expireSeconds: 1_800,
  async run(platform) {
    const removed = await prune(platform);
    platform.log.info({ removed }, 'old rows cleared away');
  },
});
