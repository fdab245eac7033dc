import type { Draft } from '@rapport/contract';
import { useSyncExternalStore } from 'react';
import { client, isProblem } from './client.ts';
import { asUsual, draftModes, isEmptyDraft, reconcile, type DraftContent, type DraftMode, type LocalDraft, type ServerDraft } from './draft-state.ts';
import { isWrittenDeed } from './deeds.ts';
import { createKeep } from './keep.ts';
import { onOpening, openingUnderWay } from './opening.ts';
import { onConfirmed, outboxItems } from './outbox.ts';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';

export interface DraftView {
  content: LocalDraft;
  /** `kept`: on this device, not on the server yet. */
  state: 'loading' | 'empty' | 'saved' | 'saving' | 'kept';
  /** What another device wrote meanwhile, while this one wrote too. */
  other: ServerDraft | undefined;
}

const nothing: LocalDraft = { ...asUsual, text: '', to: [], cc: [], attachments: [], revision: 0, isDirty: false, changedAt: 0 };
const loading: DraftView = { content: nothing, state: 'loading', other: undefined };
const SAVE_MS = 900;
const KEEP_MS = 120;
const RESCUE = 'rapport.draft-rescue';

/** On the device, drafts stand under the agent who wrote them: whoever signs in next must not find them. */
const keep = createKeep<LocalDraft>('drafts');
const keptKey = (key: string) => `${myId()}/${key}`;
const myId = () => queryClient.getQueryData(sessionQuery.queryKey)?.agent.id ?? 'nobody';
const views = new Map<string, DraftView>();
const opened = new Set<string>();
const opening = new Set<string>();
/** When a case was opened with its drafts; from then on they are told of as they change. */
const cameAt = new Map<string, number>();
const FRESH_MS = 60_000;
const saveTimers = new Map<string, ReturnType<typeof setTimeout>>();
const keepTimers = new Map<string, ReturnType<typeof setTimeout>>();
const saving = new Set<string>();
const savedAt = new Map<string, number>();
const listeners = new Set<() => void>();

const keyOf = (caseId: string, mode: DraftMode) => `${caseId}/${mode}`;
const partsOf = (key: string) => key.split('/') as [string, DraftMode];

function show(key: string, view: DraftView): void {
  views.set(key, view);
  for (const listener of listeners) listener();
}

function stateOf(content: LocalDraft): DraftView['state'] {
  if (content.isDirty) return 'kept';
  return isEmptyDraft(content) ? 'empty' : 'saved';
}

const extrasOf = ({ html, bcc, from, subject, forwardOf, originalFileIds }: Pick<ServerDraft, keyof typeof asUsual>) => ({ html, bcc, from, subject, forwardOf, originalFileIds });
const fromServer = (draft: Draft): ServerDraft => ({ ...extrasOf(draft), text: draft.text, to: draft.to, cc: draft.cc, attachments: draft.attachments, revision: draft.revision, updatedAt: draft.updatedAt });
const taken = (draft: ServerDraft | undefined): LocalDraft => (draft ? { ...extrasOf(draft), text: draft.text, to: draft.to, cc: draft.cc, attachments: draft.attachments, revision: draft.revision, isDirty: false, changedAt: Date.parse(draft.updatedAt) } : nothing);

function keepSoon(key: string): void {
  clearTimeout(keepTimers.get(key));
  keepTimers.set(key, setTimeout(() => keepNow(key), KEEP_MS));
}
function keepNow(key: string): void {
  keepTimers.delete(key);
  const content = views.get(key)?.content;
  if (!content || (isEmptyDraft(content) && !content.isDirty)) void keep.remove(keptKey(key));
  else void keep.put(keptKey(key), content);
}

function meet(key: string, server: ServerDraft | undefined): void {
  const before = views.get(key) ?? loading;
  const choice = reconcile(before.state === 'loading' ? undefined : before.content, server);
  if (choice === 'server') show(key, { content: taken(server), state: stateOf(taken(server)), other: undefined });
  else if (choice === 'ask') show(key, { ...before, other: server });
  else {
    // The server's revision is the one to build on, or the next save would be refused for being old.
    const content = { ...before.content, revision: server?.revision ?? 0 };
    show(key, { content, state: stateOf(content), other: undefined });
    if (content.isDirty) saveSoon(key, 0);
  }
  keepSoon(key);
}

async function open(caseId: string, take: () => Promise<void> | void = () => pull(caseId)): Promise<void> {
  opened.add(caseId);
  opening.add(caseId);
  try {
    await openFromDevice(caseId);
    await take();
  } finally {
    opening.delete(caseId);
  }
}

async function openFromDevice(caseId: string): Promise<void> {
  await rescued;
  const kept = new Map(await keep.all());
  for (const mode of draftModes) {
    const key = keyOf(caseId, mode);
    const before = views.get(key);
    if (before && before.state !== 'loading') continue;
    const content = kept.get(keptKey(key));
    // Kept by an earlier release it has no more than words and first recipients.
    if (content) show(key, { content: { ...asUsual, ...content }, state: stateOf(content), other: undefined });
  }
}

async function pull(caseId: string): Promise<void> {
  const askedAt = Date.now();
  let items: Draft[] | undefined;
  try {
    items = (await client.cases.listDrafts({ params: { caseId } })).items;
  } catch {
    // Offline or refused: what this device has goes on.
  }
  meetAll(caseId, items, askedAt);
}

function meetAll(caseId: string, items: readonly Draft[] | undefined, askedAt: number): void {
  for (const mode of draftModes) {
    const key = keyOf(caseId, mode);
    if (items) {
      const found = items.find((draft) => draft.mode === mode);
      // An answer that is older than what has been saved since says nothing.
      if (!saving.has(key) && !isBeingSent(key) && (savedAt.get(key) ?? 0) < askedAt) meet(key, found && fromServer(found));
    } else if ((views.get(key) ?? loading).state === 'loading') show(key, { content: nothing, state: 'empty', other: undefined });
  }
}

/** Another device of this agent has saved: take it up unless we have it. */
export async function pullDraft(caseId: string, mode: DraftMode, revision: number): Promise<void> {
  const view = views.get(keyOf(caseId, mode));
  if (view && view.state !== 'loading' && !saving.has(keyOf(caseId, mode)) && revision > view.content.revision) await pull(caseId);
}

function saveSoon(key: string, ms = SAVE_MS): void {
  clearTimeout(saveTimers.get(key));
  saveTimers.set(key, setTimeout(() => void save(key), ms));
}

async function save(key: string): Promise<void> {
  saveTimers.delete(key);
  const view = views.get(key);
  if (!view?.content.isDirty || view.other) return;
  // Two saves of one draft at once would race for the revision.
  if (saving.has(key)) return saveSoon(key);
  const [caseId, mode] = partsOf(key);
  const sent = view.content;
  saving.add(key);
  show(key, { ...view, state: 'saving' });
  try {
    const { text, to, cc, attachments, revision } = sent;
    const saved = await client.cases.saveDraft({ params: { caseId, mode }, body: { ...extrasOf(sent), text, to, cc, attachmentIds: attachments.map((one) => one.id), revision } });
    savedAt.set(key, Date.now());
    const now = views.get(key)!.content;
    const isSame = now.changedAt === sent.changedAt;
    const content = { ...now, revision: saved?.revision ?? 0, isDirty: !isSame };
    show(key, { content, state: isSame ? stateOf(content) : 'kept', other: undefined });
    if (!isSame) saveSoon(key);
    keepSoon(key);
  } catch (error) {
    show(key, { ...views.get(key)!, state: 'kept' });
    if (isProblem(error, 'changed_meanwhile')) {
      saving.delete(key);
      await pull(caseId);
    } else if (!isProblem(error)) saveSoon(key, 5000);
  } finally {
    saving.delete(key);
  }
}

export function editDraft(caseId: string, mode: DraftMode, change: Partial<DraftContent>): void {
  const key = keyOf(caseId, mode);
  const before = views.get(key) ?? loading;
  const content = { ...before.content, ...change, isDirty: true, changedAt: Date.now() };
  show(key, { ...before, content, state: 'kept' });
  keepSoon(key);
  saveSoon(key);
}

/** The draft has become a message in the outbox: empty here at once; on the server when the message has got there. */
export function emptyDraft(caseId: string, mode: DraftMode): void {
  const key = keyOf(caseId, mode);
  clearTimeout(saveTimers.get(key));
  const revision = views.get(key)?.content.revision ?? 0;
  show(key, { content: { ...nothing, revision, changedAt: Date.now() }, state: 'empty', other: undefined });
  // At once, and soon again: a page that is closed right now must not show what was sent as a draft when it comes back.
  void keep.remove(keptKey(key));
  keepSoon(key);
}

/**
 * The message has been taken in, and the server has emptied the draft it was written from. A draft that was begun meanwhile is this device's alone:
 * it is saved again, as a new one.
 */
function settleSent(caseId: string, mode: DraftMode): void {
  const key = keyOf(caseId, mode);
  const view = views.get(key);
  if (!view || view.state === 'loading') return;
  const isBegun = !isEmptyDraft(view.content);
  show(key, { ...view, content: { ...view.content, revision: 0, isDirty: isBegun }, state: isBegun ? 'kept' : 'empty', other: undefined });
  if (isBegun) saveSoon(key);
  keepSoon(key);
}

/** While a message waits to be sent, the server's draft is the one it was written from, not news. */
const isBeingSent = (key: string) => outboxItems().some(({ deed, state }) => state !== 'stopped' && isWrittenDeed(deed) && keyOf(deed.caseId, deed.kind) === key);

/** Ends the question which of two versions goes on. */
export function settleDraft(caseId: string, mode: DraftMode, choice: 'mine' | 'theirs'): void {
  const key = keyOf(caseId, mode);
  const view = views.get(key);
  if (!view?.other) return;
  if (choice === 'theirs') show(key, { content: taken(view.other), state: 'saved', other: undefined });
  else {
    show(key, { content: { ...view.content, revision: view.other.revision }, state: 'kept', other: undefined });
    saveSoon(key, 0);
  }
  keepSoon(key);
}

/** A draft, opened from this device and the server when it is first asked for. */
export function useDraft(caseId: string, mode: DraftMode): DraftView {
  if (!opened.has(caseId)) void open(caseId);
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => views.get(keyOf(caseId, mode)) ?? loading);
}

onOpening(({ case: { id }, drafts }, askedAt) => {
  cameAt.set(id, askedAt);
  void open(id, () => meetAll(id, drafts, askedAt));
});

/** When a case is opened: its drafts come with it, or have just come. */
export function openDrafts(caseId: string): void {
  const coming = openingUnderWay(caseId);
  if (coming) void coming.catch(() => refreshDrafts(caseId));
  else if (Date.now() - (cameAt.get(caseId) ?? 0) > FRESH_MS) refreshDrafts(caseId);
}

/** Looks at the server's drafts again. */
export function refreshDrafts(caseId: string): void {
  if (!opened.has(caseId)) void open(caseId);
  else if (!opening.has(caseId)) void pull(caseId);
}

/** Saves again whatever could not be saved while offline. */
export function resumeDrafts(): void {
  for (const [key, view] of views) if (view.content.isDirty && view.state !== 'saving') saveSoon(key, 0);
}

// IndexedDB may not finish while a page is being closed; localStorage is written before the call returns. What it saved is moved over at the next start.
async function takeRescued(): Promise<void> {
  const text = localStorage.getItem(RESCUE);
  if (!text) return;
  const kept = new Map(await keep.all());
  for (const [key, content] of Object.entries(JSON.parse(text) as Record<string, LocalDraft>)) {
    if (content.changedAt <= (kept.get(key)?.changedAt ?? 0)) continue;
    if (isEmptyDraft(content) && !content.isDirty) await keep.remove(key);
    else await keep.put(key, content);
  }
  localStorage.removeItem(RESCUE);
}
const rescued = takeRescued().catch(() => undefined);

let isStarted = false;
/** Saves the last keystrokes when the page is closed, and follows what is sent; once per page. */
export function startDrafts(): void {
  if (isStarted) return;
  isStarted = true;
  onConfirmed((deed) => {
    if (isWrittenDeed(deed)) settleSent(deed.caseId, deed.kind);
  });
  addEventListener('pagehide', () => {
    const unsaved = [...views].filter(([key, view]) => keepTimers.has(key) || (view.content.isDirty && !isEmptyDraft(view.content))).map(([key, view]) => [keptKey(key), view.content]);
    try {
      if (unsaved.length > 0) localStorage.setItem(RESCUE, JSON.stringify(Object.fromEntries(unsaved)));
    } catch {
      // The store is full; IndexedDB has all but the last keystrokes.
    }
  });
}

/** Takes this agent's drafts off the device, at sign-out: on a shared machine the next person must not find them. They stay on the server. */
export async function clearDrafts(): Promise<void> {
  for (const [key] of await keep.all()) await keep.remove(key);
  localStorage.removeItem(RESCUE);
}
