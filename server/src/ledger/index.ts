import type { Room } from '../platform/room.ts';
import { foldLedgerTally } from './fold-tally.ts';
import { routes } from './routes.ts';

export { eraseFromLedger } from './erase.ts';
export { recordImported, recordIncoming, recordOutgoing, updateOutgoing, type ImportedRecord, type IncomingRecord, type OutgoingRecord } from './record.ts';
export type { OutgoingUpdate } from './store.ts';
export { listLedger } from './list-ledger.ts';
export { summariseLedger, type LedgerSummary } from './summarise-ledger.ts';
export { findLedgerAccount } from './find-account.ts';
export { removeDemoRecords } from './remove-demo.ts';
export { purgeFromLedger } from './purge.ts';
export { verifyLedger, type LedgerFault } from './verify-ledger.ts';

export const room: Room = { routes, jobs: [foldLedgerTally] as never };
