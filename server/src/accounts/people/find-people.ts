import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { normalEmail } from '../sign-in/login-store.ts';
import { selectAgentByEmail, type AgentRow } from './agent-store.ts';
import { selectRoles } from './role-store.ts';

/** The agent with this address, for people who know colleagues by it and not by an id. */
export async function getAgentByEmail(ctx: Pick<Ctx, 'tx' | 'accountId'>, email: string): Promise<Pick<AgentRow, 'id' | 'name' | 'email' | 'state'>> {
  const row = await selectAgentByEmail(ctx.tx, ctx.accountId, normalEmail(email));
  if (!row) throw new Refusal('not_found', `There is no agent with the address ${email}.`);
  return row;
}

/** The id of the role with this name, or of the built-in one with this key (`supervisor`). */
export async function getRoleId(ctx: Pick<Ctx, 'tx' | 'accountId'>, nameOrKey: string): Promise<string> {
  const wanted = nameOrKey.trim().toLowerCase();
  const roles = await selectRoles(ctx.tx, ctx.accountId);
  const role = roles.find(({ key }) => key === wanted) ?? roles.find(({ name }) => name.toLowerCase() === wanted);
  if (!role) throw new Refusal('not_found', `There is no role “${nameOrKey}”. There are: ${roles.map(({ key, name }) => key ?? name).join(', ')}.`);
  return role.id;
}
