import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { conditions, sources, type Add } from './conditions.ts';
import type { ReadFilter } from './read-filter.ts';
import { behind, orderBy, orderByKeys, orders, walk, type Order, type Position, type WalkedSort } from './walks.ts';

export interface Found extends Position {
  matches: boolean;
  /** Its place among the cases read, from 1. */
  place: number;
}

export interface Statement {
  text: string;
  values: unknown[];
}

function statement(ctx: Pick<Ctx, 'accountId'>, write: (add: Add) => string): Statement {
  const values: unknown[] = [ctx.accountId];
  const text = write((value) => `$${values.push(value)}`);
  return { text, values };
}

const keysOf = (order: Order) => order.keys.map((key, i) => `${key.sql} as key_${i}`).join(', ');
type Key = Position['keys'][number];
type Row = { id: string; key_0: Key; key_1?: Key; matches: boolean; place: number };
const foundOf = (row: Row): Found => ({ id: row.id, keys: row.key_1 === undefined ? [row.key_0] : [row.key_0, row.key_1], matches: row.matches, place: row.place });

/** Of how many parts a filter is that find cases by themselves. */
export const countSources = (filter: ReadFilter, reader: CaseReader): number => sources(filter, reader, () => '', 0).length;

/** How many cases each part of a filter finds by itself, counted no further than `most`; in the order of `sources`. */
export const sizesStatement = (ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, most: number): Statement =>
  statement(ctx, (add) => `select array[${sources(filter, reader, add, most).map((source) => `(select count(*)::int from (${source}) one)`).join(', ')}] as sizes`);

/** Those of the candidates that fit, in order. All of them are looked at: they must be few. */
const chosen = (order: Order, where: string, after: Position | undefined, add: Add, limit: number) =>
  `select c.id, k.*, true as matches, 0 as place from candidate cross join lateral (select * from cases c where c.account_id = $1 and c.id = candidate.id offset 0) c cross join lateral (select ${keysOf(order)} offset 0) k
   where ${where} and ${behind(order, after, add)} order by ${orderByKeys(order)} limit ${limit}`;

/** The cases of one source that fit, in order. */
export const setStatement = (ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, source: number, order: Order, after: Position | undefined, most: number, limit: number): Statement =>
  statement(ctx, (add) => `with candidate as materialized (select distinct id from (${statementPart(filter, reader, add, most, source)}) one where id is not null) ${chosen(order, conditions(filter, reader, add), after, add, limit)}`);

/** The same of the `most` cases with the latest activity. */
export const newestStatement = (ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, order: Order, after: Position | undefined, most: number, limit: number): Statement | undefined => {
  let isEmpty = false;
  const made = statement(ctx, (add) => {
    const parts = walk(filter, reader, 'newest', undefined, most, add);
    isEmpty = parts.length === 0;
    return `with candidate as materialized (select c.id from (${parts.join(' union all ')}) c order by ${orderBy(orders.newest)} limit ${most}) ${chosen(order, conditions(filter, reader, add), after, add, limit)}`;
  });
  return isEmpty ? undefined : made;
};

function statementPart(filter: ReadFilter, reader: CaseReader, add: Add, most: number, source: number): string {
  // All are written and one is taken: a value that no part of the text uses would have no type.
  const held: unknown[] = [];
  const text = sources(filter, reader, (value) => `‹${held.push(value) - 1}›`, most)[source] ?? '';
  const given = new Map<number, string>();
  return text.replace(/‹(\d+)›/g, (_, index: string) => {
    const at = Number(index);
    const place = given.get(at) ?? add(held[at]);
    given.set(at, place);
    return place;
  });
}

/** The next `size` cases in order, those that fit, and the last one whether it fits or not, so that the caller can go on from there. Undefined when no case can fit. */
export function scanStatement(ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, sort: WalkedSort, after: Position | undefined, size: number): Statement | undefined {
  let isEmpty = false;
  const made = statement(ctx, (add) => {
    const parts = walk(filter, reader, sort, after, size, add);
    isEmpty = parts.length === 0;
    return `with scanned as materialized (select * from (${parts.join(' union all ')}) c order by ${orderBy(orders[sort])} limit ${size}),
      placed as materialized (select c.*, row_number() over (order by ${orderBy(orders[sort])}) as place from scanned c)
      select * from (select c.id, ${keysOf(orders[sort])}, c.place, (${conditions(filter, reader, add)}) as matches from placed c offset 0) found where matches or place = ${size} order by place`;
  });
  return isEmpty ? undefined : made;
}

export async function selectSizes(ctx: Ctx, reader: CaseReader, filter: ReadFilter, most: number): Promise<number[]> {
  const { text, values } = sizesStatement(ctx, reader, filter, most);
  const [row] = await ctx.tx.run<{ sizes: number[] }>(text, values);
  return row?.sizes ?? [];
}

export async function selectFromSet(ctx: Ctx, reader: CaseReader, filter: ReadFilter, source: number, order: Order, after: Position | undefined, most: number, limit: number): Promise<Found[]> {
  const { text, values } = setStatement(ctx, reader, filter, source, order, after, most, limit);
  return (await ctx.tx.run<Row>(text, values)).map(foundOf);
}

export async function selectFromNewest(ctx: Ctx, reader: CaseReader, filter: ReadFilter, order: Order, after: Position | undefined, most: number, limit: number): Promise<Found[]> {
  const made = newestStatement(ctx, reader, filter, order, after, most, limit);
  return made ? (await ctx.tx.run<Row>(made.text, made.values)).map(foundOf) : [];
}

/** Whether the reader has more such cases than `most`, by what the index alone knows of the filter. */
export async function hasMoreThan(ctx: Ctx, reader: CaseReader, filter: ReadFilter, most: number): Promise<boolean> {
  const { text, values } = statement(ctx, (add) => {
    const parts = walk(filter, reader, 'newest', undefined, most + 1, add);
    return parts.length === 0 ? 'select 1 where false' : `select 1 from (${parts.join(' union all ')}) c offset ${most} limit 1`;
  });
  return (await ctx.tx.run(text, values)).length > 0;
}

export async function selectByWalking(ctx: Ctx, reader: CaseReader, filter: ReadFilter, sort: WalkedSort, after: Position | undefined, size: number): Promise<Found[]> {
  const made = scanStatement(ctx, reader, filter, sort, after, size);
  return made ? (await ctx.tx.run<Row>(made.text, made.values)).map(foundOf) : [];
}
