import type { DeliveryState } from '@rapport/contract';
import { updateOutgoing } from '../ledger/index.ts';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { aboutCase } from './announce-case.ts';
import { withoutLeaver } from './assign.ts';
import { afterLostAnswer } from './case-state.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { isLost, mayFollow } from './delivery-lattice.ts';
import { findEntry, setDelivery, type EntryRow } from './entry-store.ts';
import type { MessageDetail } from './message-detail.ts';
import { holdCaseOf } from './moving/hold-case-of.ts';

export interface DeliveryReport {
  caseId: string;
  entryId: string;
  state: DeliveryState;
  /** Public: what the other side said, or what to do. */
  reason?: string | null;
  /** For `queued`: when the next attempt will be made. */
  nextAttemptAt?: Date | null;
}

/**
 * What a channel learned about a message of ours. Reports may be late, repeated and out of order: one that tells nothing new changes nothing and answers false.
 * Each `sending` counts as an attempt. An answer that is lost (failed, bounced) brings a pending or resolved case back to the agents.
 */
export async function recordDelivery(ctx: Ctx, report: DeliveryReport): Promise<boolean> {
  const { record } = await holdCaseOf(ctx, report);
  const entry = await findEntry(ctx, record.id, report.entryId);
  if (!entry || entry.delivery_state === null || !mayFollow(entry.delivery_state, report.state)) return false;
  const attempts = entry.delivery_attempts + (report.state === 'sending' ? 1 : 0);
  const reason = report.reason ?? null;
  await setDelivery(ctx, record.id, entry.id, { state: report.state, reason, attempts, nextAttemptAt: report.state === 'queued' ? (report.nextAttemptAt ?? null) : null });
  await updateOutgoing(ctx, { entryId: entry.id, state: report.state, reason });
  await announce(ctx, 'delivery.changed', { ...aboutCase(record), entryId: entry.id, state: report.state });
  if (isLost(report.state)) await bringBack(ctx, record, entry);
  return true;
}

async function bringBack(ctx: Ctx, before: CaseRecord, entry: EntryRow): Promise<void> {
  // Nobody waits for a confirmation of receipt that did not arrive.
  if ((entry.detail as MessageDetail).automatic !== null) return;
  const state = afterLostAnswer(before, ctx.clock.now());
  if (state.status === before.status) return;
  const { record: kept, off } = await withoutLeaver(ctx, { ...before, ...state });
  const change = changeEntry(ctx, before, [{ field: 'status', from: before.status, to: state.status }, ...off]);
  const record = { ...kept, lastEntryId: change.id, lastActivityAt: ctx.clock.now(), version: before.version + 1 };
  await writeWithEntry(ctx, record, change);
  await announce(ctx, 'case.changed', { ...aboutCase(record, before), fields: ['status', ...off.map(({ field }) => field)] });
}
