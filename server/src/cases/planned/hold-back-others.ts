import { listener } from '../../platform/events/index.ts';
import { findEntry } from '../entry-store.ts';
import { lockPlan, selectPlans } from './plan-store.ts';
import { holdBack } from './release.ts';
import { lockRecord } from '../case-store.ts';

/** Somebody wrote first: answers that wait for a chosen time are held back at once, so that their writers hear of it while there is time. What waits for seconds only is looked at when it goes out. */
export const holdBackScheduled = listener({
  name: 'cases.hold-back-scheduled',
  topics: ['message.received', 'message.queued'],
  async handle(ctx, event) {
    const { caseId, entryId } = event.payload;
    if (!(await selectPlans(ctx, caseId)).some((plan) => plan.hold === 'schedule' && plan.state === 'waiting')) return;
    const record = await lockRecord(ctx, caseId);
    const entry = record && (await findEntry(ctx, caseId, entryId));
    if (!entry || entry.kind !== 'message' || (entry.detail as { automatic: unknown }).automatic !== null) return;
    for (const { id } of await selectPlans(ctx, caseId)) {
      const row = await lockPlan(ctx, caseId, id);
      if (row?.state !== 'waiting' || row.hold !== 'schedule' || row.content.kind !== 'reply') continue;
      if (row.seen_entry_id === null || row.seen_entry_id >= entry.id || (entry.direction === 'out' && entry.author_id === row.author_id)) continue;
      await holdBack(ctx, record, row, 'newer_message');
    }
  },
});
