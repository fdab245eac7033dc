import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface DeliveryRow {
  event_id: string;
  topic: string;
  payload: Record<string, unknown>;
  event_at: Date;
  case_id: string | null;
  customer_id: string | null;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  next_at: Date;
  give_up_at: Date;
  last_status: number | null;
  last_trouble: string | null;
  last_duration_ms: number | null;
}
export interface NewDelivery {
  eventId: string;
  topic: string;
  payload: Record<string, unknown>;
  eventAt: Date;
  caseId: string | null;
  customerId: string | null;
  giveUpAt: Date;
}
// How long later events of a case wait behind one that is not taken.
const ORDER_KEPT = '10 minutes';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const ROW = `d.event_id, d.topic, d.payload, d.event_at, d.case_id, d.customer_id, d.state, d.attempts, d.next_at, d.give_up_at`;
const LISTED = `select ${ROW}, l.status as last_status, l.trouble as last_trouble, l.duration_ms as last_duration_ms from webhook_delivery d left join lateral
  (select t.status, t.trouble, t.duration_ms from webhook_attempt t where t.account_id = d.account_id and t.endpoint_id = d.endpoint_id and t.event_id = d.event_id order by t.id desc limit 1) l on true
  where d.account_id = $1 and d.endpoint_id = $2`;

/** An event that is told twice to the same endpoint is one delivery. A case or customer that is gone by now is told of without being held on to. */
export async function insertDelivery(ctx: Ctx, endpointId: string, row: NewDelivery): Promise<void> {
  await ctx.tx.run(
    `insert into webhook_delivery (account_id, endpoint_id, event_id, topic, payload, event_at, case_id, customer_id, next_at, give_up_at, created_at)
     values ($1, $2, $3, $4, $5, $6, (select c.id from cases c where c.account_id = $1 and c.id = $7), (select c.id from customer c where c.account_id = $1 and c.id = $8), $9, $10, $9) on conflict do nothing`,
    [ctx.accountId, endpointId, row.eventId, row.topic, JSON.stringify(row.payload), row.eventAt, row.caseId, row.customerId, ctx.clock.now(), row.giveUpAt],
  );
}

/** What is to be sent now, oldest first, one of each case: the next of a case waits for the one before, though not for ever. */
export function selectDue(ctx: Ctx, endpointId: string, limit: number): Promise<DeliveryRow[]> {
  return ctx.tx.run(
    `select ${ROW}, null as last_status, null as last_trouble, null as last_duration_ms from webhook_delivery d where d.account_id = $1 and d.endpoint_id = $2 and d.state = 'waiting' and d.next_at <= $3 and (d.case_id is null or not exists (
       select 1 from webhook_delivery e where e.account_id = $1 and e.endpoint_id = $2 and e.state = 'waiting' and e.case_id = d.case_id and e.event_id < d.event_id and e.created_at > $3::timestamptz - interval '${ORDER_KEPT}'))
     order by d.event_id limit $4`,
    [ctx.accountId, endpointId, ctx.clock.now(), limit],
  );
}
export async function findNextDue(ctx: Ctx, endpointId: string): Promise<Date | undefined> {
  const [row] = await ctx.tx.run<{ at: Date | null }>(`select min(next_at) as at from webhook_delivery where account_id = $1 and endpoint_id = $2 and state = 'waiting'`, [ctx.accountId, endpointId]);
  return row?.at ?? undefined;
}

/** One try and what follows from it. A delivery that was sent again by hand meanwhile stays as that made it. */
export async function recordAttempt(ctx: Ctx, endpointId: string, eventId: string, attempt: { id: string; at: Date; status: number | null; durationMs: number; answer: string; trouble: string | null }, next: { state: 'waiting' | 'delivered' | 'failed'; nextAt: Date }): Promise<void> {
  const found = await ctx.tx.run(
    `update webhook_delivery set attempts = attempts + 1, state = $4, next_at = $5, ended_at = case when $4 = 'waiting' then null else $6::timestamptz end where account_id = $1 and endpoint_id = $2 and event_id = $3 and state = 'waiting' returning 1`,
    [ctx.accountId, endpointId, eventId, next.state, next.nextAt, ctx.clock.now()],
  );
  if (found.length === 0) return;
  await ctx.tx.run('insert into webhook_attempt (account_id, endpoint_id, event_id, id, at, status, duration_ms, answer, trouble) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    ctx.accountId, endpointId, eventId, attempt.id, attempt.at, attempt.status, attempt.durationMs, attempt.answer, attempt.trouble,
  ]);
}

export async function sendAgain(ctx: Ctx, endpointId: string, eventId: string, giveUpAt: Date): Promise<boolean> {
  const rows = await ctx.tx.run(`update webhook_delivery set state = 'waiting', attempts = 0, next_at = $4, give_up_at = $5, ended_at = null where account_id = $1 and endpoint_id = $2 and event_id = $3 returning 1`, [
    ctx.accountId, endpointId, eventId, ctx.clock.now(), giveUpAt,
  ]);
  return rows.length > 0;
}

/** Takes up the oldest that were given up, `limit` of them. Returns how many. */
export async function sendFailedAgain(ctx: Ctx, endpointId: string, giveUpAt: Date, limit: number): Promise<number> {
  const rows = await ctx.tx.run(
    `update webhook_delivery set state = 'waiting', attempts = 0, next_at = $3, give_up_at = $4, ended_at = null where account_id = $1 and endpoint_id = $2 and state = 'failed'
       and event_id in (select event_id from webhook_delivery where account_id = $1 and endpoint_id = $2 and state = 'failed' order by event_id limit $5) returning 1`,
    [ctx.accountId, endpointId, ctx.clock.now(), giveUpAt, limit],
  );
  return rows.length;
}
export async function hasFailed(ctx: Ctx, endpointId: string): Promise<boolean> {
  return (await ctx.tx.run(`select 1 from webhook_delivery where account_id = $1 and endpoint_id = $2 and state = 'failed' limit 1`, [ctx.accountId, endpointId])).length > 0;
}

export function selectDeliveries(ctx: Ctx, endpointId: string, query: { state: string | undefined; before: string | undefined; limit: number }): Promise<DeliveryRow[]> {
  return ctx.tx.run(`${LISTED} and ($3::text is null or d.state = $3) and d.event_id < $4 order by d.event_id desc limit $5`, [ctx.accountId, endpointId, query.state ?? null, query.before ?? LAST_ID, query.limit]);
}
export async function findDelivery(ctx: Ctx, endpointId: string, eventId: string): Promise<DeliveryRow | undefined> {
  const [row] = await ctx.tx.run<DeliveryRow>(`${LISTED} and d.event_id = $3`, [ctx.accountId, endpointId, eventId]);
  return row;
}
export function selectAttempts(ctx: Ctx, endpointId: string, eventId: string): Promise<{ at: Date; status: number | null; duration_ms: number; answer: string; trouble: string | null }[]> {
  return ctx.tx.run('select at, status, duration_ms, answer, trouble from webhook_attempt where account_id = $1 and endpoint_id = $2 and event_id = $3 order by id desc limit 100', [ctx.accountId, endpointId, eventId]);
}

/** Over all accounts; one bounded step. Returns how many went. */
export async function deleteOld(tx: Tx, before: Date, limit: number): Promise<number> {
  const rows = await tx.run(
    `delete from webhook_delivery where (account_id, endpoint_id, event_id) in (select account_id, endpoint_id, event_id from webhook_delivery where created_at < $1 and (state <> 'waiting' or give_up_at < $1) limit $2) returning 1`,
    [before, limit],
  );
  return rows.length;
}
