import type { MetricId } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { caseReader } from '../platform/case-scope.ts';
import { ageOf, conditions, endOf, measureOf, startOf, startValues, type ReportQuery, type Values } from './report-source.ts';

export type RowOrder = 'newest' | 'least' | 'most';
export interface NumberQuery { metric: MetricId; weekday?: number | undefined; hour?: number | undefined; age?: number | undefined }
export type RowQuery = ReportQuery & NumberQuery & { order: RowOrder };
export interface RowPosition { at: Date; amount: number; caseId: string; entryId: string }
export interface Row { case_id: string; entry_id: string; number: number; subject: string; at: Date; amount: number }

export interface WideRow extends Row { inbox: string; team: string | null; agent: string | null; kind: string; priority: string; channel: string; tags: string[] }

const WIDE = {
  columns: ', i.name as inbox, t.name as team, a.name as agent, c.kind, c.priority, c.channel, c.tags',
  joins: 'join inbox i on i.account_id = $1 and i.id = c.inbox_id left join team t on t.account_id = $1 and t.id = c.team_id left join agent a on a.account_id = $1 and a.id = r.agent_id',
};
const ORDERS: Record<RowOrder, { columns: string; direction: 'asc' | 'desc' }> = {
  newest: { columns: 'r.at, r.case_id, r.entry_id', direction: 'desc' }, least: { columns: 'r.amount, r.case_id, r.entry_id', direction: 'asc' }, most: { columns: 'r.amount, r.case_id, r.entry_id', direction: 'desc' },
};

/** The facts behind one number. */
function sourceOf(ctx: Ctx, query: RowQuery, values: Values): string {
  const where = [conditions(ctx, query, values, query.metric === 'backlog' ? 'holder' : 'agent')];
  const end = endOf(values, query.to, query.timeZone);
  let columns = 'f.case_id, f.entry_id, f.at, f.amount, f.agent_id';
  if (query.metric === 'backlog') {
    columns = 'f.case_id, f.entry_id, f.began_at as at, 1::int8 as amount, f.holder_id as agent_id';
    where.push(`f.at < ${end}`, `f.until_at >= ${end}`);
    if (query.age !== undefined) where.push(`${ageOf(end)} = ${values.of(query.age)}`);
  } else {
    where.push(`f.measure = ${values.of(measureOf[query.metric])}`, `f.at >= ${startOf(values, query.from, query.timeZone)}`, `f.at < ${end}`);
    if (query.weekday !== undefined) where.push(`extract(isodow from f.at at time zone ${values.of(query.timeZone)}) = ${values.of(query.weekday)}`);
    if (query.hour !== undefined) where.push(`extract(hour from f.at at time zone ${values.of(query.timeZone)}) = ${values.of(query.hour)}`);
  }
  // What is counted lags behind the desk for a moment: a case that has just left the reader's scope shows them neither its new subject nor its words.
  const { scope, agentId, teamIds, seesDeleted } = caseReader(ctx.actor);
  if (scope !== 'all') where.push(`exists (select from cases c where c.account_id = $1 and c.id = f.case_id and case_in_scope(${values.of(scope)}, ${values.of(agentId)}, ${values.of(teamIds)}, c.assignee_id, c.team_id)${seesDeleted ? '' : ` and c.removed_as is distinct from 'deleted'`})`);
  return `select ${columns} from insight_fact f where ${where.join(' and ')}`;
}

/** How many rows stand behind one number. */
export async function countRows(ctx: Ctx, query: RowQuery): Promise<number> {
  const values = startValues(ctx.accountId);
  return Number((await ctx.tx.run<{ count: number }>(`select count(*) as count from (${sourceOf(ctx, query, values)}) r`, values.list))[0]?.count ?? 0);
}

/** What stands behind one number, in the order asked for, beyond `after`; `isWide` adds what else a table says of a case. */
export async function selectRows<Wide extends boolean = false>(ctx: Ctx, query: RowQuery, after: RowPosition | undefined, limit: number, isWide?: Wide): Promise<(Wide extends true ? WideRow : Row)[]> {
  const values = startValues(ctx.accountId);
  const source = sourceOf(ctx, query, values);
  const { columns: keys, direction } = ORDERS[query.order];
  const first = query.order === 'newest' ? after?.at : after?.amount;
  const beyond = after ? `where (${keys}) ${direction === 'asc' ? '>' : '<'} (${values.of(first)}, ${values.of(after.caseId)}, ${values.of(after.entryId)})` : '';
  return ctx.tx.run(
    `select r.case_id, r.entry_id, c.number, c.subject, r.at, r.amount ${isWide ? WIDE.columns : ''} from (${source}) r join cases c on c.account_id = $1 and c.id = r.case_id ${isWide ? WIDE.joins : ''}
     ${beyond} order by ${keys.split(', ').map((key) => `${key} ${direction}`).join(', ')} limit ${values.of(limit)}`,
    values.list,
  );
}
