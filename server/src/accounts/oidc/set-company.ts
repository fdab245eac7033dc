import type { BodyOf, CompanySignIn, ResponseOf, signIn } from '@rapport/contract';
import { inAccount, mustBeAllowed, type Ctx, type Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { countActiveAdmins } from '../people/agent-store.ts';
import { mayGive, rightsOf } from '../people/giving.ts';
import { selectRole } from '../people/role-store.ts';
import type { SignedInAgent } from '../sign-in/own-login.ts';
import { deleteCompanySessions, deleteSessionsOutsideCompany } from '../sign-in/session-store.ts';
import { isViolation } from '../violation.ts';
import { deleteProvider, saveProvider, selectProvider, type ProviderRow } from './oidc-store.ts';
import { clientOf, discoverProvider, failed, secretPurpose } from './provider.ts';
import { redirectUrl } from './start-company.ts';

function shown(platform: Platform, row: ProviderRow): CompanySignIn {
  return {
    name: row.name, issuer: row.issuer, clientId: row.client_id, domains: row.domains, joiningRoleId: row.joining_role_id, isEnabled: row.is_enabled, isEnforced: row.is_enforced, hasSecret: row.sealed_secret !== null, redirectUrl: redirectUrl(platform),
  };
}

export async function getCompany(ctx: Ctx): Promise<ResponseOf<typeof signIn.getCompany>> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const row = await selectProvider(ctx.tx, ctx.accountId);
  return { company: row ? shown(ctx.platform, row) : null, redirectUrl: redirectUrl(ctx.platform) };
}

async function mustKeepAnAdmin(ctx: Ctx): Promise<void> {
  if ((await countActiveAdmins(ctx.tx, ctx.accountId)) === 0) throw new Refusal('last_way_in', 'One admin at least needs a password or passkey of their own, for the day the provider fails.');
}

async function keep(ctx: Ctx, row: ProviderRow): Promise<CompanySignIn> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const { tx, accountId } = ctx;
  if (row.joining_role_id !== null) {
    const role = await selectRole(tx, accountId, row.joining_role_id);
    if (!role) throw new Refusal('not_found', 'This role does not exist any more.');
    mayGive(ctx, rightsOf(role));
  }
  await mustKeepAnAdmin(ctx);
  const before = await selectProvider(tx, accountId);
  try {
    await saveProvider(tx, row);
  } catch (error) {
    throw isViolation(error, 'unique') ? new Refusal('domain_taken', 'Leave it out, or ask whoever runs the server.') : error;
  }
  const isOther = before !== undefined && before.issuer !== row.issuer;
  if (isOther || !row.is_enabled) await deleteCompanySessions(tx, accountId);
  if (row.is_enabled && row.is_enforced) await deleteSessionsOutsideCompany(tx, accountId);
  const { sealed_secret: _secret, account_id: _account, end_session_endpoint: _end, updated_at: _at, ...facts } = row;
  await recordAudit(ctx, 'company_sign_in.set_up', { target: row.issuer, detail: facts });
  await announce(ctx, 'people.changed', {});
  rightsChanged(ctx, null);
  return shown(ctx.platform, row);
}

/** Keeps how the company signs in, after its description has been read: what cannot be reached or calls itself something else is not kept. */
export async function setCompany(platform: Platform, who: SignedInAgent, input: BodyOf<typeof signIn.setCompany>): Promise<CompanySignIn> {
  const { accountId } = who;
  const before = await platform.database.inAccount(accountId, (tx) => selectProvider(tx, accountId));
  const isSame = before?.issuer === input.issuer && before.client_id === input.clientId;
  // A secret is for the provider it was made for: with another issuer typed in, ours must not be sent there.
  const kept = isSame ? before.sealed_secret : null;
  const sealedSecret = input.clientSecret === undefined ? kept : input.clientSecret === null ? null : platform.secrets.seal(input.clientSecret, secretPurpose(accountId));
  const row: ProviderRow = {
    account_id: accountId, name: input.name, issuer: input.issuer, client_id: input.clientId, sealed_secret: sealedSecret, is_enabled: input.isEnabled, is_enforced: input.isEnforced, joining_role_id: input.joiningRoleId,
    end_session_endpoint: null, updated_at: platform.clock.now(), domains: [...new Set(input.domains)].sort(),
  };
  const metadata = (await discoverProvider(platform, clientOf(platform, row))).serverMetadata();
  if (!metadata.authorization_endpoint || !metadata.token_endpoint || !metadata.jwks_uri) throw failed('The provider offers no sign-in by code.');
  return inAccount(platform, accountId, who, (ctx) => keep(ctx, { ...row, end_session_endpoint: metadata.end_session_endpoint ?? null }));
}

/** Removes the company's sign-in. Who came by it alone has to be invited; the sessions it began end. */
export async function removeCompany(ctx: Ctx): Promise<void> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await mustKeepAnAdmin(ctx);
  const row = await selectProvider(ctx.tx, ctx.accountId);
  if (!row || !(await deleteProvider(ctx.tx, ctx.accountId))) throw new Refusal('not_found', 'There is none.');
  await deleteCompanySessions(ctx.tx, ctx.accountId);
  await recordAudit(ctx, 'company_sign_in.removed', { target: row.issuer });
  await announce(ctx, 'people.changed', {});
  rightsChanged(ctx, null);
}
