import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { aboutCase } from './announce-case.ts';
import { lockRecord, writeWithEntry } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { findPromise, selectFallenDue, writePromise } from './promise-store.ts';

const BATCH = 200;

/** Tells of one promise whose time has passed; one that was settled or moved meanwhile is left alone. On a closed case nothing is told, only that it need not be looked at again. */
async function tellOverdue(ctx: Ctx, caseId: string, promiseId: string): Promise<void> {
  const before = await lockRecord(ctx, caseId);
  const now = ctx.clock.now();
  const row = before && (await findPromise(ctx, caseId, promiseId));
  if (!row || row.state !== 'open' || row.overdue_at !== null || row.due_at > now) return;
  await writePromise(ctx, { ...row, overdue_at: now });
  if (before.status === 'closed') return;
  const entry = changeEntry(ctx, before, [{ field: 'promise', name: row.text, dueAt: row.due_at.toISOString(), from: 'open', to: 'overdue' }]);
  const record = { ...before, lastEntryId: entry.id, version: before.version + 1 };
  await writeWithEntry(ctx, record, entry);
  await announce(ctx, 'promise.overdue', { ...aboutCase(record), promiseId, agentId: row.made_by_id, assigneeId: before.assigneeId });
  await announce(ctx, 'case.changed', { ...aboutCase(record), fields: ['promise'] });
}

/** Tells of every promise that has fallen due, each in a transaction of its own. Answers how many were looked at. */
export async function tellOverduePromises(platform: Platform): Promise<number> {
  let count = 0;
  for (;;) {
    const due = await platform.database.asSystem((tx) => selectFallenDue(tx, platform.clock.now(), BATCH));
    for (const { account_id, case_id, id } of due) await inAccount(platform, account_id, systemActor('promises'), (ctx) => tellOverdue(ctx, case_id, id));
    count += due.length;
    if (due.length < BATCH) return count;
  }
}

export const promisesOverdue = defineJob({
  name: 'cases.promises-overdue',
  schedule: '* * * * *',
  async run(platform) {
    await tellOverduePromises(platform);
  },
});
