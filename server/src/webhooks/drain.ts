import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { counter } from '../platform/metrics.ts';
import { actorOf } from './actor.ts';
import { bodyOf, readResource } from './body-of.ts';
import { findNextDue, recordAttempt, selectDue, type DeliveryRow } from './delivery-store.ts';
import { noteFailing } from './note-failing.ts';
import { post, type Posted } from './post.ts';
import { nextTry } from './retry.ts';
import { secretPurpose, signedHeaders } from './sign.ts';
import { stop } from './stop.ts';
import { findEndpoint, leaveEndpoint, setDelivered, takeEndpoint, type EndpointRow } from './store.ts';

const AT_ONCE = 4;
// Longer than a round can take; a run that died is taken over after it.
const HELD_MS = 60_000;
// After this a run makes room for other endpoints and queues up again.
const TURN_MS = 20_000;

const sent = counter('rapport_webhooks_total', 'Events posted to endpoints, by outcome.', ['outcome']);

interface DrainData {
  accountId: string;
  endpointId: string;
}

export const drainJob = defineJob<DrainData>({ name: 'webhooks.drain', concurrency: 8, expireSeconds: 120, run: (platform, data) => drain(platform, data) });

/** Has an endpoint's events sent once the transaction is durable, or from `startAfter` on. */
export async function wakeDrain(ctx: Ctx, endpointId: string, startAfter?: Date): Promise<void> {
  const options = startAfter === undefined ? { singletonKey: endpointId } : { singletonKey: `${endpointId}:later`, startAfter };
  await ctx.platform.jobs.enqueue(ctx.tx, drainJob, { accountId: ctx.accountId, endpointId }, options);
}

interface Round {
  endpoint: EndpointRow;
  due: DeliveryRow[];
}

/**
 * Sends what is due to one endpoint, a few cases side by side, until nothing is left. One run at a time does so. A run that dies leaves everything as it was: what it
 * had sent and not yet written down is sent again, under the same webhook-id.
 */
export async function drain(platform: Platform, { accountId, endpointId }: DrainData): Promise<void> {
  const drainer = newId();
  const startedAt = Date.now();
  const within = <T>(work: (ctx: Ctx) => Promise<T>) => inAccount(platform, accountId, systemActor('webhooks'), work);
  for (;;) {
    const round = await within(async (ctx): Promise<Round | undefined> => {
      if (!(await takeEndpoint(ctx, endpointId, drainer, new Date(ctx.clock.now().getTime() + HELD_MS)))) return undefined;
      const endpoint = await findEndpoint(ctx, endpointId);
      return endpoint && { endpoint, due: await selectDue(ctx, endpointId, AT_ONCE) };
    });
    if (!round) return;
    const isTurnOver = Date.now() - startedAt > TURN_MS;
    if (round.due.length === 0 || isTurnOver) {
      // What was written down while this run still held the endpoint woke nobody: look once more after letting go.
      await within((ctx) => leaveEndpoint(ctx, endpointId, drainer));
      const isMore = await within(async (ctx) => {
        const next = await findNextDue(ctx, endpointId);
        if (next !== undefined && (isTurnOver || next > ctx.clock.now())) await wakeDrain(ctx, endpointId, isTurnOver ? undefined : next);
        return (await selectDue(ctx, endpointId, 1)).length > 0;
      });
      if (isTurnOver || !isMore) return;
      continue;
    }
    if (!(await sendRound(platform, accountId, round, drainer))) return;
  }
}

/** Returns whether to go on. */
async function sendRound(platform: Platform, accountId: string, { endpoint, due }: Round, drainer: string): Promise<boolean> {
  const actor = await platform.database.inAccount(accountId, (tx) => actorOf({ tx, accountId }, endpoint, platform.clock.now()));
  const secrets = secretsOf(platform, endpoint, platform.clock.now());
  const trouble = typeof actor === 'string' ? actor : secrets ? undefined : ('secret_lost' as const);
  const results = typeof actor === 'string' || !secrets ? [] : await Promise.all(due.map(async (delivery) => {
    const body = bodyOf(delivery, endpoint.include_resource ? await readResource(platform, accountId, actor, delivery) : {});
    const at = platform.clock.now();
    return { delivery, at, posted: await post(platform.config, endpoint.url, signedHeaders(secrets, { id: delivery.event_id, at, body }), body) };
  }));
  return inAccount(platform, accountId, systemActor('webhooks'), async (ctx) => {
    if (trouble) {
      await stop(ctx, endpoint, trouble);
      await leaveEndpoint(ctx, endpoint.id, drainer);
      return false;
    }
    for (const { delivery, at, posted } of results) await record(ctx, endpoint, delivery, at, posted);
    const isTaken = results.some(({ posted }) => isSuccess(posted));
    if (isTaken) {
      await setDelivered(ctx, endpoint.id);
      return true;
    }
    const pausedUntil = await noteFailing(ctx, endpoint, results.some(({ posted }) => posted.status === 410));
    await leaveEndpoint(ctx, endpoint.id, drainer);
    if (pausedUntil) await wakeDrain(ctx, endpoint.id, pausedUntil);
    return false;
  });
}

const isSuccess = ({ status }: Posted): boolean => status !== null && status >= 200 && status < 300;

async function record(ctx: Ctx, endpoint: EndpointRow, delivery: DeliveryRow, at: Date, posted: Posted): Promise<void> {
  const now = ctx.clock.now();
  const again = isSuccess(posted) ? undefined : nextTry(delivery.attempts + 1, now, delivery.give_up_at);
  const state = isSuccess(posted) ? 'delivered' : again ? 'waiting' : 'failed';
  await recordAttempt(ctx, endpoint.id, delivery.event_id, { id: newId(), at, ...posted }, { state, nextAt: again ?? now });
  sent.add(1, { outcome: state });
}

/** What deliveries are signed with now; undefined when the secret key does not open it. An old secret that cannot be read is left out: whoever changed it did so for that reason. */
function secretsOf(platform: Platform, endpoint: EndpointRow, now: Date): string[] | undefined {
  const open = (sealed: Buffer): string[] => {
    try {
      return [platform.secrets.open(sealed, secretPurpose(endpoint.id))];
    } catch {
      return [];
    }
  };
  const isOldGood = endpoint.old_secret && endpoint.old_secret_until && endpoint.old_secret_until > now;
  const current = open(endpoint.secret);
  return current.length === 0 ? undefined : [...current, ...(isOldGood && endpoint.old_secret ? open(endpoint.old_secret) : [])];
}
