import type { ResponseOf, signIn } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import { isFresh, type Http } from '../../platform/http/index.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { selectLinkOfAgent, selectProvider } from '../oidc/oidc-store.ts';
import { refusePasskey } from '../passkeys/challenge.ts';
import { askForPasskey, checkPasskey, type Answer, type Ceremony } from '../passkeys/check-passkey.ts';
import { forgetTries } from '../password/prove-password.ts';
import { findLoginOfAgent } from './login-store.ts';
import { getOwnLogin, type SignedInAgent } from './own-login.ts';
import { saveProof, type SessionRow } from './session-store.ts';
import { proveLogin } from './sign-in.ts';

/** How the person can prove who they are once more, and whether they have just done so. */
export async function readProof(platform: Platform, who: SignedInAgent): Promise<ResponseOf<typeof signIn.proof>> {
  const { login, hasCompany } = await platform.database.asSystem(async (tx) => {
    const provider = await selectProvider(tx, who.accountId);
    const link = await selectLinkOfAgent(tx, who.accountId, who.agentId);
    return { login: await findLoginOfAgent(tx, who.accountId, who.agentId), hasCompany: Boolean(provider?.is_enabled && link?.issuer === provider.issuer) };
  });
  const ways: ResponseOf<typeof signIn.proof>['ways'] = [];
  if (login?.has_passkey) ways.push('passkey');
  if (login?.password_hash) ways.push('password');
  if (login?.password_hash && login.totp_secret) ways.push('code');
  if (hasCompany) ways.push('company');
  return { isFresh: isFresh(who.proof, platform.clock.now()), ways };
}

/** Writes down, in the session, that the person has just proved who they are. */
export async function noteProof(platform: Platform, who: SignedInAgent, proof: { method: SessionRow['method']; factors: number }): Promise<void> {
  await platform.database.inAccount(who.accountId, async (tx) => {
    await saveProof(tx, who.accountId, who.sessionId ?? '', { ...proof, now: platform.clock.now() });
    await recordAudit({ tx, accountId: who.accountId, clock: platform.clock, actor: who }, 'sign_in.proved_again', { target: who.name, detail: { by: proof.method } });
  });
}

/** By password and, where it is on, a code. */
export async function prove(platform: Platform, who: SignedInAgent, input: { password: string; code?: string | undefined }, http: Http): Promise<void> {
  const login = await getOwnLogin(platform, who);
  const proved = await proveLogin(platform, login, { email: login.email, ...input }, http);
  await forgetTries(platform, login.email, http);
  await noteProof(platform, who, { method: 'password', factors: proved ? 2 : 1 });
}

export async function startPasskeyProof(platform: Platform, who: SignedInAgent, http: Http): Promise<Ceremony> {
  const login = await getOwnLogin(platform, who);
  return askForPasskey(platform, http, 'prove', { loginId: login.id, sessionId: who.sessionId ?? '' });
}

export async function provePasskey(platform: Platform, who: SignedInAgent, answer: Answer, http: Http): Promise<void> {
  const login = await getOwnLogin(platform, who);
  const key = await checkPasskey(platform, http, 'prove', answer, who.sessionId ?? '');
  // A colleague's passkey proves the colleague.
  if (key.login_id !== login.id) throw refusePasskey();
  await noteProof(platform, who, { method: 'passkey', factors: 2 });
}
