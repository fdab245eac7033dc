import { retentionRules } from '@rapport/contract';
import { verb, type Route } from '../../platform/http/index.ts';
import { getRetention, previewRetention, setRetention } from './settings.ts';

export const retentionRoutes: Route[] = [
  verb(retentionRules.get, (ctx) => getRetention(ctx)),
  verb(retentionRules.set, (ctx, { body }) => setRetention(ctx, body)),
  verb(retentionRules.preview, (ctx, { params, query }) => previewRetention(ctx, { ...params, ...query })),
];
