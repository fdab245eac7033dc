import type { CaseScope, Permission } from '@rapport/contract';
import type { Tx } from '../../platform/database/index.ts';

export interface RoleRow {
  id: string;
  key: string | null;
  name: string;
  permissions: Permission[];
  case_scope: CaseScope;
}

export async function insertRole(tx: Tx, accountId: string, row: { id: string; key: string | null; name: string; permissions: readonly Permission[]; caseScope: CaseScope; now: Date }): Promise<void> {
  await tx.insertInto('role').values({ account_id: accountId, id: row.id, key: row.key, name: row.name, permissions: [...row.permissions], case_scope: row.caseScope, created_at: row.now }).execute();
}

/** The roles with how many people have each (those who have left do not count), in the order they were made. */
export async function selectRoles(tx: Tx, accountId: string): Promise<(RoleRow & { agent_count: number })[]> {
  return tx.run(
    `select r.id, r.key, r.name, r.permissions, r.case_scope, count(a.id) filter (where a.state <> 'disabled') as agent_count
     from role r left join agent a on a.account_id = r.account_id and a.role_id = r.id where r.account_id = $1 group by r.account_id, r.id order by r.id`,
    [accountId],
  );
}

export async function selectRole(tx: Tx, accountId: string, roleId: string): Promise<RoleRow | undefined> {
  return (await tx.selectFrom('role').select(['id', 'key', 'name', 'permissions', 'case_scope']).where('account_id', '=', accountId).where('id', '=', roleId).executeTakeFirst()) as RoleRow | undefined;
}

/** As `selectRole`, and nobody else changes it until this transaction ends. */
export async function lockRole(tx: Tx, accountId: string, roleId: string): Promise<RoleRow | undefined> {
  const rows = await tx.run<RoleRow>('select id, key, name, permissions, case_scope from role where account_id = $1 and id = $2 for no key update', [accountId, roleId]);
  return rows[0];
}

/** The built-in role, locked when asked: whoever may take away the last admin goes through here one after the other. */
export async function selectRoleByKey(tx: Tx, accountId: string, key: string, options: { lock?: boolean } = {}): Promise<RoleRow | undefined> {
  const rows = await tx.run<RoleRow>(`select id, key, name, permissions, case_scope from role where account_id = $1 and key = $2 ${options.lock ? 'for no key update' : ''}`, [accountId, key]);
  return rows[0];
}

export async function updateRoleRow(tx: Tx, accountId: string, roleId: string, set: { name: string; permissions: readonly Permission[]; caseScope: CaseScope }): Promise<void> {
  await tx.updateTable('role').set({ name: set.name, permissions: [...set.permissions], case_scope: set.caseScope }).where('account_id', '=', accountId).where('id', '=', roleId).execute();
}

export async function deleteRole(tx: Tx, accountId: string, roleId: string): Promise<void> {
  await tx.deleteFrom('role').where('account_id', '=', accountId).where('id', '=', roleId).execute();
}

export async function isRoleNameTaken(tx: Tx, accountId: string, name: string, butNotBy?: string): Promise<boolean> {
  const rows = await tx.run('select 1 from role where account_id = $1 and lower(name) = lower($2) and id is distinct from $3::uuid', [accountId, name, butNotBy ?? null]);
  return rows.length > 0;
}

/** How many people have the role, those who have left included: their row still points to it. */
export async function countAgentsOfRole(tx: Tx, accountId: string, roleId: string): Promise<number> {
  const [row] = await tx.run<{ count: number }>('select count(*) as count from agent where account_id = $1 and role_id = $2', [accountId, roleId]);
  return row?.count ?? 0;
}
