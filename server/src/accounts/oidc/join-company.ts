import type { AgentActor, Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { selectAgent } from '../people/agent-store.ts';
import type { PlaceRow } from '../sign-in/login-store.ts';
import type { Entry } from '../sign-in/enter.ts';
import { readToken } from '../token.ts';
import { linkOrRefuse, writeLink } from './company-link.ts';
import { clearFlowCookie, flowCookieOf } from './flow-cookie.ts';
import { selectProvider, takeFlow } from './oidc-store.ts';

/**
 * Connects the company's sign-in with the login that has just been proved, when this browser came from there and the agent it came for is among the login's own. The
 * session then counts as one from the company. Undefined when there is nothing to connect.
 */
export async function joinCompany(platform: Platform, places: readonly PlaceRow[], http: Http): Promise<{ place: PlaceRow; entry: Entry } | undefined> {
  const token = flowCookieOf(http.request, platform.config, 'join');
  const read = token === undefined ? undefined : readToken('join', token);
  if (!read) return undefined;
  clearFlowCookie(http.reply, platform.config, 'join');
  const { accountId } = read;
  return linkOrRefuse(() => platform.database.inAccount(accountId, async (tx) => {
    const flow = await takeFlow(tx, accountId, read.hash, platform.clock.now());
    const row = await selectProvider(tx, accountId);
    const place = places.find((each) => each.account_id === accountId && each.agent_id === flow?.agent_id);
    if (flow?.purpose !== 'join' || !place || !row?.is_enabled || row.issuer !== flow.issuer) return undefined;
    const agent = await selectAgent(tx, accountId, place.agent_id);
    const actor: AgentActor = { kind: 'agent', agentId: place.agent_id, name: agent?.name ?? '', permissions: new Set(), caseScope: 'own', teamIds: [], address: http.address };
    await writeLink(platform, tx, { ...actor, accountId }, { issuer: flow.issuer, subject: flow.subject ?? '', email: flow.email ?? '' });
    return { place, entry: { method: 'company' as const, factors: 2, sealedIdToken: flow.sealed_id_token ?? undefined } };
  }));
}
