import type { ProblemCode } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Forward } from '../forward.ts';
import type { Reply } from '../reply.ts';

/** What was written, as the verb that sends it takes it. */
export type PlannedContent = ({ kind: 'reply' } & Omit<Reply, 'caseId' | 'seenEntryId'>) | ({ kind: 'forward' } & Omit<Forward, 'caseId'>);

export interface PlanRow {
  id: string;
  case_id: string;
  hold: 'undo' | 'schedule';
  state: 'waiting' | 'held_back';
  /** The code of the refusal. Rows of the first releases say `refused` for all but two of them. */
  reason: ProblemCode | 'refused' | null;
  detail: string | null;
  send_at: Date;
  time_zone: string | null;
  author_id: string;
  author_name: string;
  content: PlannedContent;
  attachment_ids: string[];
  /** The newest entry its writer had seen: what a person wrote after it holds the message back. */
  seen_entry_id: string | null;
  version: number;
  created_at: Date;
}

const COLUMNS = 'id, case_id, hold, state, reason, detail, send_at, time_zone, author_id, author_name, content, attachment_ids, seen_entry_id, version, created_at';

export async function insertPlan(ctx: Ctx, row: PlanRow): Promise<void> {
  await ctx.tx.run(
    `insert into planned_message (account_id, id, case_id, hold, state, send_at, time_zone, author_id, author_name, content, attachment_ids, seen_entry_id, version, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [ctx.accountId, row.id, row.case_id, row.hold, row.state, row.send_at, row.time_zone, row.author_id, row.author_name, JSON.stringify(row.content), row.attachment_ids, row.seen_entry_id, row.version, row.created_at],
  );
}

export function selectPlans(ctx: Ctx, caseId: string): Promise<PlanRow[]> {
  return ctx.tx.named('plan_list', `select ${COLUMNS} from planned_message where account_id = $1 and case_id = $2 order by send_at, id`, [ctx.accountId, caseId]);
}

/** Without a lock: for finding its case, whose lock comes first. */
export async function findPlan(ctx: Ctx, planId: string): Promise<PlanRow | undefined> {
  const [row] = await ctx.tx.named<PlanRow>('plan_find', `select ${COLUMNS} from planned_message where account_id = $1 and id = $2`, [ctx.accountId, planId]);
  return row;
}

/** Held until the transaction ends; undefined when it was sent or taken back, or lies on another case. */
export async function lockPlan(ctx: Ctx, caseId: string, planId: string): Promise<PlanRow | undefined> {
  const [row] = await ctx.tx.named<PlanRow>('plan_lock', `select ${COLUMNS} from planned_message where account_id = $1 and case_id = $2 and id = $3 for update`, [ctx.accountId, caseId, planId]);
  return row;
}

export async function savePlan(ctx: Ctx, row: Pick<PlanRow, 'id' | 'hold' | 'state' | 'reason' | 'detail' | 'send_at' | 'time_zone' | 'seen_entry_id'>): Promise<void> {
  await ctx.tx.run(
    'update planned_message set hold = $3, state = $4, reason = $5, detail = $6, send_at = $7, time_zone = $8, seen_entry_id = $9, version = version + 1 where account_id = $1 and id = $2',
    [ctx.accountId, row.id, row.hold, row.state, row.reason, row.detail, row.send_at, row.time_zone, row.seen_entry_id],
  );
}

export async function deletePlan(ctx: Ctx, planId: string): Promise<void> {
  await ctx.tx.run('delete from planned_message where account_id = $1 and id = $2', [ctx.accountId, planId]);
}

/** Over all accounts: what waits and is due. */
export function selectDuePlans(tx: Tx, now: Date, limit: number): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from planned_message where state = 'waiting' and send_at <= $1 order by send_at limit $2`, [now, limit]);
}
