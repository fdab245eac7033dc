import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging, shortText, timestamp } from './shapes.ts';
import { caseRow } from './cases.ts';

export const identity = z.object({ id, kind: z.enum(['email', 'phone']), value: z.string(), isVerified: z.boolean() });
export const customer = z.object({
  id, name: z.string(), identities: z.array(identity), note: z.string(), locale: z.string().nullable(), caseCount: z.number(), createdAt: timestamp, version: z.number(),
});
export type Customer = z.output<typeof customer>;

export const customers = {
  list: endpoint({
    method: 'GET', path: '/customers', tag: 'customers', summary: 'Customers by name or address, newest first', access: 'customer.read',
    query: z.object({ q: z.string().trim().max(200).optional(), ...paging }), response: pageOf(customer),
  }),
  get: endpoint({ method: 'GET', path: '/customers/:customerId', tag: 'customers', summary: 'One customer', access: 'customer.read', params: z.object({ customerId: id }), response: customer }),
  update: endpoint({
    method: 'PATCH', path: '/customers/:customerId', tag: 'customers', summary: 'Change name, note or language', access: 'customer.edit', params: z.object({ customerId: id }),
    body: z.object({ version: z.number().int(), name: shortText.optional(), note: z.string().max(5000).optional(), locale: z.string().max(35).nullable().optional() }),
    response: customer, problems: ['changed_meanwhile'],
  }),
  listCases: endpoint({
    method: 'GET', path: '/customers/:customerId/cases', tag: 'customers', summary: 'All cases of a customer that the agent may see, newest first', access: 'case.read',
    params: z.object({ customerId: id }), query: z.object({ ...paging }), response: pageOf(caseRow),
  }),
};
