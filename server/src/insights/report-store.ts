import type { Breakdown } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { planDays, spans, summed, type DayPlan } from './day-plan.ts';
import { ageOf, conditions, endOf, startOf, startValues, type AgentAs, type ReportQuery, type Values } from './report-source.ts';

const isSliced = (plan: DayPlan): plan is DayPlan & { slice: NonNullable<DayPlan['slice']> } => plan.slice !== null;
const MEASURES = `'created', 'received', 'sent', 'resolved', 'reopened', 'replies', 'first_response', 'full_response', 'resolution'`;

/** The facts of the days that are not read from the sums, with `tail` after the conditions. */
function someFacts(ctx: Ctx, query: ReportQuery, plan: DayPlan, values: Values, columns: string, tail: string, { measures = MEASURES, agentAs }: { measures?: string; agentAs?: AgentAs } = {}): string {
  const zone = values.of(query.timeZone);
  const where = conditions(ctx, query, values, agentAs);
  return `select ${columns.replaceAll(':zone', zone)} from ${spans(plan, values)} join insight_fact f on f.at >= day_start(s.first, ${zone}) and f.at < day_start(s.last + 1, ${zone}) ${tail.replace(':where', `where ${where} and f.measure in (${measures})`)}`;
}

/** What a report is made of, but for the backlog and the names. */
export interface ReportParts {
  /** Of both periods. */
  days: { day: string; measure: string; count: number; amount: number }[];
  middles: Middle[];
  middlesBefore: Middle[];
  hours: { weekday: number; hour: number; count: number }[];
  groups: { key: string | null; measure: string; count: number }[];
  groupMiddles: { key: string | null; measure: string; median: number }[];
}
interface Middle {
  measure: string;
  median: number;
  p90: number;
}

/** Everything of a report and of the period before it: from the daily sums as far as they know, and where they know nothing of the filters, from one look at the facts. */
export async function selectParts(ctx: Ctx, query: ReportQuery, earlier: ReportQuery, by: Breakdown): Promise<ReportParts> {
  const both = { ...query, from: earlier.from };
  const plan = await planDays(ctx, both);
  if (plan.slice === null) return selectAtOnce(ctx, query, earlier, by);
  const days = await selectDays(ctx, both, plan);
  return {
    days, middles: await selectMiddles(ctx, query, days), middlesBefore: await selectMiddles(ctx, earlier, days), hours: await selectHours(ctx, query, await planDays(ctx, query)),
    groups: await selectGroups(ctx, query, await planDays(ctx, query, by), by), groupMiddles: await selectGroupMiddles(ctx, query, by),
  };
}

/** How often each thing happened on each day, and the sum of what was measured. */
export async function selectDays(ctx: Ctx, query: ReportQuery, plan: DayPlan, agentAs: AgentAs = 'agent'): Promise<{ day: string; measure: string; count: number; amount: number }[]> {
  const values = startValues(ctx.accountId);
  const parts = plan.fromFacts.length === 0 ? [] : [someFacts(ctx, query, plan, values, '(f.at at time zone :zone)::date::text as day, f.measure, count(*) as count, sum(f.amount)::int8 as amount', ':where group by 1, 2', { agentAs })];
  if (isSliced(plan)) parts.push(`select d.day::text as day, d.measure, d.count, d.amount from insight_day d where ${summed(plan, query, values)}`);
  return parts.length === 0 ? [] : ctx.tx.run(parts.join(' union all '), values.list);
}

const TIMED = ['first_response', 'full_response', 'resolution'] as const;

/**
 * The middle of what was measured, and what nine of ten stay below: each is the time of a case, found by its place among all of them. How many there are is known from `days`, so the place is reached
 * along the index, from the nearer end, and nothing is sorted where that is dearer.
 */
async function selectMiddles(ctx: Ctx, query: ReportQuery, days: ReportParts['days']): Promise<Middle[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const period = `f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)}`;
  const parts = TIMED.flatMap((measure) => {
    const count = days.reduce((sum, row) => (row.measure === measure && row.day >= query.from && row.day <= query.to ? sum + Number(row.count) : sum), 0);
    if (count === 0) return [];
    const at = (order: 'asc' | 'desc', before: number) => `(select f.amount from insight_fact f where ${where} and f.measure = '${measure}' and ${period} order by f.amount ${order} limit 1 offset ${before})`;
    return [`select '${measure}' as measure, ${at('asc', Math.ceil(count * 0.5) - 1)} as median, ${at('desc', count - Math.ceil(count * 0.9))} as p90`];
  });
  const rows = parts.length === 0 ? [] : await ctx.tx.run<{ measure: string; median: number; p90: number }>(parts.join(' union all '), values.list);
  return rows.map(({ measure, median, p90 }) => ({ measure, median: Number(median), p90: Number(p90) }));
}

/** The cases that were unfinished at the end of the period, by how many whole days they had been there. */
export async function selectAges(ctx: Ctx, query: ReportQuery): Promise<{ step: number; count: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values, 'holder');
  const end = endOf(values, query.to, query.timeZone);
  return ctx.tx.run(`select ${ageOf(end)} as step, count(*) as count from insight_fact f where ${where} and f.at < ${end} and f.until_at >= ${end} group by 1`, values.list);
}

/** Messages in by the hour of the week. */
async function selectHours(ctx: Ctx, query: ReportQuery, plan: DayPlan): Promise<ReportParts['hours']> {
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
async function selectGroups(ctx: Ctx, query: ReportQuery, plan: DayPlan, by: Breakdown): Promise<ReportParts['groups']> {
  const values = startValues(ctx.accountId);
  const parts = plan.fromFacts.length === 0 ? [] : [someFacts(ctx, query, plan, values, `${KEYS[by]} as key, f.measure, count(*) as count`, `${eachTag(by)} :where group by 1, 2`)];
  if (isSliced(plan)) parts.push(`select nullif(d.key, '') as key, d.measure, sum(d.count)::int8 as count from insight_day d where ${summed(plan, query, values)} group by 1, 2`);
  return parts.length === 0 ? [] : ctx.tx.run(`select key, measure, sum(count)::int8 as count from (${parts.join(' union all ')}) g group by 1, 2`, values.list);
}

async function selectGroupMiddles(ctx: Ctx, query: ReportQuery, by: Breakdown): Promise<ReportParts['groupMiddles']> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  return ctx.tx.run(
    `select ${SORTED[by]} as key, f.measure, percentile_disc(0.5) within group (order by f.amount)::int8 as median from insight_fact f ${eachTag(by)}
     where ${where} and f.measure in ('first_response', 'full_response', 'resolution') and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by 1, 2`,
    values.list,
  );
}

const COLUMN: Record<Breakdown, string> = { team: 'team_id', inbox: 'inbox_id', agent: 'agent_id', kind: 'kind', channel: 'channel', priority: 'priority', tag: 'tags' };
interface Part {
  part: 'day' | 'middle' | 'hour' | 'group' | 'group_middle';
  is_now: boolean;
  /** The day, or the key of the group. */
  key: string | null;
  measure: string | null;
  weekday: number | null;
  hour: number | null;
  count: number | null;
  amount: number | null;
  middle: number[] | null;
}

/** The facts that fit are read once and kept while each part is made of them. */
async function selectAtOnce(ctx: Ctx, query: ReportQuery, earlier: ReportQuery, by: Breakdown): Promise<ReportParts> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const [from, begin, end] = [startOf(values, earlier.from, query.timeZone), startOf(values, query.from, query.timeZone), endOf(values, query.to, query.timeZone)];
  const timed = `f.measure in ('first_response', 'full_response', 'resolution')`;
  const rows = await ctx.tx.run<Part>(
    `with read as materialized (
       select f.measure, f.amount, f.at at time zone ${values.of(query.timeZone)} as at, f.at >= ${begin} as is_now, f.${COLUMN[by]}
       from insight_fact f where ${where} and f.measure in (${MEASURES}) and f.at >= ${from} and f.at < ${end}
     )
     select 'day' as part, f.is_now, f.at::date::text as key, f.measure, null::int as weekday, null::int as hour, count(*) as count, sum(f.amount)::int8 as amount, null::int8[] as middle from read f group by 2, 3, 4
     union all select 'middle', f.is_now, null, f.measure, null, null, null, null, percentile_disc(array[0.5, 0.9]) within group (order by f.amount)::int8[] from read f where ${timed} group by 2, 4
     union all select 'hour', true, null, null, extract(isodow from f.at)::int, extract(hour from f.at)::int, count(*), null, null from read f where f.is_now and f.measure = 'received' group by 5, 6
     union all select 'group', true, ${KEYS[by]}, f.measure, null, null, count(*), null, null from read f ${eachTag(by)} where f.is_now group by 3, 4
     union all select 'group_middle', true, k.key::text, k.measure, null, null, null, null, k.middle from (
       select ${SORTED[by]} as key, f.measure, percentile_disc(array[0.5]) within group (order by f.amount)::int8[] as middle from read f ${eachTag(by)} where f.is_now and ${timed} group by 1, 2
     ) k`,
    values.list,
  );
  const of = (part: Part['part']) => rows.filter((row) => row.part === part);
  const middles = (isNow: boolean) => of('middle').filter((row) => row.is_now === isNow).map(({ measure, middle }) => ({ measure: measure ?? '', median: Number(middle?.[0]), p90: Number(middle?.[1]) }));
  return {
    days: of('day').map(({ key, measure, count, amount }) => ({ day: key ?? '', measure: measure ?? '', count: Number(count), amount: Number(amount) })), middles: middles(true), middlesBefore: middles(false),
    hours: of('hour').map(({ weekday, hour, count }) => ({ weekday: weekday ?? 0, hour: hour ?? 0, count: Number(count) })).sort((a, b) => a.weekday - b.weekday || a.hour - b.hour),
    groups: of('group').map(({ key, measure, count }) => ({ key, measure: measure ?? '', count: Number(count) })), groupMiddles: of('group_middle').map(({ key, measure, middle }) => ({ key, measure: measure ?? '', median: Number(middle?.[0]) })),
  };
}

const NAMES: Partial<Record<Breakdown, string>> = { team: 'team', inbox: 'inbox', agent: 'agent' };

/** What the keys of a breakdown are called. */
export async function selectNames(ctx: Ctx, by: Breakdown, keys: readonly string[]): Promise<Map<string, string>> {
  const table = NAMES[by];
  if (table === undefined) return new Map(keys.map((key) => [key, key]));
  const rows = await ctx.tx.run<{ id: string; name: string }>(`select id, name from ${table} where account_id = $1 and id = any($2::uuid[])`, [ctx.accountId, keys]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
