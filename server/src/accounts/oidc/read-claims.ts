import { authorizationCodeGrant, fetchUserInfo } from 'openid-client';
import type { Platform } from '../../platform/context.ts';
import { normalEmail } from '../sign-in/login-store.ts';
import type { FlowRow, ProviderRow } from './oidc-store.ts';
import { failed, getProvider } from './provider.ts';
import { redirectUrl, verifierPurpose } from './start-company.ts';

/** Whom the provider says has come. */
export interface Claims {
  subject: string;
  /** In small letters; only one the provider vouches for. */
  email: string | undefined;
  name: string | undefined;
  idToken: string;
}

// How old a proof may be when it arrives, for clocks that differ.
const PROOF_SECONDS = 300;
const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

/**
 * Changes the code for what the provider says of the person. The answer must be for this very flow and this very client: state, issuer, nonce, audience, signature, age
 * and the code verifier are all checked. Refuses `company_sign_in_failed` and says no more: the reason is in the log.
 */
export async function readClaims(platform: Platform, row: ProviderRow, flow: FlowRow, back: { state: string; code: string; iss?: string | undefined }): Promise<Claims> {
  const provider = await getProvider(platform, row);
  const url = new URL(redirectUrl(platform));
  for (const [name, value] of Object.entries(back)) if (value !== undefined) url.searchParams.set(name, value);
  try {
    const tokens = await authorizationCodeGrant(provider, url, {
      pkceCodeVerifier: platform.secrets.open(flow.sealed_verifier ?? Buffer.alloc(0), verifierPurpose(flow.id)), expectedState: back.state, expectedNonce: flow.nonce ?? '', idTokenExpected: true,
      ...(flow.purpose === 'prove' ? { maxAge: PROOF_SECONDS } : {}),
    });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token) throw new Error('The provider sent no ID token.');
    // Many providers keep the address out of the token and tell it when asked.
    const more = claims['email'] === undefined && provider.serverMetadata().userinfo_endpoint ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : claims;
    const email = text(more['email']);
    return { subject: claims.sub, email: email !== undefined && more['email_verified'] === true ? normalEmail(email) : undefined, name: text(more['name']), idToken: tokens.id_token };
  } catch (error) {
    platform.log.warn({ err: error, accountId: row.account_id }, 'company sign-in was refused');
    throw failed('What came back from your company’s sign-in does not fit. Begin anew; if it stays so, tell whoever runs it.', error);
  }
}
