import { channelTraits, type BodyOf, type ChannelName, type NeededSkill, type Standing, type WaitEstimate, type work, type WorkItem } from '@rapport/contract';
import { getCase } from '../../cases/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { beginWrapUp, isAgent, listSkillIds } from '../../workforce/index.ts';
import { standingsOf } from './estimate.ts';
import { recordEstimate } from './estimate-store.ts';
import { findQueue, lockQueue, type QueueRow } from './queue-store.ts';
import { openness } from './queues.ts';
import { announceWork, closeOffers, getItem, holdItem, mustSee, shapeItem } from './work.ts';
import { countInQueue, endItem, findByKey, insertItem, nameItem, selectByKeys, selectOfCase, writeTurns, type ItemRow } from './work-store.ts';

/** What a channel says of something that waits. */
export interface Enqueue {
  queueId: string;
  channel: ChannelName;
  /** By which the channel knows it again (a conversation, a ticket number): the same waits once. */
  key: string;
  caseId?: string | null;
  customerId?: string | null;
  /** In minutes of waiting. */
  priority?: number;
  /** Beside those of the queue. */
  skills?: readonly NeededSkill[];
  /** Who knows the customer. */
  preferredAgentId?: string | null;
  /** Since when it has been waiting, when that is longer than now: a callback keeps its place. */
  since?: Date;
}

const MOST_STEPS = 5;

/** The queue that lets this in: the one asked for, or where its overflow leads. Refuses `queue_closed` and `queue_full` by the first. */
async function findOpen(ctx: Ctx, queueId: string, channel: ChannelName): Promise<QueueRow> {
  let why: Refusal | undefined;
  let next: string | null = queueId;
  for (let step = 0; step < MOST_STEPS && next !== null; step += 1) {
    const queue: QueueRow | undefined = await findQueue(ctx, next);
    if (!queue) throw why ?? new Refusal('not_found', 'This queue does not exist any more.');
    if (!queue.channels.includes(channel)) throw why ?? new Refusal('invalid_request', `“${queue.name}” does not take this channel.`);
    const { isOpen, opensAt } = await openness(ctx, queue);
    if (!isOpen) why ??= new Refusal('queue_closed', opensAt ? 'It opens again at the time given.' : 'Try again later, or another way.', { extra: { opensAt: opensAt?.toISOString() ?? null } });
    else if (await isFull(ctx, queue)) why ??= new Refusal('queue_full', 'Try again later, or another way.');
    else return queue;
    next = queue.overflow_queue_id;
  }
  throw why ?? new Refusal('not_found', 'This queue does not exist any more.');
}

async function isFull(ctx: Ctx, { id, max_length: most }: QueueRow): Promise<boolean> {
  if (most === null) return false;
  // One after the other, so that two who come at once do not both get the last place.
  await lockQueue(ctx, id);
  return (await countInQueue(ctx, id)).waiting >= most;
}

const keyOfCase = (caseId: string): string => `case ${caseId}`;

/** What waits or is in hand already under this key, or of the same case: one encounter is not given to two agents. What an agent put into the line goes by the channel's own key from now on. */
async function findKnown(ctx: Ctx, { key, caseId, channel }: Enqueue): Promise<ItemRow | undefined> {
  const known = await findByKey(ctx, key);
  if (known || !caseId) return known;
  const own = keyOfCase(caseId);
  const same = (await selectOfCase(ctx, caseId)).find((row) => row.channel === channel && (key === own || row.key === own));
  if (!same || key === own) return same;
  await nameItem(ctx, same.id, key);
  return { ...same, key };
}

/**
 * Puts something into a line, at the end of it by its age and priority, and says where it stands; who is asked is decided right after the commit. What waits or is in hand under this key or of this case already stays as it is.
 *
 * Refuses `queue_closed` and `queue_full` when neither the queue nor where its overflow leads takes it: the channel says so and offers another way.
 */
export async function enqueue(ctx: Ctx, input: Enqueue): Promise<Standing> {
  const known = await findKnown(ctx, input);
  if (known) return standing(ctx, known);
  const queue = await findOpen(ctx, input.queueId, input.channel);
  const row = await insertItem(ctx, {
    id: newId(), queue_id: queue.id, channel: input.channel, load: channelTraits[input.channel].load, key: input.key, case_id: input.caseId ?? null, customer_id: input.customerId ?? null, priority: input.priority ?? 0,
    skills: [...(input.skills ?? [])], since: input.since ?? ctx.clock.now(), preferred_agent_id: input.preferredAgentId ?? null,
  });
  // Somebody else was quicker with the same.
  if (!row) return standing(ctx, (await findByKey(ctx, input.key)) ?? (await Promise.reject(new Refusal('changed_meanwhile', 'Try again.'))));
  await announceWork(ctx, [row]);
  const made = await standing(ctx, row);
  if (made.estimate) await recordEstimate(ctx, row, made.estimate);
  return made;
}

async function standing(ctx: Ctx, row: ItemRow): Promise<Standing> {
  return { item: shapeItem(row), estimate: (await standingsOf(ctx, [row])).get(row.id) ?? null };
}

/** An agent puts a case they see into a line. */
export async function enqueueCase(ctx: Ctx, input: BodyOf<(typeof work)['enqueue']>): Promise<Standing> {
  mustBeAllowed(ctx.actor, 'case.assign');
  const { id, channel, customer, status } = await getCase(ctx, input.caseId);
  const skillIds = await listSkillIds(ctx);
  if (input.skills.some(({ skillId }) => !skillIds.has(skillId))) throw new Refusal('invalid_request', 'body.skills: One of these skills does not exist any more.');
  if (input.preferredAgentId !== undefined && !(await isAgent(ctx, input.preferredAgentId))) throw new Refusal('invalid_request', 'body.preferredAgentId: This agent does not exist, or does not work here any more.');
  if (status === 'closed') throw new Refusal('case_closed', 'Begin a new case for what is still to be done.');
  return enqueue(ctx, { queueId: input.queueId, channel, key: keyOfCase(id), caseId: id, customerId: customer.id, priority: input.priority, skills: input.skills, preferredAgentId: input.preferredAgentId ?? null });
}

/** Where something stands, for those who see its case. */
export async function getStanding(ctx: Ctx, itemId: string): Promise<Standing> {
  const row = await getItem(ctx, itemId);
  await mustSee(ctx, row);
  return standing(ctx, row);
}

/** What a channel tells whoever waits: where they stand, or whom they are with. */
export interface Place {
  /** Null once somebody has it. */
  estimate: WaitEstimate | null;
  /** Who has it; null while it waits. */
  agentName: string | null;
}

/** Whether something waits or is in hand under this key of a channel's. */
export const isInLine = async (ctx: Ctx, key: string): Promise<boolean> => (await findByKey(ctx, key)) !== undefined;

/** Of many at once, by the channel's keys; what neither waits nor is in hand is not among them. */
export async function findPlaces(ctx: Ctx, keys: readonly string[]): Promise<Map<string, Place>> {
  const rows = await selectByKeys(ctx, keys);
  const estimates = await standingsOf(ctx, rows);
  return new Map(rows.map((row) => [row.key, { estimate: estimates.get(row.id) ?? null, agentName: row.state === 'taken' ? row.agent_name : null }]));
}

/** Whether a queue, or where its overflow leads, would let somebody in now. */
export async function findDoor(ctx: Ctx, queueId: string, channel: ChannelName): Promise<{ door: 'open' | 'full' | 'gone' } | { door: 'closed'; /** ISO 8601; null when nobody knows. */ opensAt: string | null }> {
  try {
    await findOpen(ctx, queueId, channel);
    return { door: 'open' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'queue_closed') return { door: 'closed', opensAt: (error.extra as { opensAt?: string | null } | undefined)?.opensAt ?? null };
    return { door: error.code === 'queue_full' ? 'full' : 'gone' };
  }
}

/** What of a case waits or is in hand. */
export async function listOfCase(ctx: Ctx, caseId: string): Promise<{ items: Standing[] }> {
  await getCase(ctx, caseId);
  const rows = await selectOfCase(ctx, caseId);
  const estimates = await standingsOf(ctx, rows);
  return { items: rows.map((row) => ({ item: shapeItem(row), estimate: estimates.get(row.id) ?? null })) };
}

/** The same for a channel, by its key; undefined when it neither waits nor is in hand. */
export async function findStanding(ctx: Ctx, key: string): Promise<Standing | undefined> {
  const row = await findByKey(ctx, key);
  return row && standing(ctx, row);
}

/** Out of the line: the customer has gone, or a supervisor says so. Whoever was asked is not asked any more. Refuses `work_over` when somebody has it, or it has ended. */
export async function leaveLine(ctx: Ctx, itemId: string): Promise<WorkItem> {
  mustBeAllowed(ctx.actor, 'queue.manage');
  const row = await holdItem(ctx, itemId);
  await mustSee(ctx, row);
  if (row.state !== 'waiting' && row.state !== 'offered') throw new Refusal('work_over', row.state === 'taken' ? 'Somebody has it in hand by now.' : 'It has ended already.');
  return endHeld(ctx, row);
}

/** Ends something that is held: as done where somebody has it, who has time to finish where its queue gives some; else as having left. */
export async function endHeld(ctx: Ctx, row: ItemRow): Promise<WorkItem> {
  const ended = await endItem(ctx, row.id, row.state === 'taken' ? 'done' : 'left');
  await closeOffers(ctx, [row.id], 'withdrawn');
  await announceWork(ctx, [ended]);
  if (row.state === 'taken' && row.agent_id !== null) {
    const { wrap_up_seconds: wrapUpSeconds = 0 } = (await findQueue(ctx, row.queue_id)) ?? {};
    if (wrapUpSeconds > 0) await beginWrapUp(ctx, row.agent_id, wrapUpSeconds);
  }
  return shapeItem(ended);
}

/** Whoever waits goes out of the line, by the channel's key; what somebody has stays with them. Answers whether they waited. */
export async function leaveByKey(ctx: Ctx, key: string): Promise<boolean> {
  const known = await findByKey(ctx, key);
  const row = known && (await holdItem(ctx, known.id));
  if (!row || (row.state !== 'waiting' && row.state !== 'offered')) return false;
  await endHeld(ctx, row);
  return true;
}

/** The same for a channel, by its key, whatever has become of it: the customer has gone, or the encounter is over. Nothing happens when nothing is known by it. */
export async function endWork(ctx: Ctx, key: string): Promise<void> {
  const known = await findByKey(ctx, key);
  const row = known && (await holdItem(ctx, known.id));
  if (!row || row.state === 'done' || row.state === 'left') return;
  if (row.agent_id !== null && row.state === 'taken') await writeTurns(ctx, [row.agent_id]);
  await endHeld(ctx, row);
}
