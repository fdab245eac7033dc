import type { BulkAction, BulkSelection, BulkItem, BulkRun, CaseScope, Permission } from '@rapport/contract';
import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export type BulkState = BulkRun['state'];
export type ItemState = BulkItem['state'];

export interface RunRow {
  id: string; agent_id: string; agent_name: string; /** Of whom these were the open cases. */ leaver_id: string | null; permissions: Permission[]; case_scope: CaseScope; action: BulkAction; selection: BulkSelection; state: BulkState; cursor: string | null; is_cut: boolean;
  total: number; done: number; changed: number; same: number; refused: number; restored: number; kept: number; created_at: Date; finished_at: Date | null; undo_until: Date | null;
}

const COLUMNS = 'id, agent_id, agent_name, leaver_id, permissions, case_scope, action, selection, state, cursor, is_cut, total, done, changed, same, refused, restored, kept, created_at, finished_at, undo_until';

export async function insertRun(ctx: Ctx, run: Pick<RunRow, 'id' | 'agent_id' | 'agent_name' | 'permissions' | 'case_scope' | 'action' | 'selection' | 'state'> & Partial<Pick<RunRow, 'leaver_id'>>): Promise<void> {
  await ctx.tx.run('insert into bulk_run (account_id, id, agent_id, agent_name, permissions, case_scope, action, selection, state, created_at, moved_at, leaver_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)', [
    ctx.accountId, run.id, run.agent_id, run.agent_name, run.permissions, run.case_scope, JSON.stringify(run.action), JSON.stringify(run.selection), run.state, ctx.clock.now(), run.leaver_id ?? null,
  ]);
}

export async function findRun(ctx: Ctx, runId: string): Promise<RunRow | undefined> {
  const [row] = await ctx.tx.named<RunRow>('bulk_find', `select ${COLUMNS} from bulk_run where account_id = $1 and id = $2`, [ctx.accountId, runId]);
  return row;
}

export async function lockRun(ctx: Ctx, runId: string): Promise<RunRow | undefined> {
  const [row] = await ctx.tx.named<RunRow>('bulk_lock', `select ${COLUMNS} from bulk_run where account_id = $1 and id = $2 for update`, [ctx.accountId, runId]);
  return row;
}

/** Those that can still be undone, the newest first: what was given on twice goes back by the same two steps. */
export function lockRunsOfLeaver(ctx: Ctx, leaverId: string): Promise<RunRow[]> {
  return ctx.tx.named<RunRow>('bulk_of_leaver', `select ${COLUMNS} from bulk_run where account_id = $1 and leaver_id = $2 and state = 'done' and undo_until > $3 order by id desc for update`, [ctx.accountId, leaverId, ctx.clock.now()]);
}

/** Who has left and still holds what is not done, over all accounts: from before cases were handed on, from an import, or by a change of the same moment. */
export function selectLeftOver(tx: Tx): Promise<{ account_id: string; id: string }[]> {
  return tx.run(
    `select a.account_id, a.id from agent a where a.state = 'disabled'
       and exists (select from cases c where c.account_id = a.account_id and owner_key(c.assignee_id) = a.id and c.shelf in ('open', 'snoozed', 'pending', 'on_hold') and c.removed_as is null and c.merged_into_id is null)
       and not exists (select from bulk_run r where r.account_id = a.account_id and r.leaver_id = a.id and r.state in ('gathering', 'running', 'undoing'))`,
  );
}

/** An agent's own runs below `before`, newest first; not those that began because somebody left. */
export function selectRuns(ctx: Ctx, agentId: string, before: string, limit: number): Promise<RunRow[]> {
  return ctx.tx.named<RunRow>('bulk_list', `select ${COLUMNS} from bulk_run where account_id = $1 and agent_id = $2 and leaver_id is null and id < $3 order by id desc limit $4`, [ctx.accountId, agentId, before, limit]);
}

/** Appends cases to a run that is locked; those on it already stay where they are. Answers how many are new. */
export async function insertItems(ctx: Ctx, runId: string, from: number, caseIds: readonly string[]): Promise<number> {
  const rows = await ctx.tx.run(
    `insert into bulk_item (account_id, run_id, place, case_id)
     select $1, $2, $3 + row_number() over (order by w.place), c.id from unnest($4::uuid[]) with ordinality w(id, place) join cases c on c.account_id = $1 and c.id = w.id
     where not exists (select from bulk_item b where b.account_id = $1 and b.run_id = $2 and b.case_id = w.id) returning 1`,
    [ctx.accountId, runId, from, caseIds],
  );
  return rows.length;
}

export async function writeGathered(ctx: Ctx, runId: string, found: { cursor: string | null; total: number; isCut: boolean; state: BulkState }): Promise<void> {
  await ctx.tx.named('bulk_gathered', 'update bulk_run set cursor = $3, total = $4, is_cut = $5, state = $6, moved_at = $7 where account_id = $1 and id = $2', [ctx.accountId, runId, found.cursor, found.total, found.isCut, found.state, ctx.clock.now()]);
}

export interface ItemRow {
  place: number;
  case_id: string;
  before: Snapshot | null;
  after: Snapshot | null;
}

/** What a run changed on one case; only what is in both is its doing. Times as RFC 3339. */
export interface Snapshot {
  state?: { status: string; snoozedUntil: string | null; waitingSince: string | null; resolvedAt: string | null };
  priority?: string;
  kind?: string;
  assigneeId?: string | null;
  teamId?: string | null;
  briefEntryId?: string | null;
  tags?: string[];
  isFollowing?: boolean;
}

/** The next case of a run in a state, locked; another worker's is passed over. */
export async function lockNextItem(ctx: Ctx, runId: string, state: ItemState): Promise<ItemRow | undefined> {
  const [row] = await ctx.tx.named<ItemRow>('bulk_next', 'select place, case_id, before, after from bulk_item where account_id = $1 and run_id = $2 and state = $3 order by place limit 1 for update skip locked', [ctx.accountId, runId, state]);
  return row;
}

/** Locks one item if it is still in a state. */
export async function lockItem(ctx: Ctx, runId: string, place: number, state: ItemState): Promise<boolean> {
  const rows = await ctx.tx.named('bulk_item_lock', 'select 1 from bulk_item where account_id = $1 and run_id = $2 and place = $3 and state = $4 for update', [ctx.accountId, runId, place, state]);
  return rows.length > 0;
}

/** What became of a locked item, and the run's counters with it. */
export async function writeItem(ctx: Ctx, runId: string, place: number, item: { state: Exclude<ItemState, 'waiting'>; code?: string; detail?: string; before?: Snapshot; after?: Snapshot }): Promise<RunRow> {
  await ctx.tx.named(
    'bulk_item_write',
    'update bulk_item set state = $4, code = $5, detail = $6, before = coalesce($7, before), after = coalesce($8, after) where account_id = $1 and run_id = $2 and place = $3',
    [ctx.accountId, runId, place, item.state, item.code ?? null, item.detail ?? null, item.before === undefined ? null : JSON.stringify(item.before), item.after === undefined ? null : JSON.stringify(item.after)],
  );
  const [row] = await ctx.tx.named<RunRow>(
    'bulk_count',
    `update bulk_run set done = done + case when $3 in ('restored', 'kept') then 0 else 1 end, changed = changed + case when $3 = 'changed' then 1 else 0 end, same = same + case when $3 = 'same' then 1 else 0 end,
       refused = refused + case when $3 = 'refused' then 1 else 0 end, restored = restored + case when $3 = 'restored' then 1 else 0 end, kept = kept + case when $3 = 'kept' then 1 else 0 end, moved_at = $4
     where account_id = $1 and id = $2 returning ${COLUMNS}`,
    [ctx.accountId, runId, item.state, ctx.clock.now()],
  );
  return row as RunRow;
}

export async function writeState(ctx: Ctx, runId: string, state: BulkState, finishedAt: Date | null, undoUntil: Date | null): Promise<void> {
  await ctx.tx.named('bulk_state', 'update bulk_run set state = $3, finished_at = $4, undo_until = $5, moved_at = $6 where account_id = $1 and id = $2', [ctx.accountId, runId, state, finishedAt, undoUntil, ctx.clock.now()]);
}

/** Items after a place, with what the reader may see of their cases. */
export function selectItems(ctx: Ctx, reader: CaseReader, runId: string, after: number, state: ItemState | undefined, limit: number): Promise<{ place: number; case_id: string; state: ItemState; code: string | null; detail: string | null; number: number | null; subject: string | null }[]> {
  return ctx.tx.named(
    'bulk_items',
    `select i.place, i.case_id, i.state, i.code, i.detail, c.number, c.subject from bulk_item i
     left join cases c on c.account_id = $1 and c.id = i.case_id and case_in_scope($5, $6, $7, c.assignee_id, c.team_id) and ($9 or c.removed_as is distinct from 'deleted')
     where i.account_id = $1 and i.run_id = $2 and i.place > $3 and ($4::text is null or i.state = $4) order by i.place limit $8`,
    [ctx.accountId, runId, after, state ?? null, reader.scope, reader.agentId, reader.teamIds, limit, reader.seesDeleted],
  );
}

/** Runs of all accounts that nobody works on any more though they are not at their end. */
export function selectStuck(tx: Tx, movedBefore: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from bulk_run where state in ('gathering', 'running', 'undoing') and moved_at < $1 order by moved_at limit 100`, [movedBefore]);
}

export async function deleteOldRuns(tx: Tx, before: Date): Promise<void> {
  await tx.run('delete from bulk_run where created_at < $1', [before]);
}
