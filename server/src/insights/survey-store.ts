import { surveyScales, type SurveyBreakdown, type SurveyVerdict } from '@rapport/contract';
import type { QueryOf, insights } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { endOf, startOf, startValues, type Values } from './report-source.ts';

export type SurveyAsked = Omit<QueryOf<typeof insights.surveys>, 'by'>;
export type SurveyQuery = SurveyAsked & { timeZone: string };
export interface SurveyNumber { score?: number | undefined; verdict?: SurveyVerdict | undefined; answered?: 'true' | 'false' | undefined; hasComment?: 'true' | undefined }

/** The conditions that every number and every list of rows share, over `survey_ask a` and its case: the reader's scope and the filters. `$1` is the account. */
function source(ctx: Ctx, query: SurveyQuery, values: Values): string {
  const reader = caseReader(ctx.actor);
  const where = ['a.account_id = $1', `a.state = 'asked'`, `a.kind = ${values.of(query.kind)}`, `a.asked_at >= ${startOf(values, query.from, query.timeZone)}`, `a.asked_at < ${endOf(values, query.to, query.timeZone)}`, 'c.removed_as is null'];
  if (reader.scope !== 'all') where.push(`case_in_scope(${values.of(reader.scope)}, ${values.of(reader.agentId)}, ${values.of(reader.teamIds)}, c.assignee_id, c.team_id)`);
  const orNone = (column: string, value: string | undefined) => value !== undefined && where.push(value === 'none' ? `${column} is null` : `${column} = ${values.of(value)}`);
  orNone('a.team_id', query.team);
  orNone('a.agent_id', query.agent);
  if (query.inbox !== undefined) where.push(`a.inbox_id = ${values.of(query.inbox)}`);
  if (query.survey !== undefined) where.push(`a.survey_id = ${values.of(query.survey)}`);
  if (query.channel !== undefined) where.push(`a.channel = ${values.of(query.channel)}`);
  return `survey_ask a join cases c on c.account_id = a.account_id and c.id = a.case_id where ${where.join(' and ')}`;
}

const KEYS: Record<SurveyBreakdown, string> = { team: 'a.team_id::text', inbox: 'a.inbox_id::text', agent: 'a.agent_id::text', channel: 'a.channel', survey: 'a.survey_id::text' };
const NAMES: Record<SurveyBreakdown, string> = {
  team: 'select name from team n where n.account_id = $1 and n.id::text = k.key', inbox: 'select name from inbox n where n.account_id = $1 and n.id::text = k.key', agent: 'select name from agent n where n.account_id = $1 and n.id::text = k.key',
  channel: 'select k.key', survey: 'select name from survey n where n.account_id = $1 and n.id::text = k.key',
};

/** How many were asked, by what they answered; without a score: not at all. */
export interface ScoreCount { score: number | null; count: number }

export function selectScores(ctx: Ctx, query: SurveyQuery): Promise<ScoreCount[]> {
  const values = startValues(ctx.accountId);
  return ctx.tx.run(`select a.score, count(*)::int as count from ${source(ctx, query, values)} group by 1`, values.list);
}

export function selectScoresByDay(ctx: Ctx, query: SurveyQuery): Promise<(ScoreCount & { day: string })[]> {
  const values = startValues(ctx.accountId);
  const from = source(ctx, query, values);
  return ctx.tx.run(`select to_char(a.asked_at at time zone ${values.of(query.timeZone)}, 'YYYY-MM-DD') as day, a.score, count(*)::int as count from ${from} group by 1, 2`, values.list);
}

export function selectScoresByGroup(ctx: Ctx, query: SurveyQuery, by: SurveyBreakdown): Promise<(ScoreCount & { key: string | null; name: string | null })[]> {
  const values = startValues(ctx.accountId);
  return ctx.tx.run(`select k.key, (${NAMES[by]}) as name, k.score, k.count from (select ${KEYS[by]} as key, a.score, count(*)::int as count from ${source(ctx, query, values)} group by 1, 2) k`, values.list);
}

export interface SurveyRowRow { id: string; case_id: string; number: number; subject: string; asked_at: Date; answered_at: Date | null; score: number | null; comment: string }

/** Who stands behind a number, last asked first, beyond `after`. */
export function selectSurveyRows(ctx: Ctx, query: SurveyQuery & SurveyNumber, after: { at: Date; id: string } | undefined, limit: number): Promise<SurveyRowRow[]> {
  const values = startValues(ctx.accountId);
  const where = [source(ctx, query, values)];
  const { badTo, goodFrom } = surveyScales[query.kind];
  if (query.score !== undefined) where.push(`a.score = ${values.of(query.score)}`);
  if (query.verdict !== undefined) where.push({ bad: `a.score <= ${badTo}`, middling: `a.score > ${badTo} and a.score < ${goodFrom}`, good: `a.score >= ${goodFrom}` }[query.verdict]);
  if (query.answered !== undefined) where.push(`a.score is ${query.answered === 'true' ? 'not ' : ''}null`);
  if (query.hasComment) where.push(`a.comment <> ''`);
  if (after) where.push(`(a.asked_at, a.id) < (${values.of(after.at)}, ${values.of(after.id)})`);
  return ctx.tx.run(`select a.id, a.case_id, c.number, c.subject, a.asked_at, a.answered_at, a.score, a.comment from ${where.join(' and ')} order by a.asked_at desc, a.id desc limit ${values.of(limit)}`, values.list);
}
