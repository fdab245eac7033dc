import type { InboxSettings } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { ROW_COLUMNS, rowJoins, type CaseRowRow } from './case-row-store.ts';

export interface DetailRow extends CaseRowRow {
  is_demo: boolean;
  has_planned: boolean;
  has_links: boolean;
  brief_entry_id: string | null;
  merged_into: { id: string; number: number } | null;
  removed_as: 'spam' | 'deleted' | null;
  removed_at: Date | null;
  removed_by: string | null;
  removed_reason: string | null;
  inbox_address: string;
  inbox_settings: InboxSettings;
  customer_email: string | null;
  participants: { name: string | null; address: string; isCustomer: boolean }[];
}

/** A case within the reader's scope, with those who take part. */
export async function findDetail(ctx: Ctx, reader: CaseReader, caseId: string): Promise<DetailRow | undefined> {
  const [row] = await ctx.tx.named<DetailRow>(
    'case_detail',
    `select ${ROW_COLUMNS}, c.is_demo, exists (select from planned_message where account_id = $1 and case_id = c.id) as has_planned,
       c.follows_case_id is not null or exists (select from case_link where account_id = $1 and from_case_id = c.id) or exists (select from case_link where account_id = $1 and to_case_id = c.id)
         or exists (select from cases where account_id = $1 and follows_case_id = c.id) as has_links,
       c.brief_entry_id, c.removed_as, c.removed_at, c.removed_by, c.removed_reason,
       (select jsonb_build_object('id', m.id, 'number', m.number) from cases m where m.account_id = $1 and m.id = c.merged_into_id) as merged_into,
       i.address as inbox_address, i.settings as inbox_settings,
       (select value from customer_identity where account_id = $1 and customer_id = c.customer_id and kind = 'email' order by is_primary desc, created_at, id limit 1) as customer_email,
       coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'address', p.address, 'isCustomer', p.customer_id is not distinct from c.customer_id) order by p.customer_id is distinct from c.customer_id, p.added_at, p.address)
         from participant p where p.account_id = $1 and p.case_id = c.id), '[]') as participants
     from cases c join inbox i on i.account_id = c.account_id and i.id = c.inbox_id ${rowJoins('$3')}
     where c.account_id = $1 and c.id = $2 and case_in_scope($4, $3, $5, c.assignee_id, c.team_id)`,
    [ctx.accountId, caseId, reader.agentId, reader.scope, reader.teamIds],
  );
  return row;
}

/** Moves the agent's bookmark forward to an entry of the case; false when it stands there or further already. */
export async function saveRead(ctx: Ctx, agentId: string, caseId: string, entryId: string): Promise<boolean> {
  const rows = await ctx.tx.named(
    'case_mark_read',
    `insert into case_read (account_id, agent_id, case_id, entry_id) select $1, $2, $3, id from entry where account_id = $1 and case_id = $3 and id = $4
     on conflict (account_id, agent_id, case_id) do update set entry_id = excluded.entry_id where case_read.entry_id < excluded.entry_id returning 1`,
    [ctx.accountId, agentId, caseId, entryId],
  );
  return rows.length > 0;
}
