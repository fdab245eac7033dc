import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import type { CaseScopeFacts } from '../platform/case-scope.ts';

/** Where a case stands now; undefined when the account has no such case. */
export async function findCaseFacts(platform: Platform, accountId: string, caseId: string): Promise<CaseScopeFacts | undefined> {
  const rows = await inAccount(platform, accountId, systemActor('live'), ({ tx }) =>
    tx.named<{ team_id: string | null; assignee_id: string | null; is_deleted: boolean }>('live_case_facts', `select team_id, assignee_id, removed_as is not distinct from 'deleted' as is_deleted from cases where account_id = $1 and id = $2`, [accountId, caseId]),
  );
  const [row] = rows;
  return row && { teamIds: [row.team_id], assigneeIds: [row.assignee_id], isDeleted: row.is_deleted };
}
