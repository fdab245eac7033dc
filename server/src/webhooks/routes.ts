import { webhooks } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { getDelivery, listDeliveries, resendDelivery, resendFailed, sendTest } from './deliveries.ts';
import { changeEndpoint, createEndpoint, listEndpoints, removeEndpoint, rotateSecret } from './endpoints.ts';

export const routes: Route[] = [
  verb(webhooks.list, (ctx) => listEndpoints(ctx)),
  verb(webhooks.create, (ctx, { body }) => createEndpoint(ctx, body)),
  verb(webhooks.update, (ctx, { params, body }) => changeEndpoint(ctx, { ...params, ...body })),
  verb(webhooks.remove, (ctx, { params }) => removeEndpoint(ctx, params.endpointId)),
  verb(webhooks.rotate, (ctx, { params, body }) => rotateSecret(ctx, { ...params, ...body })),
  verb(webhooks.test, (ctx, { params }) => sendTest(ctx, params.endpointId)),
  verb(webhooks.listDeliveries, (ctx, { params, query }) => listDeliveries(ctx, { ...params, ...query })),
  verb(webhooks.getDelivery, (ctx, { params }) => getDelivery(ctx, params)),
  verb(webhooks.resendFailed, (ctx, { params }) => resendFailed(ctx, params.endpointId)),
  verb(webhooks.resend, (ctx, { params }) => resendDelivery(ctx, params)),
];
