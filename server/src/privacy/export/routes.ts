import { customerExports } from '@rapport/contract';
import { open, verb, type Route } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cancelExport, downloadExport, listExports, startExport, unlockExport } from './start-export.ts';

const signedIn = <T>(actor: T | undefined): T => {
  if (!actor) throw new Refusal('signed_out');
  return actor;
};

export const exportRoutes: Route[] = [
  verb(customerExports.start, (ctx, { params, body }) => startExport(ctx, { ...params, ...body })),
  verb(customerExports.list, (ctx, { params }) => listExports(ctx, params.customerId)),
  verb(customerExports.unlock, (ctx, { params }) => unlockExport(ctx, params.exportId)),
  open(customerExports.cancel, (platform, { params }, _http, actor) => cancelExport(platform, signedIn(actor), params.exportId)),
  open(customerExports.download, (platform, { params }, _http, actor) => downloadExport(platform, signedIn(actor), params.exportId)),
];
