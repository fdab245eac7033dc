import { caseScopes, type CaseScope, type Permission, type Role, type Session } from '@rapport/contract';
import { t, type PlainMessageId } from '../../i18n/index.ts';

const builtIn = ['agent', 'specialist', 'lead', 'supervisor', 'admin'] as const;
type BuiltIn = (typeof builtIn)[number];
const isBuiltIn = (key: string | null): key is BuiltIn => builtIn.includes(key as BuiltIn);

/** The name people read: our word for a role that comes with Rapport, else the one it was given. */
export const roleName = (role: Pick<Role, 'key' | 'name'>) => (isBuiltIn(role.key) ? t(`role.${role.key}`) : role.name);
/** For whom a role that comes with Rapport is meant. */
export const roleSummary = (role: Pick<Role, 'key'>) => (isBuiltIn(role.key) ? t(`role.${role.key}.summary`) : undefined);
export const scopeSentence = (scope: CaseScope) => t(`scope.${scope}.sentence`);
export const permissionWords = (permission: string) => t(`permission.${permission}` as PlainMessageId);

/** Permissions by what they are about, in the order they are read. */
export const permissionGroups: readonly { message: PlainMessageId; permissions: readonly Permission[] }[] = [
  { message: 'permissions.cases', permissions: ['case.read', 'case.reply', 'case.note', 'case.edit', 'case.assign', 'escalation.take', 'case.delete', 'view.share', 'macro.manage', 'rule.manage', 'survey.manage', 'service_level.manage'] },
  { message: 'permissions.customers', permissions: ['customer.read', 'customer.edit', 'customer.block', 'customer.export', 'customer.erase'] },
  { message: 'permissions.people', permissions: ['agent.read', 'presence.manage', 'agent.manage', 'apikey.manage', 'webhook.manage', 'audit.read'] },
  { message: 'permissions.desk', permissions: ['queue.manage', 'wall.read', 'inbox.manage', 'ledger.read', 'report.read', 'report.agents', 'import.run', 'account.manage'] },
];

/** Nobody can give more than they have, neither rights nor sight; the server refuses it, we do not offer it. */
export function canGive(session: Session, role: Pick<Role, 'permissions' | 'caseScope'>): boolean {
  return role.permissions.every((permission) => session.permissions.includes(permission)) && caseScopes.indexOf(role.caseScope) <= caseScopes.indexOf(session.caseScope);
}
