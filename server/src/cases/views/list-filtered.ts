import { mostSorted, type CaseFilter, type CaseRow, type CaseSort, type Page } from '@rapport/contract';
import { caseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectFields } from '../field-store.ts';
import { selectRows } from '../list-store.ts';
import { shapeCaseRow } from '../shape-case.ts';
import { hasMoreThan, selectByWalking, selectFromNewest, selectFromSet, selectSizes, type Found } from './filter-store.ts';
import { readFilter, type ReadFilter } from './read-filter.ts';
import { readSort, type Sorting } from './sorts.ts';
import { type Order, type Position } from './walks.ts';

/** How much is read for one page. */
export interface Effort {
  /** A part of the filter that finds fewer cases is looked through as a whole, whatever the order; else the cases are read in order until enough of them fit. */
  small: number;
  /** How many are read in order, one helping after the other. What is left is on the next page. */
  helpings: readonly number[];
  /** How many are put in an order that no index has. */
  sorted: number;
}
const EFFORT: Effort = { small: 2_000, helpings: [200, 800, 3_000, 6_000], sorted: mostSorted };

function positionIn(cursor: string | undefined, binding: unknown, { keys }: Order): Position | undefined {
  const read = readCursor(cursor, binding, keys.length + 1);
  if (!read) return undefined;
  const numberIn = (text: string | undefined, isWhole: boolean) => {
    const value = Number(text);
    if (!(isWhole ? Number.isSafeInteger(value) : Number.isFinite(value))) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
    return value;
  };
  return { keys: keys.map(({ type }, i) => (type === 'timestamptz' ? timeIn(read[i]) : type === 'text' ? (read[i] ?? '').replaceAll('\0', '') : numberIn(read[i], type === 'bigint'))), id: uuidIn(read[keys.length]) };
}

const writePosition = ({ keys, id }: Position, binding: unknown) => writeCursor([...keys.map((key) => (key instanceof Date ? key.toISOString() : typeof key === 'string' ? key : Number(key))), id], binding);

/**
 * The next cases that fit, at most `limit`; `goesOn` when not all was read, `isPartlySorted` when not all could be put in order. Its cost is bounded by `effort`, not by how many
 * cases there are.
 */
export async function findFiltered(ctx: Ctx, filter: ReadFilter, { order, walked }: Sorting, after: Position | undefined, limit: number, effort = EFFORT): Promise<{ found: Found[]; goesOn?: Position; isPartlySorted?: boolean }> {
  const reader = caseReader(ctx.actor);
  const most = walked ? effort.small : effort.sorted;
  const sizes = await selectSizes(ctx, reader, filter, most);
  const smallest = Math.min(...sizes);
  if (smallest < most) return { found: await selectFromSet(ctx, reader, filter, sizes.indexOf(smallest), order, after, most, limit) };
  if (!walked) return { found: await selectFromNewest(ctx, reader, filter, order, after, most, limit), isPartlySorted: await hasMoreThan(ctx, reader, filter, most) };
  const found: Found[] = [];
  let from = after;
  for (const size of effort.helpings) {
    const read = await selectByWalking(ctx, reader, filter, walked, from, size);
    for (const each of read) if (each.matches && found.length < limit) found.push(each);
    const last = read.at(-1);
    if (found.length >= limit || last?.place !== size) return { found };
    from = last;
  }
  return from ? { found, goesOn: from } : { found };
}

/** A page of what a filter finds within the reader's scope. It can be shorter than `limit`, or empty, and still have a `nextCursor`. By a field that is gone nothing is ordered: then the latest activity comes first. */
export async function listFiltered(ctx: Ctx, query: { filter: CaseFilter; sort: CaseSort; cursor?: string | undefined; limit: number }, effort = EFFORT): Promise<Page<CaseRow> & { isPartlySorted: boolean }> {
  const binding = ['filtered', query.filter, query.sort];
  const sorting = readSort(query.sort, query.sort.startsWith('field:') ? await selectFields(ctx) : []) ?? (readSort('newest', []) as Sorting);
  const after = positionIn(query.cursor, binding, sorting.order);
  const filter = await readFilter(ctx, query.filter);
  if (!filter) return { items: [], nextCursor: null, isPartlySorted: false };
  const { found, goesOn, isPartlySorted = false } = await findFiltered(ctx, filter, sorting, after, query.limit + 1, effort);
  const page = found.slice(0, query.limit);
  const next = found.length > query.limit ? page.at(-1) : goesOn;
  const rows = await selectRows(ctx, caseReader(ctx.actor), page.map(({ id }) => id));
  return { items: rows.map(shapeCaseRow), nextCursor: next ? writePosition(next, binding) : null, isPartlySorted };
}
