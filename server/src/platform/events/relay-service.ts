import { setTimeout as sleep } from 'node:timers/promises';
import type { AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../context.ts';
import type { Job } from '../jobs/index.ts';
import type { Service } from '../room.ts';
import type { Listener } from './listen.ts';
import { listenerJob, relayEvents } from './relay.ts';

// A commit in this or another process wakes the relay; this is only how long a lost hint can cost.
const POLL_MS = 1_000;
const WAKE = 'events';

/** Hands events on to the listeners' jobs as they are committed. Every process with the `jobs` role runs one; the position row lets one at a time through. */
export function createRelay(listeners: readonly Listener[]): { job: Job<{ listener: string; event: AnnouncedEvent }>; service: Service } {
  const job = listenerJob(listeners);
  let isStopping = false;
  let wake = () => {};
  let running: Promise<void> = Promise.resolve();
  let unsubscribe = () => {};

  async function run(platform: Platform): Promise<void> {
    while (!isStopping) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      try {
        while ((await relayEvents(platform, listeners, job)) > 0 && !isStopping);
      } catch (error) {
        platform.log.error({ err: error }, 'event relay failed, trying again');
      }
      const controller = new AbortController();
      await Promise.race([woken, sleep(POLL_MS, undefined, { signal: controller.signal }).catch(() => {})]);
      controller.abort();
    }
  }

  const service: Service = {
    name: 'event-relay',
    role: 'jobs',
    async start(platform) {
      platform.database.onCommit(() => platform.bus.publish(WAKE, null));
      unsubscribe = platform.bus.subscribe(WAKE, () => wake());
      running = run(platform);
    },
    async stop() {
      isStopping = true;
      unsubscribe();
      wake();
      await running;
    },
  };
  return { job, service };
}
