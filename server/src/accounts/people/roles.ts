import type { CaseScope, Permission, Role } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { isViolation } from '../violation.ts';
import { mayGive, rightsOf } from './giving.ts';
import { countAgentsOfRole, deleteRole, insertRole, isRoleNameTaken, lockRole, selectRoles, updateRoleRow, type RoleRow } from './role-store.ts';

const nameTaken = () => new Refusal('name_taken', 'Another role has this name.');

export async function listRoles(ctx: Ctx): Promise<{ items: Role[] }> {
  mustBeAllowed(ctx.actor, 'agent.read');
  const rows = await selectRoles(ctx.tx, ctx.accountId);
  return { items: rows.map((row) => ({ id: row.id, key: row.key, name: row.name, permissions: row.permissions, caseScope: row.case_scope, isBuiltIn: row.key !== null, agentCount: row.agent_count })) };
}

async function getRole(ctx: Ctx, roleId: string): Promise<Role> {
  const role = (await listRoles(ctx)).items.find((each) => each.id === roleId);
  if (!role) throw new Refusal('not_found', 'This role does not exist.');
  return role;
}

async function lockOwnRole(ctx: Ctx, roleId: string): Promise<RoleRow> {
  const role = await lockRole(ctx.tx, ctx.accountId, roleId);
  if (!role) throw new Refusal('not_found', 'This role does not exist.');
  if (role.key !== null) throw new Refusal('not_allowed', 'Built-in roles stay as they are. Make a role of your own instead.');
  mayGive(ctx, rightsOf(role));
  return role;
}

const unique = (list: readonly string[]) => [...new Set(list)] as Permission[];

export async function createRole(ctx: Ctx, input: { name: string; permissions: readonly string[]; caseScope: CaseScope }): Promise<Role> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const permissions = unique(input.permissions);
  mayGive(ctx, rightsOf({ permissions, case_scope: input.caseScope }));
  if (await isRoleNameTaken(ctx.tx, ctx.accountId, input.name)) throw nameTaken();
  const id = newId();
  try {
    await insertRole(ctx.tx, ctx.accountId, { id, key: null, name: input.name, permissions, caseScope: input.caseScope, now: ctx.clock.now() });
  } catch (error) {
    throw isViolation(error, 'unique') ? nameTaken() : error;
  }
  await recordAudit(ctx, 'role.created', { target: input.name, detail: { roleId: id, permissions, caseScope: input.caseScope } });
  await announce(ctx, 'people.changed', {});
  return getRole(ctx, id);
}

/** Changes a role of the account's own making; whoever has it has the new rights from the next request on. */
export async function updateRole(ctx: Ctx, roleId: string, input: { name?: string | undefined; permissions?: readonly string[] | undefined; caseScope?: CaseScope | undefined }): Promise<Role> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const before = await lockOwnRole(ctx, roleId);
  const after = { name: input.name ?? before.name, permissions: input.permissions ? unique(input.permissions) : before.permissions, caseScope: input.caseScope ?? before.case_scope };
  mayGive(ctx, rightsOf({ permissions: after.permissions, case_scope: after.caseScope }));
  if (await isRoleNameTaken(ctx.tx, ctx.accountId, after.name, roleId)) throw nameTaken();
  await updateRoleRow(ctx.tx, ctx.accountId, roleId, after);
  await recordAudit(ctx, 'role.changed', { target: after.name, detail: { roleId, ...after, before: { name: before.name, permissions: before.permissions, caseScope: before.case_scope } } });
  await announce(ctx, 'people.changed', {});
  return getRole(ctx, roleId);
}

export async function removeRole(ctx: Ctx, roleId: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const role = await lockOwnRole(ctx, roleId);
  if ((await countAgentsOfRole(ctx.tx, ctx.accountId, roleId)) > 0) throw new Refusal('still_in_use', 'Give everybody who has this role another one first, disabled people included.');
  try {
    await deleteRole(ctx.tx, ctx.accountId, roleId);
  } catch (error) {
    throw isViolation(error, 'foreign-key') ? new Refusal('still_in_use', 'Newcomers by the company’s sign-in get this role. Choose another one for them first.') : error;
  }
  await recordAudit(ctx, 'role.removed', { target: role.name, detail: { roleId } });
  await announce(ctx, 'people.changed', {});
}
