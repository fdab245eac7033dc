import { buildEndSessionUrl } from 'openid-client';
import type { ResponseOf, signIn } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { baseUrl } from '../mail/links.ts';
import { findLoginOfAgent, mustUseCompany } from '../sign-in/login-store.ts';
import type { SignedInAgent } from '../sign-in/own-login.ts';
import { selectIdToken } from '../sign-in/session-store.ts';
import { isViolation } from '../violation.ts';
import { deleteCompanyLink, insertCompanyLink, selectLinkOfAgent, selectProvider, type ProviderRow } from './oidc-store.ts';
import { getProvider, idTokenPurpose } from './provider.ts';

/** Connects, in the caller's transaction, and writes it down. */
export async function writeLink(platform: Platform, tx: Tx, who: SignedInAgent, link: { issuer: string; subject: string; email: string }): Promise<void> {
  const now = platform.clock.now();
  await insertCompanyLink(tx, who.accountId, { ...link, agent_id: who.agentId, now });
  await recordAudit({ tx, accountId: who.accountId, clock: platform.clock, actor: who }, 'company_sign_in.linked', { target: link.email });
}

export function linkAgent(platform: Platform, who: SignedInAgent, row: ProviderRow, subject: string, email: string): Promise<void> {
  return platform.database.inAccount(who.accountId, (tx) => writeLink(platform, tx, who, { issuer: row.issuer, subject, email }));
}

export async function linkOrRefuse<T>(link: () => Promise<T>): Promise<T> {
  try {
    return await link();
  } catch (error) {
    throw isViolation(error, 'unique') ? new Refusal('company_sign_in_failed', 'One of the two is connected with somebody else already. Disconnect that first.') : error;
  }
}

export async function readLink(platform: Platform, who: SignedInAgent): Promise<ResponseOf<typeof signIn.companyLink>> {
  return platform.database.inAccount(who.accountId, async (tx) => {
    const row = await selectProvider(tx, who.accountId);
    const link = await selectLinkOfAgent(tx, who.accountId, who.agentId);
    return { company: row?.is_enabled ? { name: row.name, email: link?.issuer === row.issuer ? link.email : null } : null };
  });
}

/** Disconnects; never the last way in, and not where the company wants it to be used. A session that came this way ends with it. */
export async function unlinkCompany(platform: Platform, who: SignedInAgent): Promise<void> {
  await platform.database.asSystem(async (tx) => {
    if (await mustUseCompany(tx, who.accountId, who.agentId)) throw new Refusal('company_sign_in_needed', 'Your company wants you to use its own sign-in.');
    const login = await findLoginOfAgent(tx, who.accountId, who.agentId);
    if (!login?.password_hash && !login?.has_passkey) throw new Refusal('last_way_in', 'Ask an admin for an invitation and choose a password first.');
    if (!(await deleteCompanyLink(tx, who.accountId, who.agentId))) throw new Refusal('not_found', 'There is no connection.');
    await recordAudit({ tx, accountId: who.accountId, clock: platform.clock, actor: who }, 'company_sign_in.unlinked', { target: who.name });
  });
}

/** Where to go after signing out, to end the session at the provider as well; null when this one did not come from there, or the provider has no such page. */
export async function leaveCompany(platform: Platform, who: SignedInAgent): Promise<{ url: string | null }> {
  const { row, sealed } = await platform.database.inAccount(who.accountId, async (tx) => ({ row: await selectProvider(tx, who.accountId), sealed: await selectIdToken(tx, who.accountId, who.sessionId ?? '') }));
  if (!row?.end_session_endpoint || !sealed) return { url: null };
  try {
    const idToken = platform.secrets.open(sealed, idTokenPurpose(who.accountId));
    return { url: buildEndSessionUrl(await getProvider(platform, row), { id_token_hint: idToken, post_logout_redirect_uri: `${baseUrl(platform.config)}/sign-in` }).href };
  } catch (error) {
    // Signing out here must not depend on somebody else's server.
    platform.log.warn({ err: error }, 'the company’s sign-in could not be asked where to sign out');
    return { url: null };
  }
}
