import type { AnnouncedEvent } from '@rapport/contract';
import type { Bus } from '../bus/index.ts';
import type { Database } from '../database/index.ts';

/** The bus subject under which committed events go round: quick, without promise. The outbox has them for certain. */
const SUBJECT = 'events';

/** From now on, what a transaction of this process announced goes round right after its commit, whatever the process's roles. */
export function publishCommits(database: Database, bus: Bus): void {
  database.onCommit((tx) => bus.publish(SUBJECT, tx.announced));
}

/** Hears of events committed in any process, usually within milliseconds; some may be missed, some come twice. Returns how to stop. */
export function onCommitted(bus: Bus, handle: (events: AnnouncedEvent[]) => void): () => void {
  return bus.subscribe(SUBJECT, (payload) => handle(payload as AnnouncedEvent[]));
}
