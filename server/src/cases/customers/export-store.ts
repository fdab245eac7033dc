import type { Ctx } from '../../platform/context.ts';
import type { MessageDetail } from '../message-detail.ts';

/** Whose cases and messages: every id the customer ever had, and their addresses in lower case. */
interface Whose {
  customerIds: readonly string[];
  addresses: readonly string[];
}

export interface PersonCase {
  id: string;
  number: number;
  subject: string;
  status: string;
  kind: string;
  tags: string[];
  createdAt: Date;
  resolvedAt: Date | null;
  inboxName: string;
  /** Theirs; in others they only took part. */
  isOwn: boolean;
  /** What the account's own fields say of it, by the name of the field; only of their own cases. */
  fields: Record<string, unknown>;
}

const OF_THEM = `select id as case_id from cases where account_id = $1 and customer_id = any($2::uuid[]) union select case_id from participant where account_id = $1 and (address = any($3) or customer_id = any($2::uuid[]))`;

export async function countCasesOfPerson(ctx: Ctx, { customerIds, addresses }: Whose): Promise<number> {
  const [row] = await ctx.tx.run<{ count: number }>(`select count(*) as count from (${OF_THEM}) of_them join cases c on c.account_id = $1 and c.id = of_them.case_id where c.merged_into_id is null`, [ctx.accountId, customerIds, addresses]);
  return row?.count ?? 0;
}

/** Their cases and those they took part in behind `after`, oldest first, spam and deleted ones too. A case that was merged into another has nothing of its own. */
export function casesOfPerson(ctx: Ctx, { customerIds, addresses }: Whose, after: string, limit: number): Promise<PersonCase[]> {
  return ctx.tx.run<PersonCase>(
    `select c.id, c.number, c.subject, c.status, c.kind, c.tags, c.created_at as "createdAt", c.resolved_at as "resolvedAt", i.name as "inboxName", c.customer_id = any($2::uuid[]) as "isOwn",
       case when c.customer_id = any($2::uuid[]) then coalesce((select jsonb_object_agg(f.name, case f.type when 'choice' then coalesce((select to_jsonb(o ->> 'label') from jsonb_array_elements(f.options) o where o ->> 'id' = v.value #>> '{}'), v.value) else v.value end)
         from case_field_value v join case_field f on f.account_id = v.account_id and f.id = v.field_id where v.account_id = c.account_id and v.case_id = c.id), '{}') else '{}' end as fields
     from cases c join inbox i on i.account_id = c.account_id and i.id = c.inbox_id
     where c.account_id = $1 and c.id > $4 and c.merged_into_id is null and c.id in (${OF_THEM}) order by c.id limit $5`,
    [ctx.accountId, customerIds, addresses, after, limit],
  );
}

export interface PersonMessage {
  id: string;
  kind: 'message' | 'note';
  direction: 'in' | 'out' | null;
  authorName: string;
  occurredAt: Date;
  body: string;
  html: string | null;
  detail: Partial<MessageDetail>;
  rawKey: string | null;
}

/**
 * What the person wrote or was sent, behind `after`, oldest first: their own messages, and those that have one of their addresses among the recipients. In their own case, answers of ours to it, too; what
 * others wrote without them is not theirs to have. Internal notes of their own cases where `hasNotes` says so.
 */
export function messagesOfPerson(ctx: Ctx, { customerIds, addresses }: Whose, of: { caseId: string; isOwn: boolean; hasNotes: boolean; after: string; limit: number }): Promise<PersonMessage[]> {
  return ctx.tx.run<PersonMessage>(
    `select id, kind, direction, author_name as "authorName", occurred_at as "occurredAt", body, html, detail, raw_key as "rawKey" from entry
     where account_id = $1 and case_id = $4 and id > $5 and (kind = 'message' and (
         (author_kind = 'customer' and author_id = any($2::uuid[])) or lower(detail #>> '{from,address}') = any($3)
         or exists (select from jsonb_array_elements(coalesce(detail -> 'to', '[]') || coalesce(detail -> 'cc', '[]') || coalesce(detail -> 'bcc', '[]')) r where lower(r ->> 'address') = any($3))
         or ($6 and direction = 'out' and detail ->> 'forwardOf' is null))
       or (kind = 'note' and $6 and $7)) order by id limit $8`,
    [ctx.accountId, customerIds, addresses, of.caseId, of.after, of.isOwn, of.hasNotes, of.limit],
  );
}

export function filesOfMessages(ctx: Ctx, caseId: string, entryIds: readonly string[]): Promise<{ id: string; entryId: string; filename: string; mediaType: string; fileKey: string }[]> {
  return ctx.tx.run('select id, entry_id as "entryId", filename, media_type as "mediaType", file_key as "fileKey" from attachment where account_id = $1 and case_id = $2 and entry_id = any($3::uuid[]) order by id', [ctx.accountId, caseId, entryIds]);
}
