import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { listener } from '../platform/events/index.ts';
import type { Service } from '../platform/room.ts';
import { change } from './presence.ts';
import { lockPresence, selectDue } from './presence-store.ts';

// Browsers are pinged every 25 seconds: two may go unanswered, as at the change of a network, and a third not.
const GRACE_MS = 75_000;
const TICK_MS = 5_000;
const BATCH = 200;

/** Does what time has made true of one agent, under the lock of their presence. */
async function settle(ctx: Ctx, agentId: string): Promise<void> {
  const row = await lockPresence(ctx, agentId);
  if (!row?.heard_at || row.state === 'offline') return;
  const now = ctx.clock.now();
  if (!row.is_active) return void (await change(ctx, row, { state: 'offline' }, 'disabled', row.heard_at));
  if (row.heard_at.getTime() < now.getTime() - GRACE_MS) return void (await change(ctx, row, { state: 'offline' }, 'connection_lost', row.heard_at));
  // From when it ended, not from when we noticed: work is shared out by who has been free for longest.
  if (row.until_at && row.until_at <= now) await change(ctx, row, { state: 'available', at: row.until_at }, 'wrap_up_over', row.heard_at);
}

/** Ends wrap-ups whose time is over, and makes offline whoever has not been heard of. Several processes may do so at once. */
export async function settlePresence(platform: Platform): Promise<void> {
  for (;;) {
    const now = platform.clock.now();
    const due = await platform.database.asSystem((tx) => selectDue(tx, now, new Date(now.getTime() - GRACE_MS), BATCH));
    for (const { account_id, agent_id } of due) await inAccount(platform, account_id, systemActor('workforce'), (ctx) => settle(ctx, agent_id));
    if (due.length < BATCH) return;
  }
}

/** Whoever is disabled is gone at once, and not only when their browser notices. */
export const endForLeavers = listener({ name: 'workforce.leavers', topics: ['agent.left'], handle: (ctx, event) => settle(ctx, event.payload.agentId) });

/** Looks every few seconds: a cron line would look once a minute, and an agent would be kept from work for that long. */
export function createPresenceService(): Service {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isRunning = false;
  return {
    name: 'workforce', role: 'jobs',
    async start(platform) {
      timer = setInterval(() => {
        if (isRunning) return;
        isRunning = true;
        running = settlePresence(platform).catch((error: unknown) => platform.log.warn({ err: error }, 'presence was not settled')).finally(() => (isRunning = false));
      }, TICK_MS);
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
