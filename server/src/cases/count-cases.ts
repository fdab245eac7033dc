import { shelves, type cases, type ResponseOf } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import { can, type Ctx } from '../platform/context.ts';
import { selectCounts } from './count-store.ts';

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
