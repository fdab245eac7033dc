import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import type { Fact } from './facts-of-case.ts';
import type { Timeline } from './timeline-store.ts';

interface FactRow { case_id: string; entry_id: string; measure: string; at: Date; amount: number; delta: number; inbox_id: string; channel: string; kind: string; priority: string; team_id: string | null; agent_id: string | null; holder_id: string | null; tags: string[]; began_at: Date | null; until_at: Date | number | 'infinity' | null }

const rowOf = (timeline: Timeline, fact: Fact): FactRow => ({
  case_id: timeline.id, entry_id: fact.entryId, measure: fact.measure, at: fact.at, amount: fact.amount, delta: fact.delta, inbox_id: timeline.inboxId, channel: timeline.channel, kind: timeline.kind, priority: timeline.priority,
  team_id: timeline.teamId, agent_id: fact.agentId, holder_id: timeline.agentId, tags: timeline.tags, began_at: fact.until === null ? null : timeline.createdAt, until_at: fact.until,
});
const keyOf = (row: FactRow) => `${row.case_id} ${row.entry_id} ${row.measure}`;
/** The same for rows from both sides; the driver reads `infinity` as a number. */
const valuesOf = (row: FactRow) => JSON.stringify([row.at, Number(row.amount), row.delta, row.inbox_id, row.channel, row.kind, row.priority, row.team_id, row.agent_id, row.holder_id, row.tags, row.began_at, row.until_at === Infinity ? 'infinity' : row.until_at]);

/** Brings what is known of the cases to what their timelines say. Only what differs is written: a new message touches its own day alone, and doing it twice writes nothing. */
export async function replaceFacts(ctx: Ctx, caseIds: readonly string[], cases: readonly { timeline: Timeline; facts: readonly Fact[] }[]): Promise<void> {
  const known = await ctx.tx.named<FactRow>(
    'insight_known', 'select case_id, entry_id, measure, at, amount, delta, inbox_id, channel, kind, priority, team_id, agent_id, holder_id, tags, began_at, until_at from insight_fact where account_id = $1 and case_id = any($2::uuid[])', [ctx.accountId, caseIds],
  );
  const before = new Map(known.map((row) => [keyOf(row), valuesOf(row)]));
  const rows = new Map(cases.flatMap(({ timeline, facts }) => facts.map((fact) => rowOf(timeline, fact))).map((row) => [keyOf(row), row]));
  const gone = known.filter((row) => !rows.has(keyOf(row)));
  const changed = [...rows].filter(([key, row]) => before.get(key) !== valuesOf(row)).map(([, row]) => row);
  if (gone.length > 0) {
    await ctx.tx.named(
      'insight_clear',
      `delete from insight_fact f using jsonb_to_recordset($2::jsonb) r(case_id uuid, entry_id uuid, measure text) where f.account_id = $1 and f.case_id = r.case_id and f.entry_id = r.entry_id and f.measure = r.measure`,
      [ctx.accountId, JSON.stringify(gone.map(({ case_id, entry_id, measure }) => ({ case_id, entry_id, measure })))],
    );
  }
  if (changed.length === 0) return;
  await ctx.tx.named(
    'insight_insert',
    `insert into insight_fact (account_id, case_id, entry_id, measure, at, amount, delta, inbox_id, channel, kind, priority, team_id, agent_id, holder_id, tags, began_at, until_at)
     select $1, r.case_id, r.entry_id, r.measure, r.at, r.amount, r.delta, r.inbox_id, r.channel, r.kind, r.priority, r.team_id, r.agent_id, r.holder_id, r.tags, r.began_at, r.until_at
     from jsonb_to_recordset($2::jsonb) r(case_id uuid, entry_id uuid, measure text, at timestamptz, amount bigint, delta int, inbox_id uuid, channel text, kind text, priority text, team_id uuid, agent_id uuid, holder_id uuid, tags text[], began_at timestamptz, until_at timestamptz)
     on conflict (account_id, case_id, entry_id, measure) do update set at = excluded.at, amount = excluded.amount, delta = excluded.delta, inbox_id = excluded.inbox_id, channel = excluded.channel, kind = excluded.kind, priority = excluded.priority,
       team_id = excluded.team_id, agent_id = excluded.agent_id, holder_id = excluded.holder_id, tags = excluded.tags, began_at = excluded.began_at, until_at = excluded.until_at`,
    [ctx.accountId, JSON.stringify(changed)],
  );
}

/** Accounts whose older cases have not been counted. */
export function selectUnfilled(tx: Tx): Promise<{ id: string }[]> {
  return tx.run('select a.id from account a where not exists (select from insight_fill f where f.account_id = a.id) order by a.created_at limit 100');
}

export async function markFilled(ctx: Ctx): Promise<void> {
  await ctx.tx.run('insert into insight_fill (account_id, filled_at) values ($1, $2) on conflict (account_id) do update set filled_at = excluded.filled_at', [ctx.accountId, ctx.clock.now()]);
}

/** Has the account counted anew within a minute, for what came to be without an event: a past that was told quietly. */
export async function countAnewSoon(ctx: Ctx): Promise<void> {
  await ctx.tx.run('delete from insight_fill where account_id = $1', [ctx.accountId]);
}

export async function isFilled(ctx: Ctx): Promise<boolean> {
  return (await ctx.tx.run('select 1 as one from insight_fill where account_id = $1', [ctx.accountId])).length > 0;
}
