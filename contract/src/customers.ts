import { z } from 'zod';
import { identityKind } from './channels.ts';
import { fieldValue, fieldValues, wantedField } from './case-fields.ts';
import { endpoint } from './endpoint.ts';
import { emailAddress, id, jsonText, onWayBack, pageOf, paging, shortText, timestamp, wayBack, wayBackLimit } from './shapes.ts';
import { caseRow } from './cases.ts';

export const identity = z.object({ id, kind: identityKind, value: z.string(), isVerified: z.boolean(), /** The one to write to or to call, of several of a kind. */ isPrimary: z.boolean() });
export const channelOfChoice = z.enum(['email', 'phone']);
/** Whether we may write without being asked: nobody knows, they said yes, they said no. Answers are always allowed. */
export const contactPermission = z.enum(['unknown', 'granted', 'refused']);
const organizationRef = z.object({ id, name: z.string() });

export const customer = z.object({
  id, name: z.string(), identities: z.array(identity), note: z.string(), locale: z.string().nullable(), timeZone: z.string().nullable(), preferredChannel: channelOfChoice.nullable(), contactPermission,
  organization: organizationRef.nullable(), /** Whose domain they write from, as long as they belong to nobody. */ suggestedOrganization: organizationRef.nullable(), /** By the id of the account’s own field. */ fields: z.record(id, fieldValue),
  caseCount: z.number(), createdAt: timestamp, version: z.number(),
});
export type Customer = z.output<typeof customer>;

/** Which customers: everything that is given must fit. */
const customerFilter = {
  /** All of these words, in the name or an address. */ q: z.string().trim().max(200).optional(), /** Those of one organization. */ organization: id.optional(),
  /** Whether mail from one of their addresses is not taken now. */ blocked: z.enum(['yes', 'no']).optional(),
  /** Values of the account’s own fields of customers, all of them, as JSON: `[{"fieldId":"…","value":"…"}]`. */ fields: jsonText(z.array(wantedField).max(10), 8_000).optional(),
};

const onCustomer = z.object({ customerId: id });
const version = z.number().int();
const onIdentity = z.object({ customerId: id, identityId: id });
const isTimeZone = (zone: string) => { try { return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined; } catch { return false; } };

export const customers = {
  /** A page can be shorter than `limit`, or empty, and still have a `nextCursor`: only so many customers are looked at for one page. */
  list: endpoint({
    method: 'GET', path: '/customers', tag: 'customers', summary: 'Customers by name or address, organization, own fields and whether they are blocked; newest first', access: 'customer.read',
    query: z.object({ ...customerFilter, ...paging }), response: pageOf(customer),
  }),
  get: endpoint({ method: 'GET', path: '/customers/:customerId', tag: 'customers', summary: 'One customer; the id of a merged one leads to the survivor', access: 'customer.read', params: onCustomer, response: customer }),
  update: endpoint({
    method: 'PATCH', path: '/customers/:customerId', tag: 'customers', summary: 'Change what is known of a customer', access: 'customer.edit', params: onCustomer,
    body: z.object({
      version, name: shortText.optional(), note: z.string().max(5000).optional(), locale: z.string().max(35).nullable().optional(), timeZone: z.string().max(60).refine(isTimeZone, 'A time zone as Europe/Berlin').nullable().optional(),
      preferredChannel: channelOfChoice.nullable().optional(), contactPermission: contactPermission.optional(), organizationId: id.nullable().optional(), fields: fieldValues.optional(),
    }),
    response: customer, problems: ['changed_meanwhile'],
  }),
  declineOrganization: endpoint({ method: 'POST', path: '/customers/:customerId/decline-organization', tag: 'customers', summary: 'Say that the suggested organization is not theirs', access: 'customer.edit', params: onCustomer, response: customer }),
  addIdentity: endpoint({
    method: 'POST', path: '/customers/:customerId/identities', tag: 'customers', summary: 'Add an address', access: 'customer.edit', params: onCustomer, status: 201,
    body: z.discriminatedUnion('kind', [z.object({ kind: z.literal('email'), value: emailAddress }), z.object({ kind: z.literal('phone'), value: z.string().trim().regex(/^\+?[\d\s()/.-]{4,30}$/, 'A telephone number has digits') })]),
    response: customer, problems: ['identity_taken', 'too_many_identities'],
  }),
  updateIdentity: endpoint({
    method: 'PATCH', path: '/customers/:customerId/identities/:identityId', tag: 'customers', summary: 'Make an address the first one, or mark it as verified', access: 'customer.edit', params: onIdentity,
    body: z.object({ isPrimary: z.literal(true).optional(), isVerified: z.boolean().optional() }), response: customer,
  }),
  removeIdentity: endpoint({ method: 'DELETE', path: '/customers/:customerId/identities/:identityId', tag: 'customers', summary: 'Take an address away; the last one stays', access: 'customer.edit', params: onIdentity, response: customer.extend(wayBack.shape), problems: ['last_identity'] }),
  restoreIdentity: endpoint({
    method: 'POST', path: '/customers/:customerId/identities/restore', tag: 'customers', summary: 'Put back an address that was just taken away', access: 'customer.edit', params: onCustomer, bodyLimit: wayBackLimit, body: onWayBack, response: customer,
    problems: ['undo_over', 'identity_taken', 'too_many_identities'],
  }),
  listCases: endpoint({
    method: 'GET', path: '/customers/:customerId/cases', tag: 'customers', summary: 'All cases of a customer that the agent may see, newest first', access: 'case.read',
    params: onCustomer, query: z.object({ ...paging }), response: pageOf(caseRow),
  }),
};
