import type { AnnouncedEvent } from '@rapport/contract';
import { listener } from '../../platform/events/index.ts';
import { selectPolicies } from '../policies/policy-store.ts';
import { beginRecount } from './recount.ts';
import { settleClocks } from './settle.ts';
import { selectOpenCasesOf } from './story-store.ts';

const topics = ['case.created', 'case.changed', 'message.received', 'message.queued', 'delivery.changed', 'customer.changed', 'organizations.changed'] as const;
type Heard = AnnouncedEvent<(typeof topics)[number]>;
/** What of a case policies look at, and what makes clocks start, stand still and end. */
const TELLING = ['status', 'snooze', 'aside', 'shelf', 'priority', 'team', 'kind', 'customer'];

function concerns(event: Heard): boolean {
  switch (event.topic) {
    // A new case is told of by its own event, and automatic mail makes nobody wait.
    case 'message.received': return !event.payload.isNewCase && event.payload.automatic === null;
    case 'case.changed': return event.payload.fields.some((field) => TELLING.includes(field));
    case 'delivery.changed': return event.payload.state === 'failed' || event.payload.state === 'bounced';
    default: return true;
  }
}

/** Starts, stops and ends clocks as cases go on. */
export const followCases = listener({
  name: 'routing.clocks',
  topics,
  concerns,
  async handle(ctx, event) {
    const policies = await selectPolicies(ctx);
    if (policies.length === 0) return;
    switch (event.topic) {
      case 'customer.changed': return settleClocks(ctx, await selectOpenCasesOf(ctx, event.payload.customerId));
      case 'organizations.changed': {
        if (policies.some(({ content }) => content.conditions.organizationFields)) await beginRecount(ctx);
        return;
      }
      default: await settleClocks(ctx, [event.payload.caseId]);
    }
  },
});
