import { caseSorts, sortedColumns, type CaseSort, type SortedColumn } from '@rapport/contract';
import type { TableColumn } from './column-words.ts';

export type Way = 'asc' | 'desc';

/** Columns that have an order of their own name, up and down as they are read. */
const named: Partial<Record<TableColumn, Record<Way, CaseSort>>> = {
  number: { asc: 'number_oldest', desc: 'number_newest' }, activity: { asc: 'oldest', desc: 'newest' }, created: { asc: 'created_oldest', desc: 'created_newest' }, waiting: { asc: 'waiting:asc', desc: 'waiting' }, due: { asc: 'due', desc: 'due:desc' }, priority: { asc: 'priority:asc', desc: 'priority' },
};
/** What people look for first: the newest, the longest, the most; names from A. */
const downFirst: readonly TableColumn[] = ['number', 'activity', 'created', 'waiting', 'priority', 'messages'];
const isSorted = (column: string): column is SortedColumn => (sortedColumns as readonly string[]).includes(column);

/** The order by a column; nothing for one that no order is made of. */
export function sortBy(column: TableColumn, way: Way): CaseSort | undefined {
  if (named[column]) return named[column][way];
  if (column.startsWith('field:')) return `${column as `field:${string}`}:${way}`;
  return isSorted(column) ? `${column}:${way}` : undefined;
}

/** Which way a table that is in this order is ordered by a column; nothing when it is by another. */
export const wayOf = (column: TableColumn, sort: CaseSort): Way | undefined => (['asc', 'desc'] as const).find((way) => sortBy(column, way) === sort || `${column}:${way}` === sort);

/** The order after the column's heading was chosen: first the way one looks for, then the other. */
export function nextSort(column: TableColumn, sort: CaseSort): CaseSort | undefined {
  const now = wayOf(column, sort);
  return sortBy(column, now === undefined ? (downFirst.includes(column) ? 'desc' : 'asc') : now === 'asc' ? 'desc' : 'asc');
}

/** Whether an order has a name of its own. */
export const isOwnName = (sort: CaseSort): sort is (typeof caseSorts)[number] => (caseSorts as readonly string[]).includes(sort);

/** What the choice of an order offers, the present one always among it. */
export const offeredSorts = (now: CaseSort): CaseSort[] => [...new Set<CaseSort>([...caseSorts, 'promise:asc', 'resolved:desc', 'customer:asc', 'subject:asc', 'messages:desc', now])];

/** Whether a text can be an order. */
export const isSort = (text: unknown): text is CaseSort => typeof text === 'string' && (isOwnName(text as CaseSort) || (/^field:[\da-f-]{36}:(asc|desc)$/.test(text) || (/^[a-z]+:(asc|desc)$/.test(text) && isSorted(text.slice(0, text.indexOf(':'))))));
