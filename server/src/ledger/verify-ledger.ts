import type { Ctx } from '../platform/context.ts';
import { countRows, selectFaults, selectSums } from './store.ts';
import { summaryOf } from './summarise-ledger.ts';

export interface LedgerFault {
  fault: 'message_without_row' | 'row_without_message' | 'state_differs' | 'tally_differs';
  ledgerId: string | null;
  entryId: string | null;
}

/**
 * Proves the ledger against what lies on the cases: every message has its row, every row its message, states agree, and the running tally is the count
 * of the rows. Reads everything, so it is for the command line and the doctor. Answers at most 101 faults; none means that nothing was lost.
 */
export async function verifyLedger(ctx: Ctx): Promise<LedgerFault[]> {
  const faults = (await selectFaults(ctx)).map((row) => ({ fault: row.fault as LedgerFault['fault'], ledgerId: row.ledger_id, entryId: row.entry_id }));
  const tally = JSON.stringify(summaryOf(await selectSums(ctx)));
  if (tally !== JSON.stringify(summaryOf(await countRows(ctx)))) faults.push({ fault: 'tally_differs', ledgerId: null, entryId: null });
  return faults;
}
