import type { Tx } from '../../platform/database/index.ts';

// Logins are global and out of reach for an account's transaction; but for `insertLogin`, everything here needs a transaction of the system.

export interface LoginRow {
  id: string;
  email: string;
  password_hash: string | null;
  totp_secret: Buffer | null;
  totp_pending: Buffer | null;
  totp_last_step: number | null;
  has_passkey: boolean;
}

const COLUMNS = ['id', 'email', 'password_hash', 'totp_secret', 'totp_pending', 'totp_last_step', 'has_passkey'] as const;

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

export async function findLogin(tx: Tx, loginId: string): Promise<LoginRow | undefined> {
  return tx.selectFrom('login').select(COLUMNS).where('id', '=', loginId).executeTakeFirst();
}

/** Where a person works. `needs_company`: only the company's own sign-in leads there. */
export interface PlaceRow {
  account_id: string;
  agent_id: string;
  name: string;
  needs_company: boolean;
}

const NEEDS_COMPANY = `exists (select from oidc_provider o join oidc_domain d on d.account_id = o.account_id join role r on r.account_id = a.account_id and r.id = a.role_id
  where o.account_id = a.account_id and o.is_enabled and o.is_enforced and d.domain = split_part(a.email, '@', 2) and r.key is distinct from 'admin')`;

/** Whether only the company's own sign-in leads to this agent. Works in a transaction of the account, too. */
export async function mustUseCompany(tx: Tx, accountId: string, agentId: string): Promise<boolean> {
  const [row] = await tx.run<{ needs: boolean }>(`select ${NEEDS_COMPANY} as needs from agent a where a.account_id = $1 and a.id = $2`, [accountId, agentId]);
  return row?.needs ?? false;
}

/** The agents this person can work as, the one last used first. */
export async function selectPlaces(tx: Tx, loginId: string): Promise<PlaceRow[]> {
  return tx.run(
    `select a.account_id, a.id as agent_id, c.name, ${NEEDS_COMPANY} as needs_company from agent a join account c on c.id = a.account_id left join session s on s.account_id = a.account_id and s.agent_id = a.id
     where a.login_id = $1 and a.state = 'active' group by a.account_id, a.id, a.created_at, a.email, a.role_id, c.name order by max(s.last_seen_at) desc nulls last, a.created_at, a.id`,
    [loginId],
  );
}

export async function deleteUnusedLogin(tx: Tx, loginId: string): Promise<void> {
  await tx.run('delete from login where id = $1 and not exists (select from agent where login_id = $1)', [loginId]);
}
