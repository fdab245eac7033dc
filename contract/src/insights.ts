import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { metricIds } from './metrics.ts';
import { caseKind } from './case-kinds.ts';
import { casePriority } from './cases.ts';
import { file, id, pageOf, paging, timeZone, timestamp } from './shapes.ts';
import { surveyKind, surveyVerdict } from './surveys.ts';

/** `none`: cases that have none. */
const idOrNone = z.union([id, z.literal('none')]).optional();
const day = z.iso.date();

/** Which cases a report counts, and when; `from` and `to` are days of the calendar in `timeZone`, both counted. Without a time zone, the account's. */
export const reportFilter = {
  from: day, to: day, timeZone: timeZone.optional(),
  inbox: id.optional(), team: idOrNone, /** Others than oneself need `report.agents`. */ agent: idOrNone, kind: caseKind.optional(), channel: z.string().max(40).optional(), priority: casePriority.optional(),
  tag: z.string().min(1).max(200).optional(), /** Cases without any tag. */ untagged: z.literal('true').optional(),
};
export const breakdowns = ['team', 'inbox', 'agent', 'kind', 'channel', 'priority', 'tag'] as const;
export type Breakdown = (typeof breakdowns)[number];

const count = z.number();
/** A number and the same of as many days before; null where there is nothing to count from. */
const compared = z.object({ value: z.number().nullable(), before: z.number().nullable() });
export type Compared = z.output<typeof compared>;
const span = z.object({ median: compared, p90: compared });

export const report = z.object({
  from: day, to: day, beforeFrom: day, beforeTo: day, timeZone: z.string(),
  /** Whether the cases from before the reports were begun are counted in. */ isComplete: z.boolean(),
  created: compared, received: compared, sent: compared, resolved: compared, reopened: compared, backlog: compared, replies: compared, reopenedShare: compared, firstResponse: span, fullResponse: span, resolution: span,
  days: z.array(z.object({ day, created: count, received: count, sent: count, resolved: count, reopened: count, backlog: count })),
  /** How long the cases of the backlog have been there at the end of the period, by whole days: below one, three, seven, thirty, and longer. */
  ages: z.array(z.object({ belowDays: z.number().nullable(), count })),
  /** Messages in by the hour of the week; weekday 1 is Monday. */ hours: z.array(z.object({ weekday: z.number(), hour: z.number(), count })),
  /** In the order of names. A case with several tags stands in several rows, in every other breakdown in exactly one. */
  groups: z.array(z.object({ key: z.string().nullable(), name: z.string().nullable(), created: count, received: count, sent: count, resolved: count, reopened: count, firstResponseMedian: z.number().nullable(), fullResponseMedian: z.number().nullable(), resolutionMedian: z.number().nullable() })),
});
export type Report = z.output<typeof report>;

export const reportRow = z.object({ caseId: id, number: z.number(), subject: z.string(), at: timestamp, /** Seconds of a time, replies of a case; null where each row counts as one. */ amount: z.number().nullable() });
export type ReportRow = z.output<typeof reportRow>;

/** Which number is opened: the hour of the week, or how long a case of the backlog has been there (the place in `ages`, from 0). */
export const numberFilter = {
  metric: z.enum(metricIds), weekday: z.coerce.number().int().min(1).max(7).optional(), hour: z.coerce.number().int().min(0).max(23).optional(), age: z.coerce.number().int().min(0).max(4).optional(),
};
const order = z.enum(['newest', 'least', 'most']).default('newest');
/** Cases on their way into a spreadsheet; its file can be taken for a day once it is ready, by whoever asked for it. */
export const rowsExport = z.object({ id, state: z.enum(['running', 'ready', 'failed']), done: z.number(), total: z.number() });
export type RowsExport = z.output<typeof rowsExport>;
const onExport = z.object({ exportId: id });

/** What customers said, of those asked in the period: an answer counts on the day of its question. */
const surveyFilter = { from: day, to: day, timeZone: timeZone.optional(), kind: surveyKind.default('csat'), survey: id.optional(), inbox: id.optional(), team: idOrNone, /** Others than oneself need `report.agents`. */ agent: idOrNone, channel: z.string().max(40).optional() };
export const surveyBreakdowns = ['team', 'inbox', 'agent', 'channel', 'survey'] as const;
export type SurveyBreakdown = (typeof surveyBreakdowns)[number];
const surveyCounts = { asked: count, answered: count, good: count, middling: count, bad: count };
export const surveyReport = z.object({
  from: day, to: day, beforeFrom: day, beforeTo: day, timeZone: z.string(), kind: surveyKind, asked: compared, answered: compared, /** Answered of asked. */ share: compared,
  /** CSAT: the share of good answers. Effort: the mean. NPS: promoters less detractors, from -100 to 100. Null where nobody has answered. */ score: compared,
  scores: z.array(z.object({ score: z.number(), count })), days: z.array(z.object({ day, ...surveyCounts, score: z.number().nullable() })),
  /** In the order of names; whose the case was when it was solved. */ groups: z.array(z.object({ key: z.string().nullable(), name: z.string().nullable(), ...surveyCounts, score: z.number().nullable() })),
});
export type SurveyReport = z.output<typeof surveyReport>;
export const surveyRow = z.object({ askId: id, caseId: id, number: z.number(), subject: z.string(), askedAt: timestamp, answeredAt: timestamp.nullable(), score: z.number().nullable(), comment: z.string() });
export type SurveyRow = z.output<typeof surveyRow>;

const by = z.enum(breakdowns).default('team');
export const insights = {
  report: endpoint({ method: 'GET', path: '/insights/report', tag: 'insights', summary: 'What came in, what was solved and how long it took, of the cases in sight', access: 'report.read', query: z.object({ ...reportFilter, by }), response: report }),
  rows: endpoint({
    method: 'GET', path: '/insights/rows', tag: 'insights', summary: 'The cases behind a number of the report, newest first, or the quickest or slowest first where something was measured', access: 'report.read',
    query: z.object({ ...reportFilter, ...numberFilter, order, ...paging }), response: pageOf(reportRow),
  }),
  csv: endpoint({ method: 'GET', path: '/insights/report.csv', tag: 'insights', summary: 'The same report as a table for spreadsheets; written down in the audit log', access: 'report.read', query: z.object({ ...reportFilter, by }), response: file, responseKind: 'file' }),
  startExport: endpoint({
    method: 'POST', path: '/insights/exports', tag: 'insights', summary: 'Bring all cases behind a number of the report into a table for spreadsheets; written down in the audit log', access: 'report.read', status: 202,
    body: z.object({ ...reportFilter, ...numberFilter, order }), response: rowsExport, limit: { per: 'agent', max: 60, windowSeconds: 3600 },
  }),
  getExport: endpoint({ method: 'GET', path: '/insights/exports/:exportId', tag: 'insights', summary: 'How far such a table is', access: 'report.read', params: onExport, response: rowsExport }),
  surveys: endpoint({ method: 'GET', path: '/insights/surveys', tag: 'insights', summary: 'What customers said in surveys, of the cases in sight', access: 'report.read', query: z.object({ ...surveyFilter, by: z.enum(surveyBreakdowns).default('team') }), response: surveyReport }),
  surveyRows: endpoint({
    method: 'GET', path: '/insights/surveys/rows', tag: 'insights', summary: 'Who stands behind a number of it, last asked first', access: 'report.read',
    query: z.object({ ...surveyFilter, score: z.coerce.number().int().min(0).max(10).optional(), verdict: surveyVerdict.optional(), answered: z.enum(['true', 'false']).optional(), hasComment: z.literal('true').optional(), ...paging }), response: pageOf(surveyRow),
  }),
  exportFile: endpoint({ method: 'GET', path: '/insights/exports/:exportId/file', tag: 'insights', summary: 'The table itself, as CSV', access: 'report.read', params: onExport, response: file, responseKind: 'file' }),
};
