import { generateAuthenticationOptions, verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { newChallenge, refusePasskey, useChallenge } from './challenge.ts';
import { findPasskey, moveCounter, selectPasskeys, type PasskeyRow } from './passkey-store.ts';
import { relyingParty } from './relying-party.ts';

export interface Ceremony {
  challengeId: string;
  options: Record<string, unknown>;
}
export interface Answer {
  challengeId: string;
  response: Record<string, unknown>;
}

/** What the browser needs to ask for a passkey: any that is made for this host, or one of this login. Always with the person verified (finger, face, PIN), so that it counts as two factors. */
export async function askForPasskey(platform: Platform, http: Http, purpose: 'sign-in' | 'prove', who?: { loginId: string; sessionId: string }): Promise<Ceremony> {
  const known = who ? await platform.database.asSystem((tx) => selectPasskeys(tx, who.loginId)) : [];
  const { challengeId, challenge } = await newChallenge(platform, purpose, who?.sessionId ?? null);
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(platform.config, http.request).id, challenge, userVerification: 'required',
    allowCredentials: known.map((key) => ({ id: key.credential_id, transports: key.transports as never })),
  });
  return { challengeId, options: options as unknown as Record<string, unknown> };
}

/**
 * The passkey that gave this answer to our challenge. Refuses `passkey_refused`, in the same words, for a key that nobody has, a challenge that was used or is somebody
 * else's, another site's origin, a person who was not verified, and a counter that went back (two devices with one key: a copy).
 */
export async function checkPasskey(platform: Platform, http: Http, purpose: 'sign-in' | 'prove', answer: Answer, sessionId: string | null): Promise<PasskeyRow> {
  const challenge = await useChallenge(platform, answer.challengeId, purpose, sessionId);
  const response = answer.response as unknown as AuthenticationResponseJSON;
  const key = typeof response.id === 'string' ? await platform.database.asSystem((tx) => findPasskey(tx, response.id)) : undefined;
  if (!key) throw refusePasskey();
  const handle = response.response?.userHandle;
  // Says whose key it is. Authenticators that keep nothing leave it out; one that says somebody else is not believed.
  if (handle !== undefined && handle !== null && handle !== Buffer.from(key.login_id).toString('base64url')) throw refusePasskey();
  const party = relyingParty(platform.config, http.request);
  const checked = await verifyAuthenticationResponse({
    response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: true,
    credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: key.counter, transports: key.transports as never },
  }).catch((error: unknown) => {
    throw refusePasskey(error);
  });
  if (!checked.verified) throw refusePasskey();
  const isNewer = await platform.database.asSystem((tx) => moveCounter(tx, key.id, checked.authenticationInfo.newCounter, platform.clock.now()));
  if (!isNewer) throw refusePasskey();
  return key;
}
