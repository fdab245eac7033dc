import { blockedSenders, customerMerging, organizations } from '@rapport/contract';
import { blockSender } from '../../customers/index.ts';
import { isInboxAddress } from '../../inboxes/index.ts';
import { verb, type Route } from '../../platform/http/index.ts';
import { listCasesOfOrganization } from './list-organization-cases.ts';
import { mergeCustomers, undoCustomerMerge } from './merge-customers.ts';

export const customerRoutes: Route[] = [
  verb(customerMerging.merge, (ctx, { params, body }) => mergeCustomers(ctx, { ...params, ...body })),
  verb(customerMerging.undo, (ctx, { params }) => undoCustomerMerge(ctx, params.mergeId)),
  verb(organizations.listCases, (ctx, { params, query }) => listCasesOfOrganization(ctx, { ...params, ...query })),
  verb(blockedSenders.block, (ctx, { body }) => blockSender(ctx, body, (kind, value) => isInboxAddress(ctx, kind, value))),
];
