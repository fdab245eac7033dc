import type { Session } from '@rapport/contract';
import { inAccount, systemActor, type AgentActor, type Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { selectAgent } from '../people/agent-store.ts';
import type { ProvedBy } from '../second-factor/prove-code.ts';
import { readToken } from '../token.ts';
import { describeClient } from './describe-client.ts';
import { rememberBrowser } from './known-browser.ts';
import { readSession } from './read-session.ts';
import { sessionTokenOf, setSessionCookie } from './session-cookie.ts';
import { deleteSessionByToken } from './session-store.ts';
import { startSession, type SessionBeginning } from './start-session.ts';

/** How somebody comes in; by password alone when nothing is said. */
export interface Entry extends Pick<SessionBeginning, 'method' | 'factors' | 'provedAt' | 'beganAt' | 'sealedIdToken'> {
  /** A recovery code was used; that many are left. */
  recoveryCodesLeft?: number;
}

/** By password, and with a second factor when one was asked for. */
export function entryBy(proved: ProvedBy | undefined): Entry {
  return { method: 'password', factors: proved ? 2 : 1, ...(proved?.kind === 'recovery' ? { recoveryCodesLeft: proved.left } : {}) };
}

/** Begins a session for somebody who has proved who they are, sets the cookie and answers the session. The session this browser had before ends. */
export async function enter(platform: Platform, accountId: string, agentId: string, http: Http, entry: Entry = {}): Promise<Session> {
  const { recoveryCodesLeft, ...how } = entry;
  const earlier = sessionTokenOf(http.request, platform.config);
  const replaced = earlier === undefined ? undefined : readToken('session', earlier);
  if (replaced) await platform.database.inAccount(replaced.accountId, (tx) => deleteSessionByToken(tx, replaced.accountId, replaced.hash));
  const { session, token, email } = await inAccount(platform, accountId, systemActor('sign-in'), async (ctx) => {
    const agent = await selectAgent(ctx.tx, accountId, agentId);
    if (agent?.state !== 'active') throw new Refusal('wrong_credentials');
    const client = describeClient(http.request.headers['user-agent']);
    const started = await startSession(ctx, agentId, { client, address: http.address, ...how });
    const actor: AgentActor = { kind: 'agent', agentId, name: agent.name, permissions: new Set(), caseScope: 'own', teamIds: [], address: http.address };
    const detail = { client, ...(how.method === undefined || how.method === 'password' ? {} : { by: how.method }), ...(recoveryCodesLeft === undefined ? {} : { recoveryCodesLeft }), ...(started.ended > 0 ? { sessionsEnded: started.ended } : {}) };
    await recordAudit({ ...ctx, actor }, 'sign_in.succeeded', { target: agent.email, detail });
    if (started.ended > 0) rightsChanged(ctx, agentId);
    return { session: await readSession(ctx, agentId, { sessionId: started.sessionId }), token: started.token, email: agent.email };
  });
  setSessionCookie(http.reply, platform.config, token);
  rememberBrowser(platform, http, email);
  return session;
}
