import type { CaseScope, Permission } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';
import { usualPolicy } from '../policy/policy-store.ts';

export interface SessionRow {
  session_id: string;
  last_seen_at: Date;
  method: 'password' | 'passkey' | 'company';
  factors: number;
  proved_at: Date;
  created_at: Date;
  idle_minutes: number;
  /** When somebody who came in with one factor must have a second; null when nobody asks for it. */
  second_factor_due_at: Date | null;
  agent_id: string;
  name: string;
  permissions: Permission[];
  case_scope: CaseScope;
  team_ids: string[];
}

// Who has a second factor and came in without it gets no time to set one up.
export const SECOND_FACTOR_DUE = `case when s.factors = 1 and r.second_factor_since is not null then
    case when l.has_second_factor or l.has_passkey then r.second_factor_since else greatest(r.second_factor_since, coalesce(a.role_since, a.created_at)) + make_interval(days => coalesce(p.grace_days, ${usualPolicy.graceDays})) end end`;

const FIND = `
  select s.id as session_id, s.last_seen_at, s.method, s.factors, coalesce(s.proved_at, s.created_at) as proved_at, s.created_at, coalesce(p.idle_minutes, ${usualPolicy.idleMinutes}) as idle_minutes,
    ${SECOND_FACTOR_DUE} as second_factor_due_at, a.id as agent_id, a.name, r.permissions, r.case_scope,
    array(select m.team_id from team_member m where m.account_id = a.account_id and m.agent_id = a.id order by m.team_id) as team_ids
  from session s join agent a on a.account_id = s.account_id and a.id = s.agent_id join role r on r.account_id = a.account_id and r.id = a.role_id
    left join sign_in_policy p on p.account_id = s.account_id left join login l on l.id = a.login_id
  where s.account_id = $1 and s.token_hash = $2 and s.expires_at > $3 and a.state = 'active'
    and s.created_at > $3 - make_interval(mins => coalesce(p.longest_minutes, ${usualPolicy.longestMinutes})) and s.last_seen_at > $3 - make_interval(mins => coalesce(p.idle_minutes, ${usualPolicy.idleMinutes}))`;

/**
 * Whose session this is, with everything the agent may do, in one statement and one round trip: it runs before every request. It runs outside an account's
 * transaction, which is why account and token both stand in its condition.
 */
export async function findSession(platform: Platform, accountId: string, hash: Buffer, now: Date): Promise<SessionRow | undefined> {
  const values = [accountId, hash, now];
  const query = platform.config.databasePrepare ? { name: 'find_session', text: FIND, values } : { text: FIND, values };
  return (await platform.database.pool.query<SessionRow>(query)).rows[0];
}

/** Several requests of one browser may come at once; only the first of a minute writes. */
export async function touchSession(tx: Tx, session: { accountId: string; sessionId: string; address: string; now: Date; expiresAt: Date; onlyIfSeenBefore: Date }): Promise<void> {
  await tx.named('touch_session', 'update session set last_seen_at = $3, expires_at = $4, address = $5 where account_id = $1 and id = $2 and last_seen_at <= $6', [
    session.accountId, session.sessionId, session.now, session.expiresAt, session.address, session.onlyIfSeenBefore,
  ]);
}

export async function insertSession(tx: Tx, row: { accountId: string; id: string; agentId: string; hash: Buffer; client: string; address: string; now: Date; beganAt: Date; expiresAt: Date; method: SessionRow['method']; factors: number; provedAt: Date; sealedIdToken: Buffer | null }): Promise<void> {
  await tx.insertInto('session').values({
    account_id: row.accountId, id: row.id, agent_id: row.agentId, token_hash: row.hash, client: row.client, address: row.address, created_at: row.beganAt, last_seen_at: row.now, expires_at: row.expiresAt, method: row.method, factors: row.factors, proved_at: row.provedAt, sealed_id_token: row.sealedIdToken,
  }).execute();
}

export async function deleteSessionByToken(tx: Tx, accountId: string, hash: Buffer): Promise<void> {
  await tx.deleteFrom('session').where('account_id', '=', accountId).where('token_hash', '=', hash).execute();
}

/** Ends one session of the agent; false when the agent has no such session. */
export async function deleteSession(tx: Tx, accountId: string, agentId: string, sessionId: string): Promise<boolean> {
  const rows = await tx.deleteFrom('session').where('account_id', '=', accountId).where('agent_id', '=', agentId).where('id', '=', sessionId).returning('id').execute();
  return rows.length > 0;
}

export async function deleteSessionsOfAgent(tx: Tx, accountId: string, agentId: string): Promise<void> {
  await tx.deleteFrom('session').where('account_id', '=', accountId).where('agent_id', '=', agentId).execute();
}

/** Ends every session of a person in all accounts, but one if named. Returns whose they were. */
export async function deleteSessionsOfLogin(tx: Tx, loginId: string, keepSessionId?: string): Promise<{ account_id: string; agent_id: string }[]> {
  return tx.run(
    'delete from session s using agent a where a.login_id = $1 and s.account_id = a.account_id and s.agent_id = a.id and s.id is distinct from $2::uuid returning s.account_id, s.agent_id',
    [loginId, keepSessionId ?? null],
  );
}

export async function selectSessions(tx: Tx, accountId: string, agentId: string, now: Date) {
  return tx.selectFrom('session').select(['id', 'client', 'address', 'created_at', 'last_seen_at'])
    .where('account_id', '=', accountId).where('agent_id', '=', agentId).where('expires_at', '>', now).orderBy('last_seen_at', 'desc').orderBy('id', 'desc').execute();
}

/** What `readSession` tells of a session beside its agent. */
export async function selectSignIn(tx: Tx, accountId: string, sessionId: string): Promise<Pick<SessionRow, 'method' | 'second_factor_due_at'> | undefined> {
  const rows = await tx.run<Pick<SessionRow, 'method' | 'second_factor_due_at'>>(
    `select s.method, ${SECOND_FACTOR_DUE} as second_factor_due_at from session s join agent a on a.account_id = s.account_id and a.id = s.agent_id join role r on r.account_id = a.account_id and r.id = a.role_id
       left join sign_in_policy p on p.account_id = s.account_id left join login l on l.id = a.login_id where s.account_id = $1 and s.id = $2`,
    [accountId, sessionId],
  );
  return rows[0];
}

/** Ends the sessions used least recently until at most this many are left, and tells how many ended. */
export async function deleteSessionsBeyond(tx: Tx, accountId: string, agentId: string, most: number): Promise<number> {
  const ended = await tx.run(
    'delete from session where account_id = $1 and id in (select id from session where account_id = $1 and agent_id = $2 order by last_seen_at desc, id desc offset $3) returning id',
    [accountId, agentId, most],
  );
  return ended.length;
}

/** A person has proved who they are in this session once more. By password or passkey it is from now on theirs, however it began. */
export async function saveProof(tx: Tx, accountId: string, sessionId: string, proof: { method: SessionRow['method']; factors: number; now: Date }): Promise<void> {
  await tx.run(
    `update session set proved_at = $3, factors = case when method = 'company' and $4 <> 'company' then $5::smallint else greatest(factors, $5::smallint) end, method = case when method = 'company' then $4 else method end
     where account_id = $1 and id = $2`,
    [accountId, sessionId, proof.now, proof.method, proof.factors],
  );
}

/** Ends every session that came through the company's sign-in; who they belonged to. */
export async function deleteCompanySessions(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('session').where('account_id', '=', accountId).where('method', '=', 'company').execute();
}

/** Ends the sessions of people who have to use the company's sign-in and came another way. */
export async function deleteSessionsOutsideCompany(tx: Tx, accountId: string): Promise<void> {
  await tx.run(
    `delete from session s using agent a, role r, oidc_domain d where s.account_id = $1 and s.method <> 'company' and a.account_id = s.account_id and a.id = s.agent_id and r.account_id = a.account_id and r.id = a.role_id
       and r.key is distinct from 'admin' and d.account_id = a.account_id and d.domain = split_part(a.email, '@', 2)`,
    [accountId],
  );
}

export async function selectIdToken(tx: Tx, accountId: string, sessionId: string): Promise<Buffer | null> {
  return (await tx.selectFrom('session').select('sealed_id_token').where('account_id', '=', accountId).where('id', '=', sessionId).executeTakeFirst())?.sealed_id_token ?? null;
}

export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('session').where('expires_at', '<', now).execute();
}
