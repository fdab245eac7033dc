import { getCase, getEntry } from '../cases/index.ts';
import { getCustomer } from '../customers/index.ts';
import { inAccount, type AgentActor, type Platform } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { DeliveryRow } from './delivery-store.ts';

type Told = Pick<DeliveryRow, 'topic' | 'payload' | 'event_at'>;

/** What is sent: type, time and data as Standard Webhooks recommends. */
export function bodyOf({ topic, payload, event_at: at }: Told, resource: Record<string, unknown> = {}): string {
  return JSON.stringify({ type: topic, timestamp: at.toISOString(), data: { ...payload, ...resource } });
}

/** Null for what is gone or may not be seen any more. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** What an event is about, as the API would give it to this agent at this moment. */
export function readResource(platform: Platform, accountId: string, actor: AgentActor, { payload }: Told): Promise<Record<string, unknown>> {
  const { caseId, entryId, customerId } = payload as { caseId?: string; entryId?: string; customerId?: string };
  return inAccount(platform, accountId, actor, async (ctx) => ({
    ...(caseId === undefined ? {} : { case: await orNull(getCase(ctx, caseId)) }),
    ...(caseId === undefined || entryId === undefined ? {} : { entry: await orNull(getEntry(ctx, caseId, entryId)) }),
    ...(customerId === undefined || !actor.permissions.has('customer.read') ? {} : { customer: await orNull(getCustomer(ctx, customerId)) }),
  }));
}
