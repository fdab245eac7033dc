import type { AgentActor, Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { mustBeWithin, type Rights } from './rights.ts';
import type { RoleRow } from './role-store.ts';
import { existingTeams } from './team-store.ts';

export const rightsOf = (row: Pick<RoleRow, 'permissions' | 'case_scope'>): Rights => ({ permissions: new Set(row.permissions), caseScope: row.case_scope });

/** Rights by which somebody could give themselves or others more, or stay in after they have left. */
export const isPowerful = (rights: Rights) => (['agent.manage', 'apikey.manage', 'account.manage'] as const).some((permission) => rights.permissions.has(permission));

/** Nobody gives, or takes from somebody who has, more than they have themselves. The system may do everything. */
export function mayGive(ctx: Pick<Ctx, 'actor'>, rights: Rights): void {
  if (ctx.actor.kind === 'agent') mustBeWithin(rights, ctx.actor);
}

/**
 * Whether the actor may put people into these teams. A team opens the view on its cases, so someone who does not see every case may only hand out teams they are in:
 * else they could put themselves, or a colleague of theirs, anywhere.
 */
export async function mayOpenTeams(ctx: Ctx, teamIds: readonly string[]): Promise<void> {
  if (teamIds.length === 0) return;
  const existing = new Set(await existingTeams(ctx.tx, ctx.accountId, teamIds));
  if (teamIds.some((id) => !existing.has(id))) throw new Refusal('not_found', 'One of these teams does not exist any more. Reload and try again.');
  if (seesAllTeams(ctx)) return;
  const { teamIds: own } = ctx.actor as AgentActor;
  if (teamIds.some((id) => !own.includes(id))) throw new Refusal('more_than_you_have', 'You can only put people into teams you are in yourself.');
}

export function seesAllTeams(ctx: Pick<Ctx, 'actor'>): boolean {
  return ctx.actor.kind === 'system' || ctx.actor.caseScope === 'all';
}
