import { createHash } from 'node:crypto';
import type { Platform } from '../../platform/context.ts';
import { enforceLimit, forgetHits, type Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { knownBrowser } from '../sign-in/known-browser.ts';
import { normalEmail, type LoginRow } from '../sign-in/login-store.ts';
import { fitsPassword } from './hash-password.ts';

// Counted for each address beside the limit for each network address: whoever guesses from many places at once is slowed down as well. Resetting by mail lifts it. A browser
// with which the person has signed in before has a count of its own, or anybody could keep anybody out by guessing wrong.
const TRIES = { per: 'address', max: 10, windowSeconds: 900 } as const;

// The table of limits keeps no addresses in the clear.
const bucket = (email: string, browser?: string) => `password ${createHash('sha256').update(normalEmail(email)).digest('base64url')}${browser === undefined ? '' : ` ${browser}`}`;

/** Refuses `wrong_credentials` unless the password is that of the login; whether there is a login shows neither in the answer nor in its time. */
export async function provePassword(platform: Platform, login: LoginRow | undefined, email: string, password: string, http: Pick<Http, 'request' | 'reply'>): Promise<void> {
  // Counted before it is compared, so that guesses sent at the same moment are counted too.
  await enforceLimit(platform.database, bucket(email, knownBrowser(platform, http, email)), TRIES, http.reply);
  if (!(await fitsPassword(login?.password_hash, password))) throw new Refusal('wrong_credentials', 'Check both and try again, or ask for a new password.');
}

/** After everything asked for was right. */
export async function forgetTries(platform: Platform, email: string, http?: Pick<Http, 'request'>): Promise<void> {
  await forgetHits(platform.database, bucket(email));
  const browser = http && knownBrowser(platform, http, email);
  if (browser !== undefined) await forgetHits(platform.database, bucket(email, browser));
}
