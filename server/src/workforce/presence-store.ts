import type { PresenceCause, PresenceState } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import { newId } from '../platform/ids.ts';

export interface PresenceRow {
  agent_id: string;
  state: PresenceState;
  reason: string | null;
  since: Date | null;
  until_at: Date | null;
}
export interface ChangeRow {
  id: string;
  state: PresenceState;
  reason: string | null;
  cause: PresenceCause;
  by_name: string | null;
  at: Date;
  until_at: Date | null;
}

/** Everybody who can work, by name. */
export function selectPresences(ctx: Ctx): Promise<PresenceRow[]> {
  return ctx.tx.named(
    'presences',
    `select g.id as agent_id, coalesce(p.state, 'offline') as state, p.reason, p.since, p.until_at from agent g left join presence p on p.account_id = $1 and p.agent_id = g.id
     where g.account_id = $1 and g.state = 'active' and not g.is_bot order by lower(g.name), g.id`,
    [ctx.accountId],
  );
}

/** Holds an agent's presence until the transaction ends, also where there is none yet; undefined when the account has no such agent. */
export async function lockPresence(ctx: Ctx, agentId: string): Promise<(PresenceRow & { is_active: boolean; heard_at: Date | null }) | undefined> {
  const [agent] = await ctx.tx.named<{ is_active: boolean }>('presence_agent_lock', `select state = 'active' and not is_bot as is_active from agent where account_id = $1 and id = $2 for no key update`, [ctx.accountId, agentId]);
  if (!agent) return undefined;
  // A statement of its own: whoever waited for the lock must read what the one before wrote.
  const [row] = await ctx.tx.named<PresenceRow & { heard_at: Date }>('presence_lock', 'select agent_id, state, reason, since, until_at, heard_at from presence where account_id = $1 and agent_id = $2 for no key update', [ctx.accountId, agentId]);
  return { ...(row ?? { agent_id: agentId, state: 'offline', reason: null, since: null, until_at: null, heard_at: null }), ...agent };
}

/** Whether the account has such an agent, and whether they can work; undefined without one. */
export async function findAgent(ctx: Ctx, agentId: string): Promise<{ is_active: boolean } | undefined> {
  const [row] = await ctx.tx.named<{ is_active: boolean }>('presence_agent', `select state = 'active' and not is_bot as is_active from agent where account_id = $1 and id = $2`, [ctx.accountId, agentId]);
  return row;
}

export async function writePresence(ctx: Ctx, row: PresenceRow & { heardAt: Date }): Promise<void> {
  await ctx.tx.named(
    'presence_write',
    `insert into presence (account_id, agent_id, state, reason, since, until_at, heard_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, agent_id) do update set state = $3, reason = $4, since = $5, until_at = $6, heard_at = $7`,
    [ctx.accountId, row.agent_id, row.state, row.reason, row.since, row.until_at, row.heardAt],
  );
}

export async function insertChange(ctx: Ctx, row: Omit<ChangeRow, 'id'> & { agent_id: string }): Promise<void> {
  await ctx.tx.named(
    'presence_change', 'insert into presence_change (account_id, id, agent_id, state, reason, cause, by_name, at, until_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [ctx.accountId, newId(), row.agent_id, row.state, row.reason, row.cause, row.by_name, row.at, row.until_at],
  );
}

export async function findLastChange(ctx: Ctx, agentId: string): Promise<Pick<ChangeRow, 'cause' | 'by_name'> | undefined> {
  const [row] = await ctx.tx.named<Pick<ChangeRow, 'cause' | 'by_name'>>('presence_last_change', 'select cause, by_name from presence_change where account_id = $1 and agent_id = $2 order by id desc limit 1', [ctx.accountId, agentId]);
  return row;
}

export function selectChanges(ctx: Ctx, agentId: string, before: string, limit: number): Promise<ChangeRow[]> {
  return ctx.tx.named('presence_changes', 'select id, state, reason, cause, by_name, at, until_at from presence_change where account_id = $1 and agent_id = $2 and id < $3 order by id desc limit $4', [ctx.accountId, agentId, before, limit]);
}

/** Over all accounts: these agents have a browser connected. */
export async function writeHeard(tx: Tx, who: readonly { accountId: string; agentId: string }[], at: Date): Promise<void> {
  // In one order, so that two processes that hear of the same agents never wait for each other in a circle.
  await tx.named(
    'presence_heard',
    `update presence p set heard_at = $3 from (
       select account_id, agent_id from presence join unnest($1::uuid[], $2::uuid[]) w(account, agent) on account_id = w.account and agent_id = w.agent where state <> 'offline' and heard_at < $3 order by 1, 2 for no key update
     ) h where p.account_id = h.account_id and p.agent_id = h.agent_id`,
    [who.map(({ accountId }) => accountId), who.map(({ agentId }) => agentId), at],
  );
}

/** Over all accounts: whose wrap-up is over, and whom nobody has heard of since `heardBefore`. */
export function selectDue(tx: Tx, now: Date, heardBefore: Date, limit: number): Promise<{ account_id: string; agent_id: string }[]> {
  return tx.named(
    'presence_due',
    `(select account_id, agent_id from presence where until_at <= $1 order by until_at limit $3) union (select account_id, agent_id from presence where state <> 'offline' and heard_at < $2 order by heard_at limit $3)`,
    [now, heardBefore, limit],
  );
}
