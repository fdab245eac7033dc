import type { DeliveryState } from '@rapport/contract';
import type { Platform } from '../platform/context.ts';
import { selectUndelivered } from './entry-store.ts';

export interface Undelivered {
  accountId: string;
  caseId: string;
  entryId: string;
  state: DeliveryState;
  nextAttemptAt: Date | null;
}

/**
 * Messages of ours, over all accounts, that are in one of these states since before `before`, oldest first; at most `limit`. For a channel that looks for what was left lying
 * by a process that died.
 */
export async function listUndelivered(platform: Platform, asked: { states: readonly ('queued' | 'sending' | 'unknown')[]; before: Date; limit: number }): Promise<Undelivered[]> {
  const rows = await platform.database.asSystem((tx) => selectUndelivered(tx, asked.states, asked.before, asked.limit));
  return rows.map((row) => ({ accountId: row.account_id, caseId: row.case_id, entryId: row.id, state: row.delivery_state, nextAttemptAt: row.next_attempt_at }));
}
