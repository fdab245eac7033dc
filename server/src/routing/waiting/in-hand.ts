import type { BodyOf, BriefInput, Offer, ResponseOf, work, WorkItem } from '@rapport/contract';
import { getCase, updateCase } from '../../cases/index.ts';
import { can, mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listWorkers } from '../../workforce/index.ts';
import { endHeld } from './enqueue.ts';
import { findOffer, selectOpenOf, type OfferRow } from './offer-store.ts';
import { hasPlace, sees } from './plan.ts';
import { findQueue, selectQueues, type QueueRow } from './queue-store.ts';
import { findNextFor } from './settle.ts';
import { announceWork, closeOffers, giveAtOnce, holdItem, mustSee, shapeHeld, shapeItem, taken } from './work.ts';
import { holdLine, lockItem, moveItems, putBack, selectHeld, selectHolders, takeItem, writeTurns, type ItemRow } from './work-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };
const offerOver = () => new Refusal('offer_over', 'It was not answered in time, or is not open any more; somebody else is asked.');

export async function listOwnWork(ctx: AgentCtx): Promise<ResponseOf<(typeof work)['listOwn']>> {
  const rows = await selectHeld(ctx, ctx.actor.agentId);
  const open = await selectOpenOf(ctx, ctx.actor.agentId);
  const offers = open.flatMap(({ id, item_id, offered_at, expires_at }): Offer[] => {
    const item = rows.find((row) => row.id === item_id);
    return item ? [{ id, item: shapeHeld(item), offeredAt: offered_at.toISOString(), expiresAt: expires_at.toISOString() }] : [];
  });
  return { at: ctx.clock.now().toISOString(), items: rows.filter(({ state }) => state === 'taken').map(shapeHeld), offers };
}

/** An open offer of theirs with what it is about, held; the offer is read again behind the lock. */
async function holdOffered(ctx: AgentCtx, offerId: string): Promise<{ offer: OfferRow; item: ItemRow }> {
  const first = await findOffer(ctx, offerId);
  if (first?.agent_id !== ctx.actor.agentId) throw new Refusal('not_found', 'Nobody offers you this.');
  const item = await lockItem(ctx, first.item_id);
  const offer = await findOffer(ctx, offerId);
  if (!item || offer?.outcome !== null) throw offerOver();
  return { offer, item };
}

/** Takes what is offered; the case is theirs from now on. Refuses `offer_over`, also when its time is over and nobody has noticed yet. */
export async function acceptOffer(ctx: AgentCtx, offerId: string): Promise<WorkItem> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const { offer, item } = await holdOffered(ctx, offerId);
  if (offer.expires_at <= ctx.clock.now()) throw offerOver();
  const row = await takeItem(ctx, item.id, ctx.actor.agentId);
  await closeOffers(ctx, [item.id], 'accepted');
  await taken(ctx, [row]);
  return shapeItem(row);
}

/** Leaves it to somebody else; it goes back to its place in the line, and they are not asked for it again for a minute. */
export async function declineOffer(ctx: AgentCtx, offerId: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const { item } = await holdOffered(ctx, offerId);
  await closeOffers(ctx, [item.id], 'declined');
  await announceWork(ctx, await putBack(ctx, [item.id], 'offered'));
}

/** What the actor may end or pass on: their own, or anybody's for a supervisor. */
async function holdTaken(ctx: Ctx, itemId: string): Promise<ItemRow> {
  const row = await holdItem(ctx, itemId);
  const isOwn = ctx.actor.kind === 'agent' && row.agent_id === ctx.actor.agentId && row.state === 'taken';
  if (!isOwn && !can(ctx.actor, 'queue.manage')) throw new Refusal('not_found', 'You do not have this in hand.');
  await mustSee(ctx, row);
  if (row.state === 'done' || row.state === 'left') throw new Refusal('work_over', 'It has ended already.');
  return row;
}

/** Done with it: there is a place for the next. Refuses `work_over`, and what nobody has yet. */
export async function finishWork(ctx: Ctx, itemId: string): Promise<WorkItem> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const row = await holdTaken(ctx, itemId);
  if (row.state !== 'taken' || row.agent_id === null) throw new Refusal('work_over', 'Nobody has it in hand; take it out of the line instead.');
  await writeTurns(ctx, [row.agent_id]);
  return endHeld(ctx, row);
}

/** Takes the first in the line that is for this agent, whether they are open to offers or not. Refuses `hands_full` and `nothing_waits`. */
export async function pullWork(ctx: AgentCtx, queueId: string): Promise<WorkItem> {
  mustBeAllowed(ctx.actor, 'case.reply');
  await holdLine(ctx, { mayWait: true });
  const queue = await findQueue(ctx, queueId);
  if (!queue) throw new Refusal('not_found', 'This queue does not exist any more.');
  return takeNext(ctx, [queue]);
}

/** The same over all lines, in their common order; what they are being asked to take comes first. */
export async function pullNext(ctx: AgentCtx): Promise<WorkItem> {
  mustBeAllowed(ctx.actor, 'case.reply');
  await holdLine(ctx, { mayWait: true });
  const [open] = await selectOpenOf(ctx, ctx.actor.agentId);
  if (open && open.expires_at > ctx.clock.now()) return acceptOffer(ctx, open.id);
  return takeNext(ctx, await selectQueues(ctx));
}

async function takeNext(ctx: AgentCtx, queues: readonly QueueRow[]): Promise<WorkItem> {
  const itemId = await findNextFor(ctx, queues, ctx.actor.agentId);
  const [row] = itemId === undefined ? [] : await giveAtOnce(ctx, [{ itemId, agentId: ctx.actor.agentId }]);
  if (!row) throw new Refusal('nothing_waits', 'Nothing in line is for you at the moment.');
  return shapeItem(row);
}

/** The case is no longer theirs who had it, and another team's where the queue is; whoever worked on it tells that team how it stands (`brief_needed`). */
async function handOver(ctx: Ctx, { case_id: caseId, state }: ItemRow, { team_id: teamId }: QueueRow, brief: BriefInput | undefined): Promise<void> {
  if (caseId === null) return;
  const { team } = await getCase(ctx, caseId);
  const change = { ...(state === 'taken' ? { assigneeId: null } : {}), ...(teamId !== null && teamId !== team?.id ? { teamId, ...(brief ? { brief } : {}) } : {}) };
  if (Object.keys(change).length > 0) await updateCase(ctx, caseId, change);
}

/** Gives it to a colleague, who has it at once, or puts it into another line. The time it has waited stays. Refuses `work_over`, `hands_full` and `not_a_member`. */
export async function reassignWork(ctx: Ctx, itemId: string, to: BodyOf<(typeof work)['reassign']>): Promise<WorkItem> {
  mustBeAllowed(ctx.actor, 'case.assign');
  await holdLine(ctx, { mayWait: true });
  const row = await holdTaken(ctx, itemId);
  if ('queueId' in to) {
    const queue = await findQueue(ctx, to.queueId);
    if (!queue) throw new Refusal('not_found', 'This queue does not exist any more.');
    if (!queue.channels.includes(row.channel)) throw new Refusal('invalid_request', `body.queueId: “${queue.name}” does not take this channel.`);
    await handOver(ctx, row, queue, to.brief);
    await closeOffers(ctx, [itemId], 'withdrawn');
    const [moved] = await moveItems(ctx, [itemId], queue.id, { isOverdue: false });
    await announceWork(ctx, moved ? [moved] : []);
    return shapeItem(moved ?? row);
  }
  if (row.state === 'taken' && row.agent_id === to.agentId) return shapeItem(row);
  const worker = (await listWorkers(ctx, [to.agentId])).find(({ agentId }) => agentId === to.agentId);
  if (!worker?.answers || !sees(worker, row.team_id)) throw new Refusal('not_a_member', 'Choose somebody who is there, answers customers and serves this team.');
  const held = (await selectHolders(ctx)).find(({ agent_id }) => agent_id === to.agentId) ?? { mails: 0, chats: 0, whole: 0 };
  if (row.agent_id !== to.agentId && !hasPlace({ held, capacity: worker.capacity }, row.load)) throw new Refusal('hands_full', `${worker.name} has as much as they take at once.`);
  await closeOffers(ctx, [itemId], 'withdrawn');
  const next = await takeItem(ctx, itemId, to.agentId);
  await taken(ctx, [next]);
  return shapeItem(next);
}
