import { endpoints, type Customer, type CustomerField, type Organization, type Page } from '@rapport/contract';
import { Option } from 'commander';
import type { z } from 'zod';
import { listCustomerFields, listCustomers, listOrganizations } from '../customers/index.ts';
import { checkInput } from './check-input.ts';
import { answer, type Verb } from './command.ts';
import { callFar, type FarServer } from './far-call.ts';
import type { Ctx } from '../platform/context.ts';
import { isNamed, wantedValue } from './wanted-value.ts';
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
    ...(field ? { fields: JSON.stringify(field.map((written) => wantedValue(known.filter(({ subject }) => subject === 'customer'), written))) } : {}),
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
