import type { Session } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { joinCompany } from '../oidc/join-company.ts';
import { enter } from '../sign-in/enter.ts';
import { selectPlaces } from '../sign-in/login-store.ts';
import { refusePasskey } from './challenge.ts';
import { checkPasskey, type Answer } from './check-passkey.ts';

/** Signs in by passkey alone. It is something the person has and something they are or know, so it counts as two factors. */
export async function passkeySignIn(platform: Platform, answer: Answer, http: Http): Promise<Session> {
  const key = await checkPasskey(platform, http, 'sign-in', answer, null);
  const places = await platform.database.asSystem((tx) => selectPlaces(tx, key.login_id));
  if (!places[0]) throw refusePasskey();
  const joined = await joinCompany(platform, places, http);
  const place = joined?.place ?? places.find(({ needs_company: needsCompany }) => !needsCompany);
  if (!place) throw new Refusal('company_sign_in_needed', `${places[0].name} wants you to use the company’s own sign-in.`);
  return enter(platform, place.account_id, place.agent_id, http, joined?.entry ?? { method: 'passkey', factors: 2 });
}
