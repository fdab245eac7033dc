import type { CaseScope, Permission } from '@rapport/contract';
import type { Tx } from '../../platform/database/index.ts';

export type AgentState = 'active' | 'invited' | 'disabled';

export interface AgentRow {
  id: string;
  name: string;
  email: string;
  role_id: string;
  role_name: string;
  role_key: string | null;
  permissions: Permission[];
  case_scope: CaseScope;
  team_ids: string[];
  state: AgentState;
  has_second_factor: boolean;
  is_bot: boolean;
  locale: 'en' | 'de';
  login_id: string | null;
  external_id: string | null;
  created_at: Date;
}

const SELECT = `
  select a.id, a.name, a.email, a.role_id, r.name as role_name, r.key as role_key, r.permissions, r.case_scope, a.state, a.is_bot, a.locale, a.login_id, a.external_id, a.created_at,
    coalesce(l.has_second_factor or l.has_passkey, false) as has_second_factor,
    array(select m.team_id from team_member m where m.account_id = a.account_id and m.agent_id = a.id order by m.team_id) as team_ids
  from agent a join role r on r.account_id = a.account_id and r.id = a.role_id left join login l on l.id = a.login_id
  where a.account_id = $1`;

/** Everybody in the account, by name; or only who has this id from outside. */
export async function selectAgents(tx: Tx, accountId: string, externalId?: string): Promise<AgentRow[]> {
  if (externalId !== undefined) return tx.run(`${SELECT} and a.external_id = $2`, [accountId, externalId]);
  return tx.run(`${SELECT} order by lower(a.name), a.id`, [accountId]);
}

export async function selectAgent(tx: Tx, accountId: string, agentId: string): Promise<AgentRow | undefined> {
  return (await tx.named<AgentRow>('select_agent', `${SELECT} and a.id = $2`, [accountId, agentId]))[0];
}

export async function selectAgentByEmail(tx: Tx, accountId: string, email: string): Promise<AgentRow | undefined> {
  return (await tx.run<AgentRow>(`${SELECT} and a.email = $2`, [accountId, email]))[0];
}

/** As `selectAgent`, and nobody else changes the agent until this transaction ends. */
export async function lockAgent(tx: Tx, accountId: string, agentId: string): Promise<AgentRow | undefined> {
  await tx.run('select 1 from agent where account_id = $1 and id = $2 for no key update', [accountId, agentId]);
  return selectAgent(tx, accountId, agentId);
}

export async function insertAgent(tx: Tx, accountId: string, row: {
  id: string; loginId: string | null; email: string; name: string; roleId: string; locale: string; state: AgentState; isBot?: boolean; isDemo?: boolean; now: Date;
}): Promise<void> {
  await tx.insertInto('agent').values({
    account_id: accountId, id: row.id, login_id: row.loginId, email: row.email, name: row.name, role_id: row.roleId, locale: row.locale, state: row.state, is_bot: row.isBot ?? false, is_demo: row.isDemo ?? false, created_at: row.now,
  }).execute();
}

export async function updateAgentRow(tx: Tx, accountId: string, agentId: string, set: { name?: string; roleId?: string; state?: AgentState; locale?: string; loginId?: string; roleSince?: Date }): Promise<void> {
  await tx.run(
    `update agent set name = coalesce($3, name), role_id = coalesce($4, role_id), state = coalesce($5, state), locale = coalesce($6, locale), login_id = coalesce($7, login_id), role_since = coalesce($8, role_since) where account_id = $1 and id = $2`,
    [accountId, agentId, set.name ?? null, set.roleId ?? null, set.state ?? null, set.locale ?? null, set.loginId ?? null, set.roleSince ?? null],
  );
}

/** Who has not joined yet, or came by the company's sign-in and has no way in of their own. */
export function mayBeInvited(agent: Pick<AgentRow, 'state' | 'login_id' | 'is_bot'>): boolean {
  return agent.state === 'invited' || (agent.state === 'active' && agent.login_id === null && !agent.is_bot);
}

/** What another program calls the agent; null takes it away. Throws a unique violation when somebody else has the id. */
export async function updateExternalId(tx: Tx, accountId: string, agentId: string, externalId: string | null): Promise<void> {
  await tx.updateTable('agent').set({ external_id: externalId }).where('account_id', '=', accountId).where('id', '=', agentId).execute();
}

/** Admins who can sign in today, whatever becomes of the company's sign-in. */
export async function countActiveAdmins(tx: Tx, accountId: string): Promise<number> {
  const [row] = await tx.run<{ count: number }>(
    `select count(*) as count from agent a join role r on r.account_id = a.account_id and r.id = a.role_id where a.account_id = $1 and r.key = 'admin' and a.state = 'active' and not a.is_bot and a.login_id is not null`,
    [accountId],
  );
  return row?.count ?? 0;
}

export async function selectDemoPeople(tx: Tx, accountId: string): Promise<{ agents: { id: string; login_id: string | null }[]; teams: string[] }> {
  const agents = await tx.selectFrom('agent').select(['id', 'login_id']).where('account_id', '=', accountId).where('is_demo', '=', true).execute();
  const teams = await tx.selectFrom('team').select('id').where('account_id', '=', accountId).where('is_demo', '=', true).execute();
  return { agents, teams: teams.map((team) => team.id) };
}

/** Throws a foreign-key violation when something still points to the agent. */
export async function deleteDemoAgent(tx: Tx, accountId: string, agentId: string): Promise<void> {
  await tx.deleteFrom('agent').where('account_id', '=', accountId).where('id', '=', agentId).where('is_demo', '=', true).execute();
}
