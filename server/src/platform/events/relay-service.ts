import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../context.ts';
import type { Job } from '../jobs/index.ts';
import type { Service } from '../room.ts';
import type { Listener } from './listen.ts';
import { onCommitted } from './publish.ts';
import { RELAY_BATCH, listenerJob, relayEvents, relayHeldUp, type ListenerJobData } from './relay.ts';

// A commit in this or another process wakes the relay. A woken relay looks again soon, because the event may have to wait for an older transaction to end;
// with no news the pauses grow to the last one, which is also how long a lost hint can cost.
const PAUSES_MS = [10, 30, 100, 300, 1_000] as const;
const LOOK_AFTER_HELD_UP_MS = 5_000;

/** Hands events on to the listeners' jobs as they are committed. Every process with the `jobs` role runs one; the position row lets one at a time through. */
export function createRelay(listeners: readonly Listener[]): { job: Job<ListenerJobData>; service: Service } {
  const job = listenerJob(listeners);
  let isStopping = false;
  let hints = 0;
  let wake = () => {};
  let running: Promise<void> = Promise.resolve();
  let unsubscribe = () => {};

  async function pause(ms: number): Promise<void> {
    const controller = new AbortController();
    const woken = new Promise<void>((resolve) => (wake = resolve));
    await Promise.race([woken, sleep(ms, undefined, { signal: controller.signal }).catch(() => {})]);
    controller.abort();
  }

  async function run(platform: Platform): Promise<void> {
    let step: number = PAUSES_MS.length - 1;
    let lookedAt = 0;
    const handed = new Set<string>();
    while (!isStopping) {
      const hintsBefore = hints;
      try {
        while ((await relayEvents(platform, listeners, job)) === RELAY_BATCH && !isStopping);
        if (Date.now() - lookedAt > LOOK_AFTER_HELD_UP_MS) {
          lookedAt = Date.now();
          await relayHeldUp(platform, listeners, job, handed);
        }
        step = Math.min(step + 1, PAUSES_MS.length - 1);
      } catch (error) {
        platform.log.error({ err: error }, 'event relay failed, trying again');
        step = PAUSES_MS.length - 1;
      }
      if (hints === hintsBefore) await pause(PAUSES_MS[step] ?? 1_000);
      if (hints !== hintsBefore) step = -1;
    }
  }

  const service: Service = {
    name: 'event-relay',
    role: 'jobs',
    async start(platform) {
      unsubscribe = onCommitted(platform.bus, () => {
        hints += 1;
        wake();
      });
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
