import { endpoints, type Customer, type CustomerField, type FieldValue, type Organization, type Page } from '@rapport/contract';
import { Option } from 'commander';
import type { z } from 'zod';
import { listCustomerFields, listCustomers, listOrganizations } from '../customers/index.ts';
import { checkInput } from './check-input.ts';
import { answer, type Verb } from './command.ts';
import { callFar, type FarServer } from './far-call.ts';
import type { Ctx } from '../platform/context.ts';
import { asWhoever, harmless, verbOf, WHO_YOU_ARE, type Who } from './whoever.ts';

const { list } = endpoints.customers;
type Query = z.input<typeof list.query>;

/** What the verbs for customers need, here or far away. */
interface CustomerDesk {
  list(query: Query): Promise<Page<Customer>>;
  fields(): Promise<CustomerField[]>;
  organizations(name: string): Promise<Organization[]>;
}
const nearDesk = (ctx: Ctx): CustomerDesk => ({
  list: (query) => listCustomers(ctx, checkInput(list.query, query)),
  fields: () => listCustomerFields(ctx),
  organizations: async (name) => (await listOrganizations(ctx, { q: name, limit: 100 })).items,
});
const farDesk = (server: FarServer): CustomerDesk => ({
  list: (query) => callFar(server, list, { query }),
  fields: async () => (await callFar(server, endpoints.customerFields.list)).items,
  organizations: async (name) => (await callFar(server, endpoints.organizations.list, { query: { q: name, limit: 100 } })).items,
});

const isNamed = (wanted: string) => (each: { name: string }) => each.name.toLowerCase() === wanted.trim().toLowerCase();

function amountOf(text: string, currency: string): FieldValue {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return { amountMinor: Math.round(Number(text) * 10 ** digits), currency };
}

/** `Tier=Gold`: the field by its name, the value as people read it. Throws one line that says how to write it. */
export function wantedValue(fields: readonly CustomerField[], written: string): { fieldId: string; value: FieldValue } {
  const [, name = '', text = ''] = /^([^=]+)=(.*)$/s.exec(written) ?? [];
  const field = fields.find((one) => one.subject === 'customer' && isNamed(name)(one));
  if (!field) throw new Error(`--field ${written}: there is no such field of customers. Write Name=value, with one of: ${fields.filter((one) => one.subject === 'customer').map((one) => one.name).join(', ') || 'none'}.`);
  const how = (what: string) => new Error(`--field ${written}: ${what}.`);
  const value = text.trim();
  if (field.type === 'choice') {
    const option = field.options.find((one) => isNamed(value)({ name: one.label }));
    if (!option) throw how(`choose one of: ${field.options.map((one) => one.label).join(', ')}`);
    return { fieldId: field.id, value: option.id };
  }
  if (field.type === 'yes_no') {
    if (value !== 'yes' && value !== 'no') throw how('say yes or no');
    return { fieldId: field.id, value: value === 'yes' };
  }
  if (field.type === 'text' || field.type === 'date') return { fieldId: field.id, value };
  if (value === '' || !Number.isFinite(Number(value))) throw how('give a number, such as 12.50');
  return { fieldId: field.id, value: field.type === 'number' ? Number(value) : amountOf(value, field.currency ?? 'EUR') };
}

async function organizationId(desk: CustomerDesk, name: string): Promise<string> {
  const found = (await desk.organizations(name)).find(isNamed(name));
  if (!found) throw new Error(`--organization ${name}: there is no organization with this name.`);
  return found.id;
}

interface Options extends Who {
  organization?: string;
  blocked?: 'yes' | 'no';
  field?: string[];
  limit: string;
  cursor?: string;
}

async function listed(desk: CustomerDesk, q: string | undefined, { organization, blocked, field, limit, cursor }: Options): Promise<Page<Customer>> {
  const known = field ? await desk.fields() : [];
  return desk.list({
    limit, ...(q ? { q } : {}), ...(cursor ? { cursor } : {}), ...(blocked ? { blocked } : {}),
    ...(organization === undefined ? {} : { organization: await organizationId(desk, organization) }),
    ...(field ? { fields: JSON.stringify(field.map((written) => wantedValue(known, written))) } : {}),
  });
}

const line = ({ name, identities, organization, caseCount }: Customer) => harmless([name, identities.map(({ value }) => value).join(', '), ...(organization ? [`(${organization.name})`] : []), `${caseCount} cases`].join('  '));

export const customers: Verb = (program) => {
  const group = program.command('customers').description('Customers: find them by words, organization, own fields and blocks; here or on a server').addHelpText('after', WHO_YOU_ARE);
  verbOf(group, 'list [words]').description('Customers, newest first; with words those whose name or addresses have them all')
    .option('--organization <name>', 'those of an organization').addOption(new Option('--blocked <whether>', 'whether mail from one of their addresses is not taken now').choices(['yes', 'no']))
    .option('--field <name=value...>', 'those with this value of a field of the company’s own: Tier=Gold')
    .option('--limit <customers>', 'up to 100', '25').option('--cursor <cursor>', 'nextCursor of the page before')
    .action((words: string | undefined, options: Options) =>
      asWhoever(options, (ctx) => listed(nearDesk(ctx), words, options), (server) => listed(farDesk(server), words, options), (page) =>
        answer(page, options, ({ items, nextCursor }) => [...items.map(line), ...(nextCursor === null ? [] : [`More: --cursor ${nextCursor}`])].join('\n'))));
};
