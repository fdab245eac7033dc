import type { ResponseOf, notifications, TeamEscalation } from '@rapport/contract';
import { getCase } from '../cases/index.ts';
import { inAccount, systemActor, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { findCaseFacts, type CaseFacts } from './audience-store.ts';
import { acknowledgeAll, findTeamEscalation, hasTeam, insertEscalation, isPromiseOpen, lockEscalation, saveTeamEscalation, selectEscalationsDue, writeStep } from './escalation-store.ts';

const MINUTE_MS = 60_000;
const BATCH = 200;
const isToBeDone = (about: CaseFacts) => (about.status === 'new' || about.status === 'open') && !about.isAside;

/** Begins to wait for somebody to look: at an urgent case that is to be done, or at an overdue promise. */
export async function beginEscalation(ctx: Ctx, about: CaseFacts, cause: string): Promise<void> {
  if (about.teamId === null || (!cause.startsWith('promise:') && !(about.priority === 'urgent' && isToBeDone(about)))) return;
  const rule = await findTeamEscalation(ctx, about.teamId);
  if (rule) await insertEscalation(ctx, about.id, cause, new Date(ctx.clock.now().getTime() + rule.afterMinutes * MINUTE_MS));
}

/** Somebody looks after the case: nothing of it goes any further. */
export function acknowledgeCase(ctx: Ctx, caseId: string, agentId: string): Promise<number> {
  return acknowledgeAll(ctx, caseId, agentId);
}

export async function acknowledge(ctx: Ctx & { actor: AgentActor }, caseId: string): Promise<{ acknowledged: number }> {
  await getCase(ctx, caseId);
  return { acknowledged: await acknowledgeCase(ctx, caseId, ctx.actor.agentId) };
}

/** Takes the next step of one cause, under its lock, so that two processes take it once. */
async function takeStep(ctx: Ctx, caseId: string, cause: string): Promise<void> {
  const row = await lockEscalation(ctx, caseId, cause);
  if (!row?.nextAt || row.nextAt > ctx.clock.now()) return;
  const about = await findCaseFacts(ctx, caseId);
  const rule = about?.teamId ? await findTeamEscalation(ctx, about.teamId) : undefined;
  const isStillSo = about && rule && !about.isAside && (cause.startsWith('promise:') ? await isPromiseOpen(ctx, caseId, cause.slice('promise:'.length)) : about.priority === 'urgent' && isToBeDone(about));
  // What was set aside rings for nobody, and not everybody in its scope may know of it.
  if (!about || !rule || !isStillSo) return writeStep(ctx, caseId, cause, row.step, null);
  const step = row.step + 1;
  await writeStep(ctx, caseId, cause, step, step === 1 && rule.thenMinutes !== null ? new Date(ctx.clock.now().getTime() + rule.thenMinutes * MINUTE_MS) : null);
  await announce(ctx, 'case.escalated', { caseId, version: about.version, scope: { teamIds: [about.teamId], assigneeIds: [about.assigneeId] }, cause, step });
}

/** Takes every step that is due, each in a transaction of its own. */
export async function escalateDue(platform: Platform): Promise<void> {
  for (;;) {
    const due = await platform.database.asSystem((tx) => selectEscalationsDue(tx, platform.clock.now(), BATCH));
    for (const { account_id, case_id, cause } of due) await inAccount(platform, account_id, systemActor('notifications'), (ctx) => takeStep(ctx, case_id, cause));
    if (due.length < BATCH) return;
  }
}

export const escalateJob = defineJob({ name: 'notifications.escalate', schedule: '* * * * *', run: (platform) => escalateDue(platform) });

export async function getTeamEscalation(ctx: Ctx, teamId: string): Promise<ResponseOf<typeof notifications.getEscalation>> {
  if (!(await hasTeam(ctx, teamId))) throw new Refusal('not_found', 'This team does not exist.');
  return (await findTeamEscalation(ctx, teamId)) ?? { afterMinutes: null, thenMinutes: null };
}

export async function setTeamEscalation(ctx: Ctx, teamId: string, wanted: TeamEscalation): Promise<TeamEscalation> {
  if (!(await hasTeam(ctx, teamId))) throw new Refusal('not_found', 'This team does not exist.');
  await saveTeamEscalation(ctx, teamId, wanted.afterMinutes === null ? undefined : { afterMinutes: wanted.afterMinutes, thenMinutes: wanted.thenMinutes });
  return getTeamEscalation(ctx, teamId);
}
