import type { ClockKind } from '@rapport/contract';
import { NOBODY } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface ClockRow {
  case_id: string;
  kind: ClockKind;
  entry_id: string;
  policy_id: string;
  policy_name: string;
  calendar_name: string | null;
  minutes: number;
  started_at: Date;
  due_at: Date | null;
  warn_at: Date | null;
  paused_at: Date | null;
  left_ms: number | null;
  met_at: Date | null;
  warned_at: Date | null;
  breached_at: Date | null;
}

const COLUMNS = 'case_id, kind, entry_id, policy_id, policy_name, calendar_name, minutes, started_at, due_at, warn_at, paused_at, left_ms, met_at, warned_at, breached_at';
const TYPES = 'case_id uuid, kind text, entry_id uuid, policy_id uuid, policy_name text, calendar_name text, minutes int, started_at timestamptz, due_at timestamptz, warn_at timestamptz, paused_at timestamptz, left_ms bigint, met_at timestamptz, warned_at timestamptz, breached_at timestamptz';

export function selectClocks(ctx: Ctx, caseIds: readonly string[]): Promise<ClockRow[]> {
  return ctx.tx.named<ClockRow>('clocks', `select ${COLUMNS} from service_clock where account_id = $1 and case_id = any($2::uuid[]) order by case_id, started_at, kind, entry_id`, [ctx.accountId, caseIds]);
}

export async function writeClocks(ctx: Ctx, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.tx.named(
    'clocks_write',
    `insert into service_clock (account_id, ${COLUMNS}) select $1, ${COLUMNS} from jsonb_to_recordset($2::jsonb) r(${TYPES})
     on conflict (account_id, case_id, kind, entry_id) do update set policy_id = excluded.policy_id, policy_name = excluded.policy_name, calendar_name = excluded.calendar_name, minutes = excluded.minutes, started_at = excluded.started_at, due_at = excluded.due_at,
       warn_at = excluded.warn_at, paused_at = excluded.paused_at, left_ms = excluded.left_ms, met_at = excluded.met_at, warned_at = excluded.warned_at, breached_at = excluded.breached_at`,
    [ctx.accountId, JSON.stringify(rows)],
  );
}

export async function deleteClocks(ctx: Ctx, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.tx.named(
    'clocks_delete',
    'delete from service_clock s using jsonb_to_recordset($2::jsonb) r(case_id uuid, kind text, entry_id uuid) where s.account_id = $1 and s.case_id = r.case_id and s.kind = r.kind and s.entry_id = r.entry_id',
    [ctx.accountId, JSON.stringify(rows.map(({ case_id, kind, entry_id }) => ({ case_id, kind, entry_id })))],
  );
}

export interface ToTell {
  account_id: string;
  case_id: string;
  tell_at: Date;
}

/** Cases of all accounts on which there is something to be told, behind a place, what is longest due first. */
export function selectToTell(tx: Tx, now: Date, after: Pick<ToTell, 'tell_at' | 'case_id'> | undefined, limit: number): Promise<ToTell[]> {
  return tx.run('select account_id, case_id, tell_at from service_clock where tell_at is not null and tell_at <= $1 and (tell_at, case_id) > ($2, $3) order by tell_at, case_id limit $4', [now, after?.tell_at ?? '-infinity', after?.case_id ?? NOBODY, limit]);
}
