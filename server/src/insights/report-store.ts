import type { Breakdown } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { conditions, endOf, startOf, startValues, type ReportQuery } from './report-source.ts';

interface Total { measure: string; count: number; median: number | null; p90: number | null; mean: number | null }

/** How often each thing happened in a period, and the middle of what was measured. */
export async function selectTotals(ctx: Ctx, query: ReportQuery): Promise<Total[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  return ctx.tx.run<Total>(
    `select f.measure, count(*) as count, percentile_cont(0.5) within group (order by f.amount) filter (where f.measure in ('first_response', 'resolution')) as median,
       percentile_cont(0.9) within group (order by f.amount) filter (where f.measure in ('first_response', 'resolution')) as p90, avg(f.amount)::float8 as mean
     from insight_fact f where ${where} and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by f.measure`,
    values.list,
  );
}

/** Unfinished cases at the end of a day. */
export async function selectBacklog(ctx: Ctx, query: ReportQuery, day: string): Promise<number> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const [row] = await ctx.tx.run<{ sum: number | null }>(
    `select sum(f.delta)::int8 as sum from insight_fact f where ${where} and f.measure in ('created', 'resolved', 'reopened') and f.at < ${endOf(values, day, query.timeZone)}`,
    values.list,
  );
  return Number(row?.sum ?? 0);
}

/** The backlog at the end of the period by how many whole days a case had been there. */
export async function selectAges(ctx: Ctx, query: ReportQuery): Promise<{ step: number; count: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const end = endOf(values, query.to, query.timeZone);
  return ctx.tx.run(
    `select width_bucket(extract(epoch from ${end} - began)::float8 / 86400, array[1, 3, 7, 30]::float8[]) as step, count(*) as count from (
       select min(f.at) filter (where f.measure = 'created') as began from insight_fact f where ${where} and f.measure in ('created', 'resolved', 'reopened') and f.at < ${end}
       group by f.case_id having sum(f.delta) > 0
     ) open group by 1`,
    values.list,
  );
}

export async function selectDays(ctx: Ctx, query: ReportQuery): Promise<{ day: string; measure: string; count: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  return ctx.tx.run(
    `select to_char(f.at at time zone ${values.of(query.timeZone)}, 'YYYY-MM-DD') as day, f.measure, count(*) as count from insight_fact f
     where ${where} and f.measure in ('created', 'received', 'sent', 'resolved', 'reopened') and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by 1, 2`,
    values.list,
  );
}

export async function selectHours(ctx: Ctx, query: ReportQuery): Promise<{ weekday: number; hour: number; count: number }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const zone = values.of(query.timeZone);
  return ctx.tx.run(
    `select extract(isodow from f.at at time zone ${zone})::int as weekday, extract(hour from f.at at time zone ${zone})::int as hour, count(*) as count from insight_fact f
     where ${where} and f.measure = 'received' and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by 1, 2 order by 1, 2`,
    values.list,
  );
}

const GROUPS: Record<Breakdown, { key: string; name: string; join: string }> = {
  team: { key: 'f.team_id::text', name: 'min(n.name)', join: 'left join team n on n.account_id = f.account_id and n.id = f.team_id' },
  inbox: { key: 'f.inbox_id::text', name: 'min(n.name)', join: 'left join inbox n on n.account_id = f.account_id and n.id = f.inbox_id' },
  agent: { key: 'f.agent_id::text', name: 'min(n.name)', join: 'left join agent n on n.account_id = f.account_id and n.id = f.agent_id' },
  kind: { key: 'f.kind', name: 'f.kind', join: '' },
  channel: { key: 'f.channel', name: 'f.channel', join: '' },
  tag: { key: 'tag', name: 'tag', join: 'left join lateral unnest(f.tags) tag on true' },
};

export async function selectGroups(ctx: Ctx, query: ReportQuery, by: Breakdown): Promise<{ key: string | null; name: string | null; measure: string; count: number; median: number | null }[]> {
  const values = startValues(ctx.accountId);
  const where = conditions(ctx, query, values);
  const { key, name, join } = GROUPS[by];
  return ctx.tx.run(
    `select ${key} as key, ${name} as name, f.measure, count(*) as count, percentile_cont(0.5) within group (order by f.amount) filter (where f.measure in ('first_response', 'resolution')) as median
     from insight_fact f ${join} where ${where} and f.at >= ${startOf(values, query.from, query.timeZone)} and f.at < ${endOf(values, query.to, query.timeZone)} group by ${key}, f.measure`,
    values.list,
  );
}
