import type { Place, Session } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { enter } from './enter.ts';
import { findLoginOfAgent, selectPlaces, type PlaceRow } from './login-store.ts';
import type { SignedInAgent } from './own-login.ts';

// What one company's sign-in says counts in that company only: it must not open the others this person works for.
const isOpen = (who: SignedInAgent, place: PlaceRow) => !place.needs_company && who.proof?.method !== 'company';

async function findPlaces(platform: Platform, who: SignedInAgent): Promise<PlaceRow[]> {
  return platform.database.asSystem(async (tx) => {
    const login = await findLoginOfAgent(tx, who.accountId, who.agentId);
    return login ? selectPlaces(tx, login.id) : [];
  });
}

/** The accounts this person works for, by name. */
export async function listPlaces(platform: Platform, who: SignedInAgent): Promise<{ items: Place[] }> {
  const places = await findPlaces(platform, who);
  const items = places.map((place) => ({ accountId: place.account_id, name: place.name, isCurrent: place.account_id === who.accountId, isOpen: place.account_id === who.accountId || isOpen(who, place) }));
  return { items: items.sort((a, b) => a.name.localeCompare(b.name)) };
}

/** Goes on in another account of the same person: the session here ends with its live sockets, one there begins, as old and as strong as this one was. */
export async function switchPlace(platform: Platform, who: SignedInAgent, accountId: string, http: Http): Promise<Session> {
  const place = (await findPlaces(platform, who)).find((each) => each.account_id === accountId);
  if (!place) throw new Refusal('not_found', 'You do not work for this company.');
  if (!isOpen(who, place)) throw new Refusal('company_sign_in_needed', who.proof?.method === 'company' ? 'You came by one company’s sign-in. For another company sign out, and in again with your own password or passkey.' : `${place.name} wants you to use the company’s own sign-in.`);
  const { method = 'password', factors = 1, provedAt, beganAt } = who.proof ?? {};
  const session = await enter(platform, place.account_id, place.agent_id, http, { method, factors, provedAt, beganAt });
  // The session here has ended; its sockets ask about themselves now.
  await platform.database.inAccount(who.accountId, async (tx) => rightsChanged({ tx, accountId: who.accountId, platform }, who.agentId));
  return session;
}
