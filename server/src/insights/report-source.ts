import type { MetricId, QueryOf, insights } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';

export type ReportQuery = Pick<QueryOf<typeof insights.report>, 'from' | 'to' | 'timeZone' | 'inbox' | 'team' | 'agent' | 'kind' | 'channel' | 'tag'>;

/** Values of a statement and how they are called in it. */
export interface Values {
  list: unknown[];
  of(value: unknown): string;
}
export function startValues(first: unknown): Values {
  const list = [first];
  return { list, of: (value) => `$${list.push(value)}` };
}

/** The conditions that every number and every list of rows share, over `insight_fact f`: the reader's scope and the filters. `$1` is the account. */
export function conditions(ctx: Ctx, query: ReportQuery, values: Values): string {
  const reader = caseReader(ctx.actor);
  const where = ['f.account_id = $1'];
  if (reader.scope !== 'all') where.push(`case_in_scope(${values.of(reader.scope)}, ${values.of(reader.agentId)}, ${values.of(reader.teamIds)}, f.agent_id, f.team_id)`);
  const orNone = (column: string, value: string | undefined) => value !== undefined && where.push(value === 'none' ? `${column} is null` : `${column} = ${values.of(value)}`);
  orNone('f.team_id', query.team);
  orNone('f.agent_id', query.agent);
  if (query.inbox !== undefined) where.push(`f.inbox_id = ${values.of(query.inbox)}`);
  if (query.kind !== undefined) where.push(`f.kind = ${values.of(query.kind)}`);
  if (query.channel !== undefined) where.push(`f.channel = ${values.of(query.channel)}`);
  if (query.tag !== undefined) where.push(`${values.of(query.tag)} = any(f.tags)`);
  return where.join(' and ');
}

/** The beginning of a day of the calendar in a time zone, and of the day after it. */
export const startOf = (values: Values, day: string, zone: string) => `(${values.of(day)}::date::timestamp at time zone ${values.of(zone)})`;
export const endOf = (values: Values, day: string, zone: string) => `((${values.of(day)}::date + 1)::timestamp at time zone ${values.of(zone)})`;

/** Which facts stand behind a number; the backlog is made of cases instead. */
export const measureOf: Record<Exclude<MetricId, 'backlog'>, string> = {
  created: 'created', received: 'received', sent: 'sent', resolved: 'resolved', reopened: 'reopened', first_response: 'first_response', resolution: 'resolution', replies: 'replies', reopened_share: 'reopened',
};
