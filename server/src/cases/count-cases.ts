import { shelves, type cases, type ResponseOf, type Shelf } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import { can, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectCounts, selectCountsOfAgent } from './count-store.ts';
import { findAgentFacts } from './owner-store.ts';

export type CaseCounts = ResponseOf<typeof cases.counts>;

/** How many cases lie in each view, within the reader's scope: the same numbers the lists would show if they were read to the end. */
export async function countCases(ctx: Ctx): Promise<CaseCounts> {
  const rows = await selectCounts(ctx, caseReader(ctx.actor));
  const of = (what: string, key: string | null = null) => rows.find((row) => row.what === what && row.key === key)?.count ?? 0;
  return {
    mine: of('mine'), unassigned: of('unassigned'),
    shelves: Object.fromEntries(shelves.map((shelf) => [shelf, of('shelf', shelf)])) as CaseCounts['shelves'],
    aside: { spam: can(ctx.actor, 'case.edit') ? of('shelf', 'spam') : null, deleted: can(ctx.actor, 'case.delete') ? of('shelf', 'deleted') : null },
    teams: rows.filter((row) => row.what === 'team' && row.key !== null).map((row) => ({ teamId: row.key as string, open: row.count })),
  };
}

/** How many cases that are not done lie with an agent, whoever asks: all of them go on when the agent is disabled. Refuses `not_found`. */
export async function countCasesOfAgent(ctx: Ctx, agentId: string): Promise<ResponseOf<typeof cases.countsOfAgent>> {
  if (!(await findAgentFacts(ctx, agentId))) throw new Refusal('not_found', 'This agent does not exist.');
  const rows = await selectCountsOfAgent(ctx, { ...caseReader(ctx.actor), scope: 'all' }, agentId);
  const of = (shelf: Shelf) => rows.find((row) => row.shelf === shelf)?.count ?? 0;
  return { open: of('open'), snoozed: of('snoozed'), pending: of('pending'), on_hold: of('on_hold') };
}
