import type { Bus } from './index.ts';

/** For one app process: a function call. Also what the other drivers use to hand a message to their own subscribers. */
export function createInProcessBus(): Bus & { deliver(subject: string, payload: unknown): void } {
  const handlers = new Map<string, Set<(payload: unknown) => void>>();
  const deliver = (subject: string, payload: unknown) => {
    for (const handle of handlers.get(subject) ?? []) handle(payload);
  };
  return {
    deliver,
    publish: (subject, payload) => queueMicrotask(() => deliver(subject, payload)),
    subscribe(subject, handle) {
      const set = handlers.get(subject) ?? new Set();
      handlers.set(subject, set.add(handle));
      return () => void set.delete(handle);
    },
    close: async () => handlers.clear(),
  };
}
