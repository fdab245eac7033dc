import { mostSorted, type CaseFilter, type CaseRow, type CaseSort, type Page } from '@rapport/contract';
import { caseReader, type CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { numberIn, readCursor, timeIn, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectFields } from '../field-store.ts';
import { selectRows } from '../list-store.ts';
import { shapeCaseRow } from '../shape-case.ts';
import { countSources, hasMoreThan, selectByWalking, selectFromNewest, selectFromSet, selectSizes, type Found } from './filter-store.ts';
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

/** How a list is read, found out for its first page and kept for the others: through one source of the filter as a whole, along an index, or by ordering the cases with the latest activity. */
type Way = { by: 'set'; source: number } | { by: 'walk' | 'latest' | 'some_latest' };
const WAYS = ['walk', 'latest', 'some_latest'] as const;
const writeWay = (way: Way): number => (way.by === 'set' ? WAYS.length + way.source : WAYS.indexOf(way.by));
const readWay = (written: number): Way => (written < WAYS.length ? { by: WAYS[written] as (typeof WAYS)[number] } : { by: 'set', source: written - WAYS.length });

/** Where a list goes on, and how. */
interface Place {
  at: Position;
  way: Way;
}

function placeIn(cursor: string | undefined, binding: unknown, { keys }: Order): Place | undefined {
  const read = readCursor(cursor, binding, keys.length + 2);
  if (!read) return undefined;
  const valueIn = (text: string | undefined, isWhole: boolean) => {
    const value = Number(text);
    if (!(isWhole ? Number.isSafeInteger(value) : Number.isFinite(value))) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
    return value;
  };
  const at = { keys: keys.map(({ type }, i) => (type === 'timestamptz' ? timeIn(read[i]) : type === 'text' ? (read[i] ?? '').replaceAll('\0', '') : valueIn(read[i], type === 'bigint'))), id: uuidIn(read[keys.length]) };
  return { at, way: readWay(numberIn(read[keys.length + 1])) };
}

const writePlace = ({ at: { keys, id }, way }: Place, binding: unknown) => writeCursor([...keys.map((key) => (key instanceof Date ? key.toISOString() : typeof key === 'string' ? key : Number(key))), id, writeWay(way)], binding);

async function chooseWay(ctx: Ctx, reader: CaseReader, filter: ReadFilter, isWalked: boolean, most: number): Promise<Way> {
  const sizes = await selectSizes(ctx, reader, filter, most);
  const smallest = Math.min(...sizes);
  if (smallest < most) return { by: 'set', source: sizes.indexOf(smallest) };
  if (isWalked) return { by: 'walk' };
  return { by: (await hasMoreThan(ctx, reader, filter, most)) ? 'some_latest' : 'latest' };
}

/** A way that somebody wrote into a cursor may not be one of this list. */
function mustBeWay(way: Way, sources: number, isWalked: boolean): void {
  if (way.by === 'set' ? way.source >= sources : (way.by === 'walk') !== isWalked) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
}

/**
 * The next cases that fit, at most `limit`; `goesOn` when not all was read. Its cost is bounded by `effort`, not by how many cases there are. How many each part of the filter finds is
 * counted for the first page alone: every part holds all that fits, so whatever was chosen then stays right.
 */
export async function findFiltered(ctx: Ctx, filter: ReadFilter, { order, walked }: Sorting, from: Place | undefined, limit: number, effort = EFFORT): Promise<{ found: Found[]; goesOn?: Position; way: Way }> {
  const reader = caseReader(ctx.actor);
  const most = walked ? effort.small : effort.sorted;
  if (from) mustBeWay(from.way, countSources(filter, reader), walked !== undefined);
  const way = from?.way ?? (await chooseWay(ctx, reader, filter, walked !== undefined, most));
  // What was a small part for the first page may have grown since.
  if (way.by === 'set') return { found: await selectFromSet(ctx, reader, filter, way.source, order, from?.at, 2 * most, limit), way };
  if (!walked) return { found: await selectFromNewest(ctx, reader, filter, order, from?.at, most, limit), way };
  const found: Found[] = [];
  let after = from?.at;
  for (const size of effort.helpings) {
    const read = await selectByWalking(ctx, reader, filter, walked, after, size);
    for (const each of read) if (each.matches && found.length < limit) found.push(each);
    const last = read.at(-1);
    if (found.length >= limit || last?.place !== size) return { found, way };
    after = last;
  }
  return after ? { found, goesOn: after, way } : { found, way };
}

/** A page of what a filter finds within the reader's scope. It can be shorter than `limit`, or empty, and still have a `nextCursor`. By a field that is gone nothing is ordered: then the latest activity comes first. */
export async function listFiltered(ctx: Ctx, query: { filter: CaseFilter; sort: CaseSort; cursor?: string | undefined; limit: number }, effort = EFFORT): Promise<Page<CaseRow> & { isPartlySorted: boolean }> {
  const binding = ['filtered', query.filter, query.sort];
  const sorting = readSort(query.sort, query.sort.startsWith('field:') ? await selectFields(ctx) : []) ?? (readSort('newest', []) as Sorting);
  const from = placeIn(query.cursor, binding, sorting.order);
  const filter = await readFilter(ctx, query.filter);
  if (!filter) return { items: [], nextCursor: null, isPartlySorted: false };
  const { found, goesOn, way } = await findFiltered(ctx, filter, sorting, from, query.limit + 1, effort);
  const page = found.slice(0, query.limit);
  const next = found.length > query.limit ? page.at(-1) : goesOn;
  const rows = await selectRows(ctx, caseReader(ctx.actor), page.map(({ id }) => id));
  return { items: rows.map(shapeCaseRow), nextCursor: next ? writePlace({ at: next, way }, binding) : null, isPartlySorted: way.by === 'some_latest' };
}
