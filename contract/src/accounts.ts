import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { caseScopes, permissionNames } from './permissions.ts';
import { emailAddress, id, pageOf, paging, shortText, timeZone, timestamp } from './shapes.ts';

const newPassword = z.string().min(10, 'Use at least 10 characters').max(200);
const code = z.string().trim().min(6).max(20);
const permission = z.enum(permissionNames as [string, ...string[]]);
const caseScope = z.enum(caseScopes);
export const locale = z.enum(['en', 'de']);

export const role = z.object({ id, key: z.string().nullable(), name: z.string(), permissions: z.array(permission), caseScope, isBuiltIn: z.boolean(), agentCount: z.number() });
export const agent = z.object({
  id, name: z.string(), email: z.string(), roleId: id, roleName: z.string(), teamIds: z.array(id),
  state: z.enum(['active', 'invited', 'disabled']), hasSecondFactor: z.boolean(), isBot: z.boolean(), createdAt: timestamp,
  /** What another program (a directory) calls this person; ours to keep, theirs to choose. */
  externalId: z.string().nullable(),
});
export const team = z.object({ id, name: z.string(), memberIds: z.array(id), createdAt: timestamp });
export const session = z.object({
  agent: z.object({ id, name: z.string(), email: z.string(), teamIds: z.array(id), roleName: z.string(), locale, hasSecondFactor: z.boolean() }),
  account: z.object({ id, name: z.string(), isDemo: z.boolean(), /** How long an answer can be taken back, in seconds; 0 sends at once. */ undoSeconds: z.number(), /** In which its days are counted, as `Europe/Berlin`. */ timeZone: z.string() }),
  permissions: z.array(permission), caseScope,
  /** How this session came about; null for an API key. `secondFactorDueAt`: until then a second factor must be set up; `isHeldUp`: that time is over, and nothing else is open. */
  signIn: z.object({ method: z.enum(['password', 'passkey', 'company']), secondFactorDueAt: timestamp.nullable(), isHeldUp: z.boolean() }).nullable(),
});
export type Session = z.output<typeof session>;
export type Agent = z.output<typeof agent>;
export type Team = z.output<typeof team>;
export type Role = z.output<typeof role>;

const guard = { per: 'address', max: 20, windowSeconds: 300 } as const;

export const accounts = {
  signIn: endpoint({
    method: 'POST', path: '/session', tag: 'sign-in', summary: 'Sign in; sets the session cookie', access: 'public',
    body: z.object({ email: emailAddress, password: z.string().max(200), code: code.optional() }),
    response: session, problems: ['wrong_credentials', 'second_factor_needed', 'wrong_code', 'company_sign_in_needed', 'too_many_requests'], limit: guard,
  }),
  session: endpoint({ method: 'GET', path: '/session', tag: 'sign-in', summary: 'Who is signed in', access: 'signed-in', response: session }),
  signOut: endpoint({ method: 'DELETE', path: '/session', tag: 'sign-in', summary: 'Sign out', access: 'session' }),
  listSessions: endpoint({
    method: 'GET', path: '/sessions', tag: 'sign-in', summary: 'Where this person is signed in', access: 'session',
    response: z.object({ items: z.array(z.object({ id, isCurrent: z.boolean(), client: z.string(), address: z.string(), createdAt: timestamp, lastSeenAt: timestamp })) }),
  }),
  revokeSession: endpoint({ method: 'DELETE', path: '/sessions/:sessionId', tag: 'sign-in', summary: 'Sign out somewhere else', access: 'session', params: z.object({ sessionId: id }) }),
  changePassword: endpoint({
    method: 'PUT', path: '/password', tag: 'sign-in', summary: 'Change one’s own password; every other session ends', access: 'session', needsProof: true,
    /** Who has no password yet, and signs in by passkey, leaves `current` out. */
    body: z.object({ current: z.string().max(200).optional(), next: newPassword }), problems: ['wrong_credentials', 'weak_password'], limit: guard,
  }),
  updateProfile: endpoint({
    method: 'PATCH', path: '/profile', tag: 'sign-in', summary: 'Change one’s own name and language', access: 'session',
    body: z.object({ name: shortText.optional(), locale: locale.optional() }), response: session,
  }),
  startSecondFactor: endpoint({
    method: 'POST', path: '/second-factor/start', tag: 'sign-in', summary: 'A new secret for the authenticator app, as text and QR picture (SVG)', access: 'session', needsProof: true,
    body: z.object({ password: z.string().max(200).optional() }), response: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }), problems: ['wrong_credentials'], limit: guard,
  }),
  confirmSecondFactor: endpoint({
    method: 'POST', path: '/second-factor/confirm', tag: 'sign-in', summary: 'Switch the second factor on; answers the recovery codes, shown once', access: 'session',
    body: z.object({ code }), response: z.object({ recoveryCodes: z.array(z.string()) }), problems: ['wrong_code'], limit: guard,
  }),
  removeSecondFactor: endpoint({
    method: 'POST', path: '/second-factor/remove', tag: 'sign-in', summary: 'Switch the second factor off', access: 'session', needsProof: true,
    body: z.object({ password: z.string().max(200).optional(), code }), problems: ['wrong_credentials', 'wrong_code', 'second_factor_required'], limit: guard,
  }),
  requestReset: endpoint({
    method: 'POST', path: '/password-reset', tag: 'sign-in', summary: 'Mail a link to choose a new password; the answer is the same for unknown addresses', access: 'public', status: 204,
    body: z.object({ email: emailAddress }), limit: { per: 'address', max: 5, windowSeconds: 900 },
  }),
  resetPassword: endpoint({
    method: 'POST', path: '/password-reset/:token', tag: 'sign-in', summary: 'Choose a new password by the mailed link; every session ends', access: 'public',
    params: z.object({ token: z.string().min(20).max(200) }), body: z.object({ password: newPassword }), problems: ['link_expired', 'weak_password'], limit: guard,
  }),
  getInvitation: endpoint({
    method: 'GET', path: '/invitations/:token', tag: 'sign-in', summary: 'Whom the invitation is for', access: 'public',
    params: z.object({ token: z.string().min(20).max(200) }), problems: ['link_expired'], limit: guard,
    response: z.object({ email: z.string(), name: z.string(), company: z.string(), /** This address signs in to Rapport already: ask for that password instead of a new one. */ hasLogin: z.boolean() }),
  }),
  acceptInvitation: endpoint({
    method: 'POST', path: '/invitations/:token', tag: 'sign-in', summary: 'Accept an invitation with a name and password; signs in', access: 'public',
    params: z.object({ token: z.string().min(20).max(200) }), response: session,
    /** Whoever has a login already proves it with its password, and its code when there is a second factor; nothing of it changes. */
    body: z.object({ name: shortText, password: newPassword, code: code.optional() }),
    problems: ['link_expired', 'weak_password', 'wrong_credentials', 'second_factor_needed', 'wrong_code'], limit: guard,
  }),
  listAgents: endpoint({ method: 'GET', path: '/agents', tag: 'people', summary: 'The agents of the account', access: 'agent.read', query: z.object({ externalId: shortText.optional() }), response: z.object({ items: z.array(agent) }) }),
  inviteAgent: endpoint({
    method: 'POST', path: '/agents', tag: 'people', summary: 'Invite an agent by mail', access: 'agent.manage', status: 201,
    body: z.object({ email: emailAddress, name: shortText, roleId: id, teamIds: z.array(id).max(50).default([]), externalId: shortText.optional() }),
    response: z.object({ agent, /** For a newcomer without a mail server: hand this over in person. */ invitationUrl: z.string() }), problems: ['email_taken', 'more_than_you_have'],
  }),
  updateAgent: endpoint({
    method: 'PATCH', path: '/agents/:agentId', tag: 'people', summary: 'Change name, role, teams; disable or enable', access: 'agent.manage', params: z.object({ agentId: id }),
    body: z.object({ name: shortText.optional(), roleId: id.optional(), teamIds: z.array(id).max(50).optional(), isDisabled: z.boolean().optional(), /** With `isDisabled: true`: who takes over their open cases, as far as their teams allow. Null or left out: nobody, the cases stand unassigned with their teams. Enabling again within ten minutes gives them back. */ casesTo: id.nullable().optional(), externalId: shortText.nullable().optional() }),
    response: agent, problems: ['last_admin', 'more_than_you_have', 'name_taken'],
  }),
  listTeams: endpoint({ method: 'GET', path: '/teams', tag: 'people', summary: 'The teams', access: 'agent.read', response: z.object({ items: z.array(team) }) }),
  createTeam: endpoint({
    method: 'POST', path: '/teams', tag: 'people', summary: 'Create a team', access: 'agent.manage', status: 201,
    body: z.object({ name: shortText, memberIds: z.array(id).max(500).default([]) }), response: team, problems: ['name_taken'],
  }),
  updateTeam: endpoint({
    method: 'PATCH', path: '/teams/:teamId', tag: 'people', summary: 'Rename a team or change its members', access: 'agent.manage', params: z.object({ teamId: id }),
    body: z.object({ name: shortText.optional(), memberIds: z.array(id).max(500).optional() }), response: team, problems: ['name_taken'],
  }),
  removeTeam: endpoint({ method: 'DELETE', path: '/teams/:teamId', tag: 'people', summary: 'Remove a team that has no cases and no inbox', access: 'agent.manage', params: z.object({ teamId: id }), problems: ['still_in_use'] }),
  listRoles: endpoint({ method: 'GET', path: '/roles', tag: 'people', summary: 'The roles', access: 'agent.read', response: z.object({ items: z.array(role) }) }),
  createRole: endpoint({
    method: 'POST', path: '/roles', tag: 'people', summary: 'Create a role', access: 'agent.manage', needsProof: true, status: 201,
    body: z.object({ name: shortText, permissions: z.array(permission), caseScope }), response: role, problems: ['name_taken', 'more_than_you_have'],
  }),
  updateRole: endpoint({
    method: 'PATCH', path: '/roles/:roleId', tag: 'people', summary: 'Change a role of one’s own making', access: 'agent.manage', needsProof: true, params: z.object({ roleId: id }),
    body: z.object({ name: shortText.optional(), permissions: z.array(permission).optional(), caseScope: caseScope.optional() }), response: role, problems: ['name_taken', 'more_than_you_have', 'not_allowed'],
  }),
  removeRole: endpoint({ method: 'DELETE', path: '/roles/:roleId', tag: 'people', summary: 'Remove a role nobody has', access: 'agent.manage', needsProof: true, params: z.object({ roleId: id }), problems: ['still_in_use'] }),
  listApiKeys: endpoint({
    method: 'GET', path: '/api-keys', tag: 'people', summary: 'API keys, without their secret', access: 'apikey.manage',
    response: z.object({ items: z.array(z.object({ id, name: z.string(), prefix: z.string(), agentId: id, agentName: z.string(), createdAt: timestamp, lastUsedAt: timestamp.nullable(), expiresAt: timestamp.nullable() })) }),
  }),
  createApiKey: endpoint({
    method: 'POST', path: '/api-keys', tag: 'people', summary: 'Create an API key that acts as an agent; the secret is shown once', access: 'apikey.manage', needsProof: true, status: 201,
    body: z.object({ name: shortText, agentId: id.optional(), expiresAt: timestamp.optional() }), response: z.object({ id, name: z.string(), key: z.string() }), problems: ['more_than_you_have'],
  }),
  revokeApiKey: endpoint({ method: 'DELETE', path: '/api-keys/:apiKeyId', tag: 'people', summary: 'Revoke an API key', access: 'apikey.manage', params: z.object({ apiKeyId: id }) }),
  listAudit: endpoint({
    method: 'GET', path: '/audit', tag: 'people', summary: 'Who did what to the account, newest first', access: 'audit.read', query: z.object({ ...paging }),
    response: pageOf(z.object({ id, at: timestamp, actor: z.string(), action: z.string(), target: z.string().nullable(), address: z.string().nullable(), detail: z.record(z.string(), z.unknown()) })),
  }),
  updateAccount: endpoint({ method: 'PATCH', path: '/account', tag: 'people', summary: 'Change the company name, its time zone and how long answers can be taken back', access: 'account.manage', body: z.object({ name: shortText.optional(), undoSeconds: z.number().int().min(0).max(60).optional(), timeZone: timeZone.optional() }), response: session }),
};
