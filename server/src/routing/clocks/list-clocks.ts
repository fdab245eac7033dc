import type { ServiceClock } from '@rapport/contract';
import { getCase } from '../../cases/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { selectClocks, type ClockRow } from './clock-store.ts';

const MINUTE_MS = 60_000;

function shape(row: ClockRow, now: Date): ServiceClock {
  const isRunning = row.met_at === null && row.paused_at !== null;
  return {
    kind: row.kind, policyId: row.policy_id, policyName: row.policy_name, calendarName: row.calendar_name, minutes: row.minutes, startedAt: row.started_at.toISOString(), dueAt: row.due_at?.toISOString() ?? null, warnAt: row.warn_at?.toISOString() ?? null,
    pausedAt: isRunning ? (row.paused_at as Date).toISOString() : null, minutesLeft: isRunning ? Math.round((row.left_ms as number) / MINUTE_MS) : null, metAt: row.met_at?.toISOString() ?? null, isBreached: row.due_at !== null && (row.met_at === null ? row.due_at <= now : row.due_at < row.met_at),
  };
}

/** What was promised on a case the actor may see: what runs, by when it is due, what stands still, then what is over, the latest first. Throws `not_found`. */
export async function listClocks(ctx: Ctx, caseId: string): Promise<{ items: ServiceClock[] }> {
  await getCase(ctx, caseId);
  const items = (await selectClocks(ctx, [caseId])).map((row) => shape(row, ctx.clock.now()));
  const running = items.filter(({ metAt }) => metAt === null).sort((a, b) => (a.dueAt ?? '9999').localeCompare(b.dueAt ?? '9999'));
  return { items: [...running, ...items.filter(({ metAt }) => metAt !== null).sort((a, b) => (b.metAt as string).localeCompare(a.metAt as string))].slice(0, 100) };
}
