import type { Tx } from '../platform/database/index.ts';

/** Cases of all accounts whose snooze is over. */
export function selectDue(tx: Tx, now: Date, limit: number): Promise<{ account_id: string; id: string }[]> {
  return tx.run('select account_id, id from cases where snoozed_until is not null and snoozed_until <= $1 order by snoozed_until limit $2', [now, limit]);
}
