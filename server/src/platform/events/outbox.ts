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

/**
 * The events after `after`, oldest first, at most `limit`. Reads only below the oldest running transaction: an event whose transaction commits late can then
 * never turn up behind a position that a reader has passed already. A sequence number would lose it.
 */
export async function readOutbox(tx: Tx, after: Position, limit: number): Promise<StoredEvent[]> {
  const rows = await tx.named<EventRow>(
    'read_outbox',
    `select account_id, id, xid::text, topic, payload, created_at from event
     where (xid, id) > ($1::text::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit $3`,
    [after.xid, after.id, limit],
  );
  return rows.map((row) => ({
    position: { xid: row.xid, id: row.id },
    event: { id: row.id, accountId: row.account_id, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() } as AnnouncedEvent,
  }));
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
