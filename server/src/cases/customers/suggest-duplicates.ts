import { noteLikeness, spelledName, suggestSameThread } from '../../customers/index.ts';
import { listener } from '../../platform/events/index.ts';
import { selectFellows } from './customer-move-store.ts';

/** Beyond so many writers a case is a round letter. */
const MOST_FELLOWS = 20;

/** Looks for those who may be one person when somebody has written: nobody waits for it. */
export const suggestDuplicates = listener({
  name: 'cases.suggest-duplicates',
  topics: ['message.received'],
  async handle(ctx, event) {
    const fellows = await selectFellows(ctx, event.payload.caseId, MOST_FELLOWS);
    if (event.payload.isNewCase) for (const { customer_id } of fellows) await noteLikeness(ctx, customer_id);
    for (const [i, one] of fellows.entries()) {
      const name = spelledName(one.name);
      for (const other of fellows.slice(i + 1)) if (name !== '' && spelledName(other.name) === name) await suggestSameThread(ctx, one.customer_id, other.customer_id);
    }
  },
});
