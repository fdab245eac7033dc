import type { following, ResponseOf } from '@rapport/contract';
import { isInScope } from '../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import type { CaseRecord } from './case-store.ts';
import { deleteFollower, insertFollowers, selectColleagues, selectFollowers, type Colleague } from './follow-store.ts';
import { seeCase } from './see-case.ts';

type Followers = ResponseOf<typeof following.listFollowers>;

async function followersOf(ctx: Ctx, caseId: string): Promise<Followers> {
  const items = (await selectFollowers(ctx, caseId)).map(({ id, name, since }) => ({ id, name, since: since.toISOString() }));
  const { actor } = ctx;
  return { items, isFollowing: actor.kind === 'agent' && items.some((one) => one.id === actor.agentId) };
}

/** Who follows a case the reader may see. */
export async function listFollowers(ctx: Ctx, caseId: string): Promise<Followers> {
  await seeCase(ctx, caseId);
  return followersOf(ctx, caseId);
}

/** The agent follows the case from now on; twice is once. Following shows nothing that the role does not. */
export async function follow(ctx: Ctx & { actor: AgentActor }, caseId: string): Promise<Followers> {
  const record = await seeCase(ctx, caseId);
  const fresh = await insertFollowers(ctx, caseId, [ctx.actor.agentId]);
  if (fresh.length > 0) await announce(ctx, 'followers.changed', aboutCase(record));
  return followersOf(ctx, caseId);
}

export async function unfollow(ctx: Ctx & { actor: AgentActor }, caseId: string): Promise<Followers> {
  const record = await seeCase(ctx, caseId);
  if (await deleteFollower(ctx, caseId, ctx.actor.agentId)) await announce(ctx, 'followers.changed', aboutCase(record));
  return followersOf(ctx, caseId);
}

/** Has colleagues follow a case, as far as they may see it. Refuses `invalid_request` for somebody who does not work here. */
export async function addFollowers(ctx: Ctx, caseId: string, agentIds: readonly string[]): Promise<void> {
  const record = await seeCase(ctx, caseId);
  const found = await selectColleagues(ctx, [...new Set(agentIds)]);
  if (found.length < new Set(agentIds).size) throw new Refusal('invalid_request', 'One of the colleagues does not work here any more.');
  const fresh = await insertFollowers(ctx, caseId, found.filter((one) => canSee(one, record)).map((one) => one.id));
  if (fresh.length > 0) await announce(ctx, 'followers.changed', aboutCase(record));
}

/** Whether a colleague's role shows them the case. */
export const canSee = (colleague: Colleague, record: Pick<CaseRecord, 'assigneeId' | 'teamId'>): boolean => colleague.readsCases && isInScope({ scope: colleague.scope, agentId: colleague.id, teamIds: colleague.teamIds }, record);

/** Everybody a note on the case can mention, and who of them would be told. */
export async function listColleagues(ctx: Ctx, caseId: string): Promise<ResponseOf<typeof following.listColleagues>> {
  const record = await seeCase(ctx, caseId);
  return { items: (await selectColleagues(ctx, null)).map((one) => ({ id: one.id, name: one.name, canSee: canSee(one, record) })) };
}
