import { permissionNames } from '@rapport/contract';
import { listAgents } from '../accounts/index.ts';
import { listCases } from '../cases/index.ts';
import { inAccount, systemActor, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { acceptOffer, createQueue, enqueue, finishWork, listOwnWork } from '../routing/index.ts';
import { listPresence, setPresence } from '../workforce/index.ts';
import { agentByKey, type AgentKey } from './company.ts';
import { randomFrom, type Random } from './story/random.ts';
import { countLines, isLookedAt, selectTrickling } from './store.ts';

const actor = systemActor('demo');
const MINUTE = 60_000;
/** Who works while somebody looks: the others have their day off. */
const onShift = { camille: 'available', lucia: 'available', jonas: 'available', ewa: 'away' } as const satisfies Partial<Record<AgentKey, string>>;
const rules = { channels: ['email' as const, 'chat' as const], teamId: null, calendarId: null, skills: [], preferredSeconds: 30, offlineSeconds: 600, maxLength: null, overflowSeconds: null, overflowQueueId: null };
// Longer than the minute between two looks: nobody of the demo lets an offer pass.
const ACCEPT_SECONDS = 130;
const MOST_WAITING = 5;
const WORKS_FOR_MS = 15 * MINUTE;

async function shiftOf(ctx: Ctx): Promise<{ who: AgentActor; state: 'available' | 'away' }[]> {
  const { items } = await listAgents(ctx);
  return Object.entries(onShift).flatMap(([key, state]) => {
    const found = items.find(({ name, state: is }) => name === agentByKey(key as AgentKey).name && is === 'active');
    return found ? [{ state, who: { kind: 'agent', agentId: found.id, name: found.name, permissions: new Set(permissionNames), caseScope: 'all', teamIds: found.teamIds, address: 'demo' } as AgentActor }] : [];
  });
}

/** Two queues, once: whoever removes them has removed them. */
async function setUpLines(ctx: Ctx): Promise<void> {
  await createQueue(ctx, { ...rules, name: 'Orders and deliveries', priority: 0, acceptSeconds: ACCEPT_SECONDS, answerWithinSeconds: 5 * 60, wrapUpSeconds: 0 });
  await createQueue(ctx, { ...rules, name: 'Machines and repairs', priority: 2, acceptSeconds: ACCEPT_SECONDS, answerWithinSeconds: 10 * 60, wrapUpSeconds: 0 });
}

/** What lies open with nobody waits; the first time as if it had come within the last minutes. */
async function fillLines(ctx: Ctx, random: Random, isFirst: boolean): Promise<void> {
  const { waiting, queueIds } = await countLines(ctx.tx, ctx.accountId);
  const { items } = await listCases(ctx, { shelf: 'open', assignee: 'none', order: 'newest', limit: 30 });
  const wanted = Math.min(isFirst ? 12 : 2, MOST_WAITING + (isFirst ? 4 : 0) - waiting);
  for (const { id, channel } of random.shuffle(items).slice(0, Math.max(0, wanted))) {
    const queueId = queueIds[random.chance(0.6) ? 0 : 1] ?? queueIds[0];
    if (queueId) await enqueue(ctx, { queueId, channel, key: `case ${id}`, caseId: id, since: new Date(ctx.clock.now().getTime() - (isFirst ? random.fraction() * 8 * MINUTE : 0)) });
  }
}

/** The colleagues of the demo are there, take what they are offered, and are done with it after a while. Only while somebody looks, so that a demo nobody looks at stays as it is. */
export async function keepShift(platform: Platform, accountId: string, random: Random): Promise<void> {
  const begun = await inAccount(platform, accountId, actor, async (ctx) => {
    if (!(await isLookedAt(ctx.tx, accountId, new Date(ctx.clock.now().getTime() - 10 * MINUTE)))) return undefined;
    const isFirst = !(await countLines(ctx.tx, accountId)).hasEver;
    if (isFirst) await setUpLines(ctx);
    const shift = await shiftOf(ctx);
    const { items: now } = await listPresence(ctx);
    for (const { who, state } of shift) {
      // Whatever a visitor set them to they stay, unless they were gone.
      const known = now.find(({ agentId }) => agentId === who.agentId);
      await setPresence(ctx, who.agentId, { state: known?.state === 'available' || known?.state === 'away' ? known.state : state, ...(known?.state === 'away' && known.reason !== null ? { reason: known.reason } : {}) }).catch(unlessRefused);
    }
    await fillLines(ctx, random, isFirst);
    return shift;
  });
  for (const { who } of begun ?? []) {
    await inAccount(platform, accountId, who, async (ctx) => {
      const own = { ...ctx, actor: who };
      const { items, offers } = await listOwnWork(own);
      for (const { id } of offers) await acceptOffer(own, id).catch(unlessRefused);
      for (const { id, takenAt } of items) if (ctx.clock.now().getTime() - Date.parse(takenAt ?? '') > WORKS_FOR_MS && random.chance(0.5)) await finishWork(own, id).catch(unlessRefused);
    });
  }
}

/** It was answered, or ended, a moment before; or being away takes a reason now. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** Looks every minute, in one process of all, after the demos that are meant to be alive. */
export const shiftJob = defineJob({
  name: 'demo.shift',
  schedule: '* * * * *',
  retryLimit: 0,
  async run(platform) {
    for (const accountId of await platform.database.asSystem(selectTrickling)) await keepShift(platform, accountId, randomFrom(`${accountId}/shift/${platform.clock.now().getTime()}`));
  },
});
