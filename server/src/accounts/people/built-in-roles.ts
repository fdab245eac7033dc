import { builtInRoles, type BuiltInRole } from '@rapport/contract';

/** How the built-in roles are called when an account begins. Only admins' and supervisors' screens show them, so one name each will do. */
export const builtInRoleNames: Record<BuiltInRole, string> = { agent: 'Agent', specialist: 'Specialist', lead: 'Team lead', supervisor: 'Supervisor', admin: 'Admin' };

export const builtInRoleKeys = Object.keys(builtInRoles) as BuiltInRole[];
