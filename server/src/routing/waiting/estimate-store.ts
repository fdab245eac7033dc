import type { WaitEstimate } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { ItemRow } from './work-store.ts';

const SAMPLES = 50;
const USUAL_DAYS = 7;

export async function recordEstimate(ctx: Ctx, { id, queue_id }: Pick<ItemRow, 'id' | 'queue_id'>, { position, lowSeconds, highSeconds, basis }: WaitEstimate): Promise<void> {
  await ctx.tx.named(
    'estimate_write', 'insert into wait_estimate (account_id, item_id, queue_id, at, position, serving, handled_seconds, low_seconds, high_seconds) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [ctx.accountId, id, queue_id, ctx.clock.now(), position, basis.serving, basis.handledSeconds, lowSeconds, highSeconds],
  );
}

/** How long it did take until somebody first had these. */
export async function noteWaits(ctx: Ctx, itemIds: readonly string[]): Promise<void> {
  await ctx.tx.named(
    'estimate_waited', 'update wait_estimate set waited_seconds = extract(epoch from $3::timestamptz - at)::int where account_id = $1 and item_id = any($2) and waited_seconds is null', [ctx.accountId, itemIds, ctx.clock.now()],
  );
}

/** How many stand before each of these, all waiting in one queue. One walk along its line, however many ask. */
export async function countAhead(ctx: Ctx, queueId: string, itemIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.tx.named<{ id: string; ahead: number }>(
    'estimate_ahead',
    `select l.id, l.ahead from (select id, row_number() over (order by rank_at, id)::int - 1 as ahead from work_item where account_id = $1 and queue_id = $2 and state = 'waiting') l where l.id = any($3)`,
    [ctx.accountId, queueId, itemIds],
  );
  return new Map(rows.map(({ id, ahead }) => [id, ahead]));
}

export interface QueueFacts {
  /** How many of the queue are in hand now. */
  inHand: number;
  /** On average, of the last so many. */
  handledSeconds: number | null;
  samples: number;
}

export interface LineFacts extends QueueFacts {
  /** How many stand before it. */
  ahead: number;
}

export async function findQueueFacts(ctx: Ctx, queueId: string): Promise<QueueFacts> {
  const [row] = await ctx.tx.named<QueueFacts>(
    'estimate_facts',
    `select (select count(*)::int from work_item where account_id = $1 and queue_id = $2 and state in ('offered', 'taken')) as "inHand", h.seconds as "handledSeconds", h.samples
     from (select avg(extract(epoch from l.ended_at - l.taken_at))::float8 as seconds, count(*)::int as samples
       from (select ended_at, taken_at from work_item where account_id = $1 and queue_id = $2 and state = 'done' order by ended_at desc limit ${SAMPLES}) l) h`,
    [ctx.accountId, queueId],
  );
  return row as QueueFacts;
}

/** Of the last week; null without any. */
export interface Usual {
  samples: number;
  waitedSeconds: number;
  position: number;
  serving: number;
  handledSeconds: number;
}

export async function findUsual(ctx: Ctx, queueId: string): Promise<Usual> {
  const [row] = await ctx.tx.named<Usual>(
    'estimate_usual',
    `select count(*)::int as samples, coalesce(avg(waited_seconds), 0)::float8 as "waitedSeconds", coalesce(avg(position), 0)::float8 as position, coalesce(avg(serving), 0)::float8 as serving, coalesce(avg(handled_seconds), 0)::float8 as "handledSeconds"
     from (select * from wait_estimate where account_id = $1 and queue_id = $2 and at > $3 and waited_seconds is not null order by at desc limit 200) l`,
    [ctx.accountId, queueId, new Date(ctx.clock.now().getTime() - USUAL_DAYS * 86_400_000)],
  );
  return row as Usual;
}

export interface ErrorRow {
  queue_id: string;
  name: string;
  count: number;
  in_range: number;
  error: number;
  bias: number;
  waited: number;
}

/** What was told between two moments, beside what came true, by queue. */
export function selectErrors(ctx: Ctx, from: Date, until: Date): Promise<ErrorRow[]> {
  return ctx.tx.named(
    'estimate_errors',
    `select q.id as queue_id, q.name, count(*)::int as count, count(*) filter (where e.waited_seconds between e.low_seconds and e.high_seconds)::int as in_range,
       avg(abs(e.waited_seconds - (e.low_seconds + e.high_seconds) / 2.0))::float8 as error, avg(e.waited_seconds - (e.low_seconds + e.high_seconds) / 2.0)::float8 as bias, avg(e.waited_seconds)::float8 as waited
     from wait_estimate e join queue q on q.account_id = $1 and q.id = e.queue_id
     where e.account_id = $1 and e.at >= $2 and e.at < $3 and e.waited_seconds is not null and e.low_seconds is not null group by q.id, q.name order by lower(q.name), q.id`,
    [ctx.accountId, from, until],
  );
}
