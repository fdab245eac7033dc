import type { Permission } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';

/** What is done with one person touches every case of theirs, so it is for those who may see every case. */
export function mustSeeAll(ctx: Pick<Ctx, 'actor'>, permission: Permission): void {
  mustBeAllowed(ctx.actor, permission);
  mustBeAllowed(ctx.actor, 'case.read');
  if (ctx.actor.kind === 'agent' && ctx.actor.caseScope !== 'all') throw new Refusal('not_allowed', 'This concerns every case of the person; your role does not see them all.');
}
