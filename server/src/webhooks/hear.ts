import { webhookTopics } from '@rapport/contract';
import { listener } from '../platform/events/index.ts';
import { actorOf, mayHear } from './actor.ts';
import { insertDelivery } from './delivery-store.ts';
import { wakeDrain } from './drain.ts';
import { PATIENCE_MS } from './retry.ts';
import { stop } from './stop.ts';
import { selectListening } from './store.ts';

/** Writes down for each endpoint that may hear of an event that it is to be told. */
export const hearEvents = listener({
  name: 'webhooks.hear',
  topics: webhookTopics,
  async handle(ctx, event) {
    for (const endpoint of await selectListening(ctx, event.topic)) {
      const actor = await actorOf(ctx, endpoint, ctx.clock.now());
      if (typeof actor === 'string') {
        await stop(ctx, endpoint, actor);
        continue;
      }
      if (!mayHear(actor, event)) continue;
      // Who may see a case is nobody's business outside.
      const { scope: _, ...pointers } = event.payload as Record<string, unknown>;
      const eventAt = new Date(event.at);
      const { caseId = null, customerId = null } = pointers as { caseId?: string; customerId?: string };
      await insertDelivery(ctx, endpoint.id, { eventId: event.id, topic: event.topic, payload: pointers, eventAt, caseId, customerId, giveUpAt: new Date(ctx.clock.now().getTime() + PATIENCE_MS) });
      await wakeDrain(ctx, endpoint.id);
    }
  },
});
