import { z } from 'zod';
import { caseKind } from './case-kinds.ts';
import { channelName } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { id, onWayBack, timestamp, wayBack, wayBackLimit } from './shapes.ts';

/** How satisfied they are (CSAT), how easy it was (customer effort score), whether they would recommend the company (net promoter score). */
export const surveyKinds = ['csat', 'effort', 'nps'] as const;
export const surveyKind = z.enum(surveyKinds);
export type SurveyKind = z.output<typeof surveyKind>;

/** From the worst score to the best; up to `badTo` an answer is bad, from `goodFrom` on it is good. Of NPS these are detractors and promoters. */
export const surveyScales: Record<SurveyKind, { from: number; to: number; badTo: number; goodFrom: number }> = {
  csat: { from: 1, to: 5, badTo: 2, goodFrom: 4 },
  effort: { from: 1, to: 7, badTo: 3, goodFrom: 5 },
  nps: { from: 0, to: 10, badTo: 6, goodFrom: 9 },
};
export const surveyVerdicts = ['bad', 'middling', 'good'] as const;
export const surveyVerdict = z.enum(surveyVerdicts);
export type SurveyVerdict = z.output<typeof surveyVerdict>;
export function verdictOf(kind: SurveyKind, score: number): SurveyVerdict {
  const { badTo, goodFrom } = surveyScales[kind];
  return score <= badTo ? 'bad' : score >= goodFrom ? 'good' : 'middling';
}
export const scoresOf = (kind: SurveyKind): number[] => Array.from({ length: surveyScales[kind].to - surveyScales[kind].from + 1 }, (_, index) => surveyScales[kind].from + index);

/** Languages in which customers are asked; whoever reads none of them is asked in the first. */
export const surveyLanguages = ['en', 'de', 'fr', 'es', 'tr', 'ar'] as const;
export type SurveyLanguage = (typeof surveyLanguages)[number];

const some = <T extends z.ZodType>(of: T) => z.array(of).min(1).max(50).optional();
/** Which cases it asks about: everything that is given must fit, of a list any one. Nothing given: every case. */
export const surveyConditions = z.object({ channels: some(channelName), inboxes: some(id), /** `none` is a case of no team. */ teams: some(z.union([z.literal('none'), id])), kinds: some(caseKind) });
export type SurveyConditions = z.output<typeof surveyConditions>;

const question = z.string().trim().max(200);
export const surveyContent = z.object({
  kind: surveyKind, conditions: surveyConditions.default({}),
  /** In one's own words, by language; what is left out is asked in ours. */ questions: z.partialRecord(z.enum(surveyLanguages), question).default({}),
  /** How long after the case was solved. */ delayMinutes: z.number().int().min(0).max(60 * 24 * 30).default(60),
  /** Nobody is asked again within so many days, whatever the survey. */ quietDays: z.number().int().min(0).max(365).default(30),
  /** Of a hundred cases that fit so many are asked about. */ share: z.number().int().min(1).max(100).default(100),
  /** For how long they can answer, and change what they answered. */ openDays: z.number().int().min(1).max(90).default(14),
  /** What becomes of a bad answer: the case is opened again with something to do until then; null: nothing. */
  followUp: z.object({ /** What is to be done, as it stands on the case. */ task: z.string().trim().min(1).max(300), /** Whose it is then; null: whoever has the case, else nobody of its team. */ agentId: id.nullable().default(null), dueMinutes: z.number().int().min(15).max(60 * 24 * 30).default(60 * 24) }).nullable(),
});
export type SurveyContent = z.output<typeof surveyContent>;

export const survey = z.object({ id, name: z.string(), isActive: z.boolean(), content: surveyContent, version: z.number(), createdAt: timestamp, updatedAt: timestamp });
export type Survey = z.output<typeof survey>;

const written = z.object({ name: z.string().trim().min(1).max(100), isActive: z.boolean().default(true), content: surveyContent });
const onSurvey = z.object({ surveyId: id });

export const surveys = {
  list: endpoint({ method: 'GET', path: '/surveys', tag: 'surveys', summary: 'The surveys, oldest first; of those a case fits, the first one asks', access: 'survey.manage', response: z.object({ items: z.array(survey) }) }),
  create: endpoint({ method: 'POST', path: '/surveys', tag: 'surveys', summary: 'Write a survey', access: 'survey.manage', status: 201, body: written, response: survey, problems: ['name_taken'] }),
  update: endpoint({
    method: 'PUT', path: '/surveys/:surveyId', tag: 'surveys', summary: 'Change a survey; what has been asked stays as it was', access: 'survey.manage', params: onSurvey,
    body: written.extend({ /** The one the change builds on. */ version: z.number().int() }), response: survey, problems: ['name_taken', 'changed_meanwhile'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/surveys/:surveyId', tag: 'surveys', summary: 'Remove a survey: nobody is asked any more, and the answers stay in the report', access: 'survey.manage', params: onSurvey, response: wayBack }),
  restore: endpoint({ method: 'POST', path: '/surveys/restore', tag: 'surveys', summary: 'Put back a survey that was just removed', access: 'survey.manage', bodyLimit: wayBackLimit, body: onWayBack, response: survey, problems: ['undo_over', 'undone_already', 'name_taken'] }),
};

/** What a customer is asked, as a panel or page shows it. */
export const surveyAsked = z.object({ id, kind: surveyKind, question: z.string(), score: z.number().nullable(), comment: z.string() });
export type SurveyAsked = z.output<typeof surveyAsked>;
export const surveyAnswer = z.object({ score: z.number().int().min(0).max(10), comment: z.string().trim().max(2_000).default('') });
export type SurveyAnswer = z.output<typeof surveyAnswer>;
