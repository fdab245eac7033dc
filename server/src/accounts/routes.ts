import { accounts, signIn as signInEndpoints } from '@rapport/contract';
import { inAccount, type Platform } from '../platform/context.ts';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys/api-keys.ts';
import { listAudit } from './audit/list-audit.ts';
import { leaveCompany, readLink, unlinkCompany } from './oidc/company-link.ts';
import { finishCompany } from './oidc/finish-company.ts';
import { getCompany, removeCompany, setCompany } from './oidc/set-company.ts';
import { findWays, startCompany, startCompanyFor } from './oidc/start-company.ts';
import { addPasskey, startPasskey } from './passkeys/add-passkey.ts';
import { askForPasskey } from './passkeys/check-passkey.ts';
import { listPasskeys, removePasskey, renamePasskey } from './passkeys/own-passkeys.ts';
import { passkeySignIn } from './passkeys/passkey-sign-in.ts';
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
import { getPolicy, setPolicy } from './policy/policy.ts';
import { confirmSecondFactor, removeSecondFactor, startSecondFactor } from './second-factor/change-second-factor.ts';
import type { SignedInAgent } from './sign-in/own-login.ts';
import { listPlaces, switchPlace } from './sign-in/places.ts';
import { prove, provePasskey, readProof, startPasskeyProof } from './sign-in/proof.ts';
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

  verb(accounts.listAgents, (ctx, { query }) => listAgents(ctx, query)),
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

  open(signInEndpoints.ways, (platform, { body }) => findWays(platform, body)),
  open(signInEndpoints.startCompany, (platform, { body }, http) => startCompany(platform, body, http)),
  open(signInEndpoints.startCompanyLink, (platform, _input, http, actor) => startCompanyFor('link')(platform, signedIn(actor), http)),
  open(signInEndpoints.startCompanyProof, (platform, _input, http, actor) => startCompanyFor('prove')(platform, signedIn(actor), http)),
  open(signInEndpoints.finishCompany, (platform, { body }, http) => finishCompany(platform, body, http)),
  open(signInEndpoints.companyLink, (platform, _input, _http, actor) => readLink(platform, signedIn(actor))),
  open(signInEndpoints.unlinkCompany, (platform, _input, _http, actor) => unlinkCompany(platform, signedIn(actor))),
  open(signInEndpoints.companyLeave, (platform, _input, _http, actor) => leaveCompany(platform, signedIn(actor))),
  open(signInEndpoints.listPasskeys, (platform, _input, _http, actor) => listPasskeys(platform, signedIn(actor))),
  open(signInEndpoints.startPasskey, (platform, _input, http, actor) => startPasskey(platform, signedIn(actor), http)),
  open(signInEndpoints.addPasskey, (platform, { body }, http, actor) => addPasskey(platform, signedIn(actor), body, http)),
  open(signInEndpoints.renamePasskey, (platform, { params, body }, _http, actor) => renamePasskey(platform, signedIn(actor), params.passkeyId, body.name)),
  open(signInEndpoints.removePasskey, (platform, { params }, _http, actor) => removePasskey(platform, signedIn(actor), params.passkeyId)),
  open(signInEndpoints.startPasskeySignIn, (platform, _input, http) => askForPasskey(platform, http, 'sign-in')),
  open(signInEndpoints.passkeySignIn, (platform, { body }, http) => passkeySignIn(platform, body, http)),
  open(signInEndpoints.proof, (platform, _input, _http, actor) => readProof(platform, signedIn(actor))),
  open(signInEndpoints.prove, (platform, { body }, http, actor) => prove(platform, signedIn(actor), body, http)),
  open(signInEndpoints.startPasskeyProof, (platform, _input, http, actor) => startPasskeyProof(platform, signedIn(actor), http)),
  open(signInEndpoints.provePasskey, (platform, { body }, http, actor) => provePasskey(platform, signedIn(actor), body, http)),
  open(signInEndpoints.listPlaces, (platform, _input, _http, actor) => listPlaces(platform, signedIn(actor))),
  open(signInEndpoints.switchPlace, (platform, { params }, http, actor) => switchPlace(platform, signedIn(actor), params.accountId, http)),
  verb(signInEndpoints.getPolicy, (ctx) => getPolicy(ctx)),
  verb(signInEndpoints.setPolicy, (ctx, { body }) => setPolicy(ctx, body)),
  verb(signInEndpoints.getCompany, (ctx) => getCompany(ctx)),
  // Its body has a secret in it, which must not be kept for a repeated request.
  open(signInEndpoints.setCompany, (platform, { body }, _http, actor) => setCompany(platform, signedIn(actor), body)),
  verb(signInEndpoints.removeCompany, (ctx) => removeCompany(ctx)),
];
