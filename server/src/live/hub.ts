import type { AnnouncedEvent } from '@rapport/contract';
import { comparePositions, type Position, type StoredEvent } from '../platform/events/index.ts';
import { mayHear } from './audience.ts';
import { frameOf, type Connection } from './connection.ts';
import { writeCursor } from './cursor.ts';

// How many events are remembered as told already. Both paths tell each event; the second only tells those the first could not reach.
const MOST_REMEMBERED = 20_000;

/**
 * The open sockets of this process, and who has been told what. Every event comes twice: at once from the bus (fast, may be missed) and a moment later from
 * the outbox (certain, in order). What was told at once is not told again, except to sockets that were not there yet.
 */
export interface Hub {
  readonly size: number;
  readonly sequence: number;
  all(): Iterable<Connection>;
  inAccount(accountId: string): Iterable<Connection>;
  countOfAgent(accountId: string, agentId: string): number;
  join(connection: Connection): void;
  leave(connection: Connection): void;
  /** The fast path. False when it has been told before. */
  hear(event: AnnouncedEvent): boolean;
  /** The safe path: events in order; afterwards everything before `position` has been told. */
  pass(list: readonly StoredEvent[], position: Position): void;
  /** Tells browsers the position everything before which they have: those of accounts in which something happened, or everybody. */
  mark(history: string, whom: 'touched' | 'everybody'): void;
}

export function eventFrame(event: AnnouncedEvent): Buffer {
  return frameOf({ type: 'event', id: event.id, topic: event.topic, payload: event.payload, at: event.at });
}

export function createHub(told: (count: number) => void = () => {}): Hub {
  const accounts = new Map<string, Set<Connection>>();
  const remembered = new Map<string, number>();
  const touched = new Set<string>();
  let size = 0;
  let sequence = 0;
  let passed: Position | undefined;

  const remember = (id: string) => {
    sequence += 1;
    remembered.set(id, sequence);
    if (remembered.size <= MOST_REMEMBERED) return;
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  };

  function tell(event: AnnouncedEvent, isMeant: (connection: Connection) => boolean): void {
    let frame: Buffer | undefined;
    let count = 0;
    for (const connection of accounts.get(event.accountId) ?? []) {
      if (!isMeant(connection) || !mayHear(connection.actor, event)) continue;
      connection.send((frame ??= eventFrame(event)));
      count += 1;
    }
    if (count > 0) told(count);
  }

  return {
    get size() {
      return size;
    },
    get sequence() {
      return sequence;
    },
    *all() {
      for (const set of accounts.values()) yield* set;
    },
    inAccount: (accountId) => accounts.get(accountId) ?? [],
    countOfAgent(accountId, agentId) {
      let count = 0;
      for (const { actor } of accounts.get(accountId) ?? []) if (actor.agentId === agentId) count += 1;
      return count;
    },
    join(connection) {
      const set = accounts.get(connection.accountId) ?? new Set();
      if (!set.has(connection)) size += 1;
      accounts.set(connection.accountId, set.add(connection));
    },
    leave(connection) {
      const set = accounts.get(connection.accountId);
      if (!set?.delete(connection)) return;
      size -= 1;
      if (set.size === 0) accounts.delete(connection.accountId);
    },
    hear(event) {
      if (remembered.has(event.id)) return false;
      remember(event.id);
      tell(event, () => true);
      return true;
    },
    pass(list, position) {
      for (const { event, position: at } of list) {
        const toldAt = remembered.get(event.id);
        if (toldAt === undefined) remember(event.id);
        // Told at once already: only to those who joined after that, and whose own catching up does not cover it.
        tell(event, (connection) => (toldAt === undefined || connection.joinedAt >= toldAt) && comparePositions(at, connection.from) > 0);
        touched.add(event.accountId);
      }
      passed = position;
    },
    mark(history, whom) {
      if (!passed) return;
      for (const accountId of whom === 'everybody' ? accounts.keys() : touched) {
        for (const connection of accounts.get(accountId) ?? []) {
          if (!connection.isCaughtUp || comparePositions(passed, connection.marked) <= 0) continue;
          connection.marked = passed;
          connection.send(frameOf({ type: 'cursor', cursor: writeCursor(history, passed) }));
        }
      }
      touched.clear();
    },
  };
}
