import type { Shelf } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface CountRow {
  what: 'shelf' | 'team' | 'mine' | 'unassigned';
  key: string | null;
  count: number;
}

/** Sums of the tally within the reader's scope: one small table is read, never the cases. */
export function selectCounts(ctx: Ctx, reader: CaseReader): Promise<CountRow[]> {
  return ctx.tx.named<CountRow>(
    'case_counts',
    `with tally as materialized (select team_id, assignee_id, shelf, sum(change) as n from case_tally where account_id = $1 and case_in_scope($2, $3, $4, assignee_id, team_id) group by 1, 2, 3)
     select 'shelf' as what, shelf as key, sum(n)::int8 as count from tally group by shelf
     union all select 'team', team_id::text, sum(n)::int8 from tally where shelf = 'open' and team_id is not null group by team_id
     union all select 'mine', null, sum(n)::int8 from tally where shelf = 'open' and assignee_id = $3
     union all select 'unassigned', null, sum(n)::int8 from tally where shelf = 'open' and assignee_id is null`,
    [ctx.accountId, reader.scope, reader.agentId, reader.teamIds],
  );
}

/** The same for one agent's cases, by shelf. */
export function selectCountsOfAgent(ctx: Ctx, reader: CaseReader, agentId: string): Promise<{ shelf: Shelf; count: number }[]> {
  return ctx.tx.named(
    'case_counts_of_agent', 'select shelf, sum(change)::int8 as count from case_tally where account_id = $1 and assignee_id = $5 and case_in_scope($2, $3, $4, assignee_id, team_id) group by shelf',
    [ctx.accountId, reader.scope, reader.agentId, reader.teamIds, agentId],
  );
}

/** Accounts whose tally has grown enough to be worth folding. */
export function accountsToFold(tx: Tx): Promise<{ account_id: string }[]> {
  return tx.run('select account_id from (select account_id, count(*) as changes, count(distinct (team_id, assignee_id, shelf)) as sums from case_tally group by account_id) t where changes > 50 and changes > sums * 1.2');
}

/** Replaces the changes of an account by their sums. Changes that are being written meanwhile stay as they are, for the next time. */
export async function foldTally(tx: Tx, accountId: string): Promise<void> {
  const gone = await tx.run<{ team_id: string | null; assignee_id: string | null; shelf: Shelf; change: number }>('delete from case_tally where account_id = $1 returning team_id, assignee_id, shelf, change', [accountId]);
  const sums = new Map<string, (typeof gone)[number]>();
  for (const row of gone) {
    const key = `${row.team_id} ${row.assignee_id} ${row.shelf}`;
    sums.set(key, { ...row, change: (sums.get(key)?.change ?? 0) + row.change });
  }
  const kept = [...sums.values()].filter(({ change }) => change !== 0);
  await tx.run('insert into case_tally (account_id, team_id, assignee_id, shelf, change) select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[])', [
    accountId, kept.map((k) => k.team_id), kept.map((k) => k.assignee_id), kept.map((k) => k.shelf), kept.map((k) => k.change),
  ]);
}
