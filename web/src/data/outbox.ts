import type { Problem } from '@rapport/contract';
import { createClient } from '@rapport/sdk';
import { useSyncExternalStore } from 'react';
import { knownCase, placeCase } from './case-cache.ts';
import type { CasePatch } from './case-patch.ts';
import { countsQuery } from './cases.ts';
import { isWrittenDeed, laneOf, type Deed, type WrittenDeed } from './deeds.ts';
import { isRemembered } from './is-remembered.ts';
import { createKeep } from './keep.ts';
import { createQueue, type OutboxItem, type Verdict } from './outbox-queue.ts';
import { overlay, setPendingPatches } from './pending-patches.ts';
import { queryClient } from './query-client.ts';
import { callFor, sendDeed } from './send-deed.ts';
import { sessionQuery } from './session.ts';
import { v7 } from './uuid.ts';

type Item = OutboxItem<Deed>;
type Refused = (deed: Deed, error: unknown) => void;

const keep = createKeep<Item>('outbox');
const refusedListeners = new Set<Refused>();
const confirmedListeners = new Set<(deed: Deed) => void>();
/** Deeds that the server has confirmed while their item is still leaving the queue. */
const confirmed = new Set<string>();
const channel = new BroadcastChannel('rapport-outbox');

const queue = createQueue<Deed>({
  keep: (item) => void keep.put(item.id, item),
  forget: (id) => {
    confirmed.delete(id);
    void keep.remove(id);
    channel.postMessage({ type: 'gone', id });
  },
  send,
});

const forgotten: Problem = { type: 'about:blank', title: 'This has been waiting for more than a week', status: 0, code: 'unavailable', requestId: '' };

async function send(item: Item): Promise<Verdict> {
  if (item.agentId !== me()) return { kind: 'pause' };
  // Sent again it could reach the customer twice: the agent looks and decides.
  if (!isRemembered(item)) return isWrittenDeed(item.deed) ? { kind: 'stop', problem: forgotten } : { kind: 'drop' };
  const onDone = () => {
    confirmed.add(item.id);
    refreshPatches();
  };
  return sendDeed(item, () => {
    onDone();
    for (const listener of confirmedListeners) listener(item.deed);
  }, (error) => {
    onDone();
    if (item.deed.kind === 'update') void restoreLists();
    for (const listener of refusedListeners) listener(item.deed, error);
  });
}

function refreshPatches(): void {
  const patches = new Map<string, CasePatch[]>();
  for (const { id, deed } of queue.items()) {
    const patch = deed.kind === 'update' ? deed.patch : undefined;
    if (patch && !confirmed.has(id)) patches.set(deed.caseId, [...(patches.get(deed.caseId) ?? []), patch]);
  }
  setPendingPatches(patches);
}
queue.subscribe(refreshPatches);

/** A refused change may have moved the case through lists and counters: ask for them anew rather than guess the way back. */
async function restoreLists(): Promise<void> {
  await Promise.all([queryClient.invalidateQueries({ queryKey: ['cases'] }), queryClient.invalidateQueries({ queryKey: countsQuery.queryKey })]);
}

const me = () => queryClient.getQueryData(sessionQuery.queryKey)?.agent.id;

/** Puts a deed into the outbox; `holdMs` leaves time to take it back. Returns the item's id. Nobody signed in is a mistake of the caller and throws. */
export function enqueue(deed: Deed, holdMs = 0): string {
  const agentId = me();
  if (!agentId) throw new Error('The outbox needs a signed-in agent');
  const now = Date.now();
  const item: Item = { id: v7(now), agentId, deed, lane: laneOf(deed), createdAt: now, notBefore: holdMs > 0 ? now + holdMs : 0, attempts: 0, state: 'waiting' };
  queue.add(item);
  return item.id;
}

/** Changes a case: on the screen at once, on the server as soon as it can be reached. */
export function changeCase(caseId: string, patch: CasePatch): void {
  enqueue({ kind: 'update', caseId, patch });
  const known = knownCase(caseId);
  // `overlay` has the new patch in it already; on a cached case the earlier ones are in both, and laying them twice is harmless.
  if (known) placeCase(overlay(known));
}

/** This agent has read a case up to an entry. Shown as read at once. */
export function markRead(caseId: string, entryId: string): void {
  if (queue.items().some(({ deed }) => deed.kind === 'read' && deed.caseId === caseId && deed.entryId === entryId)) return;
  enqueue({ kind: 'read', caseId, entryId });
  const known = knownCase(caseId);
  if (known) placeCase({ ...known, isUnread: false, ...('lastReadEntryId' in known ? { lastReadEntryId: entryId } : {}) });
}

/** Takes an item back unless it is on its way. */
export const takeBack = (id: string): Item | undefined => queue.takeBack(id);
export const sendNow = (id: string) => queue.sendNow(id);
export const resumeOutbox = () => queue.resume();

/** How much waits on this device, whoever is signed in. */
export const keptOnDevice = async () => (await keep.all()).filter(([, item]) => item.deed.kind !== 'read').length;

export const outboxItems = () => queue.items();

export type WrittenItem = Item & { deed: WrittenDeed };
const isWritten = (item: Item): item is WrittenItem => isWrittenDeed(item.deed);
const writtenByCase = new Map<string, readonly WrittenItem[]>();
const nothing: readonly WrittenItem[] = [];
queue.subscribe(() => {
  const next = new Map<string, WrittenItem[]>();
  for (const item of queue.items()) if (isWritten(item)) next.set(item.deed.caseId, [...(next.get(item.deed.caseId) ?? []), item]);
  for (const caseId of writtenByCase.keys()) if (!next.has(caseId)) writtenByCase.delete(caseId);
  // A list that has not changed stays the same one, so that nothing is drawn anew because of another case.
  for (const [caseId, items] of next) {
    const before = writtenByCase.get(caseId);
    if (before?.length !== items.length || before.some((item, index) => item !== items[index])) writtenByCase.set(caseId, items);
  }
});

/** The replies and notes of a case that the server has not confirmed, oldest first. */
export const useWritten = (caseId: string) => useSyncExternalStore(queue.subscribe, () => writtenByCase.get(caseId) ?? nothing);

/** How many deeds wait to be sent; reading does not count. */
export const useWaitingCount = () => useSyncExternalStore(queue.subscribe, () => queue.items().filter((item) => item.deed.kind !== 'read').length);

/** Hears of deeds that the server refused. Returns how to stop. */
export function onRefused(listener: Refused): () => void {
  refusedListeners.add(listener);
  return () => refusedListeners.delete(listener);
}
export function onConfirmed(listener: (deed: Deed) => void): () => void {
  confirmedListeners.add(listener);
  return () => confirmedListeners.delete(listener);
}

/**
 * Takes up what an earlier visit or a closed tab left behind. Other tabs are asked first which items are theirs, so that a reply that is held in one
 * tab and taken back there is not sent by another.
 */
async function adoptOrphans(): Promise<void> {
  const agentId = me();
  if (!agentId) return;
  const taken = new Set<string>();
  const onAnswer = (event: MessageEvent<{ type: string; ids?: string[] }>) => {
    if (event.data.type === 'mine') for (const id of event.data.ids ?? []) taken.add(id);
  };
  channel.addEventListener('message', onAnswer);
  channel.postMessage({ type: 'whose' });
  await new Promise((resolve) => setTimeout(resolve, 250));
  channel.removeEventListener('message', onAnswer);
  for (const [, item] of (await keep.all()).sort(([, a], [, b]) => a.createdAt - b.createdAt)) {
    if (item.agentId !== agentId || taken.has(item.id)) continue;
    // Leaving the page has ended its hold: it may be out already, and asking again with its key tells.
    queue.add({ ...item, notBefore: 0, state: item.state === 'sending' ? 'waiting' : item.state });
  }
}

/** Sends whatever waits, and says whether all of it has got there within `ms`. */
export async function emptyOutbox(ms: number): Promise<boolean> {
  for (const item of queue.items()) queue.sendNow(item.id);
  const end = Date.now() + ms;
  while (queue.items().some((item) => item.state !== 'stopped') && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  return !queue.items().some((item) => item.state !== 'stopped');
}

let startedFor: string | undefined;
/**
 * Starts the outbox of the signed-in agent; once per page. When somebody else signs in on the same page, the page is loaded anew: what the first one left
 * unsent must not go out under another name.
 */
export function startOutbox(): void {
  if (startedFor !== undefined) return startedFor === me() ? resumeOutbox() : location.reload();
  startedFor = me();
  channel.addEventListener('message', (event: MessageEvent<{ type: string; id?: string }>) => {
    if (event.data.type === 'whose') channel.postMessage({ type: 'mine', ids: queue.items().map((item) => item.id) });
    if (event.data.type === 'gone' && event.data.id) queue.takeBack(event.data.id);
    if (event.data.type === 'left') void adoptOrphans();
  });
  void adoptOrphans();
  addEventListener('online', () => queue.resume());
  addEventListener('pagehide', leave);
}

/**
 * The page is being left: what waits is sent with requests that outlive it. The items stay in the keep until an answer has been seen, and are sent
 * again with the same key on return, which does nothing twice.
 */
function leave(): void {
  const parting = createClient({ fetch: (url, init) => fetch(url, { ...init, keepalive: true }) });
  const lanes = new Set<string>();
  for (const item of queue.items()) {
    if (item.state !== 'waiting' || lanes.has(item.lane)) continue;
    lanes.add(item.lane);
    callFor(item, parting).catch(() => undefined);
  }
  channel.postMessage({ type: 'left' });
}
