import type { HeldItem, WorkItem } from '@rapport/contract';
import { getCase, updateCase } from '../../cases/index.ts';
import { systemActor, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { noteWaits } from './estimate-store.ts';
import { endOffers, insertOffers, type OfferRow } from './offer-store.ts';
import { findItem, giveItems, lockItem, writeTurns, type AboutRow, type Given, type ItemRow } from './work-store.ts';

export const shapeItem = (row: ItemRow): WorkItem => ({
  id: row.id, queueId: row.queue_id, channel: row.channel, state: row.state, caseId: row.case_id, customerId: row.customer_id, priority: row.priority, since: row.since.toISOString(), agentId: row.agent_id,
  preferredAgentId: row.preferred_agent_id, takenAt: row.taken_at?.toISOString() ?? null, endedAt: row.ended_at?.toISOString() ?? null,
});

export const shapeHeld = (row: ItemRow & AboutRow): HeldItem => ({ ...shapeItem(row), about: { number: row.number, subject: row.subject, customerName: row.customer_name, queueName: row.queue_name } });

const noSuchWork = () => new Refusal('not_found', 'This does not wait anywhere, and nobody has it in hand.');

export async function getItem(ctx: Ctx, itemId: string): Promise<ItemRow> {
  const row = await findItem(ctx, itemId);
  if (!row) throw noSuchWork();
  return row;
}

/** What hangs on a case is there for those who see the case, and for whoever it was given to. Refuses `not_found`. */
export async function mustSee(ctx: Ctx, row: ItemRow): Promise<void> {
  if (row.case_id !== null && !(ctx.actor.kind === 'agent' && row.agent_id === ctx.actor.agentId)) await getCase(ctx, row.case_id);
}

/** The same, held until the transaction ends. */
export async function holdItem(ctx: Ctx, itemId: string): Promise<ItemRow> {
  const row = await lockItem(ctx, itemId);
  if (!row) throw noSuchWork();
  return row;
}

export async function announceWork(ctx: Ctx, rows: readonly ItemRow[]): Promise<void> {
  for (const { id, queue_id, channel, state, case_id, agent_id } of rows) await announce(ctx, 'work.changed', { itemId: id, queueId: queue_id, channel, state, caseId: case_id, agentId: agent_id });
}

async function announceOffers(ctx: Ctx, rows: readonly OfferRow[]): Promise<void> {
  for (const { id, agent_id, outcome } of rows) await announce(ctx, 'offer.changed', { agentId: agent_id, offerId: id, isOpen: outcome === null });
}

/** Ends what is open about these, and tells those who were asked. */
export async function closeOffers(ctx: Ctx, itemIds: readonly string[], outcome: NonNullable<OfferRow['outcome']>): Promise<OfferRow[]> {
  const ended = itemIds.length > 0 ? await endOffers(ctx, itemIds, outcome) : [];
  await announceOffers(ctx, ended);
  return ended;
}

/** Asks these agents. What has left meanwhile is asked of nobody. Whoever calls holds the line. */
export async function offerItems(ctx: Ctx, given: readonly (Given & { acceptSeconds: number })[]): Promise<void> {
  if (given.length === 0) return;
  const rows = await giveItems(ctx, given, 'offered');
  const byItem = new Map(given.map((each) => [each.itemId, each]));
  const now = ctx.clock.now().getTime();
  await announceOffers(ctx, await insertOffers(ctx, rows.flatMap(({ id }) => {
    const each = byItem.get(id);
    return each ? [{ ...each, expiresAt: new Date(now + each.acceptSeconds * 1_000) }] : [];
  })));
  await announceWork(ctx, rows);
}

/** Gives these to agents without asking. Whoever calls holds the line. */
export async function giveAtOnce(ctx: Ctx, given: readonly Given[]): Promise<ItemRow[]> {
  if (given.length === 0) return [];
  const rows = await giveItems(ctx, given, 'taken');
  await taken(ctx, rows);
  return rows;
}

/** What follows from agents having taken something on: their turn is over, the wait has ended, and the cases are theirs. */
export async function taken(ctx: Ctx, rows: readonly ItemRow[]): Promise<void> {
  await writeTurns(ctx, rows.flatMap(({ agent_id }) => agent_id ?? []));
  await noteWaits(ctx, rows.map(({ id }) => id));
  for (const row of rows) await giveCase(ctx, row);
  await announceWork(ctx, rows);
}

async function giveCase(ctx: Ctx, { case_id: caseId, team_id: teamId, agent_id: agentId, id: itemId }: ItemRow): Promise<void> {
  if (caseId === null) return;
  try {
    await updateCase({ ...ctx, actor: systemActor('routing') }, caseId, { assigneeId: agentId, ...(teamId === null ? {} : { teamId }) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The customer is served all the same: the case was closed or moved to a team the agent does not see while it was offered.
    ctx.log.warn({ itemId, caseId, code: error.code }, 'a case was not assigned to who took it');
  }
}
