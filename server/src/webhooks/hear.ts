import { webhookTopics, type AnnouncedEvent } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { listener } from '../platform/events/index.ts';
import { actorOf, mayHear } from './actor.ts';
import { insertDelivery } from './delivery-store.ts';
import { wakeDrain } from './drain.ts';
import { PATIENCE_MS } from './retry.ts';
import { stop } from './stop.ts';
import { findEndpoint, selectListening, type EndpointRow } from './store.ts';

const topics = [...webhookTopics, 'rule.called'] as const;

/** Those that ask for the topic; what a rule calls is told of whatever it asks for. */
async function listeningTo(ctx: Ctx, event: AnnouncedEvent): Promise<EndpointRow[]> {
  if (event.topic !== 'rule.called') return selectListening(ctx, event.topic);
  const called = await findEndpoint(ctx, event.payload.endpointId);
  return called?.is_enabled ? [called] : [];
}

/** Writes down for each endpoint that may hear of an event that it is to be told. */
export const hearEvents = listener({
  name: 'webhooks.hear',
  topics,
  async handle(ctx, event) {
    for (const endpoint of await listeningTo(ctx, event)) {
      const actor = await actorOf(ctx, endpoint, ctx.clock.now());
      if (typeof actor === 'string') {
        await stop(ctx, endpoint, actor);
        continue;
      }
      if (!mayHear(actor, event)) continue;
      // Who may see a case is nobody's business outside.
      const { scope: _, endpointId: __, ...pointers } = event.payload as Record<string, unknown>;
      const eventAt = new Date(event.at);
      const { caseId = null, customerId = null } = pointers as { caseId?: string; customerId?: string };
      await insertDelivery(ctx, endpoint.id, { eventId: event.id, topic: event.topic, payload: pointers, eventAt, caseId, customerId, giveUpAt: new Date(ctx.clock.now().getTime() + PATIENCE_MS) });
      await wakeDrain(ctx, endpoint.id);
    }
  },
});
