import type { SignInPolicy } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { selectRoles } from '../people/role-store.ts';
import { savePolicy, selectPolicy } from './policy-store.ts';

export async function getPolicy(ctx: Ctx): Promise<SignInPolicy> {
  mustBeAllowed(ctx.actor, 'account.manage');
  return selectPolicy(ctx.tx, ctx.accountId);
}

/** Takes effect with the next request of everybody: sessions that are too old by the new rule are over, and the time to set up a second factor begins now. */
export async function setPolicy(ctx: Ctx, policy: SignInPolicy): Promise<SignInPolicy> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const { tx, accountId } = ctx;
  if (policy.longestMinutes < policy.idleMinutes) throw new Refusal('invalid_request', 'A session cannot rest longer than it lives. Choose a longer life or a shorter rest.');
  const roles = new Map((await selectRoles(tx, accountId)).map((role) => [role.id, role.name]));
  if (policy.secondFactorRoleIds.some((id) => !roles.has(id))) throw new Refusal('not_found', 'One of these roles does not exist any more. Reload and try again.');
  const before = await selectPolicy(tx, accountId);
  await savePolicy(tx, accountId, policy, ctx.clock.now());
  const names = (ids: readonly string[]) => ids.map((id) => roles.get(id) ?? id);
  const { secondFactorRoleIds, ...after } = policy;
  const { secondFactorRoleIds: idsBefore, ...rest } = before;
  await recordAudit(ctx, 'sign_in_policy.changed', { detail: { ...after, secondFactorRoles: names(secondFactorRoleIds), before: { ...rest, secondFactorRoles: names(idsBefore) } } });
  await announce(ctx, 'people.changed', {});
  rightsChanged(ctx, null);
  return selectPolicy(tx, accountId);
}
