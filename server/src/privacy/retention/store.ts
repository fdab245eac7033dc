import type { RetentionAction, RetentionRule, RetentionRun } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface Policy {
  usual: RetentionRule;
  rules: ReadonlyMap<string, RetentionRule>;
  keepTags: string[];
  removesCustomers: boolean;
  placeholderId: string;
  version: number;
}

interface Row { action: RetentionAction; days: number; keep_tags: string[]; removes_customers: boolean; placeholder_id: string; version: number }

/** Undefined before anything was saved: then everything is kept. With `lock`, nobody else changes it until the transaction ends. */
export async function findPolicy(ctx: Ctx, { lock = false } = {}): Promise<Policy | undefined> {
  const [row] = await ctx.tx.run<Row>(`select action, days, keep_tags, removes_customers, placeholder_id, version from retention_policy where account_id = $1 ${lock ? 'for update' : ''}`, [ctx.accountId]);
  if (!row) return undefined;
  const rules = await ctx.tx.run<{ inbox_id: string; action: RetentionAction; days: number }>('select inbox_id, action, days from retention_rule where account_id = $1', [ctx.accountId]);
  return {
    usual: { action: row.action, days: row.days }, rules: new Map(rules.map(({ inbox_id: inboxId, action, days }) => [inboxId, { action, days }])), keepTags: row.keep_tags, removesCustomers: row.removes_customers, placeholderId: row.placeholder_id,
    version: row.version,
  };
}

/** Writes the whole of it. False when somebody else has saved meanwhile. */
export async function writePolicy(ctx: Ctx, policy: Omit<Policy, 'rules'> & { rules: readonly { id: string; rule: RetentionRule }[] }): Promise<boolean> {
  const values = [ctx.accountId, policy.usual.action, policy.usual.days, policy.keepTags, policy.removesCustomers, ctx.actor.name, ctx.clock.now()];
  const written = policy.version === 0
    ? await ctx.tx.run('insert into retention_policy (account_id, action, days, keep_tags, removes_customers, by_name, changed_at, looked_at, placeholder_id) values ($1, $2, $3, $4, $5, $6, $7, $7, $8) on conflict do nothing returning 1', [...values, policy.placeholderId])
    : await ctx.tx.run('update retention_policy set action = $2, days = $3, keep_tags = $4, removes_customers = $5, by_name = $6, changed_at = $7, looked_at = $7, version = version + 1 where account_id = $1 and version = $8 returning 1', [...values, policy.version]);
  if (written.length === 0) return false;
  await ctx.tx.run('delete from retention_rule where account_id = $1', [ctx.accountId]);
  await ctx.tx.run('insert into retention_rule (account_id, inbox_id, action, days) select $1, r.id, r.action, r.days from jsonb_to_recordset($2) r(id uuid, action text, days int)', [ctx.accountId, JSON.stringify(policy.rules.map(({ id, rule }) => ({ id, ...rule })))]);
  return true;
}

interface RunRow { id: string; state: RetentionRun['state']; words: number; cases: number; messages: number; files: number; customers: number; held: number; failed: number; started_at: Date; ended_at: Date | null }
const RUN = 'id, state, words, cases, messages, files, customers, held, failed, started_at, ended_at';
const shapeRun = ({ started_at: startedAt, ended_at: endedAt, ...row }: RunRow): RetentionRun => ({ ...row, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null });

export async function selectRuns(ctx: Ctx, limit: number): Promise<RetentionRun[]> {
  return (await ctx.tx.run<RunRow>(`select ${RUN} from retention_run where account_id = $1 order by id desc limit $2`, [ctx.accountId, limit])).map(shapeRun);
}

export type Done = Partial<Record<'words' | 'cases' | 'messages' | 'files' | 'customers' | 'failed', number>>;

/** Adds to what this night's run did, in the transaction that did it; the run begins with the first. One that a dead process left is gone on with. */
export async function noteDone(ctx: Ctx, newRunId: string, done: Done): Promise<void> {
  const now = ctx.clock.now();
  await ctx.tx.run(`insert into retention_run (account_id, id, started_at, moved_at) values ($1, $2, $3, $3) on conflict (account_id) where state = 'running' do nothing`, [ctx.accountId, newRunId, now]);
  await ctx.tx.run(
    `update retention_run set words = words + $2, cases = cases + $3, messages = messages + $4, files = files + $5, customers = customers + $6, failed = failed + $7, moved_at = $8 where account_id = $1 and state = 'running'`,
    [ctx.accountId, done.words ?? 0, done.cases ?? 0, done.messages ?? 0, done.files ?? 0, done.customers ?? 0, done.failed ?? 0, now],
  );
}

/** Ends the run. Undefined when there was nothing to do. */
export async function finishRun(ctx: Ctx, held: number): Promise<RetentionRun | undefined> {
  const [row] = await ctx.tx.run<RunRow>(`update retention_run set state = 'done', held = $2, ended_at = $3, moved_at = $3 where account_id = $1 and state = 'running' returning ${RUN}`, [ctx.accountId, held, ctx.clock.now()]);
  return row && shapeRun(row);
}

/** Over all accounts: where a rule erases something, or a run is unfinished. */
export async function selectAccounts(tx: Tx): Promise<string[]> {
  const rows = await tx.run<{ account_id: string }>(`select account_id from retention_policy where action <> 'keep' union select account_id from retention_rule where action <> 'keep' union select account_id from retention_run where state = 'running'`);
  return rows.map((row) => row.account_id);
}

/** Says that the account was gone through, whether or not there was anything to do. */
export async function noteLooked(ctx: Ctx): Promise<void> {
  await ctx.tx.run('update retention_policy set looked_at = $2 where account_id = $1', [ctx.accountId, ctx.clock.now()]);
}

/** Over all accounts that have a rule which erases: whether each was gone through since then, and how many cases the last run could not erase. */
export async function selectHealth(tx: Tx, since: Date): Promise<{ isLate: boolean; looked_at: Date; failed: number }[]> {
  return tx.run(
    `select p.looked_at < $1 as "isLate", p.looked_at, coalesce((select r.failed from retention_run r where r.account_id = p.account_id and r.state = 'done' order by r.ended_at desc limit 1), 0) as failed from retention_policy p
     where p.action <> 'keep' or exists (select from retention_rule r where r.account_id = p.account_id and r.action <> 'keep') order by p.looked_at`,
    [since],
  );
}

/** Whether an archive of the customer is being made or lies ready: its row names files that must not be forgotten. */
export async function hasArchive(ctx: Ctx, customerIds: readonly string[]): Promise<boolean> {
  const rows = await ctx.tx.run(`select from customer_export where account_id = $1 and customer_id = any($2::uuid[]) and (state in ('waiting', 'running', 'ready') or part_keys <> '{}') limit 1`, [ctx.accountId, customerIds]);
  return rows.length > 0;
}
