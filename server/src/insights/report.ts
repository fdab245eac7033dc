import type { Breakdown, Report } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { daysOf, shifted } from './calendar.ts';
import { planDays } from './day-plan.ts';
import { readOneMoment } from './export-store.ts';
import { isFilled } from './fact-store.ts';
import { mayCompareAgents, settled, type ReportAsked, type ReportQuery } from './report-source.ts';
import { selectAges, selectDays, selectNames, selectParts, type ReportParts } from './report-store.ts';

const AGES = [1, 3, 7, 30, null];

type Days = ReportParts['days'];
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** How often each thing happened, and the sum of what was measured, over some days. */
function totalsOf(days: Days) {
  const sums = new Map<string, { count: number; amount: number }>();
  for (const { measure, count, amount } of days) {
    const sum = sums.get(measure) ?? { count: 0, amount: 0 };
    sums.set(measure, { count: sum.count + Number(count), amount: sum.amount + Number(amount) });
  }
  return {
    count: (measure: string) => sums.get(measure)?.count ?? 0,
    mean(measure: string) {
      const sum = sums.get(measure);
      return sum ? share(sum.amount, sum.count) : null;
    },
  };
}

/** By how much the backlog grew. */
const growth = ({ count }: ReturnType<typeof totalsOf>) => count('created') - count('resolved') + count('reopened');

function daysOfReport(query: ReportQuery, rows: Days, turns: Days, backlogBefore: number): Report['days'] {
  const byDay = Map.groupBy(rows, (row) => row.day);
  const turnsByDay = Map.groupBy(turns, (row) => row.day);
  let backlog = backlogBefore;
  return Array.from({ length: daysOf(query) }, (_, i) => {
    const day = shifted(query.from, i);
    const { count } = totalsOf(byDay.get(day) ?? []);
    const [created, received, sent, resolved, reopened] = [count('created'), count('received'), count('sent'), count('resolved'), count('reopened')];
    backlog += growth(totalsOf(turnsByDay.get(day) ?? []));
    return { day, created, received, sent, resolved, reopened, backlog };
  });
}

async function groupsOfReport(ctx: Ctx, { groups, groupMiddles: middles }: ReportParts, by: Breakdown): Promise<Report['groups']> {
  const counts = Map.groupBy(groups, (row) => row.key);
  const names = await selectNames(ctx, by, [...counts.keys()].filter((key) => key !== null));
  const made = [...counts].map(([key, rows]) => {
    const of = (measure: string) => Number(rows.find((row) => row.measure === measure)?.count ?? 0);
    const median = (measure: string) => middles.find((row) => row.key === key && row.measure === measure)?.median ?? null;
    return { key, name: key === null ? null : (names.get(key) ?? null), created: of('created'), received: of('received'), sent: of('sent'), resolved: of('resolved'), reopened: of('reopened'), firstResponseMedian: median('first_response'), fullResponseMedian: median('full_response'), resolutionMedian: median('resolution') };
  });
  // By name, nobody is ranked; what has no name stands last.
  return made.sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '') || (a.key ?? '').localeCompare(b.key ?? ''));
}

/**
 * The report of a period, read from one moment, of the cases in the reader's scope, beside the same number of days before it. Times in seconds. Everything comes from `insight_fact`, whose rows
 * `reportRows` lists, or from its daily sums where these are up to date: a number is the count of its rows. Refuses as `settled` does, and `not_allowed` for a comparison of
 * people without the right to it.
 */
export async function makeReport(ctx: Ctx, asked: ReportAsked & { by: Breakdown }): Promise<Report> {
  await readOneMoment(ctx);
  const query = await settled(ctx, asked);
  if (query.by === 'agent' && !mayCompareAgents(ctx)) mustBeAllowed(ctx.actor, 'report.agents');
  const length = daysOf(query);
  const earlier = { ...query, from: shifted(query.from, -length), to: shifted(query.from, -1) };
  const parts = await selectParts(ctx, query, earlier, query.by);
  const { days: rows, middles, middlesBefore } = parts;
  const days = rows.filter((row) => row.day >= query.from);
  // A person's backlog is of the cases that are theirs now, whoever began, solved and reopened them.
  const turns = query.agent === undefined ? days : await selectDays(ctx, query, await planDays(ctx, query, undefined, 'holder'), 'holder');
  const now = totalsOf(days);
  const before = totalsOf(rows.filter((row) => row.day < query.from));
  const ages = AGES.map((belowDays) => ({ belowDays, count: 0 }));
  for (const { step, count } of await selectAges(ctx, query)) ages[step]!.count = Number(count);
  const backlog = ages.reduce((sum, age) => sum + age.count, 0);
  const backlogBefore = backlog - growth(totalsOf(turns));
  const counted = (measure: string) => ({ value: now.count(measure), before: before.count(measure) });
  const span = (measure: string) => {
    const of = (list: typeof middles, what: 'median' | 'p90') => list.find((row) => row.measure === measure)?.[what] ?? null;
    return { median: { value: of(middles, 'median'), before: of(middlesBefore, 'median') }, p90: { value: of(middles, 'p90'), before: of(middlesBefore, 'p90') } };
  };
  return {
    from: query.from, to: query.to, beforeFrom: earlier.from, beforeTo: earlier.to, timeZone: query.timeZone, isComplete: await isFilled(ctx),
    created: counted('created'), received: counted('received'), sent: counted('sent'), resolved: counted('resolved'), reopened: counted('reopened'),
    backlog: { value: backlog, before: backlogBefore }, replies: { value: now.mean('replies'), before: before.mean('replies') },
    reopenedShare: { value: share(now.count('reopened'), now.count('resolved')), before: share(before.count('reopened'), before.count('resolved')) },
    firstResponse: span('first_response'), fullResponse: span('full_response'), resolution: span('resolution'),
    days: daysOfReport(query, days, turns, backlogBefore), ages, hours: parts.hours, groups: await groupsOfReport(ctx, parts, query.by),
  };
}
