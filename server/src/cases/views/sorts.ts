import { caseKinds, casePriorities, shelves, type CaseField, type CaseSort, type SortedColumn } from '@rapport/contract';
import { IS_WAITING } from './conditions.ts';
import { orders, type Order, type WalkedSort } from './walks.ts';

/** How a list is ordered. One that is `walked` is read along an index; any other must be put in order as a whole, so only so many cases can be. */
export interface Sorting {
  order: Order;
  walked: WalkedSort | undefined;
}

interface SortKey {
  sql: string;
  type: Order['keys'][number]['type'];
  isNullable?: boolean;
}

// As people order names, whatever the language: by letters first, then by accents, then by case.
const NAMED = 'collate "und-x-icu"';
/** What is alike for so long stands by its id. It also stands in the cursor, which must not grow with what a customer wrote. */
const start = (text: string) => `left(${text}, 60)`;
const nameOf = (table: string, key: string): SortKey => ({ sql: `(select ${start('n.name')} from ${table} n where n.account_id = $1 and n.id = ${key}) ${NAMED}`, type: 'text', isNullable: true });
const placeIn = (list: readonly string[], sql: string): SortKey => ({ sql: `array_position(array[${list.map((each) => `'${each}'`).join(', ')}], ${sql})`, type: 'bigint', isNullable: true });

/** Ascending as the column is read: the longest wait is the greatest, the highest priority, too. */
const columns: Record<Exclude<SortedColumn, 'promise' | 'due'>, SortKey> = {
  customer: nameOf('customer', 'c.customer_id'), subject: { sql: `${start('c.subject')} ${NAMED}`, type: 'text' }, status: placeIn(shelves, 'c.shelf'), kind: placeIn(caseKinds, 'c.kind'), assignee: nameOf('agent', 'c.assignee_id'), team: nameOf('team', 'c.team_id'),
  resolved: { sql: 'c.resolved_at', type: 'timestamptz', isNullable: true }, messages: { sql: 'c.message_count', type: 'bigint' },
  waiting: { sql: `-extract(epoch from case when ${IS_WAITING} then c.waiting_since end)::float8`, type: 'float8', isNullable: true }, priority: placeIn(casePriorities, 'c.priority'),
};

/** What an index gives as well, under its own name. */
const walkedAs: Partial<Record<string, WalkedSort>> = { 'waiting:desc': 'waiting', 'due:asc': 'due', 'priority:desc': 'priority' };
const isWalked = (sort: CaseSort): sort is WalkedSort => sort in orders;

function fieldKey(field: CaseField): SortKey {
  const value = `(select v.value from case_field_value v where v.account_id = $1 and v.case_id = c.id and v.field_id = '${field.id}'::uuid)`;
  switch (field.type) {
    case 'number': return { sql: `(${value} #>> '{}')::float8`, type: 'float8', isNullable: true };
    case 'money': return { sql: `(${value} ->> 'amountMinor')::float8`, type: 'float8', isNullable: true };
    case 'choice': return placeIn(field.options.map(({ id }) => id), `${value} #>> '{}'`);
    default: return { sql: `${start(`${value} #>> '{}'`)} ${NAMED}`, type: 'text', isNullable: true };
  }
}

const EMPTY = { text: `''`, bigint: '0', float8: '0', timestamptz: `'epoch'::timestamptz` } as const;

/** Cases without a value come last, whichever way it goes. */
function orderOf({ sql, type, isNullable }: SortKey, direction: Order['direction']): Order {
  if (!isNullable) return { keys: [{ sql, type }], direction };
  return { keys: [{ sql: `(${sql} is ${direction === 'asc' ? '' : 'not '}null)::int::bigint`, type: 'bigint' }, { sql: `coalesce(${sql}, ${EMPTY[type]})${type === 'text' ? ` ${NAMED}` : ''}`, type }], direction };
}

/** Undefined when the field it orders by is not there any more. */
export function readSort(sort: CaseSort, fields: readonly CaseField[]): Sorting | undefined {
  const walked = isWalked(sort) ? sort : walkedAs[sort];
  if (walked) return { order: orders[walked], walked };
  const [what = '', second = '', third] = sort.split(':');
  const field = what === 'field' ? fields.find(({ id }) => id === second) : undefined;
  if (what === 'field' && !field) return undefined;
  return { order: orderOf(field ? fieldKey(field) : columns[what as keyof typeof columns], (third ?? second) === 'desc' ? 'desc' : 'asc'), walked: undefined };
}
