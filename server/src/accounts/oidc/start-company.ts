import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } from 'openid-client';
import type { ResponseOf, signIn } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { baseUrl } from '../mail/links.ts';
import { normalEmail } from '../sign-in/login-store.ts';
import type { SignedInAgent } from '../sign-in/own-login.ts';
import { makeToken } from '../token.ts';
import { bindBrowser, FLOW_SECONDS } from './flow-cookie.ts';
import { insertFlow, selectCompaniesOf, selectProvider, type FlowRow } from './oidc-store.ts';
import { getProvider } from './provider.ts';

export const verifierPurpose = (flowId: string) => `oidc verifier:${flowId}`;

/** Where the provider sends people back to: a page of the workspace, at the configured address and never at the request's `Host`. */
export const redirectUrl = (platform: Platform) => `${baseUrl(platform.config)}/sign-in/company`;

/** Whose own sign-in serves the domain of this address. It looks at the domain alone, so it tells nothing of who works there. */
export async function findWays(platform: Platform, input: { email: string }): Promise<ResponseOf<typeof signIn.ways>> {
  const domain = normalEmail(input.email).split('@').at(-1) ?? '';
  const rows = await platform.database.asSystem((tx) => selectCompaniesOf(tx, domain));
  return { companies: rows.map((row) => ({ accountId: row.account_id, name: row.name, company: row.company })) };
}

interface Start {
  accountId: string;
  purpose: Exclude<FlowRow['purpose'], 'join'>;
  hint?: string | undefined;
  sessionId?: string | undefined;
  agentId?: string | undefined;
}

async function start(platform: Platform, http: Http, { accountId, purpose, hint, sessionId, agentId }: Start): Promise<{ url: string }> {
  const row = await platform.database.inAccount(accountId, (tx) => selectProvider(tx, accountId));
  if (!row?.is_enabled) throw new Refusal('not_found', 'This company has no sign-in of its own.');
  const provider = await getProvider(platform, row);
  const [verifier, nonce, flowId, now] = [randomPKCECodeVerifier(), randomNonce(), newId(), platform.clock.now()];
  const { token, hash } = makeToken('flow', accountId);
  const flow = {
    id: flowId, purpose, token_hash: hash, browser_hash: bindBrowser(http.reply, platform.config), issuer: row.issuer, nonce, sealed_verifier: platform.secrets.seal(verifier, verifierPurpose(flowId)),
    session_id: sessionId ?? null, agent_id: agentId ?? null, subject: null, email: null, sealed_id_token: null, started_at: now, expires_at: new Date(now.getTime() + FLOW_SECONDS * 1000),
  };
  await platform.database.inAccount(accountId, (tx) => insertFlow(tx, accountId, flow));
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: redirectUrl(platform), scope: 'openid email profile', state: token, nonce, code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    ...(hint === undefined ? {} : { login_hint: hint }),
    // A proof is a new one, not what the provider remembers.
    ...(purpose === 'prove' ? { prompt: 'login', max_age: '0' } : {}),
  });
  return { url: url.href };
}

export const startCompany = (platform: Platform, input: { accountId: string; email?: string | undefined }, http: Http) => start(platform, http, { accountId: input.accountId, purpose: 'sign-in', hint: input.email });

/** For somebody who is signed in: to connect both, or to prove once more who they are. */
export const startCompanyFor = (purpose: 'link' | 'prove') => (platform: Platform, who: SignedInAgent, http: Http) => start(platform, http, { accountId: who.accountId, purpose, sessionId: who.sessionId, agentId: who.agentId });
