import type { CaseSort } from '@rapport/contract';
import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { conditions, sources, type Add } from './conditions.ts';
import type { ReadFilter } from './read-filter.ts';
import { behind, orderBy, orders, walk, type Position } from './walks.ts';

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

const keysOf = (sort: CaseSort) => orders[sort].keys.map((key, i) => `${key.sql} as key_${i}`).join(', ');
type Row = { id: string; key_0: Date | number; key_1?: Date | number; matches: boolean; place: number };
const foundOf = (row: Row): Found => ({ id: row.id, keys: row.key_1 === undefined ? [row.key_0] : [row.key_0, row.key_1], matches: row.matches, place: row.place });

/** How many cases each part of a filter finds by itself, counted no further than `most`; in the order of `sources`. */
export const sizesStatement = (ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, most: number): Statement =>
  statement(ctx, (add) => `select array[${sources(filter, reader, add, most).map((source) => `(select count(*)::int from (${source}) one)`).join(', ')}] as sizes`);

/** The cases of one source that fit, in order. All of the source is looked at: it must be small. */
export const setStatement = (ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, source: number, sort: CaseSort, after: Position | undefined, most: number, limit: number): Statement =>
  statement(ctx, (add) => {
    const chosen = statementPart(filter, reader, add, most, source);
    return `with candidate as materialized (select distinct id from (${chosen}) one where id is not null)
      select c.id, ${keysOf(sort)}, true as matches, 0 as place from candidate cross join lateral (select * from cases c where c.account_id = $1 and c.id = candidate.id offset 0) c
      where ${conditions(filter, reader, add)} and ${behind(orders[sort], after, add)} order by ${orderBy(orders[sort])} limit ${limit}`;
  });

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
export function scanStatement(ctx: Pick<Ctx, 'accountId'>, reader: CaseReader, filter: ReadFilter, sort: CaseSort, after: Position | undefined, size: number): Statement | undefined {
  let isEmpty = false;
  const made = statement(ctx, (add) => {
    const parts = walk(filter, reader, sort, after, size, add);
    isEmpty = parts.length === 0;
    return `with scanned as materialized (select * from (${parts.join(' union all ')}) c order by ${orderBy(orders[sort])} limit ${size}),
      placed as materialized (select c.*, row_number() over (order by ${orderBy(orders[sort])}) as place from scanned c)
      select * from (select c.id, ${keysOf(sort)}, c.place, (${conditions(filter, reader, add)}) as matches from placed c offset 0) found where matches or place = ${size} order by place`;
  });
  return isEmpty ? undefined : made;
}

export async function selectSizes(ctx: Ctx, reader: CaseReader, filter: ReadFilter, most: number): Promise<number[]> {
  const { text, values } = sizesStatement(ctx, reader, filter, most);
  const [row] = await ctx.tx.run<{ sizes: number[] }>(text, values);
  return row?.sizes ?? [];
}

export async function selectFromSet(ctx: Ctx, reader: CaseReader, filter: ReadFilter, source: number, sort: CaseSort, after: Position | undefined, most: number, limit: number): Promise<Found[]> {
  const { text, values } = setStatement(ctx, reader, filter, source, sort, after, most, limit);
  return (await ctx.tx.run<Row>(text, values)).map(foundOf);
}

export async function selectByWalking(ctx: Ctx, reader: CaseReader, filter: ReadFilter, sort: CaseSort, after: Position | undefined, size: number): Promise<Found[]> {
  const made = scanStatement(ctx, reader, filter, sort, after, size);
  return made ? (await ctx.tx.run<Row>(made.text, made.values)).map(foundOf) : [];
}
