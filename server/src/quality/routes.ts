import { surveys } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { createSurvey, listSurveys, removeSurvey, restoreSurvey, updateSurvey } from './surveys.ts';

export const routes: Route[] = [
  verb(surveys.list, (ctx) => listSurveys(ctx)),
  verb(surveys.create, (ctx, { body }) => createSurvey(ctx, body)),
  verb(surveys.update, (ctx, { params, body }) => updateSurvey(ctx, { ...params, ...body })),
  verb(surveys.remove, (ctx, { params }) => removeSurvey(ctx, params.surveyId)),
  verb(surveys.restore, (ctx, { body }) => restoreSurvey(ctx, body.wayBack)),
];
