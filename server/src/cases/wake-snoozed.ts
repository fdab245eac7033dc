import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { aboutCase } from './announce-case.ts';
import { woken } from './case-state.ts';
import { lockRecord } from './case-store.ts';
import { writeChanges } from './update-case.ts';
import { selectDue } from './wake-store.ts';

const BATCH = 200;

/** Wakes one case whose time has come; one that was snoozed anew meanwhile sleeps on. */
async function wake(ctx: Ctx, caseId: string): Promise<void> {
  const before = await lockRecord(ctx, caseId);
  if (!before?.snoozedUntil || before.snoozedUntil > ctx.clock.now()) return;
  const record = await writeChanges(ctx, before, { ...before, ...woken(before), lastActivityAt: ctx.clock.now() }, [{ field: 'snooze', from: before.snoozedUntil.toISOString(), to: null }]);
  await announce(ctx, 'case.woke', aboutCase(record));
}

/** Wakes every case that is due, each in a transaction of its own. Answers how many. */
export async function wakeDueCases(platform: Platform): Promise<number> {
  let count = 0;
  for (;;) {
    const due = await platform.database.asSystem((tx) => selectDue(tx, platform.clock.now(), BATCH));
    for (const { account_id, id } of due) await inAccount(platform, account_id, systemActor('snooze'), (ctx) => wake(ctx, id));
    count += due.length;
    if (due.length < BATCH) return count;
  }
}

export const wakeSnoozed = defineJob({
  name: 'cases.wake-snoozed',
  schedule: '* * * * *',
  async run(platform) {
    await wakeDueCases(platform);
  },
});
