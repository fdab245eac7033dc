import type { Client } from '@rapport/sdk';
import { placeCase, dropCase } from './case-cache.ts';
import { caseQuery, keepEntry, loadLater } from './cases.ts';
import { client, isPassing, isProblem } from './client.ts';
import { isWrittenDeed, type Deed } from './deeds.ts';
import type { OutboxItem, Verdict } from './outbox-queue.ts';
import { overlay } from './pending-patches.ts';
import { keepPlanned } from './planned.ts';
import { announceSignedOut, queryClient } from './query-client.ts';
import { listRefresh } from './refresh-lists.ts';

/** The call for a deed, without any of its effects here. Also used when the page is being left. */
export function callFor(item: OutboxItem<Deed>, via: Client = client): Promise<unknown> {
  const { deed, id: idempotencyKey } = item;
  const params = { caseId: deed.caseId };
  switch (deed.kind) {
    case 'reply': return via.mailOut.plan({ params, body: { message: { ...deed.body, kind: 'reply' }, ...deed.at }, idempotencyKey });
    case 'forward': return via.mailOut.plan({ params, body: { message: { ...deed.body, kind: 'forward' }, ...deed.at }, idempotencyKey });
    case 'note': return via.cases.addNote({ params, body: deed.body, idempotencyKey });
    case 'update': return via.cases.update({ params, body: deed.patch, idempotencyKey });
    case 'read': return via.cases.markRead({ params, body: { entryId: deed.entryId }, idempotencyKey });
    case 'retry': return via.cases.retryDelivery({ params: { ...params, entryId: deed.entryId }, idempotencyKey });
  }
}

async function settle(item: OutboxItem<Deed>, answer: unknown, forget: () => void): Promise<void> {
  const { deed } = item;
  // Confirmed: from here on the server's word stands alone, or the change would be laid over its own result.
  forget();
  if (deed.kind !== 'read') listRefresh.ownDeed();
  if (deed.kind === 'update') placeCase(overlay(answer as Awaited<ReturnType<Client['cases']['update']>>));
  else if (deed.kind === 'reply' || deed.kind === 'forward') {
    const { planned } = answer as Awaited<ReturnType<Client['mailOut']['plan']>>;
    if (planned) keepPlanned(planned, item.id);
    else await loadLater(deed.caseId);
  } else if (deed.kind === 'note' || deed.kind === 'retry') {
    const entry = answer as Awaited<ReturnType<Client['cases']['reply']>>;
    if (deed.kind === 'retry') keepEntry(deed.caseId, entry);
    // Changes that the same deed made (a new status) stand beside the entry, and a colleague's may stand before it: ask for all that is new.
    else await loadLater(deed.caseId).catch(() => keepEntry(deed.caseId, entry));
  }
}

/** Sends one item of the outbox and says what became of it. `onConfirmed` runs before the caches are brought up to date. */
export async function sendDeed(item: OutboxItem<Deed>, onConfirmed: () => void, onRefused: (error: unknown) => void): Promise<Verdict> {
  try {
    const answer = await callFor(item);
    await settle(item, answer, onConfirmed);
    return { kind: 'done' };
  } catch (error) {
    if (isProblem(error, 'signed_out')) {
      announceSignedOut();
      return { kind: 'pause' };
    }
    if (isPassing(error)) return { kind: 'again' };
    const { deed } = item;
    if (deed.kind === 'read') return { kind: 'drop' };
    onRefused(error);
    if (isProblem(error, 'not_found')) dropCase(deed.caseId);
    else void queryClient.invalidateQueries({ queryKey: caseQuery(deed.caseId).queryKey });
    if (isProblem(error) && isWrittenDeed(deed)) return { kind: 'stop', problem: error.problem };
    return { kind: 'drop' };
  }
}
