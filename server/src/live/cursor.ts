import type { Position } from '../platform/events/index.ts';

const CURSOR = /^([0-9a-f]{12})\.([0-9]{1,20})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** What a browser remembers: a position in the outbox, and the history of the database in which it means something. */
export function writeCursor(history: string, position: Position): string {
  return `${history}.${position.xid}.${position.id}`;
}

/** Undefined when it is not one of ours. */
export function readCursor(cursor: string): { history: string; position: Position } | undefined {
  const [, history, xid, id] = CURSOR.exec(cursor) ?? [];
  return history && xid && id ? { history, position: { xid, id } } : undefined;
}
