import { caseFilter, viewContent, type CaseField, type CaseFilter, type View, type ViewContent } from '@rapport/contract';
import { existingCustomers } from '../../customers/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { selectFields } from '../field-store.ts';
import { keyOfValue } from './read-filter.ts';
import type { ViewRow } from './view-store.ts';

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

/** What kept views show, each with what it needs and is gone. Fields and customers are looked up once for all of them, and only when one is named. */
export async function readContents(ctx: Ctx, rows: readonly Pick<ViewRow, 'content'>[]): Promise<ReadContent[]> {
  const read = rows.map((row) => readKept(row.content));
  const fields = read.some(({ content }) => content.filter.fields) ? await selectFields(ctx) : [];
  const customerIds = read.flatMap(({ content }) => content.filter.customerId ?? []);
  const customers = customerIds.length > 0 ? await existingCustomers(ctx, customerIds) : new Set<string>();
  return read.map(({ content, missing }) => {
    const { fields: wanted, customerId, ...filter } = content.filter;
    const { left, missing: gone } = withoutGone(fields, wanted ?? []);
    const hasCustomer = customerId !== undefined && customers.has(customerId);
    return {
      content: { ...content, filter: { ...filter, ...(left.length > 0 ? { fields: left } : {}), ...(hasCustomer ? { customerId } : {}) } },
      missing: [...new Set([...missing, ...gone, ...(customerId !== undefined && !hasCustomer ? ['customer' as const] : [])])],
    };
  });
}
