import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { findFacts, holdForRules } from './facts-store.ts';
import { fire } from './fire.ts';
import { deleteOldRuns, findRule, foldTally } from './rule-store.ts';
import { holdTimer, keepTimers, nextCasesToFill, postponeTimer, selectDueTimers, selectRulesToFill, settleTimer, type DueTimer } from './timer-store.ts';

const BATCH = 100;
const FILL_BATCH = 500;
const DAY = 86_400_000;
const AGAIN_AFTER = 600_000;

async function look(ctx: Ctx, timer: DueTimer): Promise<void> {
  if (!(await holdForRules(ctx, timer.case_id))) return;
  // The case may have moved on since the timer was set: what is no longer so is not due.
  await keepTimers(ctx, [timer.case_id], timer.rule_id);
  if (!(await holdTimer(ctx, timer))) return;
  const rule = await findRule(ctx, timer.rule_id);
  const facts = await findFacts(ctx, timer.case_id, null);
  if (!rule?.is_on || rule.content.trigger.on !== 'time' || !facts || facts.status === 'closed') return settleTimer(ctx, timer, 'looked');
  const { result } = await fire(ctx, rule, facts, { eventId: null, cause: `time.${rule.content.trigger.since}`, chain: [] });
  await settleTimer(ctx, timer, result);
}

/** Looks at every case whose time has come, each in a transaction of its own, in which the timer is settled too. One that fails waits ten minutes and holds up nobody. Answers how many. */
export async function runDueRules(platform: Platform): Promise<number> {
  let count = 0;
  for (;;) {
    const due = await platform.database.asSystem((tx) => selectDueTimers(tx, platform.clock.now(), BATCH));
    for (const timer of due) {
      try {
        await inAccount(platform, timer.account_id, systemActor('rules'), (ctx) => look(ctx, timer));
      } catch (error) {
        platform.log.error({ err: error, ruleId: timer.rule_id, caseId: timer.case_id }, 'a rule on time failed on a case');
        await inAccount(platform, timer.account_id, systemActor('rules'), (ctx) => postponeTimer(ctx, timer, new Date(platform.clock.now().getTime() + AGAIN_AFTER)));
      }
    }
    count += due.length;
    if (due.length < BATCH) return count;
  }
}

/** Sets the timers of cases that were there before a rule on time was switched on, in small steps that can be broken off anywhere. */
export async function fillTimers(platform: Platform): Promise<void> {
  for (const { account_id, id } of await platform.database.asSystem(selectRulesToFill)) {
    for (let more = true; more; ) {
      more = await inAccount(platform, account_id, systemActor('rules'), async (ctx) => {
        const caseIds = await nextCasesToFill(ctx, id, FILL_BATCH);
        if (caseIds && caseIds.length > 0) await keepTimers(ctx, caseIds, id);
        return caseIds?.length === FILL_BATCH;
      });
    }
  }
}

export const rulesOnTime = defineJob({
  name: 'automation.rules-on-time',
  schedule: '* * * * *',
  concurrency: 1,
  async run(platform) {
    await fillTimers(platform);
    await runDueRules(platform);
  },
});

/** What rules did is kept for 30 days; which event they caused as long as events are. */
export const tidyRules = defineJob({
  name: 'automation.tidy-rules',
  schedule: '17 * * * *',
  async run(platform) {
    const now = platform.clock.now().getTime();
    await platform.database.asSystem(foldTally);
    while ((await platform.database.asSystem((tx) => deleteOldRuns(tx, new Date(now - 30 * DAY), new Date(now - 4 * DAY), 5_000))) > 0);
  },
});
