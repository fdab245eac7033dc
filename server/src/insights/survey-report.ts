import { scoresOf, verdictOf, type Page, type SurveyBreakdown, type SurveyKind, type SurveyReport, type SurveyRow } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../platform/cursor.ts';
import { daysOf, shifted } from './calendar.ts';
import { readOneMoment } from './export-store.ts';
import { mayCompareAgents, settled } from './report-source.ts';
import { selectScores, selectScoresByDay, selectScoresByGroup, selectSurveyRows, type ScoreCount, type SurveyAsked, type SurveyNumber, type SurveyQuery } from './survey-store.ts';

/** Checks who asks and for what, as for every report. */
async function checked<T extends SurveyAsked>(ctx: Ctx, asked: T): Promise<T & { timeZone: string }> {
  const { from, to, agent, timeZone } = asked;
  return { ...asked, timeZone: (await settled(ctx, { from, to, agent, timeZone })).timeZone };
}

interface Sums { asked: number; answered: number; good: number; middling: number; bad: number; score: number | null }

/** What stands behind all numbers: how often each score was given, and how many gave none. */
export function sumsOf(kind: SurveyKind, counts: readonly ScoreCount[]): Sums {
  const sums = { asked: 0, answered: 0, good: 0, middling: 0, bad: 0 };
  let total = 0;
  for (const { score, count } of counts) {
    sums.asked += count;
    if (score === null) continue;
    sums.answered += count;
    sums[verdictOf(kind, score)] += count;
    total += score * count;
  }
  const { answered, good, bad } = sums;
  return { ...sums, score: answered === 0 ? null : kind === 'csat' ? good / answered : kind === 'effort' ? total / answered : (100 * (good - bad)) / answered };
}

/** Every group with its sums, in the order of names; nobody is ranked, and what has no name stands last. */
function groupsOf(kind: SurveyKind, rows: readonly (ScoreCount & { key: string | null; name: string | null })[]): SurveyReport['groups'] {
  return [...Map.groupBy(rows, (row) => row.key)].map(([key, counts]) => ({ key, name: key === null ? null : (counts[0]?.name ?? null), ...sumsOf(kind, counts) }))
    .sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '') || (a.key ?? '').localeCompare(b.key ?? ''));
}

/** What customers said in surveys, read from one moment, beside the same number of days before. Refuses as `settled` does, and `not_allowed` for a comparison of people without the right to it. */
export async function makeSurveyReport(ctx: Ctx, asked: SurveyAsked & { by: SurveyBreakdown }): Promise<SurveyReport> {
  await readOneMoment(ctx);
  const { by, ...query } = await checked(ctx, asked);
  if (by === 'agent' && !mayCompareAgents(ctx)) mustBeAllowed(ctx.actor, 'report.agents');
  const { kind, from, to, timeZone } = query;
  const length = daysOf(query);
  const earlier: SurveyQuery = { ...query, from: shifted(from, -length), to: shifted(from, -1) };
  const counts = await selectScores(ctx, query);
  const [now, before] = [sumsOf(kind, counts), sumsOf(kind, await selectScores(ctx, earlier))];
  const byDay = Map.groupBy(await selectScoresByDay(ctx, query), (row) => row.day);
  const compared = (value: (sums: Sums) => number | null) => ({ value: value(now), before: value(before) });
  return {
    from, to, beforeFrom: earlier.from, beforeTo: earlier.to, timeZone, kind, asked: compared((sums) => sums.asked), answered: compared((sums) => sums.answered), share: compared((sums) => (sums.asked === 0 ? null : sums.answered / sums.asked)),
    score: compared((sums) => sums.score), scores: scoresOf(kind).map((score) => ({ score, count: counts.find((each) => each.score === score)?.count ?? 0 })),
    days: Array.from({ length }, (_, i) => ({ day: shifted(from, i), ...sumsOf(kind, byDay.get(shifted(from, i)) ?? []) })), groups: groupsOf(kind, await selectScoresByGroup(ctx, query, by)),
  };
}

/** Who stands behind a number of the survey report, under the same filters and scope: as many rows as the number says. */
export async function surveyRows(ctx: Ctx, asked: SurveyAsked & SurveyNumber & { cursor?: string | undefined; limit: number }): Promise<Page<SurveyRow>> {
  const { cursor, limit, ...query } = await checked(ctx, asked);
  const binding = ['survey rows', JSON.stringify(query)];
  const position = readCursor(cursor, binding, 2);
  const rows = await selectSurveyRows(ctx, query, position && { at: timeIn(position[0]), id: uuidIn(position[1]) }, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ askId: row.id, caseId: row.case_id, number: Number(row.number), subject: row.subject, askedAt: row.asked_at.toISOString(), answeredAt: row.answered_at?.toISOString() ?? null, score: row.score, comment: row.comment })),
    nextCursor: rows.length > limit && last ? writeCursor([last.asked_at.toISOString(), last.id], binding) : null,
  };
}
