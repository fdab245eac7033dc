import { z } from 'zod';
import { caseField, fieldOption, fieldType } from './case-fields.ts';
import { endpoint } from './endpoint.ts';
import { id } from './shapes.ts';

/** A field an account adds to its customers or to its organizations; the words are those of the fields of cases. */
export const customerField = caseField.omit({ kinds: true, isRequired: true }).extend({ subject: z.enum(['customer', 'organization']) });
export type CustomerField = z.output<typeof customerField>;

const name = z.string().trim().min(1).max(60);
const options = z.array(fieldOption).max(200);
const currency = z.string().regex(/^[A-Z]{3}$/, 'A currency has three letters');
const onField = z.object({ fieldId: id });

export const customerFields = {
  list: endpoint({ method: 'GET', path: '/customer-fields', tag: 'customer fields', summary: 'The account’s own fields of customers and organizations, in order, with the retired ones', access: 'customer.read', response: z.object({ items: z.array(customerField) }) }),
  create: endpoint({
    method: 'POST', path: '/customer-fields', tag: 'customer fields', summary: 'Add a field to the end', access: 'account.manage', status: 201,
    body: z.object({ subject: customerField.shape.subject, name, type: fieldType, options: options.default([]), currency: currency.nullable().default(null) }), response: customerField, problems: ['name_taken'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/customer-fields/:fieldId', tag: 'customer fields', summary: 'Change a field; its type stays what it is', access: 'account.manage', params: onField,
    body: z.object({ version: z.number().int(), name: name.optional(), options: options.optional(), currency: currency.optional(), isRetired: z.boolean().optional() }), response: customerField, problems: ['name_taken', 'changed_meanwhile', 'still_in_use'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/customer-fields/:fieldId', tag: 'customer fields', summary: 'Remove a field that nobody has a value for', access: 'account.manage', params: onField, problems: ['still_in_use'] }),
};
