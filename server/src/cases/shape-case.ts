import type { CaseDue, CaseRow } from '@rapport/contract';
import type { CaseRowRow } from './case-row-store.ts';
import { shownWaitingSince } from './case-state.ts';

const personOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const shapeDue = ({ due_at: at, due_kind: kind, due_policy_id: policyId }: CaseRowRow): CaseDue | null => (at === null || kind === null || policyId === null ? null : { at: at.toISOString(), kind, policyId });

/** A case as the contract's lists show it. */
export function shapeCaseRow(row: CaseRowRow): CaseRow {
  const waitingSince = shownWaitingSince({ status: row.status, waitingSince: row.waiting_since });
  return {
    id: row.id, number: row.number, subject: row.subject, status: row.status, shelf: row.shelf, kind: row.kind, priority: row.priority, channel: row.channel, inboxId: row.inbox_id, customer: { id: row.customer_id, name: row.customer_name },
    assignee: personOf(row.assignee_id, row.assignee_name), team: personOf(row.team_id, row.team_name), tags: row.tags, snoozedUntil: row.snoozed_until?.toISOString() ?? null, waitingSince: waitingSince?.toISOString() ?? null,
    lastActivityAt: row.last_activity_at.toISOString(), preview: row.preview, messageCount: row.message_count, version: row.version, createdAt: row.created_at.toISOString(),
    nextPromiseAt: row.next_promise_at?.toISOString() ?? null, due: shapeDue(row), hasHeldBack: row.has_held_back,
    isUnread: row.last_incoming_id !== null && (row.read_entry_id === null || row.read_entry_id < row.last_incoming_id),
  };
}
