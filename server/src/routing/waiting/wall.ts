import type { QueryOf, ResponseOf, wall, Wall } from '@rapport/contract';
import { caseReader } from '../../platform/case-scope.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listWorkers, type Worker } from '../../workforce/index.ts';
import { sees } from './plan.ts';
import { findQueue, selectQueues } from './queue-store.ts';
import { openness } from './queues.ts';
import { selectAllInHand, selectKept, selectLine, selectLoads, selectOffered } from './wall-store.ts';
import { shapeHeld } from './work.ts';

/** How far back the wall looks to say whether promises are kept. */
const LATELY_MS = 3_600_000;
const FIRST = { rankAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** Which queues and people somebody looks after: everything, or what is their teams’ and everybody’s. */
function sightOf(ctx: Ctx): { queue: (teamId: string | null) => boolean; agent: (worker: Worker) => boolean } {
  const { scope, agentId, teamIds } = caseReader(ctx.actor);
  const mine = new Set(scope === 'team' ? teamIds : []);
  return { queue: (teamId) => scope === 'all' || teamId === null || mine.has(teamId), agent: (worker) => scope === 'all' || worker.agentId === agentId || worker.memberOf.some((teamId) => mine.has(teamId)) };
}

/** How things stand in the lines somebody looks after, and who does what; those who are offline only where they still have something. */
export async function getWall(ctx: Ctx): Promise<Wall> {
  mustBeAllowed(ctx.actor, 'wall.read');
  const sight = sightOf(ctx);
  const now = ctx.clock.now();
  const loads = new Map((await selectLoads(ctx)).map((row) => [row.queue_id, row]));
  const kept = new Map((await selectKept(ctx, new Date(now.getTime() - LATELY_MS))).map((row) => [row.queue_id, row]));
  const items = Map.groupBy(await selectAllInHand(ctx), ({ agent_id }) => agent_id);
  const workers = await listWorkers(ctx, [...items.keys()]);
  const free = workers.filter(({ state, answers }) => state === 'available' && answers);
  const queues: Wall['queues'] = [];
  for (const queue of (await selectQueues(ctx)).filter(({ team_id }) => sight.queue(team_id))) {
    const { waiting = 0, offered = 0, taken = 0, longest_since: longest } = loads.get(queue.id) ?? {};
    queues.push({
      queueId: queue.id, name: queue.name, isOpen: (await openness(ctx, queue)).isOpen, waiting, offered, taken, longestSince: longest?.toISOString() ?? null, available: free.filter((worker) => sees(worker, queue.team_id)).length,
      counted: kept.get(queue.id)?.counted ?? 0, inTime: kept.get(queue.id)?.in_time ?? 0, answerWithinSeconds: queue.answer_within_seconds,
    });
  }
  const agents = workers.filter(sight.agent).map(({ agentId, name, state, since }) => ({
    agentId, name, state, since: since.toISOString(),
    items: (items.get(agentId) ?? []).map((row) => ({ itemId: row.id, queueId: row.queue_id, channel: row.channel, state: row.state, since: row.since.toISOString() })),
  }));
  return { at: now.toISOString(), queues, agents };
}

/** Who waits in a line, as far as somebody may see it, in its order; those somebody is asked for come first, on the first page. */
export async function listLine(ctx: Ctx, queueId: string, { cursor, limit }: QueryOf<(typeof wall)['line']>): Promise<ResponseOf<(typeof wall)['line']>> {
  mustBeAllowed(ctx.actor, 'wall.read');
  const queue = await findQueue(ctx, queueId);
  if (!queue || !sightOf(ctx).queue(queue.team_id)) throw new Refusal('not_found', 'This queue does not exist any more.');
  const position = readCursor(cursor, queueId, 2);
  const offered = position ? [] : await selectOffered(ctx, queueId);
  const rows = await selectLine(ctx, queueId, position ? { rankAt: timeIn(position[0]).toISOString(), id: uuidIn(position[1]) } : FIRST, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: [...offered, ...rows.slice(0, limit)].map(shapeHeld), nextCursor: last ? writeCursor([last.rank_at.toISOString(), last.id], queueId) : null };
}
