import { getCase } from '../../cases/index.ts';
import { systemActor } from '../../platform/context.ts';
import { listener } from '../../platform/events/index.ts';
import { endHeld } from './enqueue.ts';
import { followCustomer, followTeam, lockOfCase, writeTurns } from './work-store.ts';

const TELLING = ['status', 'team', 'aside', 'shelf'];

/** What is no work any more: it was resolved, merged into another, set aside; a letter also when it has been answered and the customer is to write next. */
export const followCases = listener({
  name: 'routing.cases',
  topics: ['case.changed', 'case.moved'],
  concerns: (event) => event.topic === 'case.moved' || event.payload.fields.some((field) => TELLING.includes(field)),
  async handle(ctx, { payload }) {
    const rows = await lockOfCase(ctx, payload.caseId);
    if (rows.length === 0) return;
    const { status, mergedInto, aside } = await getCase({ ...ctx, actor: systemActor('routing') }, payload.caseId);
    const isOver = status === 'resolved' || status === 'closed' || mergedInto !== null || aside !== null;
    for (const row of rows) {
      if (!isOver && !(row.load === 'mails' && status === 'pending')) continue;
      if (row.state === 'taken' && row.agent_id !== null) await writeTurns(ctx, [row.agent_id]);
      await endHeld(ctx, row);
    }
    await followTeam(ctx, payload.caseId);
  },
});

/** Customers are merged and parted: what is kept of their waiting goes with them. */
export const followCustomers = listener({ name: 'routing.customers', topics: ['customer.changed'], handle: (ctx, { payload }) => followCustomer(ctx, payload.customerId) });
