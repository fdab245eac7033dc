import { builtInRoles, type BuiltInRole } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { insertLogin, normalEmail } from '../sign-in/login-store.ts';
import { insertAccount } from './account-store.ts';
import { insertAgent } from './agent-store.ts';
import { builtInRoleKeys, builtInRoleNames } from './built-in-roles.ts';
import { insertRole } from './role-store.ts';
import { insertTeam, setMembers } from './team-store.ts';

export interface FoundAccount {
  company: string;
  name: string;
  email: string;
  /** From `hashPassword`: hashing is slow and must not happen inside a transaction. */
  passwordHash: string;
  locale: 'en' | 'de';
}

export interface FoundedAccount {
  agentId: string;
  teamId: string;
  roleIds: Record<BuiltInRole, string>;
}

const firstTeamName = { en: 'Support', de: 'Support' } as const;

/**
 * Makes the account the transaction is for, with the built-in roles, its first admin and a first team with that admin in it. `ctx.accountId` is a new id: open the
 * transaction with it before the account exists. The e-mail address must not have a login yet.
 */
export async function foundAccount(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock'>, input: FoundAccount): Promise<FoundedAccount> {
  const { tx, accountId } = ctx;
  const now = ctx.clock.now();
  await insertAccount(tx, { id: accountId, name: input.company, now });
  const roleIds = {} as Record<BuiltInRole, string>;
  for (const key of builtInRoleKeys) {
    roleIds[key] = newId();
    await insertRole(tx, accountId, { id: roleIds[key], key, name: builtInRoleNames[key], permissions: builtInRoles[key].permissions, caseScope: builtInRoles[key].caseScope, now });
  }
  const email = normalEmail(input.email);
  const [loginId, agentId, teamId] = [newId(), newId(), newId()];
  await insertLogin(tx, { id: loginId, email, passwordHash: input.passwordHash, now });
  await insertAgent(tx, accountId, { id: agentId, loginId, email, name: input.name, roleId: roleIds.admin, locale: input.locale, state: 'active', now });
  await insertTeam(tx, accountId, { id: teamId, name: firstTeamName[input.locale], now });
  await setMembers(tx, accountId, teamId, [agentId]);
  return { agentId, teamId, roleIds };
}
