import type { ResponseOf, wall, WaitEstimate } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { countAvailable } from '../../workforce/index.ts';
import { countAhead, findQueueFacts, findUsual, selectErrors, type LineFacts, type Usual } from './estimate-store.ts';
import { findQueue } from './queue-store.ts';
import { openness } from './queues.ts';
import type { ItemRow } from './work-store.ts';

/** With fewer matters behind us nobody says a number. */
const ENOUGH = 5;
/** Eight of ten lie within so many deviations of the middle. */
const SPREAD = 1.28;
const LONGER = 1.5;

export interface Serving extends LineFacts {
  /** How many agents are there for it. */
  available: number;
}

/**
 * The wait of whoever has `ahead` before them, as the range in which eight of ten lie, in seconds.
 *
 * With so many served side by side, each for `handledSeconds` on average and as unevenly as matters are (exponentially), somebody gets free every `handledSeconds / serving`; who is at place k waits for the k-th of these,
 * on average k steps, give or take √k. Whoever is free already is taken off the line first. Null without anybody who serves, or with too few matters to judge by.
 */
export function estimateRange({ ahead, inHand, available, handledSeconds, samples }: Serving): { low: number; high: number } | null {
  const serving = Math.max(available, inHand);
  if (available === 0 || handledSeconds === null || samples < ENOUGH) return null;
  const step = handledSeconds / serving;
  const place = Math.max(0, ahead + 1 - Math.max(0, available - inHand));
  const spread = SPREAD * Math.sqrt(place);
  return { low: Math.round(Math.max(0, place - spread) * step), high: Math.round((place + spread) * step) };
}

/** Whether that is longer than it usually takes, and what is most unusual about it. */
export function longerThanUsual(range: { low: number }, { ahead, handledSeconds }: LineFacts, serving: number, usual: Usual): WaitEstimate['longer'] {
  if (usual.samples < ENOUGH || range.low < usual.waitedSeconds * LONGER || range.low < usual.waitedSeconds + 60) return null;
  const ratios = [
    ['more_waiting', (ahead + 1) / Math.max(1, usual.position)], ['fewer_agents', usual.serving / Math.max(1, serving)], ['longer_matters', (handledSeconds ?? 0) / Math.max(1, usual.handledSeconds)],
  ] as const;
  return ratios.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** Where things of one queue and one team stand, by their ids. */
async function standingsInLine(ctx: Ctx, rows: readonly ItemRow[], { queue_id: queueId, team_id: teamId }: ItemRow): Promise<[string, WaitEstimate][]> {
  const queue = await findQueue(ctx, queueId);
  if (!queue) return [];
  const inLine = await findQueueFacts(ctx, queueId);
  const aheadOf = await countAhead(ctx, queueId, rows.filter(({ state }) => state === 'waiting').map(({ id }) => id));
  const available = await countAvailable(ctx, teamId);
  const serving = Math.max(available, inLine.inHand);
  const { isOpen, opensAt } = await openness(ctx, queue);
  const usual = await findUsual(ctx, queueId);
  return rows.map((row) => {
    const facts = { ...inLine, ahead: aheadOf.get(row.id) ?? 0 };
    const range = estimateRange({ ...facts, available });
    const method = range ? 'handling_times' : available > 0 ? 'too_few_matters' : isOpen ? 'nobody_there' : 'closed';
    return [row.id, {
      position: facts.ahead + 1, lowSeconds: range?.low ?? null, highSeconds: range?.high ?? null, basis: { method, handledSeconds: facts.handledSeconds, samples: facts.samples, serving },
      longer: range && longerThanUsual(range, facts, serving, usual), opensAt: isOpen ? null : (opensAt?.toISOString() ?? null),
    }];
  });
}

/** Where things stand and how long that may take, by their ids; what somebody has, or what has ended, is not among them. While somebody is asked it stands at the front. What it costs depends on the queues, not on how many ask. */
export async function standingsOf(ctx: Ctx, rows: readonly ItemRow[]): Promise<Map<string, WaitEstimate>> {
  const found = new Map<string, WaitEstimate>();
  for (const line of Map.groupBy(rows.filter(({ state }) => state === 'waiting' || state === 'offered'), ({ queue_id, team_id }) => `${queue_id} ${team_id}`).values())
    for (const [id, estimate] of await standingsInLine(ctx, line, line[0] as ItemRow)) found.set(id, estimate);
  return found;
}

/** How far what was told between two moments was from what came true. */
export async function reportEstimates(ctx: Ctx, { from, until }: { from: string; until: string }): Promise<ResponseOf<(typeof wall)['estimates']>> {
  mustBeAllowed(ctx.actor, 'report.read');
  const rows = await selectErrors(ctx, new Date(from), new Date(until));
  return { items: rows.map(({ queue_id, name, count, in_range, error, bias, waited }) => ({ queueId: queue_id, name, count, inRange: in_range, errorSeconds: error, biasSeconds: bias, waitedSeconds: waited })) };
}
