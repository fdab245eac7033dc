import { privacy } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { getErasure, listErasures, startErasure } from './start-erasure.ts';

export const routes: Route[] = [
  verb(privacy.startErasure, (ctx, { params, body }) => startErasure(ctx, { ...params, ...body })),
  verb(privacy.listErasures, (ctx) => listErasures(ctx)),
  verb(privacy.getErasure, (ctx, { params }) => getErasure(ctx, params.erasureId)),
];
