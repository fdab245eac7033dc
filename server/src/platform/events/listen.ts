import type { AnnouncedEvent, EventTopic } from '@rapport/contract';
import type { Ctx, Platform } from '../context.ts';

/**
 * A room's ear. `handle` runs in a transaction of the event's account, at least once, and never twice in effect: what it writes and the mark
 * (listener, event id) commit together. Network calls do not belong here: enqueue a job. It is retried with back-off when it throws.
 */
export interface Listener<T extends EventTopic = EventTopic> {
  /** Stable: it is the key under which handled events are remembered. Named `<room>.<what it does>`. */
  name: string;
  topics: readonly T[];
  /** Which events of the topics it hears; all of them where it does not say. The others cost no job. */
  concerns?(event: AnnouncedEvent<T>): boolean;
  handle(ctx: Ctx, event: AnnouncedEvent<T>): Promise<void>;
}

export function listener<T extends EventTopic>(definition: Listener<T>): Listener {
  return definition as unknown as Listener;
}

/** Runs one listener for one event, once in effect. */
export async function deliverOnce(platform: Platform, target: Listener, event: AnnouncedEvent): Promise<boolean> {
  return platform.database.inAccount(event.accountId, async (tx) => {
    const fresh = await tx.named('event_handled', 'insert into event_handled (account_id, listener, event_id) values ($1, $2, $3) on conflict do nothing returning 1', [event.accountId, target.name, event.id]);
    if (fresh.length === 0) return false;
    await target.handle({ tx, accountId: event.accountId, actor: { kind: 'system', name: target.name }, clock: platform.clock, log: platform.log, platform }, event);
    return true;
  });
}
