import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { ROW_COLUMNS, rowJoins, type CaseRowRow } from '../case-row-store.ts';

/** Cases of an organization's customers below `before`, newest first: the newest of each customer, from which the newest of all are taken. */
export function selectOfOrganization(ctx: Ctx, reader: CaseReader, organizationId: string, before: string, limit: number): Promise<CaseRowRow[]> {
  return ctx.tx.named<CaseRowRow>(
    'list_of_organization',
    `with newest as materialized (select part.id from customer m cross join lateral (
         select k.id from cases k where k.account_id = $1 and k.customer_id = m.id and k.id < $6 and k.merged_into_id is null and k.removed_as is null and case_in_scope($4, $3, $5, k.assignee_id, k.team_id) order by k.id desc limit $7
       ) part where m.account_id = $1 and m.organization_id = $2 order by part.id desc limit $7)
     select ${ROW_COLUMNS} from newest join cases c on c.account_id = $1 and c.id = newest.id ${rowJoins('$3')} order by c.id desc`,
    [ctx.accountId, organizationId, reader.agentId, reader.scope, reader.teamIds, before, limit],
  );
}
