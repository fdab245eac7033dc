import type { CaseFilter, CaseRow, CaseSort, Page } from '@rapport/contract';
import { caseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { readCursor, timeIn, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectRows } from '../list-store.ts';
import { shapeCaseRow } from '../shape-case.ts';
import { selectByWalking, selectFromSet, selectSizes, type Found } from './filter-store.ts';
import { readFilter, type ReadFilter } from './read-filter.ts';
import { orders, type Position } from './walks.ts';

/** How much is read for one page. */
export interface Effort {
  /** A part of the filter that finds fewer cases is looked through as a whole, whatever the order; else the cases are read in order until enough of them fit. */
  small: number;
  /** How many are read in order, one helping after the other. What is left is on the next page. */
  helpings: readonly number[];
}
const EFFORT: Effort = { small: 2_000, helpings: [200, 800, 3_000, 6_000] };

function positionIn(cursor: string | undefined, binding: unknown, sort: CaseSort): Position | undefined {
  const { keys } = orders[sort];
  const read = readCursor(cursor, binding, keys.length + 1);
  if (!read) return undefined;
  const numberIn = (text: string | undefined) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
    return value;
  };
  return { keys: keys.map((key, i) => (key.type === 'bigint' ? numberIn(read[i]) : timeIn(read[i]))), id: uuidIn(read[keys.length]) };
}

const writePosition = ({ keys, id }: Position, binding: unknown) => writeCursor([...keys.map((key) => (key instanceof Date ? key.toISOString() : Number(key))), id], binding);

/** The next cases that fit, at most `limit`; `goesOn` when not all was read. Its cost is bounded by `effort`, not by how many cases there are. */
export async function findFiltered(ctx: Ctx, filter: ReadFilter, sort: CaseSort, after: Position | undefined, limit: number, effort = EFFORT): Promise<{ found: Found[]; goesOn?: Position }> {
  const reader = caseReader(ctx.actor);
  const sizes = await selectSizes(ctx, reader, filter, effort.small);
  const smallest = Math.min(...sizes);
  if (smallest < effort.small) return { found: await selectFromSet(ctx, reader, filter, sizes.indexOf(smallest), sort, after, effort.small, limit) };
  const found: Found[] = [];
  let from = after;
  for (const size of effort.helpings) {
    const read = await selectByWalking(ctx, reader, filter, sort, from, size);
    for (const each of read) if (each.matches && found.length < limit) found.push(each);
    const last = read.at(-1);
    if (found.length >= limit || last?.place !== size) return { found };
    from = last;
  }
  return from ? { found, goesOn: from } : { found };
}

/** A page of what a filter finds within the reader's scope. It can be shorter than `limit`, or empty, and still have a `nextCursor`. */
export async function listFiltered(ctx: Ctx, query: { filter: CaseFilter; sort: CaseSort; cursor?: string | undefined; limit: number }, effort = EFFORT): Promise<Page<CaseRow>> {
  const binding = ['filtered', query.filter, query.sort];
  const after = positionIn(query.cursor, binding, query.sort);
  const filter = await readFilter(ctx, query.filter);
  if (!filter) return { items: [], nextCursor: null };
  const { found, goesOn } = await findFiltered(ctx, filter, query.sort, after, query.limit + 1, effort);
  const page = found.slice(0, query.limit);
  const next = found.length > query.limit ? page.at(-1) : goesOn;
  const rows = await selectRows(ctx, caseReader(ctx.actor), page.map(({ id }) => id));
  return { items: rows.map(shapeCaseRow), nextCursor: next ? writePosition(next, binding) : null };
}
