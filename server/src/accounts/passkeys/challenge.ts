import { randomBytes } from 'node:crypto';
import type { Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { insertChallenge, takeChallenge, type ChallengePurpose } from './passkey-store.ts';

const CHALLENGE_MS = 5 * 60_000;

export const refusePasskey = (cause?: unknown) => new Refusal('passkey_refused', 'Try again, or come in another way and look at your passkeys.', { cause });

/** A challenge for one ceremony, kept here and good once: what an authenticator has answered cannot be sent a second time, nor for something else, nor by another session. */
export async function newChallenge(platform: Platform, purpose: ChallengePurpose, sessionId: string | null): Promise<{ challengeId: string; challenge: Uint8Array<ArrayBuffer> }> {
  const challengeId = newId();
  const bytes = new Uint8Array(randomBytes(32));
  const expiresAt = new Date(platform.clock.now().getTime() + CHALLENGE_MS);
  await platform.database.asSystem((tx) => insertChallenge(tx, { id: challengeId, purpose, challenge: Buffer.from(bytes).toString('base64url'), sessionId, expiresAt }));
  return { challengeId, challenge: bytes };
}

export async function useChallenge(platform: Platform, challengeId: string, purpose: ChallengePurpose, sessionId: string | null): Promise<string> {
  const challenge = await platform.database.asSystem((tx) => takeChallenge(tx, challengeId, purpose, sessionId, platform.clock.now()));
  if (challenge === undefined) throw refusePasskey();
  return challenge;
}
