import type { Platform } from '../platform/context.ts';
import { comparePositions } from '../platform/events/index.ts';
import { mayHear } from './audience.ts';
import { catchUp, catchUpPage } from './catch-up.ts';
import { closeCodes, frameOf, type Connection } from './connection.ts';
import { writeCursor } from './cursor.ts';
import { eventFrame } from './hub.ts';

/** What a browser says of itself when it connects: where it left off, or how many milliseconds ago it began to load what it shows. */
export interface Arrival {
  cursor?: string;
  age?: string;
}

/** Greets a connection that has joined, tells it what it missed, and lets the news that came meanwhile through. */
export async function welcome(platform: Platform, connection: Connection, history: string, { cursor, age }: Arrival): Promise<void> {
  try {
    const result = cursor === undefined && age !== undefined ? await catchUpPage(platform, connection.accountId, Number(age), connection.from) : await catchUp(platform, connection.accountId, cursor, history);
    const missed = result.isResumed ? result.missed.filter(({ event }) => mayHear(connection.actor, event)).map(({ event }) => eventFrame(event)) : [];
    const start = result.isResumed ? result.from : connection.from;
    // A cursor from a process that is ahead of this one: what lies between has been told there.
    if (comparePositions(start, connection.from) > 0) connection.from = start;
    connection.marked = connection.from;
    const hello = frameOf({ type: 'hello', cursor: writeCursor(history, start), resumed: result.isResumed, connectionId: connection.id });
    const mark = comparePositions(start, connection.from) < 0 ? [frameOf({ type: 'cursor', cursor: writeCursor(history, connection.from) })] : [];
    connection.begin([hello, ...missed, ...mark]);
    connection.isCaughtUp = true;
  } catch (error) {
    connection.close(closeCodes.restart, 'Try again in a moment.');
    throw error;
  }
}
