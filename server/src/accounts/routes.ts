import { accounts } from '@rapport/contract';
import { inAccount, type Platform } from '../platform/context.ts';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys/api-keys.ts';
import { listAudit } from './audit/list-audit.ts';
import { changePassword } from './password/change-password.ts';
import { requestReset } from './password/request-reset.ts';
import { resetPassword } from './password/reset-password.ts';
import { acceptInvitation, getInvitation } from './people/accept-invitation.ts';
import { inviteAgent } from './people/invite-agent.ts';
import { listAgents } from './people/list-agents.ts';
import { createRole, listRoles, removeRole, updateRole } from './people/roles.ts';
import { createTeam, listTeams, removeTeam, updateTeam } from './people/teams.ts';
import { updateAgent } from './people/update-agent.ts';
import { updateAccount, updateProfile } from './people/update-profile.ts';
import { confirmSecondFactor, removeSecondFactor, startSecondFactor } from './second-factor/change-second-factor.ts';
import type { SignedInAgent } from './sign-in/own-login.ts';
import { readSession } from './sign-in/read-session.ts';
import { listSessions, revokeSession, signOut } from './sign-in/sessions.ts';
import { signIn } from './sign-in/sign-in.ts';

function signedIn(actor: SignedInAgent | undefined): SignedInAgent {
  if (!actor) throw new Refusal('signed_out');
  return actor;
}

/** For answers that are shown once: they must not be kept for a repeated request, as the answers of `verb` routes are. */
function asAgent<T>(platform: Platform, actor: SignedInAgent | undefined, work: Parameters<typeof inAccount<T>>[3]): Promise<T> {
  const who = signedIn(actor);
  return inAccount(platform, who.accountId, who, work);
}

export const routes: Route[] = [
  open(accounts.signIn, (platform, { body }, http) => signIn(platform, body, http)),
  verb(accounts.session, (ctx) => readSession(ctx, ctx.actor.agentId, ctx.actor)),
  verb(accounts.signOut, (ctx, _input, http) => signOut(ctx, http)),
  verb(accounts.listSessions, (ctx) => listSessions(ctx)),
  verb(accounts.revokeSession, (ctx, { params }, http) => revokeSession(ctx, params.sessionId, http)),
  open(accounts.changePassword, (platform, { body }, http, actor) => changePassword(platform, signedIn(actor), body, http)),
  verb(accounts.updateProfile, (ctx, { body }) => updateProfile(ctx, body)),
  open(accounts.startSecondFactor, (platform, { body }, http, actor) => startSecondFactor(platform, signedIn(actor), body.password, http)),
  open(accounts.confirmSecondFactor, (platform, { body }, _http, actor) => confirmSecondFactor(platform, signedIn(actor), body.code)),
  open(accounts.removeSecondFactor, (platform, { body }, http, actor) => removeSecondFactor(platform, signedIn(actor), body, http)),
  open(accounts.requestReset, (platform, { body }, http) => requestReset(platform, body, http.address)),
  open(accounts.resetPassword, (platform, { params, body }, http) => resetPassword(platform, params.token, body.password, http.address)),
  open(accounts.getInvitation, (platform, { params }) => getInvitation(platform, params.token)),
  open(accounts.acceptInvitation, (platform, { params, body }, http) => acceptInvitation(platform, params.token, body, http)),

  verb(accounts.listAgents, (ctx) => listAgents(ctx)),
  open(accounts.inviteAgent, (platform, { body }, _http, actor) => asAgent(platform, actor, (ctx) => inviteAgent(ctx, body))),
  verb(accounts.updateAgent, (ctx, { params, body }) => updateAgent(ctx, params.agentId, body)),
  verb(accounts.listTeams, (ctx) => listTeams(ctx)),
  verb(accounts.createTeam, (ctx, { body }) => createTeam(ctx, body)),
  verb(accounts.updateTeam, (ctx, { params, body }) => updateTeam(ctx, params.teamId, body)),
  verb(accounts.removeTeam, (ctx, { params }) => removeTeam(ctx, params.teamId)),
  verb(accounts.listRoles, (ctx) => listRoles(ctx)),
  verb(accounts.createRole, (ctx, { body }) => createRole(ctx, body)),
  verb(accounts.updateRole, (ctx, { params, body }) => updateRole(ctx, params.roleId, body)),
  verb(accounts.removeRole, (ctx, { params }) => removeRole(ctx, params.roleId)),

  verb(accounts.listApiKeys, (ctx) => listApiKeys(ctx)),
  open(accounts.createApiKey, (platform, { body }, _http, actor) => asAgent(platform, actor, (ctx) => createApiKey(ctx, { ...body, expiresAt: body.expiresAt === undefined ? undefined : new Date(body.expiresAt) }))),
  verb(accounts.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, params.apiKeyId)),
  verb(accounts.listAudit, (ctx, { query }) => listAudit(ctx, query)),
  verb(accounts.updateAccount, (ctx, { body }) => updateAccount(ctx, body)),
];
