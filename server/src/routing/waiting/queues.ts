import type { BodyOf, Queue, queues, WrittenQueue } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../../platform/way-back.ts';
import { listSkillIds } from '../../workforce/index.ts';
import { nextOpening } from '../hours/open-hours.ts';
import { findBelongings, findHours, findQueue, lockQueue, markRemoved, selectQueues, writeQueue, type QueueRow } from './queue-store.ts';
import { countInQueue, holdLine, rankAnew } from './work-store.ts';

const WAY_BACK = 'queue';
const MOST = 200;
const UNIQUE = '23505';

const shape = (row: QueueRow): Queue => ({
  id: row.id, name: row.name, channels: row.channels, teamId: row.team_id, calendarId: row.calendar_id, priority: row.priority, skills: row.skills, acceptSeconds: row.accept_seconds, preferredSeconds: row.preferred_seconds,
  offlineSeconds: row.offline_seconds, answerWithinSeconds: row.answer_within_seconds, wrapUpSeconds: row.wrap_up_seconds, maxLength: row.max_length, overflowSeconds: row.overflow_seconds, overflowQueueId: row.overflow_queue_id, isOpen: row.is_open, version: row.version, updatedAt: row.updated_at.toISOString(),
});
const rowOf = (id: string, of: WrittenQueue, more: Pick<QueueRow, 'is_open' | 'version'>): Omit<QueueRow, 'updated_at'> => ({
  id, name: of.name, channels: [...new Set(of.channels)], team_id: of.teamId, calendar_id: of.calendarId, priority: of.priority, skills: of.skills, accept_seconds: of.acceptSeconds, preferred_seconds: of.preferredSeconds,
  offline_seconds: of.offlineSeconds, answer_within_seconds: of.answerWithinSeconds, wrap_up_seconds: of.wrapUpSeconds, max_length: of.maxLength, overflow_seconds: of.overflowSeconds, overflow_queue_id: of.overflowQueueId, ...more,
});

/** What it refers to must be there, and its line must not lead back to itself. */
async function mustFit(ctx: Ctx, id: string, of: WrittenQueue): Promise<void> {
  const { hasTeam, hasCalendar } = await findBelongings(ctx, of);
  if (of.teamId !== null && !hasTeam) throw new Refusal('invalid_request', 'body.teamId: This team does not exist.');
  if (of.calendarId !== null && !hasCalendar) throw new Refusal('invalid_request', 'body.calendarId: This calendar does not exist.');
  const skillIds = await listSkillIds(ctx);
  if (of.skills.some(({ skillId }) => !skillIds.has(skillId))) throw new Refusal('invalid_request', 'body.skills: One of these skills does not exist any more.');
  if (of.overflowQueueId === null) return;
  const other = of.overflowQueueId === id ? undefined : await findQueue(ctx, of.overflowQueueId);
  if (!other) throw new Refusal('invalid_request', 'body.overflowQueueId: Choose another queue that exists.');
  if (of.channels.some((channel) => !other.channels.includes(channel))) throw new Refusal('invalid_request', `body.overflowQueueId: “${other.name}” does not take all of these channels.`);
}

async function write(ctx: Ctx, row: Omit<QueueRow, 'updated_at'>, deed: string): Promise<Queue> {
  const written = await writeQueue(ctx, row).catch((error: unknown) => {
    if ((error as { code?: unknown } | null)?.code === UNIQUE) throw new Refusal('name_taken', 'Another queue has this name.');
    throw error;
  });
  await recordAudit(ctx, `queue.${deed}`, { target: row.name, detail: { queueId: row.id, version: row.version } });
  await announce(ctx, 'queues.changed', { queueId: row.id });
  return shape(written);
}

async function hold(ctx: Ctx, queueId: string): Promise<QueueRow> {
  const row = await lockQueue(ctx, queueId);
  if (!row || row.removed_at) throw new Refusal('not_found', 'This queue does not exist any more.');
  return row;
}

export async function listQueues(ctx: Ctx): Promise<{ items: Queue[] }> {
  return { items: (await selectQueues(ctx)).map(shape) };
}

/** Sets up a queue, open. Refuses `name_taken`, and what refers to something that is not there. */
export async function createQueue(ctx: Ctx, input: WrittenQueue): Promise<Queue> {
  mustBeAllowed(ctx.actor, 'queue.manage');
  if ((await selectQueues(ctx)).length >= MOST) throw new Refusal('invalid_request', `There are ${MOST} queues already. Remove one first.`);
  const id = newId();
  await mustFit(ctx, id, input);
  return write(ctx, rowOf(id, input, { is_open: true, version: 1 }), 'created');
}

/** Changes a queue; what waits in it stands where it would had it come under the new rules. Refuses `changed_meanwhile`, and what creating refuses. */
export async function updateQueue(ctx: Ctx, { queueId, version, ...input }: BodyOf<(typeof queues)['update']> & { queueId: string }): Promise<Queue> {
  mustBeAllowed(ctx.actor, 'queue.manage');
  await holdLine(ctx, { mayWait: true });
  const held = await hold(ctx, queueId);
  if (held.version !== version) throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version: held.version } });
  await mustFit(ctx, queueId, input);
  const written = await write(ctx, rowOf(queueId, input, { is_open: held.is_open, version: version + 1 }), 'changed');
  if (held.priority !== input.priority || held.team_id !== input.teamId) await rankAnew(ctx, queueId);
  return written;
}

/** Lets people in, or nobody new: who is in line stays. */
export async function setQueueOpen(ctx: Ctx, queueId: string, isOpen: boolean): Promise<Queue> {
  mustBeAllowed(ctx.actor, 'queue.manage');
  const held = await hold(ctx, queueId);
  return held.is_open === isOpen ? shape(held) : write(ctx, { ...held, is_open: isOpen, version: held.version + 1 }, isOpen ? 'opened' : 'closed');
}

/** Refuses `still_in_use` while something waits in it or somebody has something of it in hand. */
export async function removeQueue(ctx: Ctx, queueId: string): Promise<{ wayBack: string | null }> {
  mustBeAllowed(ctx.actor, 'queue.manage');
  await holdLine(ctx, { mayWait: true });
  const held = await hold(ctx, queueId);
  if ((await countInQueue(ctx, queueId)).isUsed) throw new Refusal('still_in_use', 'Close it, and remove it when nobody is in it any more.');
  await markRemoved(ctx, queueId);
  await recordAudit(ctx, 'queue.removed', { target: held.name, detail: { queueId } });
  await announce(ctx, 'queues.changed', { queueId });
  return { wayBack: sealWayBack(ctx, WAY_BACK, { queueId }) };
}

/** Puts a removed queue back. Refuses `undo_over`, `undone_already` and `name_taken`. */
export async function restoreQueue(ctx: Ctx, wayBack: string): Promise<Queue> {
  mustBeAllowed(ctx.actor, 'queue.manage');
  const { queueId } = openWayBack<{ queueId: string }>(ctx, WAY_BACK, wayBack);
  const held = await lockQueue(ctx, queueId);
  if (!held) throw new Refusal('not_found', 'This queue does not exist any more.');
  if (!held.removed_at) throw new Refusal('undone_already', 'The queue is there again.');
  return write(ctx, held, 'restored');
}

/** Whether it lets somebody in now, by the supervisor's switch and by its calendar; when not, when it opens (null: nobody knows). */
export async function openness(ctx: Ctx, queue: QueueRow): Promise<{ isOpen: boolean; opensAt: Date | null }> {
  if (!queue.is_open) return { isOpen: false, opensAt: null };
  const hours = queue.calendar_id === null ? undefined : await findHours(ctx, queue.calendar_id);
  if (!hours) return { isOpen: true, opensAt: null };
  const now = ctx.clock.now();
  const opensAt = nextOpening(now, hours);
  return { isOpen: opensAt?.getTime() === now.getTime(), opensAt: opensAt ?? null };
}
