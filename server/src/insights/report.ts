import type { Breakdown, Report } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { isFilled } from './fact-store.ts';
import type { ReportQuery } from './report-source.ts';
import { selectAges, selectBacklog, selectDays, selectGroups, selectHours, selectTotals } from './report-store.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 800;
const AGES = [1, 3, 7, 30, null];

const shifted = (day: string, by: number) => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);

/** How many days the period has; refuses one that ends before it begins or is longer than two years and a bit. */
export function daysOf({ from, to }: Pick<ReportQuery, 'from' | 'to'>): number {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (days < 1) throw new Refusal('invalid_request', 'query.to: The period ends before it begins.');
  if (days > MOST_DAYS) throw new Refusal('invalid_request', `query.from: A report covers at most ${MOST_DAYS} days.`);
  return days;
}

type Totals = Awaited<ReturnType<typeof selectTotals>>;
const countOf = (totals: Totals, measure: string) => Number(totals.find((total) => total.measure === measure)?.count ?? 0);
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

async function daysOfReport(ctx: Ctx, query: ReportQuery, backlogBefore: number): Promise<Report['days']> {
  const rows = Map.groupBy(await selectDays(ctx, query), (row) => row.day);
  let backlog = backlogBefore;
  return Array.from({ length: daysOf(query) }, (_, i) => {
    const day = shifted(query.from, i);
    const of = (measure: string) => Number(rows.get(day)?.find((row) => row.measure === measure)?.count ?? 0);
    const [created, received, sent, resolved, reopened] = [of('created'), of('received'), of('sent'), of('resolved'), of('reopened')];
    backlog += created - resolved + reopened;
    return { day, created, received, sent, resolved, reopened, backlog };
  });
}

async function groupsOfReport(ctx: Ctx, query: ReportQuery, by: Breakdown): Promise<Report['groups']> {
  const groups = Map.groupBy(await selectGroups(ctx, query, by), (row) => row.key);
  const made = [...groups].map(([key, rows]) => {
    const of = (measure: string) => Number(rows.find((row) => row.measure === measure)?.count ?? 0);
    const median = (measure: string) => rows.find((row) => row.measure === measure)?.median ?? null;
    return { key, name: rows[0]?.name ?? null, created: of('created'), received: of('received'), sent: of('sent'), resolved: of('resolved'), reopened: of('reopened'), firstResponseMedian: median('first_response'), resolutionMedian: median('resolution') };
  });
  // By name, nobody is ranked; what has no name stands last.
  return made.sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '') || (a.key ?? '').localeCompare(b.key ?? ''));
}

/**
 * The report of a period, of the cases in the reader's scope, beside the same number of days before it. Times in seconds. Everything is counted from `insight_fact`, whose rows
 * `reportRows` lists: a number is the count of its rows. Refuses `invalid_request` for a period that is none.
 */
export async function makeReport(ctx: Ctx, query: ReportQuery & { by: Breakdown }): Promise<Report> {
  mustBeAllowed(ctx.actor, 'report.read');
  const length = daysOf(query);
  const earlier = { ...query, from: shifted(query.from, -length), to: shifted(query.from, -1) };
  const now = await selectTotals(ctx, query);
  const before = await selectTotals(ctx, earlier);
  const backlogBefore = await selectBacklog(ctx, query, earlier.to);
  const backlogOf = (totals: Totals, start: number) => start + countOf(totals, 'created') - countOf(totals, 'resolved') + countOf(totals, 'reopened');
  const counted = (measure: string) => ({ value: countOf(now, measure), before: countOf(before, measure) });
  const measured = (measure: string, what: 'median' | 'p90' | 'mean') => {
    const of = (totals: Totals) => totals.find((total) => total.measure === measure)?.[what] ?? null;
    return { value: of(now), before: of(before) };
  };
  const span = (measure: string) => ({ median: measured(measure, 'median'), p90: measured(measure, 'p90') });
  const ages = await selectAges(ctx, query);
  return {
    from: query.from, to: query.to, beforeFrom: earlier.from, beforeTo: earlier.to, isComplete: await isFilled(ctx),
    created: counted('created'), received: counted('received'), sent: counted('sent'), resolved: counted('resolved'), reopened: counted('reopened'),
    backlog: { value: backlogOf(now, backlogBefore), before: backlogBefore }, replies: measured('replies', 'mean'),
    reopenedShare: { value: share(countOf(now, 'reopened'), countOf(now, 'resolved')), before: share(countOf(before, 'reopened'), countOf(before, 'resolved')) },
    firstResponse: span('first_response'), resolution: span('resolution'),
    days: await daysOfReport(ctx, query, backlogBefore), ages: AGES.map((belowDays, step) => ({ belowDays, count: Number(ages.find((age) => age.step === step)?.count ?? 0) })),
    hours: (await selectHours(ctx, query)).map((row) => ({ ...row, count: Number(row.count) })), groups: await groupsOfReport(ctx, query, query.by),
  };
}
