import { caseScopes, permissions, type CaseScope, type Permission } from '@rapport/contract';
import { Refusal } from '../../platform/refusal.ts';

/** What somebody may do, and how many cases they see. */
export interface Rights {
  permissions: ReadonlySet<Permission>;
  caseScope: CaseScope;
}

const breadth = (scope: CaseScope) => caseScopes.indexOf(scope);

/** Whether `given` is nothing that `giver` does not have. */
export function isWithin(given: Rights, giver: Rights): boolean {
  return breadth(given.caseScope) <= breadth(giver.caseScope) && [...given.permissions].every((permission) => giver.permissions.has(permission));
}

/** What is left of the rights under a ceiling; all of them when there is none. */
export function withinCeiling(rights: Rights, ceiling: Rights | undefined): Rights {
  if (!ceiling) return rights;
  return {
    permissions: new Set([...rights.permissions].filter((permission) => ceiling.permissions.has(permission))),
    caseScope: breadth(rights.caseScope) <= breadth(ceiling.caseScope) ? rights.caseScope : ceiling.caseScope,
  };
}

/** The ceiling of a key as it is stored. */
export const ceilingOf = (row: { ceiling_permissions: Permission[] | null; ceiling_scope: CaseScope | null }): Rights | undefined =>
  row.ceiling_permissions && row.ceiling_scope ? { permissions: new Set(row.ceiling_permissions), caseScope: row.ceiling_scope } : undefined;

/** Refuses when `given` is more than the giver has, and says what is missing. */
export function mustBeWithin(given: Rights, giver: Rights): void {
  if (isWithin(given, giver)) return;
  const missing = [...given.permissions].filter((permission) => !giver.permissions.has(permission)).map((permission) => `“${permissions[permission]}”`);
  const beyond = breadth(given.caseScope) > breadth(giver.caseScope) ? ['a wider view of cases'] : [];
  throw new Refusal('more_than_you_have', `This includes ${[...missing, ...beyond].join(', ')}, which your own role does not.`);
}
