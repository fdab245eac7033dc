import type { ResponseOf, QueryOf, views } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { selectValuesOf } from '../field-store.ts';
import { listFiltered } from './list-filtered.ts';

/** A page of what a filter finds within the reader's scope, with the values of some fields beside it, for a table. */
export async function listWithFields(ctx: Ctx, { fields, ...query }: QueryOf<(typeof views)['listFiltered']>): Promise<ResponseOf<(typeof views)['listFiltered']>> {
  const page = await listFiltered(ctx, query);
  const fieldValues: ResponseOf<(typeof views)['listFiltered']>['fieldValues'] = {};
  if (fields.length === 0 || page.items.length === 0) return { ...page, fieldValues };
  for (const { case_id, field_id, value } of await selectValuesOf(ctx, page.items.map(({ id }) => id), fields)) (fieldValues[case_id] ??= {})[field_id] = value;
  return { ...page, fieldValues };
}
