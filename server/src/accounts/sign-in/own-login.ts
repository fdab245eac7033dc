import type { AgentActor, Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findLoginOfAgent, type LoginRow } from './login-store.ts';

/** Somebody who is signed in, as routes that work outside an account's transaction get them. */
export type SignedInAgent = AgentActor & { accountId: string };

/** The login of whoever is signed in; bots have none. */
export async function getOwnLogin(platform: Platform, who: SignedInAgent): Promise<LoginRow> {
  const login = await platform.database.asSystem((tx) => findLoginOfAgent(tx, who.accountId, who.agentId));
  if (!login) throw new Refusal('not_allowed', 'This agent has no password.');
  return login;
}
