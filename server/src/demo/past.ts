import { systemActor, type Actor, type Ctx, type Job, type Platform } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import type { Listener } from '../platform/events/index.ts';
import { keyFor } from '../platform/files/key.ts';

/** A house in which it is some day long gone, and in which everything that follows from a step follows at once. */
export interface Past {
  platform: Platform;
  /** Sets the time. */
  turnTo(at: Date): void;
  ctx(actor: Actor): Ctx;
  /** Runs what the steps so far have set off: the listeners of what was announced, and the jobs they made. */
  playOut(): Promise<void>;
  /** Drops what the steps so far have set off. */
  forget(): void;
  /** The last mail that left, as the customer's mail program got it. */
  lastSent(): Buffer | undefined;
  /** Waits until every file is stored, and answers which; call it before the commit. */
  settle(): Promise<string[]>;
}

const WRITERS = 16;

/**
 * Rooms work here as they always do, through their own doors, but inside one transaction and at the time of the story. Nothing is announced to anybody
 * outside: no browser, listener or job hears of the past later and acts upon it as if it were news.
 */
export function openPast(now: Platform, tx: Tx, accountId: string, listeners: readonly Listener[]): Past {
  let at = now.clock.now();
  const due: { job: Job<never>; data: unknown }[] = [];
  const writing = new Map<string, Promise<unknown>>();
  const sent: Buffer[] = [];
  let free = WRITERS;
  const waiting: (() => void)[] = [];

  async function store(content: Buffer): Promise<void> {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      await now.files.put(accountId, content);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  }

  const platform: Platform = {
    ...now,
    clock: { now: () => at },
    database: {
      ...now.database,
      inAccount: (id, work) => {
        if (id !== accountId) throw new RangeError('The past is told to one account.');
        return work(tx);
      },
    },
    files: {
      ...now.files,
      // Syncing to disk takes longer than all the rest: files are written beside the statements and waited for once.
      async put(id, content) {
        const key = keyFor(id, content);
        if (!writing.has(key)) {
          const promise = store(content);
          promise.catch(() => {});
          writing.set(key, promise);
        }
        sent.push(content);
        return { key, bytes: content.length };
      },
      async read(key) {
        await writing.get(key);
        return now.files.read(key);
      },
    },
    jobs: {
      ...now.jobs,
      enqueue: async (_, job, data) => void due.push({ job: job as Job<never>, data }),
      enqueueMany: async (_, job, list) => void due.push(...list.map((data) => ({ job: job as Job<never>, data }))),
    },
  };
  const ctx = (actor: Actor): Ctx => ({ tx, accountId, actor, clock: platform.clock, log: platform.log, platform });

  return {
    platform,
    ctx,
    turnTo: (time) => void (at = time),
    async playOut() {
      for (;;) {
        const event = tx.announced.shift();
        if (event) {
          for (const listener of listeners) if ((listener.topics as readonly string[]).includes(event.topic)) await listener.handle(ctx(systemActor(listener.name)), event);
          continue;
        }
        const next = due.shift();
        if (!next) return;
        sent.length = 0;
        await next.job.run(platform, next.data as never);
      }
    },
    forget() {
      tx.announced.length = 0;
      due.length = 0;
    },
    lastSent: () => sent.at(-1),
    async settle() {
      await Promise.all(writing.values());
      return [...writing.keys()];
    },
  };
}
