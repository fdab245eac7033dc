import { z } from 'zod';
import { customer } from './customers.ts';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

/** Why two may be one: the same name at the same company, the same telephone number, one mailbox written in two ways, the same name in one case. */
export const likenesses = ['name_and_domain', 'phone', 'mailbox', 'same_thread'] as const;
export const likeness = z.enum(likenesses);
export type Likeness = z.output<typeof likeness>;

export const duplicate = z.object({ customer, reasons: z.array(likeness) });
export type Duplicate = z.output<typeof duplicate>;
export const customerMerge = z.object({ id, at: timestamp, byName: z.string(), /** As it was called. */ fromName: z.string(), identityCount: z.number(), caseCount: z.number(), isUndone: z.boolean() });
export type CustomerMerge = z.output<typeof customerMerge>;

const onCustomer = z.object({ customerId: id });

export const customerMerging = {
  listDuplicates: endpoint({ method: 'GET', path: '/customers/:customerId/duplicates', tag: 'customers', summary: 'Others who may be the same person', access: 'customer.read', params: onCustomer, response: z.object({ items: z.array(duplicate) }) }),
  dismissDuplicate: endpoint({ method: 'DELETE', path: '/customers/:customerId/duplicates/:otherId', tag: 'customers', summary: 'Say that the two are not the same person', access: 'customer.edit', params: z.object({ customerId: id, otherId: id }) }),
  merge: endpoint({
    method: 'POST', path: '/customers/:customerId/merge', tag: 'customers', summary: 'Merge this customer into another: addresses and cases go over, and this id leads there', access: 'customer.edit', params: onCustomer,
    body: z.object({ intoCustomerId: id }), response: z.object({ mergeId: id, customer }), problems: ['too_large_to_merge', 'merge_with_itself'],
  }),
  listMerges: endpoint({ method: 'GET', path: '/customers/:customerId/merges', tag: 'customers', summary: 'Who was merged into a customer, newest first', access: 'customer.read', params: onCustomer, response: z.object({ items: z.array(customerMerge) }) }),
  undo: endpoint({
    method: 'POST', path: '/customers/:customerId/merges/:mergeId/undo', tag: 'customers', summary: 'Put back what a merge moved; what arrived since stays', access: 'customer.edit', params: z.object({ customerId: id, mergeId: id }),
    /** Who is there again. */ response: customer, problems: ['undo_later_first', 'undone_already'],
  }),
};
