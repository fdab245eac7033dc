import type { Tx } from '../../platform/database/index.ts';

export interface ProviderRow {
  account_id: string;
  name: string;
  issuer: string;
  client_id: string;
  sealed_secret: Buffer | null;
  is_enabled: boolean;
  is_enforced: boolean;
  joining_role_id: string | null;
  end_session_endpoint: string | null;
  updated_at: Date;
  domains: string[];
}

const SELECT = 'select o.*, array(select d.domain from oidc_domain d where d.account_id = o.account_id order by d.domain) as domains from oidc_provider o where o.account_id = $1';

export async function selectProvider(tx: Tx, accountId: string): Promise<ProviderRow | undefined> {
  return (await tx.run<ProviderRow>(SELECT, [accountId]))[0];
}

/** Over all accounts. */
export function selectSealedClients(tx: Tx): Promise<{ account_id: string; issuer: string; sealed_secret: Buffer }[]> {
  return tx.run('select account_id, issuer, sealed_secret from oidc_provider where sealed_secret is not null order by account_id');
}

/** Throws a unique violation when another account has one of the domains. */
export async function saveProvider(tx: Tx, row: ProviderRow): Promise<void> {
  await tx.run(
    `insert into oidc_provider (account_id, name, issuer, client_id, sealed_secret, is_enabled, is_enforced, joining_role_id, end_session_endpoint, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (account_id) do update set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id, sealed_secret = excluded.sealed_secret, is_enabled = excluded.is_enabled,
       is_enforced = excluded.is_enforced, joining_role_id = excluded.joining_role_id, end_session_endpoint = excluded.end_session_endpoint, updated_at = excluded.updated_at`,
    [row.account_id, row.name, row.issuer, row.client_id, row.sealed_secret, row.is_enabled, row.is_enforced, row.joining_role_id, row.end_session_endpoint, row.updated_at],
  );
  await tx.run('delete from oidc_domain where account_id = $1 and domain <> all($2)', [row.account_id, row.domains]);
  await tx.run('insert into oidc_domain (account_id, domain) select $1, unnest($2::text[]) on conflict (account_id, domain) do nothing', [row.account_id, row.domains]);
}

export async function deleteProvider(tx: Tx, accountId: string): Promise<boolean> {
  await tx.deleteFrom('oidc_link').where('account_id', '=', accountId).execute();
  return (await tx.deleteFrom('oidc_provider').where('account_id', '=', accountId).returning('account_id').execute()).length > 0;
}

/** Whose own sign-in serves a domain; over all accounts, so it needs a transaction of the system. */
export async function selectCompaniesOf(tx: Tx, domain: string): Promise<{ account_id: string; name: string; company: string }[]> {
  return tx.run(
    'select o.account_id, o.name, a.name as company from oidc_domain d join oidc_provider o on o.account_id = d.account_id join account a on a.id = o.account_id where d.domain = $1 and o.is_enabled order by a.name, a.id',
    [domain],
  );
}

export interface LinkOfAgentRow {
  issuer: string;
  subject: string;
  agent_id: string;
  email: string;
}

export async function findCompanyLink(tx: Tx, accountId: string, issuer: string, subject: string): Promise<LinkOfAgentRow | undefined> {
  return tx.selectFrom('oidc_link').select(['issuer', 'subject', 'agent_id', 'email']).where('account_id', '=', accountId).where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
}

export async function selectLinkOfAgent(tx: Tx, accountId: string, agentId: string): Promise<LinkOfAgentRow | undefined> {
  return tx.selectFrom('oidc_link').select(['issuer', 'subject', 'agent_id', 'email']).where('account_id', '=', accountId).where('agent_id', '=', agentId).executeTakeFirst();
}

/** Throws a unique violation when the agent or the subject is connected already. A connection with a provider the account has left behind gives way. */
export async function insertCompanyLink(tx: Tx, accountId: string, row: LinkOfAgentRow & { now: Date }): Promise<void> {
  await tx.run('delete from oidc_link where account_id = $1 and agent_id = $2 and issuer <> $3', [accountId, row.agent_id, row.issuer]);
  await tx.insertInto('oidc_link').values({ account_id: accountId, issuer: row.issuer, subject: row.subject, agent_id: row.agent_id, email: row.email, created_at: row.now, last_used_at: row.now }).execute();
}

export async function touchCompanyLink(tx: Tx, accountId: string, issuer: string, subject: string, now: Date): Promise<void> {
  await tx.updateTable('oidc_link').set({ last_used_at: now }).where('account_id', '=', accountId).where('issuer', '=', issuer).where('subject', '=', subject).execute();
}

export async function deleteCompanyLink(tx: Tx, accountId: string, agentId: string): Promise<boolean> {
  return (await tx.deleteFrom('oidc_link').where('account_id', '=', accountId).where('agent_id', '=', agentId).returning('agent_id').execute()).length > 0;
}

export interface FlowRow {
  id: string;
  purpose: 'sign-in' | 'link' | 'prove' | 'join';
  browser_hash: Buffer | null;
  issuer: string;
  nonce: string | null;
  sealed_verifier: Buffer | null;
  session_id: string | null;
  agent_id: string | null;
  subject: string | null;
  email: string | null;
  sealed_id_token: Buffer | null;
  started_at: Date;
}

export async function insertFlow(tx: Tx, accountId: string, row: FlowRow & { token_hash: Buffer; expires_at: Date }): Promise<void> {
  await tx.insertInto('oidc_flow').values({ account_id: accountId, ...row }).execute();
}

/** Hands a flow out for the one time it may be used. */
export async function takeFlow(tx: Tx, accountId: string, hash: Buffer, now: Date): Promise<FlowRow | undefined> {
  const rows = await tx.run<FlowRow>('delete from oidc_flow where account_id = $1 and token_hash = $2 and expires_at > $3 returning *', [accountId, hash, now]);
  return rows[0];
}

export async function deleteOldFlows(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('oidc_flow').where('expires_at', '<', now).execute();
}
