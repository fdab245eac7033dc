import type { CaseScope, Permission } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface SessionRow {
  session_id: string;
  last_seen_at: Date;
  agent_id: string;
  name: string;
  permissions: Permission[];
  case_scope: CaseScope;
  team_ids: string[];
}

const FIND = `
  select s.id as session_id, s.last_seen_at, a.id as agent_id, a.name, r.permissions, r.case_scope,
    array(select m.team_id from team_member m where m.account_id = a.account_id and m.agent_id = a.id order by m.team_id) as team_ids
  from session s join agent a on a.account_id = s.account_id and a.id = s.agent_id join role r on r.account_id = a.account_id and r.id = a.role_id
  where s.account_id = $1 and s.token_hash = $2 and s.expires_at > $3 and s.created_at > $4 and a.state = 'active'`;

/**
 * Whose session this is, with everything the agent may do, in one statement and one round trip: it runs before every request. It runs outside an account's
 * transaction, which is why account and token both stand in its condition.
 */
export async function findSession(platform: Platform, accountId: string, hash: Buffer, now: Date, oldest: Date): Promise<SessionRow | undefined> {
  const values = [accountId, hash, now, oldest];
  const query = platform.config.databasePrepare ? { name: 'find_session', text: FIND, values } : { text: FIND, values };
  return (await platform.database.pool.query<SessionRow>(query)).rows[0];
}

/** Several requests of one browser may come at once; only the first of a minute writes. */
export async function touchSession(tx: Tx, session: { accountId: string; sessionId: string; address: string; now: Date; expiresAt: Date; onlyIfSeenBefore: Date }): Promise<void> {
  await tx.named('touch_session', 'update session set last_seen_at = $3, expires_at = $4, address = $5 where account_id = $1 and id = $2 and last_seen_at <= $6', [
    session.accountId, session.sessionId, session.now, session.expiresAt, session.address, session.onlyIfSeenBefore,
  ]);
}

export async function insertSession(tx: Tx, row: { accountId: string; id: string; agentId: string; hash: Buffer; client: string; address: string; now: Date; expiresAt: Date }): Promise<void> {
  await tx.insertInto('session').values({
    account_id: row.accountId, id: row.id, agent_id: row.agentId, token_hash: row.hash, client: row.client, address: row.address, created_at: row.now, last_seen_at: row.now, expires_at: row.expiresAt,
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

export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('session').where('expires_at', '<', now).execute();
}
