import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import type { Fact } from './facts-of-case.ts';
import type { Timeline } from './timeline-store.ts';

/** Replaces what is known of the cases. */
export async function replaceFacts(ctx: Ctx, caseIds: readonly string[], cases: readonly { timeline: Timeline; facts: readonly Fact[] }[]): Promise<void> {
  await ctx.tx.named('insight_clear', 'delete from insight_fact where account_id = $1 and case_id = any($2::uuid[])', [ctx.accountId, caseIds]);
  const rows = cases.flatMap(({ timeline, facts }) => facts.map((fact) => ({
    case_id: timeline.id, entry_id: fact.entryId, measure: fact.measure, at: fact.at, amount: fact.amount, delta: fact.delta, inbox_id: timeline.inboxId, channel: timeline.channel, kind: timeline.kind, team_id: timeline.teamId, agent_id: timeline.agentId, tags: timeline.tags,
  })));
  if (rows.length === 0) return;
  await ctx.tx.named(
    'insight_insert',
    `insert into insight_fact (account_id, case_id, entry_id, measure, at, amount, delta, inbox_id, channel, kind, team_id, agent_id, tags)
     select $1, r.case_id, r.entry_id, r.measure, r.at, r.amount, r.delta, r.inbox_id, r.channel, r.kind, r.team_id, r.agent_id, r.tags
     from jsonb_to_recordset($2::jsonb) r(case_id uuid, entry_id uuid, measure text, at timestamptz, amount bigint, delta int, inbox_id uuid, channel text, kind text, team_id uuid, agent_id uuid, tags text[])`,
    [ctx.accountId, JSON.stringify(rows)],
  );
}

/** Accounts whose older cases have not been counted. */
export function selectUnfilled(tx: Tx): Promise<{ id: string }[]> {
  return tx.run('select a.id from account a where not exists (select from insight_fill f where f.account_id = a.id) order by a.created_at limit 100');
}

export async function markFilled(ctx: Ctx): Promise<void> {
  await ctx.tx.run('insert into insight_fill (account_id, filled_at) values ($1, $2) on conflict (account_id) do update set filled_at = excluded.filled_at', [ctx.accountId, ctx.clock.now()]);
}

export async function isFilled(ctx: Ctx): Promise<boolean> {
  return (await ctx.tx.run('select 1 as one from insight_fill where account_id = $1', [ctx.accountId])).length > 0;
}
