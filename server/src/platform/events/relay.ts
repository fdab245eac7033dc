import type { AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../context.ts';
import { defineJob, type Job } from '../jobs/index.ts';
import { deliverOnce, type Listener } from './listen.ts';
import { readOutbox, type Position } from './outbox.ts';

export const RELAY_BATCH = 500;

export interface ListenerJobData {
  listener: string;
  event: AnnouncedEvent;
}

/** The job that runs one listener for one event. */
export function listenerJob(listeners: readonly Listener[]): Job<ListenerJobData> {
  const byName = new Map(listeners.map((each) => [each.name, each]));
  return defineJob({
    name: 'event.listener',
    retryLimit: 12,
    retryDelaySeconds: 2,
    concurrency: 8,
    async run(platform, data) {
      const target = byName.get(data.listener);
      // A listener that is gone since the event was handed on has nothing left to do.
      if (target) await deliverOnce(platform, target, data.event);
    },
  });
}

/**
 * Hands new events to the listeners' jobs. The position and the jobs are written in one transaction, so nothing is skipped or handed on twice.
 * Returns how many events were read; call it again while that is a full batch.
 */
export async function relayEvents(platform: Platform, listeners: readonly Listener[], job: Job<ListenerJobData>): Promise<number> {
  return platform.database.asSystem(async (tx) => {
    // While another process hands on, this one has nothing to do.
    const [position] = await tx.named<Position>('relay_position', 'select xid::text, id from event_relay for update skip locked', []);
    if (!position) return 0;
    const stored = await readOutbox(tx, position, RELAY_BATCH);
    const last = stored.at(-1);
    if (!last) return 0;
    const jobs = stored.flatMap(({ event }) => listeners.filter((each) => (each.topics as readonly string[]).includes(event.topic)).map((each) => ({ listener: each.name, event })));
    if (jobs.length > 0) await platform.jobs.enqueueMany(tx, job, jobs);
    await tx.run('update event_relay set xid = $1::text::xid8, id = $2', [last.position.xid, last.position.id]);
    return stored.length;
  });
}
