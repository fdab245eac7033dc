import type { Wall, WallQueue } from '@rapport/contract';

export interface WallSums {
  waiting: number;
  /** Of whoever has waited longest anywhere. */
  longestSince: string | null;
  counted: number;
  inTime: number;
  available: number;
  there: number;
}

/** Whether the one who has waited longest waits for longer than is promised. */
export const isLate = ({ longestSince, answerWithinSeconds }: WallQueue, now: number): boolean => longestSince !== null && answerWithinSeconds !== null && now - Date.parse(longestSince) > answerWithinSeconds * 1000;

/** The four numbers over all lines. */
export function sumOf({ queues, agents }: Pick<Wall, 'queues' | 'agents'>): WallSums {
  const there = agents.filter(({ state }) => state !== 'offline');
  const since = queues.flatMap(({ longestSince }) => longestSince ?? []).toSorted();
  const total = (of: (queue: WallQueue) => number) => queues.reduce((sum, queue) => sum + of(queue), 0);
  return { waiting: total((queue) => queue.waiting + queue.offered), longestSince: since[0] ?? null, counted: total((queue) => queue.counted), inTime: total((queue) => queue.inTime), available: there.filter(({ state }) => state === 'available').length, there: there.length };
}
