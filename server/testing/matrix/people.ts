import { builtInRoles, permissionNames, type BuiltInRole, type CaseScope, type Permission } from '@rapport/contract';
import type { SignedIn, TestAccount } from '../test-house.ts';

/** Somebody who tries the doors. */
export interface Person extends SignedIn {
  /** Of the role, as a failure names it. */
  role: string;
  company: string;
  scope: CaseScope;
  teamIds: readonly string[];
  can(permission: Permission): boolean;
}

const builtIn = Object.keys(builtInRoles) as BuiltInRole[];

/**
 * One of every role: those every account starts with, every right there is in each scope, all but that to delete, and the smallest that reads cases at all. All are in the near team alone; whoever sees
 * more does so by their role.
 */
export async function hirePeople(account: TestAccount, near: string): Promise<Person[]> {
  const admin = await account.admin();
  const hire = async (role: string, permissions: readonly Permission[], scope: CaseScope, builtInRole?: BuiltInRole): Promise<Person> => {
    const browser = await account.signedInClient(builtInRole ?? 'agent', { name: `Person ${role}`, teamIds: [near] });
    if (!builtInRole) {
      const { id } = await admin.client.accounts.createRole({ body: { name: `Role ${role}`, permissions: [...permissions], caseScope: scope } });
      await admin.client.accounts.updateAgent({ params: { agentId: browser.agentId }, body: { roleId: id } });
    }
    return { ...browser, role, company: account.accountId, scope, teamIds: [near], can: (permission) => permissions.includes(permission) };
  };
  const people: Person[] = [];
  for (const role of builtIn) people.push(await hire(role, builtInRoles[role].permissions, builtInRoles[role].caseScope, role));
  for (const scope of ['own', 'team', 'all'] as const) people.push(await hire(`every right, ${scope}`, permissionNames, scope));
  people.push(await hire('every right but case.delete, all', permissionNames.filter((name) => name !== 'case.delete'), 'all'));
  people.push(await hire('case.read alone, team', ['case.read'], 'team'));
  return people;
}
