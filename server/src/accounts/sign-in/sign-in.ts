import type { BodyOf, Session, accounts } from '@rapport/contract';
import { inAccount, systemActor, type AgentActor, type Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { insertFailedSignIn } from '../audit/audit-store.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { selectAgent } from '../people/agent-store.ts';
import { forgetTries, provePassword } from '../password/prove-password.ts';
import { proveCode, type ProvedBy } from '../second-factor/prove-code.ts';
import { readToken } from '../token.ts';
import { describeClient } from './describe-client.ts';
import { rememberBrowser } from './known-browser.ts';
import { findLoginByEmail, normalEmail, selectPlaces, type LoginRow } from './login-store.ts';
import { readSession } from './read-session.ts';
import { sessionTokenOf, setSessionCookie } from './session-cookie.ts';
import { deleteSessionByToken } from './session-store.ts';
import { startSession } from './start-session.ts';

/** Begins a session for somebody who has proved who they are, sets the cookie and answers the session. The session this browser had before ends. */
export async function enter(platform: Platform, accountId: string, agentId: string, http: Http, proved?: ProvedBy): Promise<Session> {
  const earlier = sessionTokenOf(http.request, platform.config);
  const replaced = earlier === undefined ? undefined : readToken('session', earlier);
  if (replaced) await platform.database.inAccount(replaced.accountId, (tx) => deleteSessionByToken(tx, replaced.accountId, replaced.hash));
  const { session, token, email } = await inAccount(platform, accountId, systemActor('sign-in'), async (ctx) => {
    const agent = await selectAgent(ctx.tx, accountId, agentId);
    if (agent?.state !== 'active') throw new Refusal('wrong_credentials');
    const client = describeClient(http.request.headers['user-agent']);
    const started = await startSession(ctx, agentId, { client, address: http.address });
    const actor: AgentActor = { kind: 'agent', agentId, name: agent.name, permissions: new Set(), caseScope: 'own', teamIds: [], address: http.address };
    const detail = { client, ...(proved?.kind === 'recovery' ? { recoveryCodesLeft: proved.left } : {}) };
    await recordAudit({ ...ctx, actor }, 'sign_in.succeeded', { target: agent.email, detail });
    return { session: await readSession(ctx, agentId), token: started.token, email: agent.email };
  });
  setSessionCookie(http.reply, platform.config, token);
  rememberBrowser(platform, http, email);
  return session;
}

/** Password, and code when there is a second factor. Refusals are recorded for the accounts of the login. */
export async function proveLogin(platform: Platform, login: LoginRow | undefined, input: { email: string; password: string; code?: string | undefined }, http: Http): Promise<ProvedBy | undefined> {
  try {
    await provePassword(platform, login, input.email, input.password, http);
    if (!login?.totp_secret) return undefined;
    if (input.code === undefined) throw new Refusal('second_factor_needed', 'Enter the code of your authenticator app, or a recovery code.');
    return await proveCode(platform, login.id, input.code, http);
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'second_factor_needed') {
      const row = { id: newId(), at: platform.clock.now(), address: http.address, detail: { reason: error.code } };
      await platform.database.asSystem((tx) => insertFailedSignIn(tx, login?.id ?? newId(), row));
    }
    throw error;
  }
}

/**
 * Signs in with e-mail, password and, where it is on, a code. Someone who works for several accounts comes to the one they were last in. Unknown addresses, wrong
 * passwords and people who have left are refused alike, after the same work.
 */
export async function signIn(platform: Platform, input: BodyOf<typeof accounts.signIn>, http: Http): Promise<Session> {
  const email = normalEmail(input.email);
  const { login, places } = await platform.database.asSystem(async (tx) => {
    const found = await findLoginByEmail(tx, email);
    return { login: found, places: await selectPlaces(tx, found?.id ?? newId()) };
  });
  const [place] = places;
  // Without a place the password is compared all the same and then found wrong.
  const proved = await proveLogin(platform, place && login, { email, password: input.password, code: input.code }, http);
  if (!place) throw new Refusal('wrong_credentials');
  const session = await enter(platform, place.account_id, place.agent_id, http, proved);
  await forgetTries(platform, email, http);
  return session;
}
