import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface TeamEscalationRow {
  afterMinutes: number;
  thenMinutes: number | null;
}

export async function findTeamEscalation(ctx: Ctx, teamId: string): Promise<TeamEscalationRow | undefined> {
  const [row] = await ctx.tx.named<TeamEscalationRow>('team_escalation', 'select after_minutes as "afterMinutes", then_minutes as "thenMinutes" from team_escalation where account_id = $1 and team_id = $2', [ctx.accountId, teamId]);
  return row;
}

export async function hasTeam(ctx: Ctx, teamId: string): Promise<boolean> {
  return (await ctx.tx.named('team_there', 'select 1 from team where account_id = $1 and id = $2', [ctx.accountId, teamId])).length > 0;
}

export async function saveTeamEscalation(ctx: Ctx, teamId: string, row: TeamEscalationRow | undefined): Promise<void> {
  if (!row) {
    await ctx.tx.named('team_escalation_drop', 'delete from team_escalation where account_id = $1 and team_id = $2', [ctx.accountId, teamId]);
    return;
  }
  await ctx.tx.named(
    'team_escalation_save', 'insert into team_escalation (account_id, team_id, after_minutes, then_minutes) values ($1, $2, $3, $4) on conflict (account_id, team_id) do update set after_minutes = excluded.after_minutes, then_minutes = excluded.then_minutes',
    [ctx.accountId, teamId, row.afterMinutes, row.thenMinutes],
  );
}

/** Begins to wait, unless this cause is known or something of the case waits already. */
export async function insertEscalation(ctx: Ctx, caseId: string, cause: string, nextAt: Date): Promise<void> {
  await ctx.tx.named(
    'escalation_insert',
    'insert into escalation (account_id, case_id, cause, begun_at, next_at) select $1, $2, $3, $4, $5 where not exists (select from escalation where account_id = $1 and case_id = $2 and next_at is not null) on conflict do nothing',
    [ctx.accountId, caseId, cause, ctx.clock.now(), nextAt],
  );
}

export interface EscalationRow {
  step: number;
  nextAt: Date | null;
  acknowledgedAt: Date | null;
}

const COLUMNS = 'step, next_at as "nextAt", acknowledged_at as "acknowledgedAt"';
export async function findEscalation(ctx: Ctx, caseId: string, cause: string): Promise<EscalationRow | undefined> {
  const [row] = await ctx.tx.named<EscalationRow>('escalation_find', `select ${COLUMNS} from escalation where account_id = $1 and case_id = $2 and cause = $3`, [ctx.accountId, caseId, cause]);
  return row;
}
export async function lockEscalation(ctx: Ctx, caseId: string, cause: string): Promise<EscalationRow | undefined> {
  const [row] = await ctx.tx.named<EscalationRow>('escalation_lock', `select ${COLUMNS} from escalation where account_id = $1 and case_id = $2 and cause = $3 for update`, [ctx.accountId, caseId, cause]);
  return row;
}

export async function writeStep(ctx: Ctx, caseId: string, cause: string, step: number, nextAt: Date | null): Promise<void> {
  await ctx.tx.named('escalation_step', 'update escalation set step = $4, next_at = $5 where account_id = $1 and case_id = $2 and cause = $3', [ctx.accountId, caseId, cause, step, nextAt]);
}

/** Ends all that waits on a case; answers how many it were. */
export async function acknowledgeAll(ctx: Ctx, caseId: string, agentId: string): Promise<number> {
  const rows = await ctx.tx.named(
    'escalation_acknowledge',
    'update escalation set next_at = null, acknowledged_at = $3, acknowledged_by_name = (select name from agent where account_id = $1 and id = $4) where account_id = $1 and case_id = $2 and acknowledged_at is null returning 1',
    [ctx.accountId, caseId, ctx.clock.now(), agentId],
  );
  return rows.length;
}

export function selectEscalationsDue(tx: Tx, now: Date, limit: number): Promise<{ account_id: string; case_id: string; cause: string }[]> {
  return tx.named('escalations_due', 'select account_id, case_id, cause from escalation where next_at <= $1 order by next_at limit $2', [now, limit]);
}

export async function isPromiseOpen(ctx: Ctx, caseId: string, promiseId: string): Promise<boolean> {
  return (await ctx.tx.named('escalation_promise', `select 1 from promise where account_id = $1 and case_id = $2 and id::text = $3 and state = 'open'`, [ctx.accountId, caseId, promiseId])).length > 0;
}
