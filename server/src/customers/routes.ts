import { customers } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { getCustomer } from './get-customer.ts';
import { listCustomers } from './list-customers.ts';
import { updateCustomer } from './update-customer.ts';

/** The cases of a customer are the desk's to show. */
export const routes: Route[] = [
  verb(customers.list, (ctx, { query }) => listCustomers(ctx, query)),
  verb(customers.get, (ctx, { params }) => getCustomer(ctx, params.customerId)),
  verb(customers.update, (ctx, { params, body }) => updateCustomer(ctx, params.customerId, body)),
];
