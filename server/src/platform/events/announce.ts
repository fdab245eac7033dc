import type { AnnouncedEvent, EventPayload, EventTopic } from '@rapport/contract';
import type { Ctx } from '../context.ts';
import { newId } from '../ids.ts';

/**
 * Writes down that something happened, in the caller's own transaction: if that rolls back, it never happened. Listeners and browsers hear of it
 * after the commit. The payload holds ids and versions only, never text.
 */
export async function announce<T extends EventTopic>(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock'>, topic: T, payload: EventPayload<T>): Promise<void> {
  const at = ctx.clock.now();
  const event = { id: newId(), accountId: ctx.accountId, topic, payload, at: at.toISOString() } as AnnouncedEvent;
  if (!ctx.tx.isQuiet) await ctx.tx.named('announce', 'insert into event (account_id, id, topic, payload, created_at) values ($1, $2, $3, $4, $5)', [ctx.accountId, event.id, topic, JSON.stringify(payload), at]);
  ctx.tx.announced.push(event);
}
