import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { onCommitted } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import type { Service } from '../../platform/room.ts';
import { settleLines } from './settle.ts';
import { deleteEnded, selectBusyAccounts } from './work-store.ts';

/** The longest anything waits for being noticed that no event tells of: an offer whose time is over, a hint that was lost. */
const TICK_MS = 2_000;
const KEPT_DAYS = 400;
const BATCH = 2_000;
const stirring = new Set(['presence.changed', 'workforce.changed', 'people.changed', 'queues.changed', 'work.changed', 'agent.left']);

/** Settles the lines of one account until there is nothing to give out any more. */
export async function settleAccount(platform: Platform, accountId: string, { mayWait }: { mayWait: boolean }): Promise<number> {
  let given = 0;
  for (let mayHaveMore = true; mayHaveMore; ) {
    const round = await inAccount(platform, accountId, systemActor('routing'), (ctx) => settleLines(ctx, { mayWait }));
    given += round.given;
    mayHaveMore = round.mayHaveMore;
  }
  return given;
}

/** All accounts in which something waits or is in hand. Where another process is just settling, it is left to that. An account that fails holds up no other. */
export async function settleEverywhere(platform: Platform): Promise<void> {
  for (const accountId of await platform.database.asSystem(selectBusyAccounts))
    await settleAccount(platform, accountId, { mayWait: false }).catch((error: unknown) => platform.log.error({ err: error, accountId }, 'lines were not settled'));
}

/**
 * Settles an account right after anything happened there that can matter, and all of them every two seconds. What happens while an account is being settled is looked at once more together, however much it was.
 * Nothing is kept here: a process may be killed at any time, and another goes on.
 */
export function createRoutingService(): Service {
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  return {
    name: 'routing', role: 'jobs',
    async start(platform) {
      const run = (key: string, work: () => Promise<unknown>): void => {
        if (isStopped) return;
        if (running.has(key)) return void again.add(key);
        const done = work().then(() => undefined, (error: unknown) => platform.log.warn({ err: error }, 'lines were not settled')).finally(() => {
          running.delete(key);
          if (again.delete(key)) run(key, work);
        });
        running.set(key, done);
      };
      stop = onCommitted(platform.bus, (events) => {
        for (const accountId of new Set(events.filter(({ topic, payload }) => stirring.has(topic) && !('state' in payload && payload.state === 'offered')).map((event) => event.accountId)))
          run(accountId, () => settleAccount(platform, accountId, { mayWait: true }));
      });
      timer = setInterval(() => {
        if (!running.has('everywhere')) run('everywhere', () => settleEverywhere(platform));
      }, TICK_MS);
    },
    async stop() {
      isStopped = true;
      stop();
      clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

/** What ended over a year ago is forgotten, with who was asked and what was told. */
export const tidyWork = defineJob({
  name: 'routing.tidy',
  schedule: '23 4 * * *',
  async run(platform) {
    const before = new Date(platform.clock.now().getTime() - KEPT_DAYS * 86_400_000);
    while ((await platform.database.asSystem((tx) => deleteEnded(tx, before, BATCH))) === BATCH);
  },
});
