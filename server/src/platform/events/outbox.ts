import type { AnnouncedEvent } from '@rapport/contract';
import type { Tx } from '../database/index.ts';

/** A place between two events of the outbox. Events are ordered by the transaction that wrote them, then by id. */
export interface Position {
  xid: string;
  id: string;
}

export interface StoredEvent {
  position: Position;
  event: AnnouncedEvent;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface EventRow {
  account_id: string;
  id: string;
  xid: string;
  topic: AnnouncedEvent['topic'];
  payload: unknown;
  created_at: Date;
}

/** Negative when `a` comes before `b`. Ids are lower-case UUIDs, whose text sorts as their bytes do. */
export function comparePositions(a: Position, b: Position): number {
  if (a.xid !== b.xid) return BigInt(a.xid) < BigInt(b.xid) ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

// `e.xid` in the order, with its table: a bare `xid` would mean the text beside it, in which 1000 comes before 999.
const readVisible = (condition: string) => `select e.account_id, e.id, e.xid::text as xid, e.topic, e.payload, e.created_at from event e
  where (e.xid, e.id) > ($1::text::xid8, $2::uuid) ${condition} order by e.xid, e.id limit $3`;
const readSettled = readVisible('and e.xid < pg_snapshot_xmin(pg_current_snapshot())');

const storedEvent = (row: EventRow): StoredEvent => ({
  position: { xid: row.xid, id: row.id },
  event: { id: row.id, accountId: row.account_id, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() } as AnnouncedEvent,
});

/**
 * The events after `after`, oldest first, at most `limit`. Reads only below the oldest running transaction: an event whose transaction commits late can then
 * never turn up behind a position that a reader has passed already. A sequence number would lose it.
 */
export async function readOutbox(tx: Tx, after: Position, limit: number): Promise<StoredEvent[]> {
  return (await tx.named<EventRow>('read_outbox', readSettled, [after.xid, after.id, limit])).map(storedEvent);
}

/**
 * As `readOutbox`, together with what has committed beside older transactions that still run. For telling early, while one of those takes its time;
 * not for moving a position, because an event may yet turn up between these.
 */
export async function peekOutbox(tx: Tx, after: Position, limit: number): Promise<StoredEvent[]> {
  return (await tx.named<EventRow>('peek_outbox', readVisible(''), [after.xid, after.id, limit])).map(storedEvent);
}

/** The newest events of all accounts, newest first, at most `limit`. */
export async function newestOfOutbox(tx: Tx, limit: number): Promise<StoredEvent[]> {
  const rows = await tx.named<EventRow>('newest_of_outbox', 'select e.account_id, e.id, e.xid::text as xid, e.topic, e.payload, e.created_at from event e order by e.xid desc, e.id desc limit $1', [limit]);
  return rows.map(storedEvent);
}

/** The position everything finished so far lies before: who starts to read here hears of all that follows. */
export async function outboxEnd(tx: Tx): Promise<Position> {
  const [row] = await tx.run<{ xid: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xid');
  if (!row) throw new Error('The database gave no snapshot.');
  return { xid: row.xid, id: FIRST_ID };
}

/** Up to which transaction events may have been removed, and the highest number given out so far. */
export async function outboxBounds(tx: Tx): Promise<{ prunedXid: string; nextXid: string }> {
  const [row] = await tx.run<{ pruned: string; next: string }>('select pruned_xid::text as pruned, pg_snapshot_xmax(pg_current_snapshot())::text as next from event_relay');
  if (!row) throw new Error('The outbox has no state row.');
  return { prunedXid: row.pruned, nextXid: row.next };
}
