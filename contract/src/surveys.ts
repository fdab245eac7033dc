import { z } from 'zod';
import { caseKind } from './case-kinds.ts';
import { channelName } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { surveyKinds, surveyVerdicts } from './survey-scales.ts';
import { id, onWayBack, timestamp, wayBack, wayBackLimit } from './shapes.ts';

export { scoresOf, surveyKinds, surveyScales, surveyVerdicts, verdictOf, type SurveyKind, type SurveyVerdict } from './survey-scales.ts';
export const surveyKind = z.enum(surveyKinds);
export const surveyVerdict = z.enum(surveyVerdicts);

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
  followUp: z.object({ /** What is to be done, as it stands on the case. */ task: z.string().trim().min(1).max(300), /** Whose it is then; null: whoever has the case, else whoever was at it last. */ agentId: id.nullable().default(null), dueMinutes: z.number().int().min(15).max(60 * 24 * 30).default(60 * 24) }).nullable(),
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
export const surveyAsked = z.object({
  id, kind: surveyKind, language: z.string(), question: z.string(), score: z.number().nullable(), comment: z.string(),
  /** In their language. */ words: z.object({ worst: z.string(), best: z.string(), comment: z.string(), send: z.string(), thanks: z.string(), whoSees: z.string() }),
});
export type SurveyAsked = z.output<typeof surveyAsked>;
export const surveyAnswer = z.object({ score: z.number().int().min(0).max(10), comment: z.string().trim().max(2_000).default('') });
export type SurveyAnswer = z.output<typeof surveyAnswer>;
