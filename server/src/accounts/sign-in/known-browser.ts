import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { normalEmail } from './login-store.ts';

const MAX_AGE_SECONDS = 180 * 86_400;

const isHttps = (platform: Platform) => platform.config.publicUrl?.startsWith('https:') ?? false;
const nameOf = (platform: Platform) => (isHttps(platform) ? '__Host-rapport_known' : 'rapport_known');
const sign = (platform: Platform, email: string, nonce: string) => createHmac('sha256', platform.secrets.deriveKey('known browser')).update(`${normalEmail(email)}\n${nonce}`).digest('base64url');

/**
 * The name of this browser when somebody has signed in with it under this e-mail before; undefined otherwise. It is no proof of who sits there: it only has tries at the
 * password counted apart, so that nobody can keep people out of the browsers they use by guessing their passwords elsewhere.
 */
export function knownBrowser(platform: Platform, http: Pick<Http, 'request'>, email: string): string | undefined {
  const [nonce = '', mac = ''] = (http.request.cookies[nameOf(platform)] ?? '').split('.');
  const right = Buffer.from(sign(platform, email, nonce));
  const given = Buffer.from(mac);
  return nonce !== '' && given.length === right.length && timingSafeEqual(given, right) ? nonce : undefined;
}

/** After a sign-in. It outlives the session: when it is over the browser is known all the same. */
export function rememberBrowser(platform: Platform, http: Pick<Http, 'request' | 'reply'>, email: string): void {
  const nonce = knownBrowser(platform, http, email) ?? randomBytes(16).toString('base64url');
  http.reply.setCookie(nameOf(platform), `${nonce}.${sign(platform, email, nonce)}`, { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(platform), maxAge: MAX_AGE_SECONDS });
}
