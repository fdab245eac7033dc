import type { EventPayload, PlannedMessage } from '@rapport/contract';
import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';
import { queryClient } from './query-client.ts';

type HeldBack = (payload: EventPayload<'plan.changed'>) => void;

/** What waits to be sent on a case, for the seconds of taking back or until a chosen time. */
export const plannedQuery = (caseId: string) =>
  queryOptions({ queryKey: ['planned', caseId] as const, queryFn: async ({ signal }): Promise<PlannedMessage[]> => (await client.mailOut.listPlanned({ params: { caseId }, signal })).items });

/** By the key of the request that made it, so that what was just sent can be taken back from where it was sent. */
const planIds = new Map<string, string>();
const heldBackListeners = new Set<HeldBack>();

/** The server has taken it in: shown at once. */
export function keepPlanned(planned: PlannedMessage, madeBy: string): void {
  planIds.set(madeBy, planned.id);
  // An answer that is told again may be about what has gone out long since.
  if (Date.parse(planned.sendAt) <= Date.now()) return void queryClient.invalidateQueries({ queryKey: plannedQuery(planned.caseId).queryKey });
  void queryClient.cancelQueries({ queryKey: plannedQuery(planned.caseId).queryKey });
  queryClient.setQueryData(plannedQuery(planned.caseId).queryKey, (now: PlannedMessage[] | undefined) => [...(now ?? []).filter((one) => one.id !== planned.id), planned]);
}
export const planMadeBy = (itemId: string): string | undefined => planIds.get(itemId);

function drop(caseId: string, planId: string): void {
  // An answer that was asked for before would bring it back.
  void queryClient.cancelQueries({ queryKey: plannedQuery(caseId).queryKey });
  queryClient.setQueryData(plannedQuery(caseId).queryKey, (now: PlannedMessage[] | undefined) => now?.filter((one) => one.id !== planId));
}

/** Something has become of a message that waits, here or anywhere. */
export function hearPlan(payload: EventPayload<'plan.changed'>): void {
  if (payload.state === 'sent' || payload.state === 'taken_back') drop(payload.caseId, payload.planId);
  else void queryClient.invalidateQueries({ queryKey: plannedQuery(payload.caseId).queryKey });
  if (payload.state === 'held_back') for (const listener of heldBackListeners) listener(payload);
}

/** Hears of messages that were held back until a person decides. Returns how to stop. */
export function onHeldBack(listener: HeldBack): () => void {
  heldBackListeners.add(listener);
  return () => heldBackListeners.delete(listener);
}

/** Takes a message back; what was written is this agent's draft again. Throws the refusal `too_late` once it was handed over. */
export async function takeBackPlan(caseId: string, planId: string): Promise<{ mode: 'reply' | 'forward'; revision: number }> {
  try {
    return await client.mailOut.takeBack({ params: { caseId, planId } });
  } finally {
    drop(caseId, planId);
    void queryClient.invalidateQueries({ queryKey: plannedQuery(caseId).queryKey });
  }
}

export async function sendPlanNow(caseId: string, planId: string): Promise<void> {
  await client.mailOut.sendNow({ params: { caseId, planId } });
  drop(caseId, planId);
}

export async function reschedulePlan(caseId: string, planId: string, time: { sendAt: string; timeZone: string }): Promise<void> {
  const planned = await client.mailOut.reschedule({ params: { caseId, planId }, body: time });
  keepPlanned(planned, planId);
}
