import { caseFilter, viewContent, type CaseField, type CaseFilter, type View, type ViewContent } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { selectFields } from '../field-store.ts';
import { keyOfValue } from './read-filter.ts';
import { selectThere, type ViewRow } from './view-store.ts';

/** What a kept view shows; where something is `missing`, what is left of it, which shows more than was meant until its owner has said that it may. */
export interface ReadContent {
  content: ViewContent;
  missing: View['missing'];
}

/** Those of the named parts that can be read. */
function readable(parts: Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }>, kept: unknown): object {
  const values = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  return Object.fromEntries(Object.entries(parts).flatMap(([key, part]) => {
    const { success, data } = part.safeParse(values[key]);
    return success && data !== undefined ? [[key, data]] : [];
  }));
}

/** A newer version of Rapport may have written what is not known here. */
function readKept(kept: unknown): ReadContent {
  const whole = viewContent.safeParse(kept);
  if (whole.success) return { content: whole.data, missing: [] };
  const { filter: _, ...look } = viewContent.shape;
  const filter = readable(caseFilter.shape, (kept as { filter?: unknown } | null)?.filter);
  return { content: viewContent.parse({ ...readable(look, kept), filter }), missing: ['content'] };
}

/** The values asked for that some case could have, and what became of the others. */
function withoutGone(fields: readonly CaseField[], wanted: NonNullable<CaseFilter['fields']>): { left: typeof wanted; missing: ReadContent['missing'] } {
  const missing: ReadContent['missing'] = [];
  const left = wanted.filter(({ fieldId, value }) => {
    const field = fields.find((one) => one.id === fieldId);
    const isThere = field !== undefined && keyOfValue(field, value) !== undefined;
    if (!isThere) missing.push(field ? 'value' : 'field');
    return isThere;
  });
  return { left, missing };
}

type Missing = View['missing'][number];
type Not = NonNullable<CaseFilter['not']>;
type Lists = Pick<Not, 'inboxes' | 'assignees' | 'teams' | 'followers' | 'customers'>;

/** Whose ids the lists of a filter hold, beside words such as `me`. */
const OF_LISTS = { inboxes: 'inbox', assignees: 'agent', teams: 'team', followers: 'agent', customers: 'customer' } as const satisfies Record<keyof Lists, Missing>;
const isId = (each: string) => each.length === 36;
const isFilled = (list: readonly unknown[]) => list.length > 0;

/** Every id a filter and an order name, whatever it is of. */
function idsIn({ filter, sort }: ViewContent): string[] {
  const { customerId, organizationId, customerFields = [], organizationFields = [], fieldRanges = [], not = {} } = filter;
  const listed = [filter as Lists, not as Lists].flatMap((part) => (Object.keys(OF_LISTS) as (keyof Lists)[]).flatMap((key) => part[key] ?? []));
  return [...listed.filter(isId), ...(customerId ? [customerId] : []), ...(organizationId ? [organizationId] : []), ...[...customerFields, ...organizationFields, ...fieldRanges].map(({ fieldId }) => fieldId), ...(sort.startsWith('field:') ? [sort.split(':')[1] ?? ''] : [])];
}

/** What is left of a filter's lists when what is not there any more is taken out of them. */
function leftOfLists<T extends Lists>(part: T, isThere: (id: string) => boolean, missing: Set<Missing>): T {
  const left = { ...part };
  for (const [key, what] of Object.entries(OF_LISTS) as [keyof Lists, Missing][]) {
    const list = part[key];
    const kept = list?.filter((each) => !isId(each) || isThere(each));
    if (!list || !kept || kept.length === list.length) continue;
    missing.add(what);
    if (isFilled(kept)) (left as Record<string, unknown>)[key] = kept;
    else delete left[key];
  }
  return left;
}

function leftOf(read: ReadContent, fields: readonly CaseField[], there: ReadonlySet<string>): ReadContent {
  const missing = new Set(read.missing);
  const isThere = (id: string) => there.has(id);
  const { fields: wanted = [], fieldRanges = [], customerFields = [], organizationFields = [], customerId, organizationId, not, ...lists } = read.content.filter;
  const known = (list: typeof wanted) => {
    const { left, missing: gone } = withoutGone(fields, list);
    for (const what of gone) missing.add(what);
    return left;
  };
  const left = known(wanted);
  const one = (id: string | undefined, what: Missing) => {
    if (id === undefined || isThere(id)) return id;
    missing.add(what);
    return undefined;
  };
  const ofFields = <T extends { fieldId: string }>(list: T[]) => list.filter(({ fieldId }) => one(fieldId, 'field') !== undefined);
  const [ranges, ofCustomer, ofOrganization] = [ofFields(fieldRanges), ofFields(customerFields), ofFields(organizationFields)];
  const [customer, organization] = [one(customerId, 'customer'), one(organizationId, 'organization')];
  const { fields: notWanted = [], ...notLists } = not ?? {};
  const notFields = known(notWanted);
  const leftNot: Not = { ...leftOfLists(notLists, isThere, missing), ...(isFilled(notFields) ? { fields: notFields } : {}) };
  const { sort } = read.content;
  const filter: CaseFilter = {
    ...leftOfLists(lists, isThere, missing), ...(isFilled(left) ? { fields: left } : {}), ...(isFilled(ranges) ? { fieldRanges: ranges } : {}), ...(isFilled(ofCustomer) ? { customerFields: ofCustomer } : {}), ...(isFilled(ofOrganization) ? { organizationFields: ofOrganization } : {}),
    ...(customer ? { customerId: customer } : {}), ...(organization ? { organizationId: organization } : {}), ...(isFilled(Object.keys(leftNot)) ? { not: leftNot } : {}),
  };
  const sortLeft = sort.startsWith('field:') && one(sort.split(':')[1], 'field') === undefined ? 'newest' : sort;
  return { content: { ...read.content, filter, sort: sortLeft }, missing: [...missing] };
}

/** What kept views show, each with what it needs and is gone. What they name is looked up once for all of them, and only when something is named. */
export async function readContents(ctx: Ctx, rows: readonly Pick<ViewRow, 'content'>[]): Promise<ReadContent[]> {
  const read = rows.map((row) => readKept(row.content));
  const fields = read.some(({ content }) => content.filter.fields ?? content.filter.not?.fields) ? await selectFields(ctx) : [];
  const ids = read.flatMap(({ content }) => idsIn(content));
  const there = ids.length > 0 ? await selectThere(ctx, ids) : new Set<string>();
  return read.map((each) => leftOf(each, fields, there));
}
