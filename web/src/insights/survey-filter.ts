import type { SurveyKind, SurveyVerdict } from '@rapport/contract';
import { readReportFilter, questionOf, type ReportFilter } from './filter.ts';

const kinds = ['csat', 'effort', 'nps'] as const satisfies readonly SurveyKind[];
export const surveyComparisons = ['team', 'inbox', 'agent', 'channel', 'survey'] as const;
type Comparison = (typeof surveyComparisons)[number];

/** What the address of the report says; what is left out is satisfaction in the last 28 days, by team. */
export interface SurveyFilter extends Pick<ReportFilter, 'days' | 'from' | 'to' | 'team' | 'inbox' | 'agent' | 'channel'> {
  of?: Exclude<SurveyKind, 'csat'>;
  by?: Exclude<Comparison, 'team'>;
  survey?: string;
}

const oneOf = <T extends string>(value: unknown, list: readonly T[]) => list.find((one) => one === String(value));

export function readSurveyFilter(search: Record<string, unknown>): SurveyFilter {
  const { days, from, to, team, inbox, agent, channel } = readReportFilter(search);
  const survey = typeof search['survey'] === 'string' && search['survey'] !== '' ? search['survey'] : undefined;
  const read = { days, from, to, team, inbox, agent, channel, survey, of: oneOf(search['of'], ['effort', 'nps'] as const), by: oneOf(search['by'], ['inbox', 'agent', 'channel', 'survey'] as const) };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The question to the server. */
export function surveyQuestionOf({ of, by, survey, ...rest }: SurveyFilter, timeZone: string, now = new Date()) {
  const { by: _by, ...question } = questionOf(rest, timeZone, now);
  const { from, to, team, inbox, agent, channel } = question;
  return { from, to, ...(team ? { team } : {}), ...(inbox ? { inbox } : {}), ...(agent ? { agent } : {}), ...(channel ? { channel } : {}), ...(survey ? { survey } : {}), kind: (of ?? 'csat') as SurveyKind, by: (by ?? 'team') as Comparison };
}
export type SurveyQuestion = ReturnType<typeof surveyQuestionOf>;

/** Which number is opened. */
export interface OpenedAnswers {
  name: string;
  narrowed: { from?: string; to?: string; team?: string; inbox?: string; agent?: string; channel?: string; survey?: string; score?: number; verdict?: SurveyVerdict; answered?: 'true' | 'false' };
}
export { kinds as surveyKindsShown };
