import type { BodyOf, Session, accounts } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { insertFailedSignIn } from '../audit/audit-store.ts';
import { joinCompany } from '../oidc/join-company.ts';
import { forgetTries, provePassword } from '../password/prove-password.ts';
import { proveCode, type ProvedBy } from '../second-factor/prove-code.ts';
import { enter, entryBy } from './enter.ts';
import { findLoginByEmail, normalEmail, selectPlaces, type LoginRow } from './login-store.ts';

/** Password, and code when there is a second factor. Refusals are recorded for the accounts of the login. */
export async function proveLogin(platform: Platform, login: LoginRow | undefined, input: { email: string; password: string; code?: string | undefined }, http: Http): Promise<ProvedBy | undefined> {
  try {
    await provePassword(platform, login, input.email, input.password, http);
    if (!login?.totp_secret) return undefined;
    if (input.code === undefined) throw new Refusal('second_factor_needed', 'Enter the code of your authenticator app, or a recovery code.');
    return await proveCode(platform, login.id, input.code, http);
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'second_factor_needed') {
      const row = { id: newId(), at: platform.clock.now(), address: http.address, detail: { reason: error.code } };
      await platform.database.asSystem((tx) => insertFailedSignIn(tx, login?.id ?? newId(), row));
    }
    throw error;
  }
}

/**
 * Signs in with e-mail, password and, where it is on, a code. Someone who works for several accounts comes to the one they were last in. Who comes from the company's
 * sign-in and proves that this login is theirs too has both connected. Unknown addresses, wrong passwords and people who have left are refused alike, after the same work.
 */
export async function signIn(platform: Platform, input: BodyOf<typeof accounts.signIn>, http: Http): Promise<Session> {
  const email = normalEmail(input.email);
  const { login, places } = await platform.database.asSystem(async (tx) => {
    const found = await findLoginByEmail(tx, email);
    return { login: found, places: await selectPlaces(tx, found?.id ?? newId()) };
  });
  // Without a place the password is compared all the same and then found wrong.
  const proved = await proveLogin(platform, places[0] && login, { email, password: input.password, code: input.code }, http);
  if (!places[0]) throw new Refusal('wrong_credentials');
  const joined = await joinCompany(platform, places, http);
  const place = joined?.place ?? places.find(({ needs_company: needsCompany }) => !needsCompany);
  // Told only to who has the password.
  if (!place) throw new Refusal('company_sign_in_needed', `${places[0].name} wants you to use the company’s own sign-in.`);
  const session = await enter(platform, place.account_id, place.agent_id, http, joined?.entry ?? entryBy(proved));
  await forgetTries(platform, email, http);
  return session;
}
