import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface PushKeyRow {
  public_key: string;
  sealed_private: Buffer;
}
export async function findPushKey(ctx: Ctx): Promise<PushKeyRow | undefined> {
  const [row] = await ctx.tx.named<PushKeyRow>('push_key', 'select public_key, sealed_private from push_key where account_id = $1', [ctx.accountId]);
  return row;
}
/** Of two that are made at the same moment the first counts. */
export async function insertPushKey(ctx: Ctx, row: PushKeyRow): Promise<void> {
  await ctx.tx.named('push_key_insert', 'insert into push_key (account_id, public_key, sealed_private, created_at) values ($1, $2, $3, $4) on conflict do nothing', [ctx.accountId, row.public_key, row.sealed_private, ctx.clock.now()]);
}

/** With the browsers that took it for the sender: pushes by another key are nothing to them. */
export async function deletePushKey(ctx: Ctx): Promise<void> {
  await ctx.tx.run('delete from push_subscription where account_id = $1', [ctx.accountId]);
  await ctx.tx.run('delete from push_key where account_id = $1', [ctx.accountId]);
}
/** Over all accounts. */
export function selectSealedKeys(tx: Tx): Promise<{ account_id: string; sealed_private: Buffer }[]> {
  return tx.run('select account_id, sealed_private from push_key order by account_id');
}

export interface SubscriptionRow {
  id: string;
  session_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  client: string;
  created_at: Date;
}
const COLUMNS = 'p.id, p.session_id, p.endpoint, p.p256dh, p.auth, p.client, p.created_at';

export function selectSubscriptions(ctx: Ctx, agentId: string): Promise<SubscriptionRow[]> {
  return ctx.tx.named<SubscriptionRow>(
    'push_subscriptions', `select ${COLUMNS} from push_subscription p join session s on s.account_id = $1 and s.id = p.session_id and s.expires_at > $3 where p.account_id = $1 and p.agent_id = $2 order by p.created_at, p.id limit 50`, [ctx.accountId, agentId, ctx.clock.now()],
  );
}

/** A browser that subscribes again, also as somebody else, is that one's from then on. */
export async function saveSubscription(ctx: Ctx, row: { id: string; agentId: string; sessionId: string; endpoint: string; endpointHash: Buffer; p256dh: string; auth: string }): Promise<SubscriptionRow> {
  const [saved] = await ctx.tx.named<SubscriptionRow>(
    'push_subscribe',
    `insert into push_subscription as p (account_id, id, agent_id, session_id, endpoint, endpoint_hash, p256dh, auth, client, created_at)
     select $1, $2, $3, s.id, $5, $6, $7, $8, s.client, $9 from session s where s.account_id = $1 and s.id = $4
     on conflict (account_id, endpoint_hash) do update set agent_id = excluded.agent_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth, client = excluded.client returning ${COLUMNS}`,
    [ctx.accountId, row.id, row.agentId, row.sessionId, row.endpoint, row.endpointHash, row.p256dh, row.auth, ctx.clock.now()],
  );
  if (!saved) throw new Error('The session is gone.');
  return saved;
}

export async function deleteSubscription(ctx: Ctx, agentId: string, id: string): Promise<boolean> {
  return (await ctx.tx.named('push_unsubscribe', 'delete from push_subscription where account_id = $1 and agent_id = $2 and id = $3 returning 1', [ctx.accountId, agentId, id])).length > 0;
}

/** Those of the agents who take pushes anywhere. */
export async function agentsWithPush(ctx: Ctx, agentIds: readonly string[]): Promise<string[]> {
  if (agentIds.length === 0) return [];
  const rows = await ctx.tx.named<{ agent_id: string }>('push_agents', 'select distinct agent_id from push_subscription where account_id = $1 and agent_id = any($2)', [ctx.accountId, agentIds]);
  return rows.map((row) => row.agent_id);
}
