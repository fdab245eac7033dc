import { allowInsecureRequests, ClientSecretBasic, ClientSecretPost, customFetch, discovery, enableNonRepudiationChecks, None, type ClientAuth, type Configuration } from 'openid-client';
import type { Platform } from '../../platform/context.ts';
import { OutgoingError, outgoingFetch } from '../../platform/outgoing-fetch.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { ProviderRow } from './oidc-store.ts';

const REMEMBERED_MS = 10 * 60_000;

export const secretPurpose = (accountId: string) => `oidc secret:${accountId}`;
export const idTokenPurpose = (accountId: string) => `oidc id token:${accountId}`;

/** What is needed to talk to a provider. */
export interface Client {
  accountId: string;
  issuer: string;
  clientId: string;
  secret: string | undefined;
}

export const failed = (detail: string, cause?: unknown) => new Refusal('company_sign_in_failed', detail, { cause });

function openSecret(platform: Platform, accountId: string, sealed: Buffer): string {
  try {
    return platform.secrets.open(sealed, secretPurpose(accountId));
  } catch (error) {
    throw failed('The client secret cannot be read any more. An admin enters it again on the page Sign-in.', error);
  }
}

export function clientOf(platform: Platform, row: ProviderRow): Client {
  return { accountId: row.account_id, issuer: row.issuer, clientId: row.client_id, secret: row.sealed_secret ? openSecret(platform, row.account_id, row.sealed_secret) : undefined };
}

/**
 * Reads a provider's description, by the guarded outgoing fetch, which everything said to the provider later goes through as well. It must call itself exactly as it is
 * called here, or one provider could speak for another. What it signs is checked with its keys, although it comes over TLS.
 */
export async function discoverProvider(platform: Platform, client: Client): Promise<Configuration> {
  const ask = outgoingFetch(platform.config);
  const read = (auth: ClientAuth) => discovery(new URL(client.issuer), client.clientId, undefined, auth, {
    [customFetch]: (url, options) => ask(url, options as never),
    // Whether http may be spoken the outgoing fetch decides, by host.
    execute: [allowInsecureRequests, enableNonRepudiationChecks],
    timeout: 10,
  });
  try {
    if (client.secret === undefined) return await read(None());
    const provider = await read(ClientSecretBasic(client.secret));
    const methods = provider.serverMetadata().token_endpoint_auth_methods_supported;
    return methods?.includes('client_secret_post') && !methods.includes('client_secret_basic') ? await read(ClientSecretPost(client.secret)) : provider;
  } catch (error) {
    const inner = error instanceof Error && error.cause instanceof OutgoingError ? error.cause : error;
    throw failed(inner instanceof OutgoingError ? inner.message : `${client.issuer} does not describe itself as a provider of that name. Check the address, every character of it counts.`, error);
  }
}

const known = new WeakMap<Platform, Map<string, { at: number; provider: Promise<Configuration> }>>();

/** As `discoverProvider`, remembered for a few minutes; a provider that was changed is read anew. */
export async function getProvider(platform: Platform, row: ProviderRow): Promise<Configuration> {
  const ofPlatform = known.get(platform) ?? new Map<string, { at: number; provider: Promise<Configuration> }>();
  known.set(platform, ofPlatform);
  const key = `${row.account_id} ${row.updated_at.getTime()}`;
  const before = ofPlatform.get(key);
  if (before && Date.now() - before.at < REMEMBERED_MS) return before.provider;
  for (const other of ofPlatform.keys()) if (other.startsWith(row.account_id)) ofPlatform.delete(other);
  const provider = discoverProvider(platform, clientOf(platform, row));
  ofPlatform.set(key, { at: Date.now(), provider });
  provider.catch(() => ofPlatform.delete(key));
  return provider;
}
