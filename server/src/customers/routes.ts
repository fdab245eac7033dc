import { blockedSenders, customerFields, customerMerging, customers, organizations } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { listBlocked, unblockSender } from './block-sender.ts';
import { addIdentity, removeIdentity, restoreIdentity, updateIdentity } from './change-identities.ts';
import { createCustomerField, removeCustomerField, updateCustomerField } from './define-fields.ts';
import { dismissDuplicate, listDuplicates } from './duplicates.ts';
import { selectCustomerFields } from './field-store.ts';
import { getCustomer } from './get-customer.ts';
import { listCustomers } from './list-customers.ts';
import { listMerges } from './merge-records.ts';
import { createOrganization, getOrganization, listOrganizations, removeOrganization, restoreOrganization, updateOrganization } from './organizations.ts';
import { declineSuggestion, updateCustomer } from './update-customer.ts';

/** Cases of customers and organizations, and what moves cases, are the desk's. */
export const routes: Route[] = [
  verb(customers.list, (ctx, { query }) => listCustomers(ctx, query)),
  verb(customers.get, (ctx, { params }) => getCustomer(ctx, params.customerId)),
  verb(customers.update, (ctx, { params, body }) => updateCustomer(ctx, params.customerId, body)),
  verb(customers.declineOrganization, (ctx, { params }) => declineSuggestion(ctx, params.customerId)),
  verb(customers.addIdentity, (ctx, { params, body }) => addIdentity(ctx, { ...params, ...body })),
  verb(customers.updateIdentity, (ctx, { params, body }) => updateIdentity(ctx, { ...params, ...body })),
  verb(customers.restoreIdentity, (ctx, { params, body }) => restoreIdentity(ctx, { ...params, ...body })),
  verb(customers.removeIdentity, (ctx, { params }) => removeIdentity(ctx, params)),
  verb(customerFields.list, async (ctx) => ({ items: await selectCustomerFields(ctx) })),
  verb(customerFields.create, (ctx, { body }) => createCustomerField(ctx, body)),
  verb(customerFields.update, (ctx, { params, body }) => updateCustomerField(ctx, params.fieldId, body)),
  verb(customerFields.remove, (ctx, { params }) => removeCustomerField(ctx, params.fieldId)),
  verb(customerMerging.listDuplicates, (ctx, { params }) => listDuplicates(ctx, params.customerId)),
  verb(customerMerging.dismissDuplicate, (ctx, { params }) => dismissDuplicate(ctx, params)),
  verb(customerMerging.listMerges, (ctx, { params }) => listMerges(ctx, params.customerId)),
  verb(organizations.list, (ctx, { query }) => listOrganizations(ctx, query)),
  verb(organizations.get, (ctx, { params }) => getOrganization(ctx, params.organizationId)),
  verb(organizations.create, (ctx, { body }) => createOrganization(ctx, body)),
  verb(organizations.update, (ctx, { params, body }) => updateOrganization(ctx, params.organizationId, body)),
  verb(organizations.restore, (ctx, { body }) => restoreOrganization(ctx, body.wayBack)),
  verb(organizations.remove, (ctx, { params }) => removeOrganization(ctx, params.organizationId)),
  verb(blockedSenders.list, (ctx, { query }) => listBlocked(ctx, query)),
  verb(blockedSenders.unblock, (ctx, { params }) => unblockSender(ctx, params.blockId)),
];
