import type { MetricId, QueryOf, insights } from '@rapport/contract';
import { getTimeZone, isTimeZone } from '../accounts/index.ts';
import { caseReader } from '../platform/case-scope.ts';
import { can, mustBeAllowed, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { daysOf } from './calendar.ts';

/** What is asked for, by an API or a screen. */
export type ReportAsked = Pick<QueryOf<typeof insights.report>, 'from' | 'to' | 'timeZone' | 'inbox' | 'team' | 'agent' | 'kind' | 'channel' | 'priority' | 'tag' | 'untagged'>;
/** The same, checked, and with the time zone it is counted in. */
export type ReportQuery = ReportAsked & { timeZone: string };

/**
 * Checks who asks and for what. Refuses `not_allowed` to whoever may not see reports, or asks for the numbers of another person without the right to; `invalid_request` for a
 * period or a time zone that is none.
 */
export async function settled<T extends ReportAsked>(ctx: Ctx, asked: T): Promise<T & { timeZone: string }> {
  mustBeAllowed(ctx.actor, 'report.read');
  const isOther = asked.agent !== undefined && asked.agent !== 'none' && !(ctx.actor.kind === 'agent' && asked.agent === ctx.actor.agentId);
  if (isOther) mustBeAllowed(ctx.actor, 'report.agents');
  if (asked.tag !== undefined && asked.untagged) throw new Refusal('invalid_request', 'query.untagged: A case has the tag or none at all.');
  daysOf(asked);
  if (asked.timeZone !== undefined && !(await isTimeZone(ctx, asked.timeZone))) throw new Refusal('invalid_request', 'query.timeZone: This time zone is not known here. Choose another of the same region.');
  return { ...asked, timeZone: asked.timeZone ?? (await getTimeZone(ctx)) };
}
/** Also for whoever sees only their own cases: colleagues have worked on these, too. */
export const mayCompareAgents = (ctx: Ctx) => can(ctx.actor, 'report.agents');

/** Values of a statement and how they are called in it. */
export interface Values {
  list: unknown[];
  of(value: unknown): string;
}
export function startValues(first: unknown): Values {
  const list = [first];
  return { list, of: (value) => `$${list.push(value)}` };
}

/** What an agent of a filter has to do with what is counted: they did it, or the case is theirs now. The backlog is what people have on their desks, whoever solved or reopened what. */
export type AgentAs = 'agent' | 'holder';

/** The conditions that every number and every list of rows share, over `insight_fact f`: the reader's scope and the filters. `$1` is the account. */
export function conditions(ctx: Ctx, query: ReportQuery, values: Values, agentAs: AgentAs = 'agent'): string {
  const reader = caseReader(ctx.actor);
  const where = ['f.account_id = $1'];
  if (reader.scope !== 'all') where.push(`case_in_scope(${values.of(reader.scope)}, ${values.of(reader.agentId)}, ${values.of(reader.teamIds)}, f.holder_id, f.team_id)`);
  const orNone = (column: string, value: string | undefined) => value !== undefined && where.push(value === 'none' ? `${column} is null` : `${column} = ${values.of(value)}`);
  orNone('f.team_id', query.team);
  orNone(`f.${agentAs}_id`, query.agent);
  if (query.inbox !== undefined) where.push(`f.inbox_id = ${values.of(query.inbox)}`);
  if (query.kind !== undefined) where.push(`f.kind = ${values.of(query.kind)}`);
  if (query.channel !== undefined) where.push(`f.channel = ${values.of(query.channel)}`);
  if (query.priority !== undefined) where.push(`f.priority = ${values.of(query.priority)}`);
  if (query.tag !== undefined) where.push(`${values.of(query.tag)} = any(f.tags)`);
  if (query.untagged) where.push(`f.tags = '{}'`);
  return where.join(' and ');
}

/** The beginning of a day of the calendar in a time zone, and of the day after it. */
export const startOf = (values: Values, day: string, zone: string) => `day_start(${values.of(day)}::date, ${values.of(zone)})`;
export const endOf = (values: Values, day: string, zone: string) => `day_start(${values.of(day)}::date + 1, ${values.of(zone)})`;

/** By how many whole days a case of the backlog had been there, as a place in `ages`. */
export const ageOf = (end: string) => `width_bucket(extract(epoch from ${end} - f.began_at)::float8 / 86400, array[1, 3, 7, 30]::float8[])`;

/** Which facts stand behind a number; the backlog is made of what was unfinished instead. */
export const measureOf: Record<Exclude<MetricId, 'backlog'>, string> = {
  created: 'created', received: 'received', sent: 'sent', resolved: 'resolved', reopened: 'reopened', first_response: 'first_response', full_response: 'full_response', resolution: 'resolution', replies: 'replies', reopened_share: 'reopened',
};
