import { recordImported, type ImportedRecord } from '../../ledger/index.ts';
import type { InboxFacts } from '../../inboxes/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { bucketOf } from '../search-text.ts';
import type { MessageDetail } from '../message-detail.ts';
import { insertCases, insertEntries, lockImported, remember, takeNumbers, updateAppended, type HeldCase, type NewCaseRow, type NewEntryRow } from './import-store.ts';
import type { ImportedAppend, ImportedCase, ImportedEntry } from './imported.ts';

/**
 * Brings in cases, and entries of cases that an import made, with the times they had. Call it in a quiet transaction: nothing of it is news. Entries get ids of their own time, so that a
 * timeline is in order in whatever order its parts come. Answers the ids of the cases, in the order given.
 * Throws what makes the transaction run again when somebody else takes the same message in at the same moment.
 */
export async function importCases(ctx: Ctx, into: { importId: string; inbox: InboxFacts }, cases: readonly ImportedCase[], appends: readonly ImportedAppend[]): Promise<string[]> {
  const { inbox } = into;
  const made = cases.map((each) => ({ each, id: newId(each.createdAt), entries: withIds(each.entries) }));
  const held = appends.length === 0 ? [] : await lockImported(ctx, [...new Set(appends.map((append) => append.caseId))].sort());
  const rows: NewEntryRow[] = [];
  const ledger: ImportedRecord[] = [];
  const keys: { key: string; caseId: string; entryId: string }[] = [];
  for (const append of appends) {
    const before = held.find((one) => one.id === append.caseId);
    if (!before?.takes) throw Object.assign(new Error('The case was merged or set aside at the same moment.'), { code: '40001' });
    const entries = withIds(append.entries);
    await updateAppended(ctx, [appended(before, entries)]);
    // Another append of the same batch builds on this one.
    Object.assign(before, lastsOf(before, entries));
    for (const entry of entries) collect(rows, ledger, inbox, before.id, before.number, entry, 'appended');
  }
  if (made.length > 0) {
    const first = await takeNumbers(ctx, made.length);
    await insertCases(ctx, into.importId, inbox, made.map(({ each, id, entries }, i) => caseRow(each, id, first + i, entries)));
    made.forEach(({ each, id, entries }, i) => {
      entries.forEach((entry, nth) => collect(rows, ledger, inbox, id, first + i, entry, nth === 0 ? 'new_case' : 'appended'));
      if (each.dedupeKey !== null) keys.push({ key: each.dedupeKey, caseId: id, entryId: entries[0]?.id ?? id });
    });
  }
  if (rows.length > 0) await insertEntries(ctx, inbox.id, rows);
  if (keys.length > 0) await remember(ctx, inbox.id, keys);
  if (ledger.length > 0) await recordImported(ctx, ledger);
  return made.map(({ id }) => id);
}

type WithId = ImportedEntry & { id: string };

/** Ids of the entries' own times, each greater than the one before. */
function withIds(entries: readonly ImportedEntry[]): WithId[] {
  let last = 0;
  return entries.map((entry) => {
    last = Math.max(entry.at.getTime(), last + 1);
    return { ...entry, id: newId(new Date(last)) };
  });
}

function collect(rows: NewEntryRow[], ledger: ImportedRecord[], inbox: InboxFacts, caseId: string, number: number, entry: WithId, outcome: 'new_case' | 'appended'): void {
  const isOut = entry.kind === 'message' && entry.direction === 'out';
  rows.push({
    caseId, id: entry.id, kind: entry.kind, direction: entry.kind === 'message' ? entry.direction : null, authorKind: entry.author.kind, authorId: entry.author.id, authorName: entry.author.name, at: entry.at, body: entry.text, html: entry.html, detail: entry.detail,
    searchText: entry.searchText, searchBucket: bucketOf(number), rawKey: entry.rawKey, deliveryState: isOut ? 'accepted' : null, dedupeKey: entry.dedupeKey, files: entry.files.map((one) => ({ ...one, id: newId() })), people: entry.people, threadKeys: entry.threadKeys,
  });
  if (entry.kind !== 'message' || entry.direction === null) return;
  const { from, to, cc, subject } = entry.detail as MessageDetail;
  ledger.push({
    inboxId: inbox.id, direction: entry.direction, outcome, messageId: entry.messageId, sender: from.address, recipients: [...to, ...cc].map(({ address }) => address), subject, bytes: entry.bytes,
    maskedCardNumbers: entry.maskedCardNumbers, caseId, entryId: entry.id, rawKey: entry.rawKey,
  });
}

const isMessage = (entry: ImportedEntry): boolean => entry.kind === 'message';
const isFromPerson = (entry: ImportedEntry): boolean => isMessage(entry) && entry.direction === 'in' && (entry.detail as MessageDetail).automatic === null;

/** Since when the customer has waited: their first message after the last answer. */
function waitingSince(entries: readonly ImportedEntry[]): Date | null {
  const lastAnswer = entries.findLastIndex((entry) => isMessage(entry) && entry.direction === 'out');
  return entries.slice(lastAnswer + 1).find(isFromPerson)?.at ?? null;
}

const isDone = (status: string): boolean => status === 'resolved' || status === 'closed';

function caseRow(each: ImportedCase, id: string, number: number, entries: readonly WithId[]): NewCaseRow {
  const last = entries.at(-1) as WithId;
  return {
    id, number, subject: each.subject, customerId: each.customerId, status: each.status, priority: each.priority, assigneeId: each.assigneeId, tags: each.tags,
    waitingSince: isDone(each.status) ? null : waitingSince(entries), resolvedAt: isDone(each.status) ? (each.resolvedAt ?? last.at) : null, lastActivityAt: last.at, lastEntryId: last.id,
    lastIncomingId: entries.findLast((entry) => isMessage(entry) && entry.direction === 'in')?.id ?? null, preview: (entries.findLast(isMessage) ?? last).preview, messageCount: entries.filter(isMessage).length, createdAt: each.createdAt,
  };
}

/** What a case is after entries were added, whatever their times: the newest of all decides. */
function lastsOf(before: HeldCase, entries: readonly WithId[]): Pick<HeldCase, 'lastEntryId' | 'lastIncomingId' | 'lastActivityAt' | 'createdAt' | 'waitingSince'> {
  const last = entries.at(-1) as WithId, first = entries[0] as WithId;
  const incoming = entries.findLast((entry) => isMessage(entry) && entry.direction === 'in');
  const isNewest = last.id > before.lastEntryId;
  const isAnswered = entries.some((entry) => isMessage(entry) && entry.direction === 'out');
  return {
    lastEntryId: isNewest ? last.id : before.lastEntryId, lastIncomingId: incoming !== undefined && incoming.id > (before.lastIncomingId ?? '') ? incoming.id : before.lastIncomingId,
    lastActivityAt: last.at > before.lastActivityAt ? last.at : before.lastActivityAt, createdAt: first.at < before.createdAt ? first.at : before.createdAt,
    waitingSince: isDone(before.status) ? null : !isNewest ? before.waitingSince : isAnswered ? waitingSince(entries) : (before.waitingSince ?? waitingSince(entries)),
  };
}

function appended(before: HeldCase, entries: readonly WithId[]): Parameters<typeof updateAppended>[1][number] {
  const lasts = lastsOf(before, entries);
  const message = entries.findLast(isMessage);
  return {
    id: before.id, messages: entries.filter(isMessage).length, ...lasts, preview: lasts.lastEntryId !== before.lastEntryId && message ? message.preview : null, resolvedAt: isDone(before.status) ? lasts.lastActivityAt : null, isTouched: before.isTouched,
  };
}
