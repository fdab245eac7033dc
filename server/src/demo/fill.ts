import { hashPassword, markAsDemo } from '../accounts/index.ts';
import { listCases, updateCase } from '../cases/index.ts';
import * as channels from '../channels/index.ts';
import { countAnewSoon } from '../insights/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { deleteUnusedFiles } from '../platform/files/delete-unused.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { retellAnswers } from './answers.ts';
import { addressAt, agents, company as demoCompany, visitor } from './company.ts';
import { openCompany, type OpenCompany } from './open-company.ts';
import { openPast, type Past } from './past.ts';
import { makePlan, ordinary, type Plan } from './plan.ts';
import { removeParts } from './remove-parts.ts';
import { newMemory, retelling } from './retell.ts';
import { findDemo, saveProgress, setState } from './store.ts';
import type { Step } from './story/step.ts';
import { makeViews } from './views.ts';

const DAY = 86_400_000;
// How much happens in one transaction: long enough to be quick, short enough that real mail never waits for long behind it.
const STEPS_AT_ONCE = 120;
// Longer than any chunk takes, so that a machine that slept does not find another process at the same work.
const LEASE_SECONDS = 120;
/** Anybody may sign in with it where the account is nothing but the demo. */
export const demoPassword = 'two cups before nine';

/** Runs `work` in the past of the account, in one quiet transaction. */
async function inPast<T>(platform: Platform, accountId: string, work: (past: Past) => Promise<T>): Promise<T> {
  // A transaction that met another one runs again, and what it stored before is nobody's.
  const tries: Past[] = [];
  const result = await platform.database.inAccount(accountId, async (tx) => {
    tx.isQuiet = true;
    const past = openPast(platform, tx, accountId, channels.room.listeners ?? []);
    tries.push(past);
    const done = await work(past);
    await past.settle();
    return done;
  });
  const stored = (await Promise.all(tries.map((past) => past.settle().catch(() => [])))).flat();
  // Some bytes are stored on the way and kept nowhere, such as the parts of a delivery report.
  await deleteUnusedFiles(platform, accountId, stored, new Date());
  return result;
}

/** The company under its own domain, or under one that is free when another account of this installation has a demo. */
async function settleIn(platform: Platform, accountId: string, isWhole: boolean): Promise<{ company: OpenCompany; domain: string }> {
  const since = new Date(platform.clock.now().getTime() - 130 * DAY);
  const visitorPasswordHash = isWhole ? await hashPassword(demoPassword) : undefined;
  const domains = [demoCompany.domain, `lantern-${accountId.slice(-6)}.example`];
  for (const domain of domains) {
    try {
      const company = await inPast(platform, accountId, async (past) => {
        past.turnTo(since);
        return openCompany(past, { domain, visitor, ...(visitorPasswordHash === undefined ? {} : { visitorPasswordHash }) });
      });
      return { company, domain };
    } catch (error) {
      const isTaken = error instanceof Refusal && (error.code === 'address_taken' || error.code === 'email_taken');
      if (!isTaken || domain === domains.at(-1)) throw error;
    }
  }
  throw new Error('No domain is free.');
}

function inChunks(steps: readonly Step[]): Step[][] {
  return Array.from({ length: Math.ceil(steps.length / STEPS_AT_ONCE) }, (_, i) => steps.slice(i * STEPS_AT_ONCE, (i + 1) * STEPS_AT_ONCE));
}

async function tellAll(platform: Platform, accountId: string, company: OpenCompany, plan: Plan, hostAgentId: string | null): Promise<void> {
  let memory = newMemory();
  let done = 0;
  for (const chunk of inChunks(plan.steps)) {
    await mustHoldLease(platform, accountId);
    const before = memory;
    memory = await inPast(platform, accountId, async (past) => {
      // A transaction may run again, so each run begins with what was known before it.
      const own = structuredClone(before);
      const told = retelling(past, company, plan.customers, accountId, own);
      for (const step of chunk) await told.happen(step);
      await saveProgress(past.ctx(systemActor('demo')).tx, accountId, done + chunk.length, plan.steps.length);
      return own;
    });
    done += chunk.length;
  }
  // The past was told quietly, so the reports have not heard of it.
  await inAccount(platform, accountId, systemActor('demo'), countAnewSoon);
  await inPast(platform, accountId, (past) => retellAnswers(past, platform.clock.now()));
  await inPast(platform, accountId, async (past) => {
    past.turnTo(platform.clock.now());
    const told = retelling(past, company, plan.customers, accountId, memory);
    await told.bookmark(company.actors[visitor]);
    await makeViews({ ...past.ctx(company.actors[visitor]), actor: company.actors[visitor] });
    if (hostAgentId !== null) await told.bookmark({ ...company.actors[visitor], agentId: hostAgentId });
  });
}

/** Puts what lies open on the demo agent's desk on the desk of the person who asked for the demo, so that it is theirs to try. */
async function handOver(platform: Platform, accountId: string, company: OpenCompany, hostAgentId: string): Promise<void> {
  const from = company.actors[visitor];
  await inPast(platform, accountId, async (past) => {
    past.turnTo(platform.clock.now());
    const ctx = past.ctx(from);
    const { items } = await listCases(ctx, { shelf: 'open', assignee: from.agentId, order: 'newest', limit: 100 });
    for (const each of items) {
      try {
        await updateCase(ctx, each.id, { assigneeId: hostAgentId });
      } catch (error) {
        // Somebody whose role serves no cases keeps an empty desk.
        if (!(error instanceof Refusal)) throw error;
        return;
      }
    }
  });
}

const leaseOf = (accountId: string) => `demo.fill:${accountId}`;

async function mustHoldLease(platform: Platform, accountId: string): Promise<void> {
  if (!(await platform.leases.hold(leaseOf(accountId), LEASE_SECONDS))) throw new Error('Another process is filling this demo.');
}

/** The lease tells processes apart, this two runs within one: a job that was taken for dead may still be at it when it is tried again. */
const filling = new Set<string>();

/**
 * Fills the account with the demo company: people, customers, and four months of cases up to this moment. Nothing of it leaves the house, and nothing of it is news.
 * Does nothing unless a fill was begun. After a crash it begins anew, having removed what there was. Throws while another run is at it.
 */
export async function fillDemo(platform: Platform, accountId: string): Promise<void> {
  if (filling.has(accountId)) throw new Error('This demo is being filled already.');
  filling.add(accountId);
  try {
    await mustHoldLease(platform, accountId);
    await fillAll(platform, accountId);
  } finally {
    filling.delete(accountId);
    await platform.leases.release(leaseOf(accountId));
  }
}

async function fillAll(platform: Platform, accountId: string): Promise<void> {
  const demo = await platform.database.inAccount(accountId, (tx) => findDemo(tx, accountId));
  if (demo?.state !== 'filling') return;
  await removeParts(platform, accountId);
  const { company, domain } = await settleIn(platform, accountId, demo.is_whole);
  const plan = makePlan({ ...ordinary, now: platform.clock.now(), domain });
  await tellAll(platform, accountId, company, plan, demo.host_agent_id);
  if (demo.host_agent_id !== null) await handOver(platform, accountId, company, demo.host_agent_id);
  await inAccount(platform, accountId, systemActor('demo'), async (ctx) => {
    await setState(ctx.tx, accountId, 'filled');
    await markAsDemo(ctx, { isDemo: true, signIn: demo.is_whole ? { email: addressAt(visitor, domain), password: demoPassword } : null });
    await announce(ctx, 'people.changed', {});
  });
  platform.log.info({ accountId, cases: plan.cases, steps: plan.steps.length, agents: agents.length }, 'demo filled');
}

export const fillJob = defineJob<{ accountId: string }>({
  name: 'demo.fill',
  retryLimit: 3,
  concurrency: 2,
  expireSeconds: 900,
  run: (platform, { accountId }) => fillDemo(platform, accountId),
});
