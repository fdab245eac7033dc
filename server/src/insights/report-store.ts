import type { Breakdown } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { spans, summed, type DayPlan } from './day-plan.ts';
import { ageOf, conditions, endOf, startOf, startValues, type AgentAs, type ReportQuery, type Values } from './report-source.ts';

const isSliced = (plan: DayPlan): plan is DayPlan & { slice: NonNullable<DayPlan['slice']> } => plan.slice !== null;
const MEASURES = `'created', 'received', 'sent', 'resolved', 'reopened', 'replies', 'first_response', 'full_response', 'resolution'`;

/** The facts of the days that are not read from the sums, with `tail` after the conditions. */
function someFacts(ctx: Ctx, query: ReportQuery, plan: DayPlan, values: Values, columns: string, tail: string, { measures = MEASURES, agentAs }: { measures?: string; agentAs?: AgentAs } = {}): string {
  const zone = values.of(query.timeZone);
  const where = conditions(ctx, query, values, agentAs);
  return `select ${columns.replaceAll(':zone', zone)} from ${spans(plan, values)} join insight_fact f on f.at >= day_start(s.first, ${zone}) and f.at < day_start(s.last + 1, ${zone}) ${tail.replace(':where', `where ${where} and f.measure in (${measures})`)}`;
}

/** How often each thing happened on each day, and the sum of what was measured. */
export async function selectDays(ctx: Ctx, query: ReportQuery, plan: DayPlan, agentAs: AgentAs = 'agent'): Promise<{ day: string; measure: string; count: number; amount: number }[]> {
  const values = startValues(ctx.accountId);
  const parts = plan.fromFacts.length === 0 ? [] : [someFacts(ctx, query, plan, values, '(f.at at time zone :zone)::date::text as day, f.measure, count(*) as count, sum(f.amount)::int8 as amount', ':where group by 1, 2', { agentAs })];
  if (isSliced(plan)) parts.push(`select d.day::text as day, d.measure, d.count, d.amount from insight_day d where ${summed(plan, query, values)}`);
  return parts.length === 0 ? [] : ctx.tx.run(parts.join(' union all '), values.list);
}

/** The middle of what was measured, and what nine of ten stay below: each is the time of a case, found by its place among all of them. */
export async function selectMiddles(ctx: Ctx, query: ReportQuery): Promise<{ measure: string; median: number; p90: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const rows = await ctx.tx.run<{ measure: string; middle: number[] }>(
    `select f.measure, percentile_disc(array[0.5, 0.9]) within group (order by f.amount)::int8[] as middle from insight_fact f
     where ${where} and f.measure in ('first_response', 'full_response', 'resolution') and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by f.measure`,
    values.list,
  );
  return rows.map(({ measure, middle }) => ({ measure, median: Number(middle[0]), p90: Number(middle[1]) }));
}

/** The cases that were unfinished at the end of the period, by how many whole days they had been there. */
export async function selectAges(ctx: Ctx, query: ReportQuery): Promise<{ step: number; count: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values, 'holder');
  const end = endOf(values, query.to, query.timeZone);
  return ctx.tx.run(`select ${ageOf(end)} as step, count(*) as count from insight_fact f where ${where} and f.at < ${end} and f.until_at >= ${end} group by 1`, values.list);
}

/** Messages in by the hour of the week. */
export async function selectHours(ctx: Ctx, query: ReportQuery, plan: DayPlan): Promise<{ weekday: number; hour: number; count: number }[]> {
  const values = startValues(ctx.accountId);
  const parts = plan.fromFacts.length === 0 ? [] : [someFacts(ctx, query, plan, values, 'extract(isodow from f.at at time zone :zone)::int as weekday, extract(hour from f.at at time zone :zone)::int as hour, count(*) as count', ':where group by 1, 2', { measures: `'received'` })];
  if (isSliced(plan)) parts.push(`select extract(isodow from d.day)::int as weekday, h.hour, sum(h.count)::int8 as count from insight_day d cross join lateral unnest(d.hours, d.hour_counts) h(hour, count) where ${summed(plan, query, values)} and d.measure = 'received' group by 1, 2`);
  if (parts.length === 0) return [];
  const rows = await ctx.tx.run<{ weekday: number; hour: number; count: number }>(`select weekday, hour, sum(count)::int8 as count from (${parts.join(' union all ')}) h group by 1, 2 order by 1, 2`, values.list);
  return rows.map((row) => ({ weekday: row.weekday, hour: row.hour, count: Number(row.count) }));
}

const KEYS: Record<Breakdown, string> = { team: 'f.team_id::text', inbox: 'f.inbox_id::text', agent: 'f.agent_id::text', kind: 'f.kind', channel: 'f.channel', priority: 'f.priority', tag: 'g.tag' };
// As bytes: sorting them by the rules of a language takes many times as long.
const SORTED: Record<Breakdown, string> = { team: 'f.team_id', inbox: 'f.inbox_id', agent: 'f.agent_id', kind: 'f.kind collate "C"', channel: 'f.channel collate "C"', priority: 'f.priority collate "C"', tag: 'g.tag collate "C"' };
const eachTag = (by: Breakdown) => (by === 'tag' ? `cross join lateral unnest(case when f.tags = '{}' then array[null]::text[] else f.tags end) g(tag)` : '');

/** How often each thing happened in each group of a breakdown; the key is null where there is none. */
export async function selectGroups(ctx: Ctx, query: ReportQuery, plan: DayPlan, by: Breakdown): Promise<{ key: string | null; measure: string; count: number }[]> {
  const values = startValues(ctx.accountId);
  const parts = plan.fromFacts.length === 0 ? [] : [someFacts(ctx, query, plan, values, `${KEYS[by]} as key, f.measure, count(*) as count`, `${eachTag(by)} :where group by 1, 2`)];
  if (isSliced(plan)) parts.push(`select nullif(d.key, '') as key, d.measure, sum(d.count)::int8 as count from insight_day d where ${summed(plan, query, values)} group by 1, 2`);
  return parts.length === 0 ? [] : ctx.tx.run(`select key, measure, sum(count)::int8 as count from (${parts.join(' union all ')}) g group by 1, 2`, values.list);
}

export async function selectGroupMiddles(ctx: Ctx, query: ReportQuery, by: Breakdown): Promise<{ key: string | null; measure: string; median: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  return ctx.tx.run(
    `select ${SORTED[by]} as key, f.measure, percentile_disc(0.5) within group (order by f.amount)::int8 as median from insight_fact f ${eachTag(by)}
     where ${where} and f.measure in ('first_response', 'full_response', 'resolution') and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by 1, 2`,
    values.list,
  );
}

const NAMES: Partial<Record<Breakdown, string>> = { team: 'team', inbox: 'inbox', agent: 'agent' };

/** What the keys of a breakdown are called. */
export async function selectNames(ctx: Ctx, by: Breakdown, keys: readonly string[]): Promise<Map<string, string>> {
  const table = NAMES[by];
  if (table === undefined) return new Map(keys.map((key) => [key, key]));
  const rows = await ctx.tx.run<{ id: string; name: string }>(`select id, name from ${table} where account_id = $1 and id = any($2::uuid[])`, [ctx.accountId, keys]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
