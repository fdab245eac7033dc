import type { MailOauth } from '@rapport/contract';
import { outgoingFetch, OutgoingError } from '../../../platform/outgoing-fetch.ts';
import type { Platform } from '../../../platform/context.ts';
import { z } from 'zod';

/** The provider does not take the consent any more, or never had it: a person must connect the inbox again. */
export class ConsentGone extends Error {
  override name = 'ConsentGone';
  constructor() {
    super('The mail provider does not let this inbox in any more. Open the settings of the inbox and connect it again.');
  }
}

/** The provider could not be asked, or did not understand. `message` may be shown to those who manage inboxes. */
export class ProviderTrouble extends Error {
  override name = 'ProviderTrouble';
}

const KNOWN = {
  google: { issuer: 'https://accounts.google.com', scope: 'https://mail.google.com/' },
  microsoft: { issuer: 'https://login.microsoftonline.com/common/v2.0', scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access' },
  other: { issuer: '', scope: 'openid offline_access' },
} as const;

/** What was typed, and for the providers we know what is usual there. */
export const issuerOf = ({ provider, issuer }: MailOauth): string => (issuer || KNOWN[provider].issuer).replace(/\/$/, '');
export const scopeOf = ({ provider, scope }: MailOauth): string => scope || KNOWN[provider].scope;

const discovered = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });
export type Endpoints = z.output<typeof discovered>;
const granted = z.object({ access_token: z.string().min(1).max(20_000), expires_in: z.coerce.number().optional(), refresh_token: z.string().min(1).max(20_000).optional() });
export interface Grant {
  accessToken: string;
  /** How long it is good for. */
  seconds: number;
  refreshToken: string | undefined;
}

const REMEMBERED_MS = 3_600_000;
const known = new Map<string, { until: number; endpoints: Endpoints }>();

/** Asks the provider where it gives consent and access (OpenID discovery); remembered for an hour. */
export async function endpointsOf(platform: Pick<Platform, 'config'>, client: MailOauth): Promise<Endpoints> {
  const issuer = issuerOf(client);
  const found = known.get(issuer);
  if (found !== undefined && found.until > performance.now()) return found.endpoints;
  const answer = await reach(platform, `${issuer}/.well-known/openid-configuration`, {});
  const parsed = answer.ok ? discovered.safeParse(await answer.json().catch(() => undefined)) : undefined;
  if (!parsed?.success) throw new ProviderTrouble(`${new URL(issuer).host} does not say where it gives access. Check the address of the provider.`);
  known.set(issuer, { until: performance.now() + REMEMBERED_MS, endpoints: parsed.data });
  return parsed.data;
}

async function reach(platform: Pick<Platform, 'config'>, address: string, options: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Response> {
  try {
    return await outgoingFetch(platform.config)(address, options);
  } catch (error) {
    if (error instanceof OutgoingError) throw new ProviderTrouble(error.message, { cause: error });
    throw new ProviderTrouble('The mail provider does not answer.', { cause: error });
  }
}

/** Asks the token endpoint. Throws `ConsentGone` when the provider has no such consent (any more), `ProviderTrouble` for all else. */
export async function askForTokens(platform: Pick<Platform, 'config'>, client: MailOauth, asked: Record<string, string>): Promise<Grant> {
  const { token_endpoint: address } = await endpointsOf(platform, client);
  const body = new URLSearchParams({ ...asked, client_id: client.clientId, ...(client.clientSecret ? { client_secret: client.clientSecret } : {}) }).toString();
  const answer = await reach(platform, address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }, body });
  const said: unknown = await answer.json().catch(() => undefined);
  const parsed = granted.safeParse(said);
  if (answer.ok && parsed.success) return { accessToken: parsed.data.access_token, seconds: parsed.data.expires_in ?? 3600, refreshToken: parsed.data.refresh_token };
  const error = z.object({ error: z.string().max(100) }).safeParse(said);
  if (error.success && (error.data.error === 'invalid_grant' || error.data.error === 'interaction_required' || error.data.error === 'consent_required')) throw new ConsentGone();
  if (error.success && (error.data.error === 'invalid_client' || error.data.error === 'unauthorized_client')) throw new ProviderTrouble('The mail provider does not know this client, or its secret is wrong. Check both in the settings of the inbox.');
  throw new ProviderTrouble(`The mail provider gave no access (${error.success ? error.data.error.replace(/[^\w.-]/g, '') : answer.status}).`);
}
