import type { Ctx } from '../platform/context.ts';
import { listener } from '../platform/events/index.ts';
import { replaceFacts } from './fact-store.ts';
import { factsOfCase } from './facts-of-case.ts';
import { lockCounting, selectTimelines } from './timeline-store.ts';

/** Counts cases anew from their timelines. What was counted of them before is replaced: doing it twice, late or in another order comes to the same. */
export async function countCasesAnew(ctx: Ctx, caseIds: readonly string[]): Promise<void> {
  await lockCounting(ctx, caseIds);
  const timelines = await selectTimelines(ctx, caseIds);
  await replaceFacts(ctx, caseIds, timelines.map((timeline) => ({ timeline, facts: factsOfCase(timeline) })));
}

export const countChangedCases = listener({
  name: 'insights.count',
  topics: ['case.created', 'case.changed', 'case.moved', 'message.received', 'message.queued'],
  async handle(ctx, event) {
    const other = event.topic === 'case.moved' ? [event.payload.toCaseId] : [];
    await countCasesAnew(ctx, [event.payload.caseId, ...other]);
  },
});
