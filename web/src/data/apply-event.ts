import type { EventPayload, EventTopic, FromServer } from '@rapport/contract';
import { dropCase, knownCase, placeCase } from './case-cache.ts';
import { caseQuery, countsQuery, loadLater, reloadEntry } from './cases.ts';
import { client, isProblem } from './client.ts';
import type { DraftMode } from './draft-state.ts';
import { pullDraft } from './drafts.ts';
import { overlay } from './pending-patches.ts';
import { hearPlan } from './planned.ts';
import { queryClient } from './query-client.ts';
import { listRefresh } from './refresh-lists.ts';
import { sessionQuery } from './session.ts';
import { ownWorkQuery, queuesQuery, refreshCaseWork, refreshPresence, refreshWork, stirWall, workforceSettingsQuery } from './waiting.ts';

/** Cases that have changed and are to be looked at again; many events for one case make one request. */
const waiting = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let countsTimer: ReturnType<typeof setTimeout> | undefined;

const GATHER_MS = 120;
/** More changed cases than this within one gathering are cheaper as new list pages. */
const MANY = 8;

/** Everything the server told us may be out of date: after a gap that could not be replayed. */
export function fetchAnew(): void {
  void queryClient.invalidateQueries();
}

/** With another role or team other cases are the agent's to see: what they may not see any more must not stand on the screen until they reload. */
async function readRightsAnew(): Promise<void> {
  const rights = () => {
    const session = queryClient.getQueryData(sessionQuery.queryKey);
    return session && JSON.stringify([session.permissions, session.caseScope, session.agent.teamIds]);
  };
  const before = rights();
  await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  if (before !== undefined && rights() !== before) fetchAnew();
}

/** What is on the screen, once more; for as long as no events come. */
export function lookAgain(): void {
  for (const key of ['cases', 'view-cases', 'view-counts', 'case-counts', 'case', 'entries', 'planned', 'notifications', 'own-presence', 'own-work']) void queryClient.invalidateQueries({ queryKey: [key], refetchType: 'active' });
}

/** What could not be loaded while the server was away. */
export function retryFailed(): void {
  void queryClient.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
}

async function refreshCase(caseId: string): Promise<void> {
  try {
    placeCase(overlay(await client.cases.get({ params: { caseId } })));
  } catch (error) {
    // Given to another team, for example: not ours to see any more.
    if (isProblem(error, 'not_found', 'not_allowed')) dropCase(caseId);
  }
}

function refreshWaiting(): void {
  timer = undefined;
  const ids = [...waiting];
  waiting.clear();
  if (ids.length <= MANY) {
    for (const id of ids) void refreshCase(id);
    return;
  }
  void queryClient.invalidateQueries({ queryKey: ['cases'] });
  for (const id of ids) void queryClient.invalidateQueries({ queryKey: caseQuery(id).queryKey });
}

function look(caseId: string, version: number): void {
  const known = knownCase(caseId);
  if (!known || known.version < version) {
    waiting.add(caseId);
    timer ??= setTimeout(refreshWaiting, GATHER_MS);
  }
  // Counters only need to be true within a second; our own moves have been counted already.
  countsTimer ??= setTimeout(() => {
    countsTimer = undefined;
    void queryClient.invalidateQueries({ queryKey: countsQuery.queryKey });
  }, 1000);
  listRefresh.changed();
}

/** Kept by the desk, which knows how to put timelines right; the entry does not carry it. */
const movedListeners = new Set<(payload: EventPayload<'case.moved'>) => void>();

export function onCaseMoved(listener: (payload: EventPayload<'case.moved'>) => void): () => void {
  movedListeners.add(listener);
  return () => movedListeners.delete(listener);
}

const handlers: { [T in EventTopic]?: (payload: EventPayload<T>) => void } = {
  'case.created': ({ caseId, version }) => look(caseId, version),
  'case.changed': ({ caseId, version }) => {
    look(caseId, version);
    void loadLater(caseId).catch(() => undefined);
  },
  'case.moved': (payload) => {
    for (const listener of movedListeners) listener(payload);
  },
  'case.linked': ({ caseId }) => void queryClient.invalidateQueries({ queryKey: ['case-links', caseId] }),
  'message.received': ({ caseId, version }) => {
    look(caseId, version);
    void loadLater(caseId).catch(() => undefined);
    for (const key of [['customer-cases'], ['case-language', caseId]]) void queryClient.invalidateQueries({ queryKey: key });
  },
  'message.queued': ({ caseId, version }) => {
    look(caseId, version);
    void loadLater(caseId).catch(() => undefined);
  },
  'note.added': ({ caseId, version }) => {
    look(caseId, version);
    void loadLater(caseId).catch(() => undefined);
  },
  'plan.changed': (payload) => {
    hearPlan(payload);
    // Its row says whether somebody must decide; what goes out by itself leaves it as it is.
    if (payload.state === 'held_back' || knownCase(payload.caseId)?.hasHeldBack) void refreshCase(payload.caseId);
    if (payload.state === 'sent') void loadLater(payload.caseId).catch(() => undefined);
  },
  'followers.changed': ({ caseId }) => void queryClient.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }),
  'views.changed': () => {
    for (const key of ['views', 'view-counts']) void queryClient.invalidateQueries({ queryKey: [key] });
  },
  'rules.changed': () => void queryClient.invalidateQueries({ queryKey: ['rules'] }),
  'due.changed': ({ caseId, version }) => {
    // It is no new version of the case.
    if (knownCase(caseId)) void refreshCase(caseId);
    look(caseId, version);
    void queryClient.invalidateQueries({ queryKey: ['clocks', caseId] });
  },
  'service_policies.changed': () => {
    for (const key of ['service-policies', 'cases', 'view-cases', 'view-counts', 'case', 'clocks']) void queryClient.invalidateQueries({ queryKey: [key] });
  },
  // What was said first may be said otherwise, in the same line.
  'survey.answered': ({ caseId, entryId }) => void reloadEntry(caseId, entryId).catch(() => undefined),
  'surveys.changed': () => void queryClient.invalidateQueries({ queryKey: ['surveys'] }),
  'calendars.changed': () => void queryClient.invalidateQueries({ queryKey: ['calendars'] }),
  'fields.changed': () => void queryClient.invalidateQueries({ queryKey: ['case-fields'] }),
  'agent.mentioned': () => void queryClient.invalidateQueries({ queryKey: ['mentions'] }),
  'notification.changed': () => {
    for (const key of ['notifications', 'notification-settings']) void queryClient.invalidateQueries({ queryKey: [key] });
  },
  'mention.read': () => void queryClient.invalidateQueries({ queryKey: ['mentions'] }),
  'bulk.progressed': ({ state }) => {
    void queryClient.invalidateQueries({ queryKey: ['bulk'] });
    // A search is dear, so it is not asked again for every case; but what was changed from it stands changed in it.
    if (state === 'done' || state === 'undone') {
      listRefresh.ownDeed();
      void queryClient.invalidateQueries({ queryKey: ['search'] });
    }
  },
  'delivery.changed': ({ caseId, version, entryId }) => {
    look(caseId, version);
    void reloadEntry(caseId, entryId).catch(() => undefined);
  },
  'case.read': ({ caseId }) => {
    if (knownCase(caseId)?.isUnread) void refreshCase(caseId);
  },
  'draft.saved': ({ caseId, mode, revision }) => void pullDraft(caseId, mode as DraftMode, revision),
  'customer.changed': ({ customerId }) => void queryClient.invalidateQueries({ queryKey: ['customer', customerId] }),
  'customer.erased': () => fetchAnew(),
  'organizations.changed': () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'organizations' || queryKey[0] === 'organization' }),
  'inbox.changed': () => void queryClient.invalidateQueries({ queryKey: ['inboxes'] }),
  'presence.changed': ({ agentId }) => {
    if (agentId === queryClient.getQueryData(sessionQuery.queryKey)?.agent.id) void refreshPresence();
    stirWall();
  },
  'workforce.changed': () => void queryClient.invalidateQueries({ queryKey: workforceSettingsQuery.queryKey }),
  'queues.changed': () => {
    void queryClient.invalidateQueries({ queryKey: queuesQuery.queryKey });
    stirWall();
  },
  'offer.changed': () => void refreshWork(),
  'work.changed': ({ itemId, agentId, caseId }) => {
    stirWall();
    if (caseId !== null) void refreshCaseWork(caseId);
    // The lines move all day: only what is this agent's, or was, is looked at again.
    const known = queryClient.getQueryData(ownWorkQuery.queryKey);
    const isOwn = agentId === queryClient.getQueryData(sessionQuery.queryKey)?.agent.id;
    if (known && (isOwn || known.items.some(({ id }) => id === itemId) || known.offers.some(({ item }) => item.id === itemId))) void refreshWork();
  },
  'people.changed': () => {
    for (const key of ['agents', 'teams', 'roles']) void queryClient.invalidateQueries({ queryKey: [key] });
    void readRightsAnew();
  },
  'account.changed': () => void queryClient.invalidateQueries({ queryKey: ['session'] }),
};

/** Brings the caches up to date after something has happened anywhere. */
export function applyEvent(event: Extract<FromServer, { type: 'event' }>): void {
  const handle = handlers[event.topic as EventTopic] as ((payload: unknown) => void) | undefined;
  handle?.(event.payload);
}
