import type { AgentActor, Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { voidLinks } from '../mail/link-store.ts';
import { insertAgent, lockAgent, updateAgentRow, type AgentRow } from '../people/agent-store.ts';
import { selectRole } from '../people/role-store.ts';
import { linkOrRefuse, writeLink } from './company-link.ts';
import type { ProviderRow } from './oidc-store.ts';
import type { Claims } from './read-claims.ts';

/**
 * Lets somebody in for the first time: who was invited to this very address, as they were invited, and who was not with the role for newcomers, if there is one. No login
 * is made: what one company's sign-in says of an address must not become a way into the others.
 */
export function joinByCompany(platform: Platform, http: Http, accountId: string, row: ProviderRow, invited: AgentRow | undefined, claims: Claims & { email: string }): Promise<string> {
  return linkOrRefuse(() => platform.database.inAccount(accountId, async (tx) => {
    const now = platform.clock.now();
    const agentId = invited?.id ?? newId();
    const name = invited?.name ?? claims.name?.slice(0, 200) ?? claims.email.split('@')[0] ?? claims.email;
    if (invited) {
      const locked = await lockAgent(tx, accountId, agentId);
      if (locked?.login_id !== null || locked.state === 'disabled') throw new Refusal('changed_meanwhile', 'Begin anew.');
      await updateAgentRow(tx, accountId, agentId, { state: 'active', ...(locked.state === 'invited' ? { roleSince: now } : {}) });
      await voidLinks(tx, accountId, agentId, 'invitation', now);
    } else {
      const role = row.joining_role_id === null ? undefined : await selectRole(tx, accountId, row.joining_role_id);
      if (!role) throw new Refusal('not_a_colleague', 'Ask an admin for an invitation to this address.');
      await insertAgent(tx, accountId, { id: agentId, loginId: null, email: claims.email, name, roleId: role.id, locale: 'en', state: 'active', now });
    }
    const actor: AgentActor = { kind: 'agent', agentId, name, permissions: new Set(), caseScope: 'own', teamIds: [], address: http.address };
    await writeLink(platform, tx, { ...actor, accountId }, { issuer: row.issuer, subject: claims.subject, email: claims.email });
    const ctx = { tx, accountId, clock: platform.clock, actor };
    await recordAudit(ctx, 'agent.joined', { target: claims.email, detail: { by: 'company' } });
    await announce(ctx, 'people.changed', { agentId });
    return agentId;
  }));
}
