import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface Roll { time_zone: string; run: string; rolled_at: Date | null }

/** Accounts that have been counted and have something to sum: days that changed, no sums yet, or sums in another calendar than the account has now. */
export function selectUnrolled(tx: Tx): Promise<{ id: string }[]> {
  return tx.run(
    `select a.id from account a join insight_fill f on f.account_id = a.id left join insight_roll r on r.account_id = a.id
     where r.rolled_at is null or r.time_zone <> coalesce(a.settings ->> 'timeZone', 'UTC') or exists (select from insight_mark m where m.account_id = a.id) order by a.created_at limit 1000`,
  );
}

export async function selectRoll(ctx: Ctx): Promise<Roll | undefined> {
  return (await ctx.tx.named<Roll>('insight_roll', 'select time_zone, run, rolled_at from insight_roll where account_id = $1', [ctx.accountId]))[0];
}

/** As above, and whoever else wants to sum days of the account waits. */
export async function holdRoll(ctx: Ctx): Promise<Roll | undefined> {
  return (await ctx.tx.run<Roll>('select time_zone, run, rolled_at from insight_roll where account_id = $1 for update', [ctx.accountId]))[0];
}

/** From here on nobody reads the sums, and an earlier run that still goes on stops. */
export async function beginRoll(ctx: Ctx, timeZone: string, run: string): Promise<void> {
  await ctx.tx.run(
    `insert into insight_roll (account_id, time_zone, run, rolled_at) values ($1, $2, $3, null) on conflict (account_id) do update set time_zone = excluded.time_zone, run = excluded.run, rolled_at = null`,
    [ctx.accountId, timeZone, run],
  );
  await ctx.tx.run('delete from insight_day where account_id = $1', [ctx.accountId]);
}

export async function endRoll(ctx: Ctx): Promise<void> {
  await ctx.tx.run('update insight_roll set rolled_at = $2 where account_id = $1', [ctx.accountId, ctx.clock.now()]);
}

/** The first and the last day, in the calendar of `timeZone`, on which anything happened. */
export async function selectSpan(ctx: Ctx, timeZone: string): Promise<{ from: string; to: string } | undefined> {
  const [row] = await ctx.tx.run<{ from: string | null; to: string | null }>(
    `select (min(at) at time zone $2)::date::text as "from", (max(at) at time zone $2)::date::text as "to" from insight_fact where account_id = $1`, [ctx.accountId, timeZone],
  );
  return row?.from && row.to ? { from: row.from, to: row.to } : undefined;
}

/** Days of UTC that have changed since they were summed, in order. */
export async function selectMarks(ctx: Ctx, from?: string, to?: string): Promise<string[]> {
  const rows = await ctx.tx.named<{ day: string }>(
    'insight_marks', `select distinct day, day::text as text from insight_mark where account_id = $1 and day >= coalesce($2::date, '-infinity') and day <= coalesce($3::date, 'infinity') order by 1 limit 5000`, [ctx.accountId, from ?? null, to ?? null],
  );
  return rows.map((row) => (row as unknown as { text: string }).text);
}

/** Takes the marks of some days of UTC away. Waits for whoever is writing one that is there; what they write is seen by the next statement. */
export async function takeMarks(ctx: Ctx, from: string, to: string): Promise<void> {
  await ctx.tx.run('select 1 from insight_mark where account_id = $1 and day between $2 and $3 order by day, slot for update', [ctx.accountId, from, to]);
  await ctx.tx.run('delete from insight_mark where account_id = $1 and day between $2 and $3', [ctx.accountId, from, to]);
}

/** Sums the days from `from` to `to` of the calendar anew, from the facts alone. */
export async function sumDays(ctx: Ctx, from: string, to: string, timeZone: string): Promise<void> {
  await ctx.tx.run('delete from insight_day where account_id = $1 and day between $2 and $3', [ctx.accountId, from, to]);
  await ctx.tx.run(
    `insert into insight_day (account_id, dimension, day, key, measure, count, amount, hours, hour_counts)
     select $1, dimension, day, key, measure, sum(count), sum(amount), array_agg(hour order by hour) filter (where measure = 'received'), array_agg(count order by hour) filter (where measure = 'received')
     from (
       select d.dimension, f.day, d.key, f.measure, f.hour, count(*) as count, sum(f.amount) as amount
       from (
         select (at at time zone $4)::date as day, measure, case when measure = 'received' then extract(hour from at at time zone $4)::int end as hour, amount, team_id, inbox_id, agent_id, holder_id, kind, channel, priority, tags
         from insight_fact where account_id = $1 and at >= day_start($2::date, $4) and at < day_start($3::date + 1, $4)
       ) f cross join lateral (
         values ('all', ''), ('team', coalesce(f.team_id::text, '')), ('inbox', f.inbox_id::text), ('agent', coalesce(f.agent_id::text, '')), ('holder', coalesce(f.holder_id::text, '')), ('kind', f.kind), ('channel', f.channel), ('priority', f.priority)
         union all select 'tag', tag from unnest(case when f.tags = '{}' then '{""}' else f.tags end) tag
       ) d(dimension, key)
       group by 1, 2, 3, 4, 5
     ) hourly group by dimension, day, key, measure`,
    [ctx.accountId, from, to, timeZone],
  );
}
