import { casePriorities } from '@rapport/contract';
import { NOBODY, type CaseReader } from '../../platform/case-scope.ts';
import type { ReadFilter, Span } from './read-filter.ts';

/** Adds a value to a statement and answers its place in the text. `$1` is always the account. */
export type Add = (value: unknown) => string;

export const ASSIGNEE_KEY = 'owner_key(c.assignee_id)';
export const TEAM_KEY = 'owner_key(c.team_id)';
/** What agents see of the waiting, and the words of the index that holds only those who wait. */
export const IS_WAITING = `c.waiting_since is not null and c.status in ('new', 'open')`;

export function within(column: string, span: Span | undefined, add: Add): string[] {
  return [...(span?.from ? [`${column} >= ${add(span.from)}`] : []), ...(span?.to ? [`${column} < ${add(span.to)}`] : [])];
}

const AMOUNTS = { number: `(v.value #>> '{}')::numeric`, money: `(v.value ->> 'amountMinor')::numeric`, date: `v.value #>> '{}'` } as const;
const TYPES = { number: 'numeric', money: 'numeric', date: 'text' } as const;

/** Days are compared as they are written, which is in order. */
function between({ type, from, to }: ReadFilter['fieldRanges'][number], add: Add): string {
  const end = (value: number | string | undefined, than: string) => (value === undefined ? [] : [`${AMOUNTS[type]} ${than} ${add(String(value))}::text::${TYPES[type]}`]);
  return [...end(from, '>='), ...end(to, '<=')].join(' and ');
}

/**
 * What must be true of a case `c`, as SQL; the reader's scope comes first. `offset 0` keeps each look into another table what it is: one step along its index for one
 * case. Without it the planner may think that there are many cases and read the other table as a whole.
 */
export function conditions(filter: ReadFilter, reader: CaseReader, add: Add): string {
  const list: string[] = [`case_in_scope(${add(reader.scope)}, ${add(reader.agentId)}, ${add(reader.teamIds)}, c.assignee_id, c.team_id)`, `c.shelf = any(${add(filter.shelves)})`];
  const oneOf = (column: string, values: readonly string[] | undefined) => values !== undefined && list.push(`${column} = any(${add(values)})`);
  const there = (what: string) => list.push(`exists (${what} offset 0)`);
  const nowhere = (what: string) => list.push(`not exists (${what} offset 0)`);
  oneOf('c.kind', filter.kinds);
  oneOf('c.priority', filter.priorities);
  oneOf('c.inbox_id', filter.inboxes);
  oneOf('c.channel', filter.channels);
  oneOf(ASSIGNEE_KEY, filter.assigneeKeys);
  oneOf(TEAM_KEY, filter.teamKeys);
  const noneOf = (column: string, values: readonly string[] | undefined) => values !== undefined && list.push(`${column} <> all(${add(values)})`);
  noneOf('c.inbox_id', filter.notInboxes);
  noneOf('c.customer_id', filter.notCustomers);
  noneOf(ASSIGNEE_KEY, filter.notAssigneeKeys);
  noneOf(TEAM_KEY, filter.notTeamKeys);
  for (const word of filter.subjectWords) list.push(`position(lower(${add(word)}) in lower(c.subject)) > 0`);
  if (filter.anyTags) list.push(`c.tags && ${add(filter.anyTags)}`);
  if (filter.allTags) list.push(`c.tags @> ${add(filter.allTags)}`);
  if (filter.noTags) list.push(`not c.tags && ${add(filter.noTags)}`);
  if (filter.customerId !== undefined) list.push(`c.customer_id = ${add(filter.customerId)}`);
  if (filter.organizationId !== undefined) there(`select from customer k where k.account_id = $1 and k.id = c.customer_id and k.organization_id = ${add(filter.organizationId)}`);
  for (const field of filter.fields) there(`select from case_field_value v where v.account_id = $1 and v.case_id = c.id and v.field_id = ${add(field.fieldId)} and v.value_key = ${add(field.key)}`);
  for (const range of filter.fieldRanges) there(`select from case_field_value v where v.account_id = $1 and v.case_id = c.id and v.field_id = ${add(range.fieldId)} and ${between(range, add)}`);
  for (const field of filter.notFields) nowhere(`select from case_field_value v where v.account_id = $1 and v.case_id = c.id and v.field_id = ${add(field.fieldId)} and v.value_key = ${add(field.key)}`);
  if (filter.notLanguages) nowhere(`select from customer k where k.account_id = $1 and k.id = c.customer_id and lower(split_part(k.locale, '-', 1)) = any(${add(filter.notLanguages)})`);
  if (filter.notFollowers) nowhere(`select from case_follower f where f.account_id = $1 and f.case_id = c.id and f.agent_id = any(${add(filter.notFollowers)})`);
  if (filter.languages) there(`select from customer k where k.account_id = $1 and k.id = c.customer_id and lower(split_part(k.locale, '-', 1)) = any(${add(filter.languages)})`);
  if (filter.customerFields) there(`select from customer k where k.account_id = $1 and k.id = c.customer_id and k.fields @> ${add(JSON.stringify(filter.customerFields))}::jsonb`);
  if (filter.organizationFields) there(`select from customer k join organization o on o.account_id = $1 and o.id = k.organization_id where k.account_id = $1 and k.id = c.customer_id and o.fields @> ${add(JSON.stringify(filter.organizationFields))}::jsonb`);
  if (filter.followers) there(`select from case_follower f where f.account_id = $1 and f.case_id = c.id and f.agent_id = any(${add(filter.followers)})`);
  // A receipt that a machine sent is nobody's turn and nobody waits for it: only what people wrote counts.
  if (filter.lastDirection) list.push(`(select e.direction from entry e where e.account_id = $1 and e.case_id = c.id and e.kind = 'message' and e.detail ->> 'automatic' is null order by e.id desc limit 1) = ${add(filter.lastDirection)}`);
  if (filter.isUndelivered) list.push(`(select e.delivery_state from entry e where e.account_id = $1 and e.case_id = c.id and e.direction = 'out' and e.detail ->> 'automatic' is null order by e.id desc limit 1) in ('failed', 'bounced')`);
  if (filter.planned) there(`select from planned_message p where p.account_id = $1 and p.case_id = c.id and p.state = any(${add(filter.planned)})`);
  if (filter.messages?.least !== undefined) list.push(`c.message_count >= ${add(filter.messages.least)}`);
  if (filter.messages?.most !== undefined) list.push(`c.message_count <= ${add(filter.messages.most)}`);
  if (filter.promise) list.push('c.next_promise_at is not null', ...within('c.next_promise_at', filter.promise, add));
  if (filter.snoozed) list.push(`c.shelf = 'snoozed'`, ...within('c.snoozed_until', filter.snoozed, add));
  if (filter.waitingSinceBefore) list.push(IS_WAITING, `c.waiting_since < ${add(filter.waitingSinceBefore)}`);
  if (filter.promiseBefore) list.push(`c.next_promise_at < ${add(filter.promiseBefore)}`);
  if (filter.due) list.push('c.due_at is not null', ...within('c.due_at', filter.due, add));
  if (filter.dueBefore) list.push(`c.due_at <= ${add(filter.dueBefore)}`);
  if (filter.isUnread) list.push('c.last_incoming_id is not null', `not exists (select from case_read r where r.account_id = $1 and r.agent_id = ${add(reader.agentId)} and r.case_id = c.id and r.entry_id >= c.last_incoming_id offset 0)`);
  if (filter.hasAttachment) there('select from attachment a where a.account_id = $1 and a.case_id = c.id and a.entry_id is not null and not a.is_inline');
  if (filter.isFollowed) there(`select from case_follower f where f.account_id = $1 and f.case_id = c.id and f.agent_id = ${add(reader.agentId)}`);
  if (filter.isMentioned) there(`select from mention m where m.account_id = $1 and m.agent_id = ${add(reader.agentId)} and m.case_id = c.id`);
  if (filter.resolved) list.push('c.resolved_at is not null');
  list.push(...within('c.created_at', filter.created, add), ...within('c.last_activity_at', filter.updated, add), ...within('c.resolved_at', filter.resolved, add));
  return list.join(' and ');
}

const every = `(select '${NOBODY}'::uuid as id union all select id from team where account_id = $1) team_key`;

/**
 * The parts of a filter that an index finds by themselves, each as a select of `id`, with repeats; the shelves are always the last. Each stops at `most`, however many there are.
 * Where a key stands before another in an index, all of its values are gone through, so that the ones behind it still narrow.
 */
export function sources(filter: ReadFilter, reader: CaseReader, add: Add, most: number): string[] {
  const list: string[] = [];
  const plain = (select: string) => list.push(`${select} limit ${most}`);
  // Each part asks for the order its index has: a limit alone may tempt the planner to read a table from its beginning until it has met so many.
  const lateral = (keys: string[], where: string, order: string) => list.push(`select part.id from ${keys.join(' cross join ')} cross join lateral (select c.id from cases c where c.account_id = $1 and ${where} order by ${order} limit ${most}) part limit ${most}`);
  const shelfKeys = () => `unnest(${add(filter.shelves)}::text[]) shelf(name)`;
  const teamKeys = () => (filter.teamKeys ? `unnest(${add(filter.teamKeys)}::uuid[]) team_key(id)` : every);
  const activity = 'c.last_activity_at, c.id';
  const tagged = (tag: string) => `select case_id as id from case_tag where account_id = $1 and tag = ${tag} order by case_id limit ${most}`;
  for (const tag of filter.allTags ?? []) list.push(tagged(add(tag)));
  if (filter.anyTags) plain(`select part.id from unnest(${add(filter.anyTags)}::text[]) wanted(tag) cross join lateral (${tagged('wanted.tag')}) part`);
  for (const field of filter.fields) plain(`select case_id as id from case_field_value where account_id = $1 and field_id = ${add(field.fieldId)} and value_key = ${add(field.key)} order by case_id`);
  if (filter.customerId !== undefined) plain(`select c.id from cases c where c.account_id = $1 and c.customer_id = ${add(filter.customerId)} order by c.id`);
  // People without a case count as well: they cost as much.
  if (filter.organizationId !== undefined) plain(`select found.id from (select k.id from customer k where k.account_id = $1 and k.organization_id = ${add(filter.organizationId)} order by k.id limit ${most}) k left join lateral (select c.id from cases c where c.account_id = $1 and c.customer_id = k.id order by c.id limit ${most}) found on true`);
  if (filter.isFollowed) plain(`select case_id as id from case_follower where account_id = $1 and agent_id = ${add(reader.agentId)} order by case_id`);
  if (filter.isMentioned) plain(`select case_id as id from mention where account_id = $1 and agent_id = ${add(reader.agentId)} order by case_id`);
  if (filter.followers) plain(`select f.case_id as id from unnest(${add(filter.followers)}::uuid[]) wanted(id) cross join lateral (select case_id from case_follower where account_id = $1 and agent_id = wanted.id order by case_id limit ${most}) f`);
  if (filter.isUndelivered) plain(`select e.case_id as id from unnest('{failed,bounced}'::text[]) wanted(state) cross join lateral (select case_id from entry where account_id = $1 and delivery_state = wanted.state and delivery_state in ('queued', 'sending', 'failed', 'bounced', 'unknown') order by id limit ${most}) e`);
  if (filter.planned) plain(`select p.case_id as id from planned_message p where p.account_id = $1 and p.state = any(${add(filter.planned)}) order by p.id`);
  if (filter.promise) plain(`select c.id from cases c where ${['c.account_id = $1', 'c.next_promise_at is not null', ...within('c.next_promise_at', filter.promise, add)].join(' and ')} order by c.next_promise_at`);
  if (filter.waitingSinceBefore) plain(`select c.id from cases c where c.account_id = $1 and ${IS_WAITING} and c.waiting_since < ${add(filter.waitingSinceBefore)} order by c.waiting_since`);
  if (filter.promiseBefore) plain(`select c.id from cases c where c.account_id = $1 and c.next_promise_at < ${add(filter.promiseBefore)} order by c.next_promise_at`);
  if (filter.due) plain(`select c.id from cases c where ${['c.account_id = $1', 'c.due_at is not null', ...within('c.due_at', filter.due, add)].join(' and ')} order by c.due_at`);
  if (filter.dueBefore) plain(`select c.id from cases c where c.account_id = $1 and c.due_at <= ${add(filter.dueBefore)} order by c.due_at`);
  if (filter.resolved) plain(`select c.id from cases c where ${['c.account_id = $1', 'c.resolved_at is not null', ...within('c.resolved_at', filter.resolved, add)].join(' and ')} order by c.resolved_at`);
  if (filter.created || filter.priorities) lateral([`unnest(${add(filter.priorities ?? casePriorities)}::text[]) priority(name)`], ['c.priority = priority.name', ...within('c.created_at', filter.created, add)].join(' and '), 'c.created_at, c.id');
  if (filter.updated) lateral([shelfKeys()], ['c.shelf = shelf.name', ...within('c.last_activity_at', filter.updated, add)].join(' and '), activity);
  const assigneeKeys = reader.scope === 'own' ? [reader.agentId] : filter.assigneeKeys;
  if (assigneeKeys) lateral([`unnest(${add(assigneeKeys)}::uuid[]) assignee_key(id)`, teamKeys(), shelfKeys()], `${ASSIGNEE_KEY} = assignee_key.id and ${TEAM_KEY} = team_key.id and c.shelf = shelf.name`, activity);
  else if (filter.teamKeys) lateral([teamKeys(), shelfKeys()], `${TEAM_KEY} = team_key.id and c.shelf = shelf.name`, activity);
  lateral([shelfKeys()], 'c.shelf = shelf.name', activity);
  return list;
}
