import type { BodyOf, ResponseOf, Session, signIn } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectAgent, selectAgentByEmail, type AgentRow } from '../people/agent-store.ts';
import { authenticate } from '../sign-in/authenticate.ts';
import { enter } from '../sign-in/enter.ts';
import { noteProof } from '../sign-in/proof.ts';
import { makeToken, readToken } from '../token.ts';
import { linkAgent, linkOrRefuse } from './company-link.ts';
import { clearFlowCookie, FLOW_SECONDS, isSameBrowser, setFlowCookie } from './flow-cookie.ts';
import { joinByCompany } from './join-by-company.ts';
import { findCompanyLink, insertFlow, selectLinkOfAgent, selectProvider, takeFlow, touchCompanyLink, type FlowRow, type ProviderRow } from './oidc-store.ts';
import { failed, idTokenPurpose } from './provider.ts';
import { readClaims, type Claims } from './read-claims.ts';

type Finished = ResponseOf<typeof signIn.finishCompany>;

const stale = () => new Refusal('link_expired', 'This took too long, or was begun in another window. Begin anew.');
const unverified = () => new Refusal('unverified_email', 'The address is missing, is not verified there, or is not of a domain this company’s sign-in speaks for. Ask whoever runs it.');

async function takeOwnFlow(platform: Platform, input: { state: string }, http: Http): Promise<{ accountId: string; flow: FlowRow; row: ProviderRow }> {
  const read = readToken('flow', input.state);
  if (!read) throw stale();
  const { accountId } = read;
  const { flow, row } = await platform.database.inAccount(accountId, async (tx) => ({ flow: await takeFlow(tx, accountId, read.hash, platform.clock.now()), row: await selectProvider(tx, accountId) }));
  if (!flow || flow.purpose === 'join' || !isSameBrowser(http.request, platform.config, flow.browser_hash)) throw stale();
  // The company changed to another provider in between: what was begun with one is not finished with the other.
  if (!row?.is_enabled || row.issuer !== flow.issuer) throw stale();
  clearFlowCookie(http.reply, platform.config, 'flow');
  return { accountId, flow, row };
}

const vouchedFor = (row: ProviderRow, email: string | undefined): email is string => email !== undefined && row.domains.includes(email.split('@').at(-1) ?? '');

/** Keeps what the provider said until the person has proved that the login is theirs too. */
async function keepForLater(platform: Platform, http: Http, accountId: string, row: ProviderRow, agent: AgentRow, claims: Claims, sealed: Buffer): Promise<Finished> {
  const { token, hash } = makeToken('join', accountId);
  const now = platform.clock.now();
  const flow = {
    id: newId(), purpose: 'join' as const, token_hash: hash, browser_hash: null, issuer: row.issuer, nonce: null, sealed_verifier: null, session_id: null, agent_id: agent.id, subject: claims.subject, email: agent.email,
    sealed_id_token: sealed, started_at: now, expires_at: new Date(now.getTime() + FLOW_SECONDS * 1000),
  };
  await platform.database.inAccount(accountId, (tx) => insertFlow(tx, accountId, flow));
  setFlowCookie(http.reply, platform.config, 'join', token);
  return { outcome: 'password_needed', session: null, email: agent.email };
}

async function signInByCompany(platform: Platform, http: Http, accountId: string, row: ProviderRow, claims: Claims): Promise<Finished> {
  const sealed = platform.secrets.seal(claims.idToken, idTokenPurpose(accountId));
  const come = async (agentId: string): Promise<Finished> => {
    const session: Session = await enter(platform, accountId, agentId, http, { method: 'company', factors: 2, sealedIdToken: sealed });
    return { outcome: 'signed_in', session, email: null };
  };
  const known = await platform.database.inAccount(accountId, async (tx) => {
    const link = await findCompanyLink(tx, accountId, row.issuer, claims.subject);
    if (link) await touchCompanyLink(tx, accountId, row.issuer, claims.subject, platform.clock.now());
    return link && selectAgent(tx, accountId, link.agent_id);
  });
  // Somebody who left Rapport but not yet the company.
  if (known) return known.state === 'active' ? come(known.id) : Promise.reject(new Refusal('not_a_colleague', 'Ask an admin to let you in.'));
  if (!vouchedFor(row, claims.email)) throw unverified();
  const email = claims.email;
  const { agent, other } = await platform.database.inAccount(accountId, async (tx) => {
    const found = await selectAgentByEmail(tx, accountId, email);
    const linked = found && (await selectLinkOfAgent(tx, accountId, found.id));
    return { agent: found, other: linked?.issuer === row.issuer };
  });
  if (agent?.state === 'disabled' || agent?.is_bot) throw new Refusal('not_a_colleague', 'Ask an admin to let you in.');
  // Addresses are given to other people when somebody leaves; the subject is not.
  if (other) throw new Refusal('not_a_colleague', 'Somebody else came with this address before. Ask an admin to disconnect them.');
  // Whoever made the login may not have been whoever has the address now: only its password or passkey connects the two.
  if (agent && agent.login_id !== null) return keepForLater(platform, http, accountId, row, agent, claims, sealed);
  return come(await joinByCompany(platform, http, accountId, row, agent, { ...claims, email }));
}

/**
 * Somebody is back from the company's sign-in. Who is connected comes in. Who is not is found by an address the provider vouches for, of a domain the company has named:
 * invited people and newcomers (where they have a role) join, and who has a login of their own proves it once.
 */
export async function finishCompany(platform: Platform, input: BodyOf<typeof signIn.finishCompany>, http: Http): Promise<Finished> {
  const { accountId, flow, row } = await takeOwnFlow(platform, input, http);
  if (input.error !== undefined || input.code === undefined) throw failed('Your company’s sign-in sent you back without letting you in.');
  const claims = await readClaims(platform, row, flow, { state: input.state, code: input.code, iss: input.iss });
  if (flow.purpose === 'sign-in') return signInByCompany(platform, http, accountId, row, claims);
  // Begun by somebody signed in: it must be finished in that very session.
  const found = await authenticate(platform, http.request);
  if (!found || found.accountId !== accountId || found.actor.sessionId === undefined || found.actor.sessionId !== flow.session_id) throw stale();
  const who = { ...found.actor, accountId };
  if (flow.purpose === 'link') {
    const email = claims.email;
    if (!vouchedFor(row, email)) throw unverified();
    await linkOrRefuse(() => linkAgent(platform, who, row, claims.subject, email));
    return { outcome: 'linked', session: null, email };
  }
  const link = await platform.database.inAccount(accountId, (tx) => selectLinkOfAgent(tx, accountId, who.agentId));
  if (link?.issuer !== row.issuer || link.subject !== claims.subject) throw failed('You signed in there as somebody else.');
  await noteProof(platform, who, { method: 'company', factors: 1 });
  return { outcome: 'proved', session: null, email: null };
}
