import type { AgentActor, Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findLoginOfAgent, type LoginRow } from './login-store.ts';

/** Somebody who is signed in, as routes that work outside an account's transaction get them. */
export type SignedInAgent = AgentActor & { accountId: string };

/** The login of whoever is signed in; bots have none, nor has who came by the company's sign-in alone. */
export async function getOwnLogin(platform: Platform, who: SignedInAgent): Promise<LoginRow> {
  const login = await platform.database.asSystem((tx) => findLoginOfAgent(tx, who.accountId, who.agentId));
  if (!login) throw new Refusal('not_allowed', 'This agent has no password.');
  return login;
}

/**
 * The login of whoever is signed in, to change how one gets into it. A login opens every account of the person, so it takes more than a session in one of them: who
 * came by that company's sign-in proves the login itself first, and who has a second factor must have used it.
 */
export async function getLoginToChange(platform: Platform, who: SignedInAgent): Promise<LoginRow> {
  const login = await getOwnLogin(platform, who);
  const hasFactor = login.totp_secret !== null || login.has_passkey;
  if (who.proof?.method === 'company') throw new Refusal('proof_needed', 'You came by your company’s sign-in. Prove this with your Rapport password or passkey.', { extra: { needs: 'login' } });
  if (hasFactor && who.proof?.factors !== 2) throw new Refusal('proof_needed', 'Use your second factor first.', { extra: { needs: 'second_factor' } });
  return login;
}
