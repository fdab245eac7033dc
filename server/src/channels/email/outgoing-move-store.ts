import type { Tx } from '../../platform/database/index.ts';

/** Points outgoing messages to the case they lie on now, of two cases between which entries were moved. */
export async function followMoved(tx: Tx, accountId: string, caseIds: readonly string[]): Promise<void> {
  await tx.run(
    `update email_outgoing o set case_id = h.case_id from entry_home h
     where h.account_id = $1 and h.case_id = any($2) and o.account_id = $1 and o.entry_id = h.entry_id and o.case_id <> h.case_id`,
    [accountId, caseIds],
  );
}
