import { getMailInbox, recordHealth } from '../../inboxes/index.ts';
import { listener } from '../../platform/events/index.ts';

/** An inbox that is reached at our own doors works as soon as it is there; one with a mailbox says itself how it fares once it was fetched. */
export const keepHealth = listener({
  name: 'email.health',
  topics: ['inbox.changed'],
  async handle(ctx, event) {
    const inbox = await getMailInbox(ctx, event.payload.inboxId);
    const isAtDoors = inbox.channel === 'email' && inbox.isEnabled && inbox.settings.inbound.kind === 'listener';
    if (isAtDoors && inbox.health.receiving?.state !== 'ok') await recordHealth(ctx, inbox.id, 'receiving', { state: 'ok', detail: null });
  },
});
