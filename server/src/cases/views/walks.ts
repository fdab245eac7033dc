import { casePriorities, type CasePriority, type caseSorts } from '@rapport/contract';
import { NOBODY, type CaseReader } from '../../platform/case-scope.ts';
import { branchesFor, type Branch } from '../list-branches.ts';
import { ASSIGNEE_KEY, IS_WAITING, TEAM_KEY, within, type Add } from './conditions.ts';
import type { ReadFilter } from './read-filter.ts';

/** What a case is ordered by, before its id: SQL over `c` and the type of its values. */
export interface Order {
  keys: readonly { sql: string; type: 'timestamptz' | 'bigint' | 'float8' | 'text' }[];
  direction: 'asc' | 'desc';
}

/** The most urgent first. */
const byRank: readonly CasePriority[] = casePriorities.toReversed();
const RANK = `case c.priority ${byRank.map((priority, rank) => `when '${priority}' then ${rank}`).join(' ')} end`;
/** Stands behind every real time: whoever does not wait comes after those who do, and what is not due after what is. */
const NEVER = '9999-12-31T00:00:00.000Z';
const WAITING = `case when ${IS_WAITING} then c.waiting_since else '${NEVER}'::timestamptz end`;
const DUE = `coalesce(c.due_at, '${NEVER}'::timestamptz)`;
const activity = [{ sql: 'c.last_activity_at', type: 'timestamptz' }] as const;
const created = [{ sql: 'c.created_at', type: 'timestamptz' }] as const;
const number = [{ sql: 'c.number', type: 'bigint' }] as const;

/** Times that few cases have, each with an index of those. */
const times = { promise: 'c.next_promise_at', due: 'c.due_at' } as const;
type Way = Order['direction'];

/** An order that an index has. */
export type WalkedSort = (typeof caseSorts)[number] | `${keyof typeof times}:${Way}`;

/** Cases without the time come last, whichever way it goes. */
const byTime = (what: keyof typeof times, direction: Way): Order => ({
  keys: [{ sql: `(${times[what]} is ${direction === 'asc' ? '' : 'not '}null)::int::bigint`, type: 'bigint' }, { sql: `coalesce(${times[what]}, 'epoch'::timestamptz)`, type: 'timestamptz' }], direction,
});

export const orders: Record<WalkedSort, Order> = {
  newest: { keys: activity, direction: 'desc' }, oldest: { keys: activity, direction: 'asc' },
  created_newest: { keys: created, direction: 'desc' }, created_oldest: { keys: created, direction: 'asc' },
  waiting: { keys: [{ sql: WAITING, type: 'timestamptz' }], direction: 'asc' },
  due: { keys: [{ sql: DUE, type: 'timestamptz' }], direction: 'asc' },
  priority: { keys: [{ sql: RANK, type: 'bigint' }, { sql: 'c.created_at', type: 'timestamptz' }], direction: 'asc' },
  'promise:asc': byTime('promise', 'asc'), 'promise:desc': byTime('promise', 'desc'), 'due:asc': byTime('due', 'asc'), 'due:desc': byTime('due', 'desc'),
  number_newest: { keys: number, direction: 'desc' }, number_oldest: { keys: number, direction: 'asc' },
};

/** Where a page ends: the values of the keys, then the id. */
export interface Position {
  keys: (Date | number | string)[];
  id: string;
}

export const orderBy = (order: Order): string => [...order.keys.map((key) => key.sql), 'c.id'].map((key) => `${key} ${order.direction}`).join(', ');
/** The same where the keys have been worked out once, as `k.key_0` and so on. */
export const orderByKeys = (order: Order): string => [...order.keys.map((_, i) => `k.key_${i}`), 'c.id'].map((key) => `${key} ${order.direction}`).join(', ');

/** What lies behind a position, for cases in any order whose keys have been worked out. */
export function behind(order: Order, after: Position | undefined, add: Add): string {
  if (!after) return 'true';
  const keys = order.keys.map((_, i) => `k.key_${i}`).join(', ');
  return `(${keys}, c.id) ${order.direction === 'desc' ? '<' : '>'} (${order.keys.map((key, i) => `${add(after.keys[i])}::${key.type}`).join(', ')}, ${add(after.id)}::uuid)`;
}

const READ = 'c.id, c.number, c.status, c.shelf, c.kind, c.priority, c.channel, c.inbox_id, c.customer_id, c.assignee_id, c.team_id, c.tags, c.waiting_since, c.last_activity_at, c.last_incoming_id, c.resolved_at, c.next_promise_at, c.due_at, c.created_at, c.subject, c.message_count, c.snoozed_until';

/** The shelves walked by their last activity, as narrow as one of the indexes is. */
function byActivity(filter: ReadFilter, reader: CaseReader, direction: Order['direction'], after: Position | undefined, size: number, add: Add): string[] {
  const than = direction === 'desc' ? '<' : '>';
  const bounds = [...within('c.last_activity_at', filter.updated, add), ...(after ? [`(c.last_activity_at, c.id) ${than} (${add(after.keys[0])}::timestamptz, ${add(after.id)}::uuid)`] : [])].map((bound) => ` and ${bound}`).join('');
  const part = (keys: string[], where: string) =>
    `select part.* from ${[...keys, `unnest(${add(filter.shelves)}::text[]) shelf(name)`].join(' cross join ')} cross join lateral (select ${READ} from cases c where c.account_id = $1 ${where} and c.shelf = shelf.name${bounds} order by c.last_activity_at ${direction}, c.id ${direction} limit ${size}) part`;
  const only = <T>(list: T[] | undefined) => (list?.length === 1 ? list[0] : undefined);
  const branches = branchesFor(reader, { assignee: only(filter.assigneeKeys), team: only(filter.teamKeys) });
  return branches.map((branch: Branch) => {
    if (branch.index === 'shelf') return part([], '');
    const assignee = branch.index === 'assignee' ? `and ${ASSIGNEE_KEY} = ${add(branch.assigneeKey)}` : '';
    const except = 'except' in branch && branch.except.length > 0 ? ` where id <> all(${add(branch.except)}::uuid[])` : '';
    const keys = 'teamKeys' in branch ? `unnest(${add(branch.teamKeys)}::uuid[]) team_key(id)` : `(select id from (select '${NOBODY}'::uuid as id union all select id from team where account_id = $1) one${except}) team_key`;
    return part([keys], `${assignee} and ${TEAM_KEY} = team_key.id`);
  });
}

/** One walk for each priority, because it comes first in the index. */
function byPriority(filter: ReadFilter, sort: 'created' | 'priority', direction: Order['direction'], after: Position | undefined, size: number, add: Add): string[] {
  const than = direction === 'desc' ? '<' : '>';
  const bounds = within('c.created_at', filter.created, add).map((bound) => ` and ${bound}`).join('');
  return byRank.flatMap((priority, rank) => {
    if (filter.priorities && !filter.priorities.includes(priority)) return [];
    const at = after && (sort === 'created' ? after.keys[0] : after.keys[1]);
    const rankBehind = after && sort === 'priority' ? Number(after.keys[0]) : undefined;
    if (rankBehind !== undefined && rank < rankBehind) return [];
    const keyset = after && (rankBehind === undefined || rank === rankBehind) ? ` and (c.created_at, c.id) ${than} (${add(at)}::timestamptz, ${add(after.id)}::uuid)` : '';
    return [`(select ${READ} from cases c where c.account_id = $1 and c.priority = '${priority}'${bounds}${keyset} order by c.created_at ${direction}, c.id ${direction} limit ${size})`];
  });
}

/** By a time that only some have, which an index of just those holds; the others come behind. */
function timedFirst(column: string, has: string, after: Position | undefined, size: number, add: Add): string[] {
  const isPastTimes = after !== undefined && new Date(after.keys[0] as Date).toISOString() === NEVER;
  const keyset = (key: string) => (after ? ` and ${key}` : '');
  const timed = isPastTimes ? [] : [`(select ${READ} from cases c where c.account_id = $1 and ${has}${keyset(after ? `(${column}, c.id) > (${add(after.keys[0])}::timestamptz, ${add(after.id)}::uuid)` : '')} order by ${column}, c.id limit ${size})`];
  const others = `(select ${READ} from cases c where c.account_id = $1 and not (${has})${isPastTimes ? ` and c.id > ${add(after.id)}` : ''} order by c.id limit ${size})`;
  return [...timed, others];
}

/** Those that have the time by its index, then the others: of those there are so many that the next are soon found. */
function alongTime(filter: ReadFilter, what: keyof typeof times, direction: Way, after: Position | undefined, size: number, add: Add): string[] {
  const [column, than] = [times[what], direction === 'desc' ? '<' : '>'];
  const isPastTimes = after !== undefined && Number(after.keys[0]) === (direction === 'asc' ? 1 : 0);
  const timed = () => {
    const bounds = within(column, filter[what], add).map((bound) => ` and ${bound}`).join('');
    const keyset = after ? ` and (${column}, c.id) ${than} (${add(after.keys[1])}::timestamptz, ${add(after.id)}::uuid)` : '';
    return `(select ${READ} from cases c where c.account_id = $1 and ${column} is not null${bounds}${keyset} order by ${column} ${direction}, c.id ${direction} limit ${size})`;
  };
  const others = () => `(select ${READ} from cases c where c.account_id = $1 and ${column} is null${after && isPastTimes ? ` and c.id ${than} ${add(after.id)}` : ''} order by c.id ${direction} limit ${size})`;
  return [...(isPastTimes ? [] : [timed()]), ...(filter[what] ? [] : [others()])];
}

/** The next `size` cases of the account in an order, each part read along an index; they fit the filter only as far as the index knows. No parts: nothing can fit. */
export function walk(filter: ReadFilter, reader: CaseReader, sort: WalkedSort, after: Position | undefined, size: number, add: Add): string[] {
  const { direction } = orders[sort];
  switch (sort) {
    case 'newest': case 'oldest': return byActivity(filter, reader, direction, after, size, add);
    case 'created_newest': case 'created_oldest': return byPriority(filter, 'created', direction, after, size, add);
    case 'priority': return byPriority(filter, 'priority', direction, after, size, add);
    case 'waiting': return timedFirst('c.waiting_since', IS_WAITING, after, size, add);
    case 'due': return timedFirst('c.due_at', 'c.due_at is not null', after, size, add);
    case 'promise:asc': case 'promise:desc': return alongTime(filter, 'promise', direction, after, size, add);
    case 'due:asc': case 'due:desc': return alongTime(filter, 'due', direction, after, size, add);
    case 'number_newest': case 'number_oldest':
      return [`(select ${READ} from cases c where c.account_id = $1 ${after ? `and c.number ${direction === 'desc' ? '<' : '>'} ${add(after.keys[0])}` : ''} order by c.number ${direction} limit ${size})`];
  }
}
