import { getTimeZone } from '../accounts/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { shifted } from './calendar.ts';
import { beginRoll, endRoll, holdRoll, selectMarks, selectRoll, selectSpan, selectUnrolled, sumDays, takeMarks } from './roll-store.ts';

/** So many days are summed in one transaction. */
const DAYS_AT_ONCE = 14;
const actor = systemActor('insights.roll');

/** Consecutive days as spans of at most `DAYS_AT_ONCE`. */
export function spansOf(days: readonly string[]): { from: string; to: string }[] {
  const spans: { from: string; to: string; length: number }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && last.length < DAYS_AT_ONCE && shifted(last.to, 1) === day) Object.assign(last, { to: day, length: last.length + 1 });
    else spans.push({ from: day, to: day, length: 1 });
  }
  return spans;
}

/** Sums marked days of UTC, with those around them: wherever a clock stands, a moment lies on the same day of the calendar or the one before or after. */
async function sumMarked(ctx: Ctx, { from, to }: { from: string; to: string }, timeZone: string): Promise<void> {
  await takeMarks(ctx, from, to);
  await sumDays(ctx, shifted(from, -1), shifted(to, 1), timeZone);
}

/**
 * Brings the daily sums of an account to what the facts say: all of them when there are none yet, when the account's time zone has changed or with `isAnew`, else the days that have
 * changed. Runs beside the desk; reports take days that are not summed from the facts meanwhile. Several runs at once do each other no harm. Answers how many days were summed.
 */
export async function rollUp(platform: Platform, accountId: string, options: { isAnew?: boolean; onProgress?: (done: number, total: number) => void } = {}): Promise<number> {
  const within = <T>(work: (ctx: Ctx) => Promise<T>) => inAccount(platform, accountId, actor, work);
  let done = 0;
  const begun = await within(async (ctx) => {
    const timeZone = await getTimeZone(ctx);
    const roll = await holdRoll(ctx);
    if (!options.isAnew && roll?.rolled_at && roll.time_zone === timeZone) return undefined;
    const run = newId();
    await beginRoll(ctx, timeZone, run);
    return { run, timeZone, span: await selectSpan(ctx, timeZone) };
  });
  if (begun) {
    const { run, timeZone, span } = begun;
    const total = span ? Math.round((Date.parse(span.to) - Date.parse(span.from)) / 86_400_000) + 1 : 0;
    for (let i = 0; span && i < total; i += DAYS_AT_ONCE) {
      const [from, to] = [shifted(span.from, i), shifted(span.from, Math.min(i + DAYS_AT_ONCE, total) - 1)];
      const isOurs = await within(async (ctx) => {
        if ((await holdRoll(ctx))?.run !== run) return false;
        // Marks whose days around them all lie in this span; the others are summed once more below.
        if (shifted(from, 1) <= shifted(to, -1)) await takeMarks(ctx, shifted(from, 1), shifted(to, -1));
        await sumDays(ctx, from, to, timeZone);
        return true;
      });
      if (!isOurs) return done;
      done = Math.min(i + DAYS_AT_ONCE, total);
      options.onProgress?.(done, total);
    }
    await within(async (ctx) => {
      if ((await holdRoll(ctx))?.run === run) await endRoll(ctx);
    });
  }
  const { marks, roll } = await within(async (ctx) => ({ marks: await selectMarks(ctx), roll: await selectRoll(ctx) }));
  for (const span of spansOf(marks)) {
    const isSummed = await within(async (ctx) => {
      const now = await holdRoll(ctx);
      if (!now || now.run !== roll?.run) return false;
      await sumMarked(ctx, span, now.time_zone);
      return true;
    });
    if (!isSummed) break;
    done += 1;
  }
  return done;
}

export const rollInsights = defineJob({
  name: 'insights.roll',
  schedule: '* * * * *',
  expireSeconds: 1800,
  concurrency: 1,
  async run(platform) {
    for (const { id } of await platform.database.asSystem(selectUnrolled)) await rollUp(platform, id);
  },
});
