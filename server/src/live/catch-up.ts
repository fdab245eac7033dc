import type { Platform } from '../platform/context.ts';
import { newestOfOutbox, outboxBounds, peekOutbox, type Position, type StoredEvent } from '../platform/events/index.ts';
import { readCursor } from './cursor.ts';

// Beyond that, fetching everything anew is cheaper for both sides than hearing of every change.
const MOST_EVENTS = 3_000;
const BATCH = 1_000;
// A page that has been open for longer before its socket came through had better ask anew.
const OLDEST_PAGE_MS = 10 * 60_000;
// An event bears the time at which its transaction announced it; what was seen shortly after may still have been without it.
const LONG_TRANSACTION_MS = 30_000;

export type CatchUp = { isResumed: false } | { isResumed: true; from: Position; missed: StoredEvent[] };

/**
 * What a browser with this cursor has missed of its account until now. Not resumed when the cursor is unreadable, from another history of the database, older
 * than the events that are kept, or too far back.
 */
export async function catchUp(platform: Platform, accountId: string, cursor: string | undefined, history: string): Promise<CatchUp> {
  const known = cursor === undefined ? undefined : readCursor(cursor);
  if (!known || known.history !== history) return { isResumed: false };
  return platform.database.asSystem(async (tx) => {
    const { prunedXid, nextXid } = await outboxBounds(tx);
    if (BigInt(known.position.xid) <= BigInt(prunedXid) || BigInt(known.position.xid) > BigInt(nextXid)) return { isResumed: false };
    const missed: StoredEvent[] = [];
    let position = known.position;
    for (let seen = 0, count = BATCH; count === BATCH; ) {
      // What committed beside a transaction that still runs is told as well: the reader cannot say when it will come to it.
      const list = await peekOutbox(tx, position, BATCH);
      count = list.length;
      seen += count;
      if (seen > MOST_EVENTS) return { isResumed: false };
      missed.push(...list.filter(({ event }) => event.accountId === accountId));
      position = list.at(-1)?.position ?? position;
    }
    return { isResumed: true, from: known.position, missed };
  });
}

/**
 * What happened in the account while a page was loading what it shows, `ageMs` ago at the earliest, and its socket was not there yet. Some of it may be on
 * the screen already. Not resumed when that is long ago or much has happened in all accounts since.
 */
export async function catchUpPage(platform: Platform, accountId: string, ageMs: number, from: Position): Promise<CatchUp> {
  if (!(ageMs >= 0 && ageMs <= OLDEST_PAGE_MS)) return { isResumed: false };
  const newest = await platform.database.asSystem((tx) => newestOfOutbox(tx, BATCH));
  const since = Date.now() - ageMs - LONG_TRANSACTION_MS;
  const missed = newest.filter(({ event }) => Date.parse(event.at) >= since);
  if (missed.length === BATCH) return { isResumed: false };
  return { isResumed: true, from, missed: missed.filter(({ event }) => event.accountId === accountId).reverse() };
}
