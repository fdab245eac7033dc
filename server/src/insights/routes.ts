import { insights } from '@rapport/contract';
import { open, verb, type Route } from '../platform/http/index.ts';
import { exportFile, getExport } from './get-export.ts';
import { exportReport } from './report-csv.ts';
import { reportRows } from './report-rows.ts';
import { startExport } from './start-export.ts';
import { makeReport } from './report.ts';
import { makeSurveyReport, surveyRows } from './survey-report.ts';

export const routes: Route[] = [
  verb(insights.report, (ctx, { query }) => makeReport(ctx, query)),
  verb(insights.rows, (ctx, { query }) => reportRows(ctx, query)),
  verb(insights.csv, (ctx, { query }) => exportReport(ctx, query)),
  verb(insights.startExport, (ctx, { body }) => startExport(ctx, body)),
  verb(insights.getExport, (ctx, { params }) => getExport(ctx, params.exportId)),
  verb(insights.surveys, (ctx, { query }) => makeSurveyReport(ctx, query)),
  verb(insights.surveyRows, (ctx, { query }) => surveyRows(ctx, query)),
  open(insights.exportFile, (platform, { params }, _http, actor) => exportFile(platform, actor, params.exportId)),
];
