import type { Customer, FieldValue, Page } from '@rapport/contract';
import { readFieldValue } from '../accounts/index.ts';
import { caseReader } from '../platform/case-scope.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { Refusal } from '../platform/refusal.ts';
import { readSearchTerms, tsqueryOf } from '../platform/search-words.ts';
import { selectCustomerFields } from './field-store.ts';
import { selectWanted, type WantedCustomers, type WantedValue } from './store.ts';

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** How many customers are looked at for one page, one helping after the other; what is left is on the next page. */
const HELPINGS: readonly number[] = [200, 5_000];

export interface CustomerQuery {
  q?: string | undefined;
  organization?: string | undefined;
  blocked?: 'yes' | 'no' | undefined;
  fields?: readonly { fieldId: string; value: FieldValue }[] | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A page of customers, newest first: those that fit everything that is given. It can be shorter than `limit` and still have a `nextCursor`. Refuses fields and values that are none. */
export async function listCustomers(ctx: Ctx, query: CustomerQuery, helpings = HELPINGS): Promise<Page<Customer>> {
  mustBeAllowed(ctx.actor, 'customer.read');
  const binding = ['customers', query.q, query.organization, query.blocked, query.fields];
  const position = readCursor(query.cursor, binding, 1);
  const wanted = await readQuery(ctx, query);
  if (!wanted) return { items: [], nextCursor: null };
  const reader = caseReader(ctx.actor);
  const items: Customer[] = [];
  let from: string | undefined = position ? uuidIn(position[0]) : NEWEST;
  for (const size of helpings) {
    const { found, end } = await selectWanted(ctx, reader, wanted, from, size, query.limit + 1 - items.length);
    items.push(...found);
    from = end;
    if (items.length > query.limit || from === undefined) break;
  }
  const page = items.slice(0, query.limit);
  const next = items.length > query.limit ? page.at(-1)?.id : from;
  return { items: page, nextCursor: next === undefined ? null : writeCursor([next], binding) };
}

/** Undefined when nobody can fit. */
async function readQuery(ctx: Ctx, query: CustomerQuery): Promise<WantedCustomers | undefined> {
  const terms = query.q === undefined || query.q === '' ? undefined : readSearchTerms(query.q);
  const fields = query.fields === undefined || query.fields.length === 0 ? [] : await readFields(ctx, query.fields);
  if (terms?.length === 0) return undefined;
  return { words: terms && tsqueryOf(terms), organizationId: query.organization, isBlocked: query.blocked === undefined ? undefined : query.blocked === 'yes', fields };
}

async function readFields(ctx: Ctx, wanted: NonNullable<CustomerQuery['fields']>): Promise<WantedValue[]> {
  const known = await selectCustomerFields(ctx);
  return wanted.map(({ fieldId, value }) => {
    const field = known.find((one) => one.id === fieldId && one.subject === 'customer');
    if (!field) throw new Refusal('invalid_request', 'fields: One of them is no field of customers. Take it out of the filter.');
    // An option that is offered no more is still what customers have.
    const read = readFieldValue(field, value, typeof value === 'string' ? value : undefined);
    if (!read) throw new Refusal('invalid_request', `fields: Say which value “${field.name}” is to have.`);
    return { fieldId, isText: field.type === 'text', value: read.value };
  });
}
