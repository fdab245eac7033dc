import { insights } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { exportReport } from './report-csv.ts';
import { reportRows } from './report-rows.ts';
import { makeReport } from './report.ts';

export const routes: Route[] = [
  verb(insights.report, (ctx, { query }) => makeReport(ctx, query)),
  verb(insights.rows, (ctx, { query }) => reportRows(ctx, query)),
  verb(insights.csv, (ctx, { query }) => exportReport(ctx, query)),
];
