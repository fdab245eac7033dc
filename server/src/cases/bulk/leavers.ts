import { findAgentAccess } from '../../accounts/index.ts';
import { inAccount, systemActor } from '../../platform/context.ts';
import { listener } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { lockRunsOfLeaver, selectLeftOver, writeState } from './bulk-store.ts';
import { insertLeaverRun } from './leaver-run.ts';
import { bulkJob } from './run-bulk.ts';

/** Gives what somebody who left had open to others, and back when they return in time. A run like any other does it, so it can be large and survives a crash. */
export const handLeaversCasesOn = listener({
  name: 'cases.leavers',
  topics: ['agent.left', 'agent.returned'],
  async handle(ctx, event) {
    const { agentId } = event.payload;
    const begin = (runId: string) => ctx.platform.jobs.enqueue(ctx.tx, bulkJob, { accountId: ctx.accountId, runId });
    if (event.topic === 'agent.left') {
      if ((await findAgentAccess(ctx, agentId))?.isActive) return;
      await begin(await insertLeaverRun(ctx, { leaverId: agentId, casesTo: event.payload.casesTo, byId: event.payload.byId }));
      return;
    }
    // One that is still at work looks at its end whether its leaver is back.
    for (const run of await lockRunsOfLeaver(ctx, agentId)) {
      await writeState(ctx, run.id, 'undoing', null, null);
      await begin(run.id);
    }
  },
});

/** Finds what lies with people who have left all the same, and gives it back to the teams. */
export const sweepLeftOver = defineJob({
  name: 'cases.left-over',
  schedule: '37 * * * *',
  async run(platform) {
    const left = await platform.database.asSystem((tx) => selectLeftOver(tx));
    for (const { account_id, id } of left) {
      await inAccount(platform, account_id, systemActor('leavers'), async (ctx) => {
        const runId = await insertLeaverRun(ctx, { leaverId: id, casesTo: null, byId: null });
        await platform.jobs.enqueue(ctx.tx, bulkJob, { accountId: account_id, runId });
      });
    }
  },
});
