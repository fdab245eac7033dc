import type { Wall } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { listWorkers } from '../../workforce/index.ts';
import { selectQueues } from './queue-store.ts';
import { openness } from './queues.ts';
import { selectAllInHand, selectLoads } from './wall-store.ts';

/** How things stand in all lines, and who does what; those who are offline only where they still have something. */
export async function getWall(ctx: Ctx): Promise<Wall> {
  mustBeAllowed(ctx.actor, 'wall.read');
  const loads = new Map((await selectLoads(ctx)).map((row) => [row.queue_id, row]));
  const queues: Wall['queues'] = [];
  for (const queue of await selectQueues(ctx)) {
    const { waiting = 0, offered = 0, taken = 0, longest_since: longest } = loads.get(queue.id) ?? {};
    queues.push({ queueId: queue.id, name: queue.name, isOpen: (await openness(ctx, queue)).isOpen, waiting, offered, taken, longestSince: longest?.toISOString() ?? null });
  }
  const items = Map.groupBy(await selectAllInHand(ctx), ({ agent_id }) => agent_id);
  const workers = await listWorkers(ctx, [...items.keys()]);
  const agents = workers.map(({ agentId, name, state, since }) => ({
    agentId, name, state, since: since.toISOString(),
    items: (items.get(agentId) ?? []).map((row) => ({ itemId: row.id, queueId: row.queue_id, channel: row.channel, state: row.state, since: row.since.toISOString() })),
  }));
  return { at: ctx.clock.now().toISOString(), queues, agents };
}
