import { z } from 'zod';
import { caseKind } from './case-kinds.ts';
import { endpoint } from './endpoint.ts';
import { id } from './shapes.ts';

export const fieldTypes = ['text', 'number', 'date', 'choice', 'yes_no', 'money'] as const;
export const fieldType = z.enum(fieldTypes);
export type FieldType = z.output<typeof fieldType>;

export const money = z.object({ /** In the smallest unit of the currency: cents, yen. */ amountMinor: z.number().int(), /** ISO 4217. */ currency: z.string().regex(/^[A-Z]{3}$/) });
/** By the type of the field: text; a number; a day as `2026-03-02`; the id of an option; yes or no; an amount with its currency. */
export const fieldValue = z.union([z.string().max(500), z.number(), z.boolean(), money]);
export type FieldValue = z.output<typeof fieldValue>;

/** A value that is looked for. */
export const wantedField = z.object({ fieldId: id, value: fieldValue });

export const fieldOption = z.object({ id, label: z.string().trim().min(1).max(100), /** Kept where it was chosen, offered no more. */ isRetired: z.boolean().default(false) });
export const caseField = z.object({
  id, name: z.string(), type: fieldType, options: z.array(fieldOption), /** Of amounts of money, what is offered first. */ currency: z.string().nullable(),
  /** The kinds of cases it is shown for; none for all. */ kinds: z.array(caseKind), /** A case is not resolved without it. */ isRequired: z.boolean(),
  /** Its values stay, but it is asked for no more. */ isRetired: z.boolean(), version: z.number(),
});
export type CaseField = z.output<typeof caseField>;

/** The values to set, by the field's id; null takes a value away. */
export const fieldValues = z.record(id, fieldValue.nullable()).refine((values) => Object.keys(values).length <= 100, 'At most 100 fields at once');

const name = z.string().trim().min(1).max(60);
const options = z.array(fieldOption).max(200);
const currency = z.string().regex(/^[A-Z]{3}$/, 'A currency has three letters');
const onField = z.object({ fieldId: id });

/** What an account adds to its cases, in the order it is shown. */
export const caseFields = {
  list: endpoint({ method: 'GET', path: '/case-fields', tag: 'case fields', summary: 'The fields of the account’s own, in order, with the retired ones', access: 'case.read', response: z.object({ items: z.array(caseField) }) }),
  create: endpoint({
    method: 'POST', path: '/case-fields', tag: 'case fields', summary: 'Add a field to the end', access: 'account.manage', status: 201,
    body: z.object({ name, type: fieldType, options: options.default([]), currency: currency.nullable().default(null), kinds: z.array(caseKind).default([]), isRequired: z.boolean().default(false) }),
    response: caseField, problems: ['name_taken'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/case-fields/:fieldId', tag: 'case fields', summary: 'Change a field; its type stays what it is', access: 'account.manage', params: onField,
    body: z.object({ version: z.number().int(), name: name.optional(), options: options.optional(), currency: currency.optional(), kinds: z.array(caseKind).optional(), isRequired: z.boolean().optional(), isRetired: z.boolean().optional() }),
    response: caseField, problems: ['name_taken', 'changed_meanwhile', 'still_in_use'],
  }),
  order: endpoint({ method: 'PUT', path: '/case-fields/order', tag: 'case fields', summary: 'Put the fields into this order', access: 'account.manage', body: z.object({ fieldIds: z.array(id).max(200) }), response: z.object({ items: z.array(caseField) }) }),
  remove: endpoint({ method: 'DELETE', path: '/case-fields/:fieldId', tag: 'case fields', summary: 'Remove a field that no case has a value for', access: 'account.manage', params: onField, problems: ['still_in_use'] }),
};
