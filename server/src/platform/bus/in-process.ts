import type { Log } from '../log.ts';
import type { Bus } from './index.ts';

/** For one app process: a function call. Also what the other drivers use to hand a message to their own subscribers. */
export function createInProcessBus(log?: Pick<Log, 'error'>): Bus & { deliver(subject: string, payload: unknown): void } {
  const handlers = new Map<string, Set<(payload: unknown) => void>>();
  const deliver = (subject: string, payload: unknown) => {
    for (const handle of handlers.get(subject) ?? []) {
      try {
        handle(payload);
      } catch (error) {
        // One subscriber's fault must not keep the others from hearing.
        log?.error({ err: error, subject }, 'bus subscriber failed');
      }
    }
  };
  return {
    deliver,
    publish: (subject, payload) => queueMicrotask(() => deliver(subject, payload)),
    subscribe(subject, handle) {
      const set = handlers.get(subject) ?? new Set();
      // A function of its own, so that one handler may subscribe twice and end one of the two.
      const own = (payload: unknown) => handle(payload);
      handlers.set(subject, set.add(own));
      return () => void set.delete(own);
    },
    close: async () => handlers.clear(),
  };
}
