import { z } from 'zod';
import { fieldValue, fieldValues } from './case-fields.ts';
import { caseRow } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, onWayBack, pageOf, paging, shortText, timestamp, wayBack, wayBackLimit } from './shapes.ts';

export const organization = z.object({ id, name: z.string(), domains: z.array(z.string()), note: z.string(), fields: z.record(id, fieldValue), createdAt: timestamp, version: z.number() });
export type Organization = z.output<typeof organization>;

const domain = z.string().trim().toLowerCase().max(253).regex(/^(?!-)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u, 'A domain as shop.example');
const facts = { name: shortText, domains: z.array(domain).max(50), note: z.string().max(5000), fields: fieldValues };
const onOrganization = z.object({ organizationId: id });

export const organizations = {
  list: endpoint({
    method: 'GET', path: '/organizations', tag: 'organizations', summary: 'Organizations by name, in order', access: 'customer.read',
    query: z.object({ /** How the name begins. */ q: z.string().trim().max(200).optional(), ...paging }), response: pageOf(organization),
  }),
  get: endpoint({ method: 'GET', path: '/organizations/:organizationId', tag: 'organizations', summary: 'One organization', access: 'customer.read', params: onOrganization, response: organization }),
  create: endpoint({
    method: 'POST', path: '/organizations', tag: 'organizations', summary: 'Make an organization known', access: 'customer.edit', status: 201,
    body: z.object({ name: facts.name, domains: facts.domains.default([]), note: facts.note.default(''), fields: facts.fields.default({}) }), response: organization, problems: ['name_taken', 'organization_domain_taken', 'public_mail_domain'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/organizations/:organizationId', tag: 'organizations', summary: 'Change an organization', access: 'customer.edit', params: onOrganization,
    body: z.object({ version: z.number().int(), name: facts.name.optional(), domains: facts.domains.optional(), note: facts.note.optional(), fields: facts.fields.optional() }), response: organization,
    problems: ['name_taken', 'changed_meanwhile', 'organization_domain_taken', 'public_mail_domain'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/organizations/:organizationId', tag: 'organizations', summary: 'Remove an organization; its customers stay', access: 'customer.edit', params: onOrganization, response: wayBack }),
  restore: endpoint({
    method: 'POST', path: '/organizations/restore', tag: 'organizations', summary: 'Put back one that was just removed, with its customers', access: 'customer.edit', bodyLimit: wayBackLimit, body: onWayBack, response: organization,
    problems: ['undo_over', 'undone_already', 'name_taken', 'organization_domain_taken'],
  }),
  listCases: endpoint({
    method: 'GET', path: '/organizations/:organizationId/cases', tag: 'organizations', summary: 'Cases of its customers that the agent may see, newest first', access: 'case.read', params: onOrganization, query: z.object({ ...paging }), response: pageOf(caseRow),
  }),
};
