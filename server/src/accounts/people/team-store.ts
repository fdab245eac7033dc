import type { Tx } from '../../platform/database/index.ts';

export interface TeamRow {
  id: string;
  name: string;
  member_ids: string[];
  created_at: Date;
}

const SELECT = `
  select t.id, t.name, t.created_at, array(select m.agent_id from team_member m where m.account_id = t.account_id and m.team_id = t.id order by m.agent_id) as member_ids
  from team t where t.account_id = $1`;

export async function selectTeams(tx: Tx, accountId: string): Promise<TeamRow[]> {
  return tx.run(`${SELECT} order by lower(t.name), t.id`, [accountId]);
}

export async function selectTeam(tx: Tx, accountId: string, teamId: string): Promise<TeamRow | undefined> {
  return (await tx.run<TeamRow>(`${SELECT} and t.id = $2`, [accountId, teamId]))[0];
}

/** As `selectTeam`, and nobody else changes the team until this transaction ends. */
export async function lockTeam(tx: Tx, accountId: string, teamId: string): Promise<TeamRow | undefined> {
  await tx.run('select 1 from team where account_id = $1 and id = $2 for no key update', [accountId, teamId]);
  return selectTeam(tx, accountId, teamId);
}

export async function insertTeam(tx: Tx, accountId: string, row: { id: string; name: string; isDemo?: boolean; now: Date }): Promise<void> {
  await tx.insertInto('team').values({ account_id: accountId, id: row.id, name: row.name, is_demo: row.isDemo ?? false, created_at: row.now }).execute();
}

export async function updateTeamName(tx: Tx, accountId: string, teamId: string, name: string): Promise<void> {
  await tx.updateTable('team').set({ name }).where('account_id', '=', accountId).where('id', '=', teamId).execute();
}

/** A team of the demo that is one like any other from now on. Answers its name. */
export async function adoptTeam(tx: Tx, accountId: string, teamId: string): Promise<string | undefined> {
  return (await tx.run<{ name: string }>('update team set is_demo = false where account_id = $1 and id = $2 returning name', [accountId, teamId]))[0]?.name;
}

/** Whether saved replies or views are the team's; nobody adds any until this transaction ends. */
export async function hasBelongings(tx: Tx, accountId: string, teamId: string): Promise<boolean> {
  await tx.run('select 1 from team where account_id = $1 and id = $2 for update', [accountId, teamId]);
  await tx.run('select 1 from macro_folder where account_id = $1 and team_id = $2 for update', [accountId, teamId]);
  const rows = await tx.run(
    `select 1 from macro m join macro_folder f on f.account_id = m.account_id and f.id = m.folder_id where f.account_id = $1 and f.team_id = $2
     union all select 1 from case_view where account_id = $1 and team_id = $2 limit 1`,
    [accountId, teamId],
  );
  return rows.length > 0;
}

/** Removes the team with its memberships; throws a foreign-key violation (23503) when cases or inboxes point to it. */
export async function deleteTeam(tx: Tx, accountId: string, teamId: string): Promise<void> {
  await tx.deleteFrom('team').where('account_id', '=', accountId).where('id', '=', teamId).execute();
}

export async function isTeamNameTaken(tx: Tx, accountId: string, name: string, butNotBy?: string): Promise<boolean> {
  const rows = await tx.run('select 1 from team where account_id = $1 and lower(name) = lower($2) and id is distinct from $3::uuid', [accountId, name, butNotBy ?? null]);
  return rows.length > 0;
}

/** Makes exactly these the members of the team. */
export async function setMembers(tx: Tx, accountId: string, teamId: string, agentIds: readonly string[]): Promise<void> {
  await tx.run('delete from team_member where account_id = $1 and team_id = $2 and not agent_id = any($3::uuid[])', [accountId, teamId, agentIds]);
  await tx.run('insert into team_member (account_id, team_id, agent_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing', [accountId, teamId, agentIds]);
}

/** Makes exactly these the teams of the agent. */
export async function setTeamsOfAgent(tx: Tx, accountId: string, agentId: string, teamIds: readonly string[]): Promise<void> {
  await tx.run('delete from team_member where account_id = $1 and agent_id = $2 and not team_id = any($3::uuid[])', [accountId, agentId, teamIds]);
  await tx.run('insert into team_member (account_id, agent_id, team_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing', [accountId, agentId, teamIds]);
}

/** Those of the ids that are teams (or agents) of the account. */
export async function existingTeams(tx: Tx, accountId: string, ids: readonly string[]): Promise<string[]> {
  return (await tx.run<{ id: string }>('select id from team where account_id = $1 and id = any($2::uuid[])', [accountId, ids])).map((row) => row.id);
}

export async function existingAgents(tx: Tx, accountId: string, ids: readonly string[]): Promise<string[]> {
  return (await tx.run<{ id: string }>('select id from agent where account_id = $1 and id = any($2::uuid[])', [accountId, ids])).map((row) => row.id);
}
