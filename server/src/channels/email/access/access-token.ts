import { getMailConsent, replaceMailConsent } from '../../../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../../../platform/context.ts';
import { askForTokens, ConsentGone } from './provider.ts';

/** Gives access for the next connection; with `renew` fresh from the provider, because a mail server refused the one before. Throws `ConsentGone` and `ProviderTrouble`. */
export type AccessToken = (renew?: boolean) => Promise<string>;

interface Held {
  version: number;
  accessToken: string;
  until: number;
}

// Clocks differ, and signing in takes a moment.
const MARGIN_MS = 60_000;
const actor = systemActor('email.access');
const held = new WeakMap<Platform, Map<string, Held>>();
const asking = new WeakMap<Platform, Map<string, Promise<string>>>();

const mapOf = <T>(maps: WeakMap<Platform, Map<string, T>>, platform: Platform): Map<string, T> => {
  const found = maps.get(platform) ?? new Map<string, T>();
  maps.set(platform, found);
  return found;
};

/** Access to the mailbox of an inbox at its provider: held while it is good, asked for once however many connections want it. */
export function accessToken(platform: Platform, accountId: string, inboxId: string): AccessToken {
  return (renew = false) => {
    const running = mapOf(asking, platform);
    const mine = running.get(inboxId) ?? fetchToken(platform, accountId, inboxId, renew).finally(() => running.delete(inboxId));
    running.set(inboxId, mine);
    return mine;
  };
}

async function fetchToken(platform: Platform, accountId: string, inboxId: string, renew: boolean): Promise<string> {
  const tokens = mapOf(held, platform);
  const consent = await inAccount(platform, accountId, actor, (ctx) => getMailConsent(ctx, inboxId));
  if (consent?.refreshToken === undefined) throw new ConsentGone();
  const found = tokens.get(inboxId);
  if (!renew && found !== undefined && found.version === consent.version && found.until > performance.now()) return found.accessToken;
  tokens.delete(inboxId);
  const keep = (used: string, next: string | undefined): Promise<void> => inAccount(platform, accountId, actor, (ctx) => replaceMailConsent(ctx, inboxId, used, next));
  try {
    const grant = await askForTokens(platform, consent.client, { grant_type: 'refresh_token', refresh_token: consent.refreshToken });
    if (grant.refreshToken !== undefined && grant.refreshToken !== consent.refreshToken) await keep(consent.refreshToken, grant.refreshToken);
    tokens.set(inboxId, { version: consent.version, accessToken: grant.accessToken, until: performance.now() + Math.max(0, grant.seconds * 1000 - MARGIN_MS) });
    return grant.accessToken;
  } catch (error) {
    if (!(error instanceof ConsentGone)) throw error;
    // Another process may have been given a new token for this one a moment ago; then there is nothing wrong.
    const now = await inAccount(platform, accountId, actor, (ctx) => getMailConsent(ctx, inboxId));
    if (now?.refreshToken !== undefined && now.refreshToken !== consent.refreshToken) return fetchToken(platform, accountId, inboxId, false);
    await keep(consent.refreshToken, undefined);
    throw error;
  }
}
