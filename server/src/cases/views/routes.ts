import { views } from '@rapport/contract';
import { verb, type Route } from '../../platform/http/index.ts';
import { countForScreen } from './count-views.ts';
import { listWithFields } from './list-with-fields.ts';
import { createView, getView, listCasesOfView, listViews, orderViews, removeView, restoreView, updateView } from './views.ts';

export const viewRoutes: Route[] = [
  verb(views.list, (ctx) => listViews(ctx)),
  verb(views.counts, (ctx) => countForScreen(ctx)),
  verb(views.order, (ctx, { body }) => orderViews(ctx, body.viewIds)),
  verb(views.get, (ctx, { params }) => getView(ctx, params.viewId)),
  verb(views.create, (ctx, { body }) => createView(ctx, body)),
  verb(views.update, (ctx, { params, body }) => updateView(ctx, params.viewId, body)),
  verb(views.restore, (ctx, { body }) => restoreView(ctx, body.wayBack)),
  verb(views.remove, (ctx, { params }) => removeView(ctx, params.viewId)),
  verb(views.listCases, (ctx, { params, query }) => listCasesOfView(ctx, { ...params, ...query })),
  verb(views.listFiltered, (ctx, { query }) => listWithFields(ctx, query)),
];
