import type { Actor, SessionProof } from '../context.ts';
import { Refusal } from '../refusal.ts';

// Long enough for what belongs together, short enough that an open screen in an empty room does no lasting harm.
const FRESH_MS = 15 * 60_000;

export function isFresh(proof: Pick<SessionProof, 'provedAt'> | undefined, now: Date): boolean {
  return proof !== undefined && now.getTime() - proof.provedAt.getTime() <= FRESH_MS;
}

/** Refuses `proof_needed` unless the person has proved who they are within the last minutes. Keys of programs cannot be asked, and the system need not be. */
export function mustHaveProved(actor: Actor, now: Date): void {
  if (actor.kind === 'system' || actor.apiKeyId !== undefined || isFresh(actor.proof, now)) return;
  throw new Refusal('proof_needed', 'Enter your password or use your passkey once more; this act matters.');
}
