import { generateRegistrationOptions, verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Passkey } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { getLoginToChange, type SignedInAgent } from '../sign-in/own-login.ts';
import { saveProof } from '../sign-in/session-store.ts';
import { isViolation } from '../violation.ts';
import { newChallenge, refusePasskey, useChallenge } from './challenge.ts';
import type { Answer, Ceremony } from './check-passkey.ts';
import { passkeyOf } from './own-passkeys.ts';
import { insertPasskey, selectPasskeys } from './passkey-store.ts';
import { relyingParty } from './relying-party.ts';

const MOST = 20;

/** What the browser needs to make a passkey for the person. Devices that have one already are left out. */
export async function startPasskey(platform: Platform, who: SignedInAgent, http: Http): Promise<Ceremony> {
  const login = await getLoginToChange(platform, who);
  const known = await platform.database.asSystem((tx) => selectPasskeys(tx, login.id));
  if (known.length >= MOST) throw new Refusal('not_allowed', `Nobody needs more than ${MOST} passkeys. Remove one you do not use any more.`);
  const { challengeId, challenge } = await newChallenge(platform, 'add', who.sessionId ?? null);
  const options = await generateRegistrationOptions({
    rpName: 'Rapport', rpID: relyingParty(platform.config, http.request).id, challenge, userName: login.email, userDisplayName: who.name, userID: new Uint8Array(Buffer.from(login.id)), attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.credential_id, transports: key.transports as never })),
    // Kept on the device, so that it is found without typing an address; the person verified, so that it counts as two factors.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { challengeId, options: options as unknown as Record<string, unknown> };
}

/** Keeps the passkey the browser made. This session then counts as one with two factors: the authenticator has just verified the person. */
export async function addPasskey(platform: Platform, who: SignedInAgent, input: Answer & { name: string }, http: Http): Promise<Passkey> {
  const login = await getLoginToChange(platform, who);
  const sessionId = who.sessionId ?? '';
  const challenge = await useChallenge(platform, input.challengeId, 'add', sessionId);
  const party = relyingParty(platform.config, http.request);
  const response = input.response as unknown as RegistrationResponseJSON;
  const made = await verifyRegistrationResponse({ response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: true }).catch((error: unknown) => {
    throw refusePasskey(error);
  });
  if (!made.verified) throw refusePasskey();
  const { credential, credentialBackedUp } = made.registrationInfo;
  const now = platform.clock.now();
  const row = {
    id: newId(), login_id: login.id, credential_id: credential.id, public_key: Buffer.from(credential.publicKey), counter: credential.counter, transports: [...(credential.transports ?? [])].slice(0, 10).map(String),
    name: input.name, is_synced: credentialBackedUp, created_at: now, last_used_at: null,
  };
  try {
    await platform.database.asSystem(async (tx) => {
      const ctx = { tx, accountId: who.accountId, clock: platform.clock, actor: who };
      await insertPasskey(tx, row);
      await saveProof(tx, who.accountId, sessionId, { method: 'passkey', factors: 2, now });
      await recordAudit(ctx, 'passkey.added', { target: who.name, detail: { passkeyId: row.id, name: row.name } });
      await announce(ctx, 'people.changed', { agentId: who.agentId });
    });
  } catch (error) {
    throw isViolation(error, 'unique') ? refusePasskey() : error;
  }
  return passkeyOf(row);
}
