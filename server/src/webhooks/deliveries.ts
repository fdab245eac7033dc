import { resentAtOnce, type QueryOf, type ResponseOf, type WebhookDelivery, type webhooks } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { bodyOf } from './body-of.ts';
import { findDelivery, hasFailed, insertDelivery, selectAttempts, selectDeliveries, sendAgain, sendFailedAgain, type DeliveryRow } from './delivery-store.ts';
import { wakeDrain } from './drain.ts';
import { getEndpoint } from './endpoints.ts';
import { PATIENCE_MS } from './retry.ts';

const shape = (row: DeliveryRow): WebhookDelivery => ({
  eventId: row.event_id, topic: row.topic, state: row.state, attempts: row.attempts, nextAt: row.state === 'waiting' ? row.next_at.toISOString() : null, eventAt: row.event_at.toISOString(),
  lastStatus: row.last_status, lastTrouble: row.last_trouble, lastDurationMs: row.last_duration_ms,
});
const giveUpAt = (ctx: Ctx) => new Date(ctx.clock.now().getTime() + PATIENCE_MS);

async function see(ctx: Ctx, endpointId: string, eventId: string): Promise<DeliveryRow> {
  const row = await findDelivery(ctx, endpointId, eventId);
  if (!row) throw new Refusal('not_found', 'This event was not sent there, or it was too long ago.');
  return row;
}

async function mustBeOn(ctx: Ctx, endpointId: string): Promise<void> {
  if (!(await getEndpoint(ctx, endpointId)).is_enabled) throw new Refusal('webhook_off', 'Turn the endpoint on first.');
}

/** What was sent to an endpoint, newest event first. */
export async function listDeliveries(ctx: Ctx, query: QueryOf<typeof webhooks.listDeliveries> & { endpointId: string }): Promise<ResponseOf<typeof webhooks.listDeliveries>> {
  await getEndpoint(ctx, query.endpointId);
  const filters = [query.endpointId, query.state ?? null];
  const [before] = readCursor(query.cursor, filters, 1) ?? [];
  const rows = await selectDeliveries(ctx, query.endpointId, { state: query.state, before: before === undefined ? undefined : uuidIn(before), limit: query.limit + 1 });
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items: items.map(shape), nextCursor: rows.length > items.length && last ? writeCursor([last.event_id], filters) : null };
}

export async function getDelivery(ctx: Ctx, { endpointId, eventId }: { endpointId: string; eventId: string }): Promise<ResponseOf<typeof webhooks.getDelivery>> {
  const row = await see(ctx, endpointId, eventId);
  const log = (await selectAttempts(ctx, endpointId, eventId)).map(({ at, duration_ms: durationMs, ...rest }) => ({ at: at.toISOString(), durationMs, ...rest }));
  return { ...shape(row), body: bodyOf(row), log };
}

/** Sends an event once more, with three days of tries before it; the receiver sees the same webhook-id. Refuses `webhook_off`. */
export async function resendDelivery(ctx: Ctx, { endpointId, eventId }: { endpointId: string; eventId: string }): Promise<WebhookDelivery> {
  await see(ctx, endpointId, eventId);
  await mustBeOn(ctx, endpointId);
  await sendAgain(ctx, endpointId, eventId, giveUpAt(ctx));
  await wakeDrain(ctx, endpointId);
  return shape(await see(ctx, endpointId, eventId));
}

/** Sends again what was given up, oldest first, a bounded number at once. Refuses `webhook_off`. */
export async function resendFailed(ctx: Ctx, endpointId: string): Promise<ResponseOf<typeof webhooks.resendFailed>> {
  await mustBeOn(ctx, endpointId);
  const resent = await sendFailedAgain(ctx, endpointId, giveUpAt(ctx), resentAtOnce);
  if (resent > 0) await wakeDrain(ctx, endpointId);
  return { resent, isMore: await hasFailed(ctx, endpointId) };
}

/** Sends an event that says nothing, to see whether it arrives. Refuses `webhook_off`. */
export async function sendTest(ctx: Ctx, endpointId: string): Promise<WebhookDelivery> {
  await mustBeOn(ctx, endpointId);
  const eventId = newId();
  await insertDelivery(ctx, endpointId, { eventId, topic: 'webhook.test', payload: { endpointId }, eventAt: ctx.clock.now(), caseId: null, customerId: null, giveUpAt: giveUpAt(ctx) });
  await wakeDrain(ctx, endpointId);
  return shape(await see(ctx, endpointId, eventId));
}
