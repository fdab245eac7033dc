import { listener } from '../../platform/events/index.ts';
import { selectTwins } from './link-store.ts';
import { linkCases } from './links.ts';

/** One mail to two of our inboxes makes a case in each, because each has people of its own. They are linked, so that two teams who answer the same customer know of each other. */
export const linkTwins = listener({
  name: 'cases.link-twins',
  topics: ['message.received'],
  async handle(ctx, { payload: { caseId, entryId, isNewCase } }) {
    if (!isNewCase) return;
    // Whichever of the two commits last finds the other.
    for (const otherCaseId of await selectTwins(ctx, caseId, entryId)) await linkCases(ctx, { caseId, otherCaseId, role: 'related' });
  },
});
