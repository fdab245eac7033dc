import type { Tx } from '../../platform/database/index.ts';

// Logins are global and out of reach for an account's transaction; but for `insertLogin`, everything here needs a transaction of the system.

export interface LoginRow {
  id: string;
  email: string;
  password_hash: string | null;
  totp_secret: Buffer | null;
  totp_pending: Buffer | null;
  totp_last_step: number | null;
}

const COLUMNS = ['id', 'email', 'password_hash', 'totp_secret', 'totp_pending', 'totp_last_step'] as const;

/** E-mail addresses are compared in small letters everywhere. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

export async function insertLogin(tx: Tx, row: { id: string; email: string; passwordHash: string | null; now: Date }): Promise<void> {
  await tx.insertInto('login').values({ id: row.id, email: row.email, password_hash: row.passwordHash, created_at: row.now, password_changed_at: row.passwordHash === null ? null : row.now }).execute();
}

export async function findLoginByEmail(tx: Tx, email: string): Promise<LoginRow | undefined> {
  return tx.selectFrom('login').select(COLUMNS).where('email', '=', email).executeTakeFirst();
}

export async function findLoginOfAgent(tx: Tx, accountId: string, agentId: string): Promise<LoginRow | undefined> {
  return tx.selectFrom('login').innerJoin('agent', 'agent.login_id', 'login.id').select(COLUMNS.map((column) => `login.${column}` as const)).where('agent.account_id', '=', accountId).where('agent.id', '=', agentId).executeTakeFirst();
}

/** Locks the login until the transaction ends, so that of two uses of one code only the first counts. */
export async function lockLogin(tx: Tx, loginId: string): Promise<LoginRow | undefined> {
  return tx.selectFrom('login').select(COLUMNS).where('id', '=', loginId).forUpdate().executeTakeFirst();
}

export async function updatePassword(tx: Tx, loginId: string, passwordHash: string, now: Date): Promise<void> {
  await tx.updateTable('login').set({ password_hash: passwordHash, password_changed_at: now }).where('id', '=', loginId).execute();
}

/** The agents this person can work as, the one last used first. */
export async function selectPlaces(tx: Tx, loginId: string): Promise<{ account_id: string; agent_id: string }[]> {
  return tx.run(
    `select a.account_id, a.id as agent_id from agent a left join session s on s.account_id = a.account_id and s.agent_id = a.id
     where a.login_id = $1 and a.state = 'active' group by a.account_id, a.id, a.created_at order by max(s.last_seen_at) desc nulls last, a.created_at, a.id`,
    [loginId],
  );
}

export async function deleteUnusedLogin(tx: Tx, loginId: string): Promise<void> {
  await tx.run('delete from login where id = $1 and not exists (select from agent where login_id = $1)', [loginId]);
}
