import type { Breakdown } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { shifted } from './calendar.ts';
import type { AgentAs, ReportQuery, Values } from './report-source.ts';
import { selectMarks, selectRoll } from './roll-store.ts';

export interface DayPlan {
  /** The daily sums that fit the question, if there are any; without a key, those of every key. */
  slice: { dimension: string; key: string | null } | null;
  /** The days that are taken from the facts instead: all of them without a slice, else those that have changed since they were summed. */
  fromFacts: { from: string; to: string }[];
}

/** What of the question a single dimension can say: nothing chosen, or one thing; undefined where two things meet. */
function sliceOf(ctx: Ctx, query: ReportQuery, agentAs: AgentAs): { dimension: string; key: string } | undefined {
  const reader = caseReader(ctx.actor);
  if (reader.scope === 'team') return undefined;
  const orNone = (value: string) => (value === 'none' ? '' : value);
  const chosen: { dimension: string; key: string }[] = [];
  if (reader.scope === 'own') chosen.push({ dimension: 'holder', key: reader.agentId });
  if (query.agent !== undefined) chosen.push({ dimension: agentAs, key: orNone(query.agent) });
  if (query.team !== undefined) chosen.push({ dimension: 'team', key: orNone(query.team) });
  for (const dimension of ['inbox', 'kind', 'channel', 'priority', 'tag'] as const) if (query[dimension] !== undefined) chosen.push({ dimension, key: query[dimension] });
  if (query.untagged) chosen.push({ dimension: 'tag', key: '' });
  return chosen.length > 1 ? undefined : (chosen[0] ?? { dimension: 'all', key: '' });
}

/** Where the days of a question come from; `by` asks for the groups of a breakdown, which the sums know only where nothing else is chosen. */
export async function planDays(ctx: Ctx, query: ReportQuery, by?: Breakdown, agentAs: AgentAs = 'agent'): Promise<DayPlan> {
  const everything = { slice: null, fromFacts: [{ from: query.from, to: query.to }] };
  const one = sliceOf(ctx, query, agentAs);
  const slice = by === undefined ? one : one?.dimension === 'all' || one?.dimension === by ? { dimension: by, key: one.dimension === by ? one.key : null } : undefined;
  // A case with two tags would stand in the sums of the other tag, but not here.
  if (!slice || (by === 'tag' && one?.dimension === 'tag')) return everything;
  const roll = await selectRoll(ctx);
  if (!roll?.rolled_at || roll.time_zone !== query.timeZone) return everything;
  const days = new Set((await selectMarks(ctx, shifted(query.from, -1), shifted(query.to, 1))).flatMap((mark) => [shifted(mark, -1), mark, shifted(mark, 1)]));
  const fromFacts: { from: string; to: string }[] = [];
  for (const day of [...days].filter((each) => each >= query.from && each <= query.to).sort()) {
    const last = fromFacts.at(-1);
    if (last && shifted(last.to, 1) === day) last.to = day;
    else fromFacts.push({ from: day, to: day });
  }
  return { slice, fromFacts };
}

/** The condition on `insight_day d` for what a plan takes from the sums. */
export function summed(plan: DayPlan & { slice: NonNullable<DayPlan['slice']> }, query: ReportQuery, values: Values): string {
  const key = plan.slice.key === null ? '' : ` and d.key = ${values.of(plan.slice.key)}`;
  const left = plan.fromFacts.length === 0 ? '' : ` and not exists (select from ${spans(plan, values)} where d.day between s.first and s.last)`;
  return `d.account_id = $1 and d.dimension = ${values.of(plan.slice.dimension)} and d.day between ${values.of(query.from)}::date and ${values.of(query.to)}::date${key}${left}`;
}
/** The days a plan takes from the facts, as a table `s`. */
export const spans = (plan: DayPlan, values: Values) => `unnest(${values.of(plan.fromFacts.map((one) => one.from))}::date[], ${values.of(plan.fromFacts.map((one) => one.to))}::date[]) s(first, last)`;
