import type { AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../platform/context.ts';
import { historyName, outboxEnd, peekOutbox, readOutbox, type Position, type StoredEvent } from '../platform/events/index.ts';

const BATCH = 500;

/** Reads the outbox for all sockets of this process together. */
export interface OutboxReader {
  readonly position: Position;
  readonly history: string;
  /** Reads until nothing is left; to be called about once a second. Does nothing while nobody needs it. */
  read(): Promise<void>;
  /** Makes sure that somebody who joins right after this hears of everything that commits from now on; the reader works until `release` is called. */
  hold(): Promise<{ release: () => void }>;
}

export interface Ears {
  /** These came next, and everything before `position` has been passed. */
  onPassed(list: readonly StoredEvent[], position: Position): void;
  /** This has committed, but an older transaction still runs: it will be passed later. Called again each time until then. */
  onSeen(event: AnnouncedEvent): void;
}

/**
 * Follows the outbox behind the bus and makes up for what the bus missed. It is not woken by commits: those have been told already, and one read a second
 * for a whole process costs nothing, however much is going on. While no socket is open it sleeps and forgets its position.
 */
export function createOutboxReader(platform: Platform, ears: Ears): OutboxReader {
  let position: Position = { xid: '0', id: '00000000-0000-0000-0000-000000000000' };
  let history = '';
  let holders = 0;
  let isFresh = false;
  let freshening: Promise<void> | undefined;
  let reading: Promise<void> | undefined;

  async function freshen(): Promise<void> {
    const start = await platform.database.asSystem(async (tx) => ({ history: await historyName(tx), position: await outboxEnd(tx) }));
    ({ history, position } = start);
    isFresh = true;
  }

  async function readAll(): Promise<void> {
    for (let count = BATCH; count === BATCH && holders > 0; ) {
      const { passed, seen } = await platform.database.asSystem(async (tx) => {
        const list = await readOutbox(tx, position, BATCH);
        return { passed: list, seen: list.length === BATCH ? [] : await peekOutbox(tx, list.at(-1)?.position ?? position, BATCH) };
      });
      count = passed.length;
      position = passed.at(-1)?.position ?? position;
      ears.onPassed(passed, position);
      for (const { event } of seen) ears.onSeen(event);
    }
  }

  return {
    get position() {
      return position;
    },
    get history() {
      return history;
    },
    async read() {
      if (holders === 0) isFresh = false;
      if (!isFresh) return;
      reading ??= readAll().finally(() => (reading = undefined));
      await reading;
    },
    async hold() {
      holders += 1;
      let isHeld = true;
      const release = () => {
        if (isHeld) holders -= 1;
        isHeld = false;
      };
      try {
        if (!isFresh) await (freshening ??= freshen().finally(() => (freshening = undefined)));
        return { release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}
