import type { MessageEntry } from '@rapport/contract';
import { updateOutgoing } from '../ledger/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { canRetry } from './delivery-lattice.ts';
import { findEntry, setDelivery } from './entry-store.ts';
import { findHome } from './moving/home-store.ts';
import { holdChangeableCase } from './see-case.ts';
import { shapeMessage } from './shape-entry.ts';

/** Queues a message again that failed, bounced or may not have arrived. Refuses `not_retryable` for any other. */
export async function retryDelivery(ctx: Ctx, input: { caseId: string; entryId: string }): Promise<MessageEntry> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const record = await holdChangeableCase(ctx, input.caseId);
  const entry = await findEntry(ctx, record.id, input.entryId);
  if (!entry) throw new Refusal('not_found', 'This message does not exist.');
  if (entry.delivery_state === null || !canRetry(entry.delivery_state)) throw new Refusal('not_retryable', 'Only a message that failed, bounced or may not have arrived can be sent again.');
  await setDelivery(ctx, record.id, entry.id, { state: 'queued', reason: null, attempts: 0, nextAttemptAt: null });
  await updateOutgoing(ctx, { entryId: entry.id, state: 'queued', reason: null });
  await announce(ctx, 'delivery.changed', { ...aboutCase(record), entryId: entry.id, state: 'queued' });
  await announce(ctx, 'message.queued', { ...aboutCase(record), entryId: entry.id, inboxId: (await findHome(ctx, entry.id))?.inboxId ?? record.inboxId, channel: record.channel });
  return shapeMessage({ ...entry, delivery_state: 'queued', delivery_reason: null, delivery_attempts: 0, next_attempt_at: null });
}
