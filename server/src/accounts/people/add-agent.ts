import type { BuiltInRole } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { insertLogin, normalEmail } from '../sign-in/login-store.ts';
import { insertAgent, selectAgentByEmail } from './agent-store.ts';
import { selectRoleByKey } from './role-store.ts';
import { setTeamsOfAgent } from './team-store.ts';

export interface AddAgent {
  email: string;
  name: string;
  role: BuiltInRole;
  teamIds?: readonly string[];
  locale?: 'en' | 'de';
  /** From `hashPassword`; without one the agent cannot sign in. */
  passwordHash?: string;
  isBot?: boolean;
  isDemo?: boolean;
}

/**
 * Puts an agent into the account at once, without an invitation: for bots and for demo data, by the system only. Refuses `email_taken` when the account has the
 * address already.
 */
export async function addAgent(ctx: Ctx, input: AddAgent): Promise<string> {
  if (ctx.actor.kind !== 'system') throw new Refusal('not_allowed', 'Invite people instead.');
  const { tx, accountId } = ctx;
  const email = normalEmail(input.email);
  if (await selectAgentByEmail(tx, accountId, email)) throw new Refusal('email_taken', 'An agent with this address is here already.');
  const role = await selectRoleByKey(tx, accountId, input.role);
  if (!role) throw new Error('The account has no built-in roles.');
  const now = ctx.clock.now();
  const loginId = input.passwordHash === undefined ? null : newId();
  if (loginId !== null) await insertLogin(tx, { id: loginId, email, passwordHash: input.passwordHash ?? null, now });
  const id = newId();
  await insertAgent(tx, accountId, { id, loginId, email, name: input.name, roleId: role.id, locale: input.locale ?? 'en', state: 'active', isBot: input.isBot ?? false, isDemo: input.isDemo ?? false, now });
  await setTeamsOfAgent(tx, accountId, id, input.teamIds ?? []);
  await announce(ctx, 'people.changed', { agentId: id });
  return id;
}
