import type { CaseKind, CasePriority, CaseStatus, ChannelName, ClockKind, Shelf } from '@rapport/contract';

/** A case as lists show it, joined with the names it needs. */
export interface CaseRowRow {
  id: string; number: number; subject: string; status: CaseStatus; shelf: Shelf; priority: CasePriority; channel: ChannelName; inbox_id: string; customer_id: string; customer_name: string;
  assignee_id: string | null; assignee_name: string | null; team_id: string | null; team_name: string | null; tags: string[]; snoozed_until: Date | null; waiting_since: Date | null; last_activity_at: Date;
  kind: CaseKind; next_promise_at: Date | null; due_at: Date | null; due_kind: ClockKind | null; due_policy_id: string | null; preview: string; message_count: number; version: number; created_at: Date; last_incoming_id: string | null; read_entry_id: string | null; has_held_back: boolean;
}

export const ROW_COLUMNS = `c.id, c.number, c.subject, c.status, c.shelf, c.priority, c.channel, c.inbox_id, c.customer_id, k.name as customer_name, c.assignee_id, a.name as assignee_name, c.team_id, t.name as team_name,
  c.tags, c.snoozed_until, c.waiting_since, c.last_activity_at, c.kind, c.next_promise_at, c.due_at, c.due_kind, c.due_policy_id, c.preview, c.message_count, c.version, c.created_at, c.last_incoming_id, r.entry_id as read_entry_id,
  exists (select from planned_message p where p.account_id = c.account_id and p.case_id = c.id and p.state = 'held_back' offset 0) as has_held_back`;

/** Joins to `cases c`; `reader` is the place of the agent whose reading counts. */
export const rowJoins = (reader: string): string => `
  join customer k on k.account_id = c.account_id and k.id = c.customer_id
  left join agent a on a.account_id = c.account_id and a.id = c.assignee_id
  left join team t on t.account_id = c.account_id and t.id = c.team_id
  left join case_read r on r.account_id = c.account_id and r.agent_id = ${reader} and r.case_id = c.id`;
