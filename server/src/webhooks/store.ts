import type { WebhookTopic } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export type OffReason = 'by_hand' | 'failing' | 'gone' | 'agent_left' | 'key_gone' | 'secret_lost';

export interface EndpointRow {
  id: string;
  name: string;
  url: string;
  topics: WebhookTopic[];
  include_resource: boolean;
  agent_id: string;
  agent_name: string;
  agent_email: string;
  agent_locale: 'en' | 'de';
  api_key_id: string | null;
  api_key_name: string | null;
  is_enabled: boolean;
  off_reason: OffReason | null;
  secret: Buffer;
  old_secret: Buffer | null;
  old_secret_until: Date | null;
  failing_since: Date | null;
  failures: number;
  last_delivered_at: Date | null;
  paused_until: Date | null;
  version: number;
  created_at: Date;
}

const ENDPOINT = `select w.id, w.name, w.url, w.topics, w.include_resource, w.agent_id, a.name as agent_name, a.email as agent_email, a.locale as agent_locale, w.api_key_id, w.api_key_name, w.is_enabled, w.off_reason, w.secret, w.old_secret, w.old_secret_until,
  w.failing_since, w.failures, w.last_delivered_at, w.paused_until, w.version, w.created_at from webhook_endpoint w join agent a on a.account_id = w.account_id and a.id = w.agent_id where w.account_id = $1`;

export function selectEndpoints(ctx: Ctx): Promise<EndpointRow[]> {
  return ctx.tx.run(`${ENDPOINT} order by w.id`, [ctx.accountId]);
}
/** Over all accounts. */
export function selectSealed(tx: Tx): Promise<{ id: string; name: string; secret: Buffer }[]> {
  return tx.run('select id, name, secret from webhook_endpoint order by account_id, id');
}
/** Those that are on and ask for the topic. */
export function selectListening(ctx: Ctx, topic: string): Promise<EndpointRow[]> {
  return ctx.tx.run(`${ENDPOINT} and w.is_enabled and $2 = any(w.topics)`, [ctx.accountId, topic]);
}
export async function findEndpoint(ctx: Ctx, id: string, isLocked = false): Promise<EndpointRow | undefined> {
  const [row] = await ctx.tx.run<EndpointRow>(`${ENDPOINT} and w.id = $2${isLocked ? ' for update of w' : ''}`, [ctx.accountId, id]);
  return row;
}

/** Whom an endpoint acts for: an agent, and through which key. */
export interface ActsFor {
  agentId: string;
  apiKey: { id: string; name: string } | null;
}

export async function insertEndpoint(ctx: Ctx, row: { id: string; name: string; url: string; topics: readonly string[]; includeResource: boolean; secret: Buffer } & ActsFor): Promise<void> {
  await ctx.tx.run('insert into webhook_endpoint (account_id, id, name, url, topics, include_resource, agent_id, secret, created_at, api_key_id, api_key_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    ctx.accountId, row.id, row.name, row.url, row.topics, row.includeResource, row.agentId, row.secret, ctx.clock.now(), row.apiKey?.id ?? null, row.apiKey?.name ?? null,
  ]);
}

/** Writes what a person can change. A new address or turning it on begins anew: what was known of its failing is forgotten. */
export async function updateEndpoint(ctx: Ctx, row: { id: string; name: string; url: string; topics: readonly string[]; includeResource: boolean; offReason: OffReason | null; isFresh: boolean } & ActsFor): Promise<void> {
  await ctx.tx.run(
    `update webhook_endpoint set name = $3, url = $4, topics = $5, include_resource = $6, agent_id = $7, is_enabled = $8::text is null, off_reason = $8, version = version + 1, api_key_id = $10, api_key_name = $11,
       failing_since = case when $9 then null else failing_since end, failures = case when $9 then 0 else failures end, paused_until = case when $9 then null else paused_until end
     where account_id = $1 and id = $2`,
    [ctx.accountId, row.id, row.name, row.url, row.topics, row.includeResource, row.agentId, row.offReason, row.isFresh, row.apiKey?.id ?? null, row.apiKey?.name ?? null],
  );
}
export async function turnOff(ctx: Ctx, id: string, reason: OffReason): Promise<void> {
  await ctx.tx.run('update webhook_endpoint set is_enabled = false, off_reason = $3, version = version + 1 where account_id = $1 and id = $2 and is_enabled', [ctx.accountId, id, reason]);
}
export async function updateSecret(ctx: Ctx, id: string, secret: Buffer, oldUntil: Date | null): Promise<void> {
  await ctx.tx.run(
    'update webhook_endpoint set old_secret = case when $4::timestamptz is null then null else secret end, old_secret_until = $4, secret = $3, version = version + 1 where account_id = $1 and id = $2',
    [ctx.accountId, id, secret, oldUntil],
  );
}
export async function deleteEndpoint(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run('delete from webhook_endpoint where account_id = $1 and id = $2', [ctx.accountId, id]);
}

/** Makes this run the one that sends; false when another sends, or the endpoint is off or left alone for a while. The same run takes it again and again. */
export async function takeEndpoint(ctx: Ctx, id: string, drainer: string, until: Date): Promise<boolean> {
  const now = ctx.clock.now();
  const rows = await ctx.tx.run(
    `update webhook_endpoint set drainer = $3, draining_until = $4 where account_id = $1 and id = $2 and is_enabled and (paused_until is null or paused_until <= $5) and (drainer = $3 or draining_until is null or draining_until <= $5) returning 1`,
    [ctx.accountId, id, drainer, until, now],
  );
  return rows.length > 0;
}
export async function leaveEndpoint(ctx: Ctx, id: string, drainer: string): Promise<void> {
  await ctx.tx.run('update webhook_endpoint set drainer = null, draining_until = null where account_id = $1 and id = $2 and drainer = $3', [ctx.accountId, id, drainer]);
}
/** Something was taken: what was known of failing is forgotten. */
export async function setDelivered(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run('update webhook_endpoint set failing_since = null, failures = 0, paused_until = null, last_delivered_at = $3 where account_id = $1 and id = $2', [ctx.accountId, id, ctx.clock.now()]);
}
export async function setFailing(ctx: Ctx, id: string, failing: { since: Date; failures: number; pausedUntil: Date }): Promise<void> {
  await ctx.tx.run('update webhook_endpoint set failing_since = $3, failures = $4, paused_until = $5 where account_id = $1 and id = $2', [ctx.accountId, id, failing.since, failing.failures, failing.pausedUntil]);
}
/** Over all accounts: endpoints with something due that nobody sends. */
export function selectNeglected(tx: Tx, now: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(
    `select w.account_id, w.id from webhook_endpoint w where w.is_enabled and (w.paused_until is null or w.paused_until <= $1) and (w.draining_until is null or w.draining_until <= $1)
       and exists (select 1 from webhook_delivery d where d.account_id = w.account_id and d.endpoint_id = w.id and d.state = 'waiting' and d.next_at <= $1)`,
    [now],
  );
}
/** Over all accounts: endpoints that are on though the key that made them is gone or has run out. */
export function selectKeyless(tx: Tx, now: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(
    `select w.account_id, w.id from webhook_endpoint w where w.is_enabled and w.api_key_id is not null
       and not exists (select 1 from api_key k where k.account_id = w.account_id and k.id = w.api_key_id and (k.expires_at is null or k.expires_at > $1))`,
    [now],
  );
}
