import type { AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../context.ts';
import { defineJob, type Job } from '../jobs/index.ts';
import { deliverOnce, type Listener } from './listen.ts';
import { peekOutbox, readOutbox, type Position, type StoredEvent } from './outbox.ts';

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

function jobsFor(listeners: readonly Listener[], stored: readonly StoredEvent[]): ListenerJobData[] {
  return stored.flatMap(({ event }) => listeners.filter((each) => (each.topics as readonly string[]).includes(event.topic) && (each.concerns?.(event) ?? true)).map((each) => ({ listener: each.name, event })));
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
    const jobs = jobsFor(listeners, stored);
    if (jobs.length > 0) await platform.jobs.enqueueMany(tx, job, jobs);
    await tx.run('update event_relay set xid = $1::text::xid8, id = $2', [last.position.xid, last.position.id]);
    return stored.length;
  });
}

const HELD_UP_MS = 5_000;
const MOST_HELD_UP = 5_000;

/**
 * Hands on, ahead of its turn, what has been committed for a while and is held up only because an older transaction still runs: that may be a load of hours in another database
 * of the same server, and customers would wait for their answers until it ends. Its turn comes all the same, and finds it handled. `handed` remembers what this process has
 * handed on so. Returns how many events it were.
 */
export async function relayHeldUp(platform: Platform, listeners: readonly Listener[], job: Job<ListenerJobData>, handed: Set<string>): Promise<number> {
  const late = await platform.database.asSystem(async (tx) => {
    const [position] = await tx.named<Position>('relay_position_now', 'select xid::text, id from event_relay', []);
    if (!position) return [];
    const waiting = await peekOutbox(tx, position, MOST_HELD_UP);
    const ids = new Set(waiting.map(({ event }) => event.id));
    for (const id of handed) if (!ids.has(id)) handed.delete(id);
    const before = platform.clock.now().getTime() - HELD_UP_MS;
    const found = waiting.filter(({ event }) => Date.parse(event.at) < before && !handed.has(event.id));
    const jobs = jobsFor(listeners, found);
    if (jobs.length > 0) await platform.jobs.enqueueMany(tx, job, jobs);
    return found;
  });
  for (const { event } of late) handed.add(event.id);
  return late.length;
}
