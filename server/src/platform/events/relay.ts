import type { AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../context.ts';
import { defineJob, type Job } from '../jobs/index.ts';
import { deliverOnce, type Listener } from './listen.ts';

const BATCH = 500;

interface EventRow {
  account_id: string;
  id: string;
  xid: string;
  topic: AnnouncedEvent['topic'];
  payload: unknown;
  created_at: Date;
}

/** The job that runs one listener for one event. */
export function listenerJob(listeners: readonly Listener[]): Job<{ listener: string; event: AnnouncedEvent }> {
  const byName = new Map(listeners.map((each) => [each.name, each]));
  return defineJob({
    name: 'event.listener',
    retryLimit: 12,
    retryDelaySeconds: 2,
    async run(platform, data) {
      const target = byName.get(data.listener);
      // A listener that is gone since the event was handed on has nothing left to do.
      if (target) await deliverOnce(platform, target, data.event);
    },
  });
}

/**
 * Hands new events to the listeners' jobs. The position and the jobs are written in one transaction, so nothing is skipped or handed on twice;
 * events are read in (xid, id) order and only below the oldest running transaction, so a late commit never slips behind the position.
 * Returns how many events were read; call it again while that is a full batch.
 */
export async function relayEvents(platform: Platform, listeners: readonly Listener[], job: Job<{ listener: string; event: AnnouncedEvent }>): Promise<number> {
  return platform.database.asSystem(async (tx) => {
    const [position] = await tx.run<{ xid: string; id: string }>('select xid::text, id from event_relay for update skip locked');
    if (!position) return 0;
    const rows = await tx.named<EventRow>(
      'relay_events',
      `select account_id, id, xid::text, topic, payload, created_at from event where (xid, id) > ($1::text::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit ${BATCH}`,
      [position.xid, position.id],
    );
    const last = rows.at(-1);
    if (!last) return 0;
    const jobs = rows.flatMap((row) =>
      listeners
        .filter((each) => (each.topics as readonly string[]).includes(row.topic))
        .map((each) => ({
          listener: each.name,
          event: { id: row.id, accountId: row.account_id, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() } as AnnouncedEvent,
        })),
    );
    if (jobs.length > 0) await platform.jobs.enqueueMany(tx, job, jobs);
    await tx.run('update event_relay set xid = $1::text::xid8, id = $2', [last.xid, last.id]);
    return rows.length;
  });
}
