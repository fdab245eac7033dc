import type { CaseKind, CasePriority, CaseStatus, FieldValue } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';

/** What conditions look at: a case as it is, and the message that is spoken of. */
export interface RuleFacts {
  caseId: string;
  number: number;
  subject: string;
  status: CaseStatus;
  priority: CasePriority;
  kind: CaseKind;
  teamId: string | null;
  assigneeId: string | null;
  inboxId: string;
  tags: string[];
  customerId: string;
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  createdAt: Date;
  isAside: boolean;
  customerName: string;
  locale: string | null;
  company: string | null;
  addresses: string[];
  fields: Record<string, FieldValue>;
  followers: string[];
  message: MessageFacts | null;
}

export interface MessageFacts {
  subject: string;
  text: string;
  from: string;
  to: string[];
  hasAttachment: boolean;
  automatic: string | null;
}

interface MessageRow {
  body: string;
  detail: { subject?: string | null; from?: { address: string }; to?: { address: string }[]; cc?: { address: string }[]; automatic?: string | null };
  has_attachment: boolean;
}

const CASE = `c.id as "caseId", c.number, c.subject, c.status, c.priority, c.kind, c.team_id as "teamId", c.assignee_id as "assigneeId", c.inbox_id as "inboxId", c.tags, c.customer_id as "customerId",
  case when c.status in ('new', 'open') then c.waiting_since end as "waitingSince", c.snoozed_until as "snoozedUntil", c.created_at as "createdAt", (c.merged_into_id is not null or c.removed_as is not null) as "isAside",
  u.name as "customerName", u.locale, o.name as company,
  array(select i.value from customer_identity i where i.account_id = c.account_id and i.customer_id = c.customer_id and i.kind = 'email') as addresses,
  coalesce((select jsonb_object_agg(v.field_id, v.value) from case_field_value v where v.account_id = c.account_id and v.case_id = c.id), '{}') as fields,
  array(select f.agent_id from case_follower f where f.account_id = c.account_id and f.case_id = c.id) as followers`;

/** Holds a case until the transaction ends, as everybody does who changes one, so that what rules see is what they change. */
export async function holdForRules(ctx: Ctx, caseId: string): Promise<boolean> {
  return (await ctx.tx.named('rule_hold_case', 'select 1 from cases where account_id = $1 and id = $2 for update', [ctx.accountId, caseId])).length > 0;
}

/** The facts of a case; of messages that of `entryId`, else the newest of the customer. Undefined when the case is gone. */
export async function findFacts(ctx: Ctx, caseId: string, entryId: string | null): Promise<RuleFacts | undefined> {
  const [row] = await ctx.tx.named<Omit<RuleFacts, 'message'>>(
    'rule_facts',
    `select ${CASE} from cases c join customer u on u.account_id = c.account_id and u.id = c.customer_id left join organization o on o.account_id = u.account_id and o.id = u.organization_id where c.account_id = $1 and c.id = $2`,
    [ctx.accountId, caseId],
  );
  if (!row) return undefined;
  const [message] = await ctx.tx.named<MessageRow>(
    'rule_message',
    `select e.body, e.detail, exists (select 1 from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and not a.is_inline) as has_attachment from entry e
     where e.account_id = $1 and e.case_id = $2 and e.kind = 'message' and case when $3::uuid is null then e.direction = 'in' else e.id = $3 end order by e.id desc limit 1`,
    [ctx.accountId, caseId, entryId],
  );
  return {
    ...row,
    message: message ? {
      subject: message.detail.subject ?? '', text: message.body, from: message.detail.from?.address ?? '', to: [...(message.detail.to ?? []), ...(message.detail.cc ?? [])].map((one) => one.address), hasAttachment: message.has_attachment,
      automatic: message.detail.automatic ?? null,
    } : null,
  };
}

/** Whether anything the customer's side sent last was written by a program, and where an answer goes. */
export async function findWhomToAnswer(ctx: Ctx, caseId: string): Promise<{ isAutomatic: boolean; addresses: string[] } | undefined> {
  const [row] = await ctx.tx.run<MessageRow & { reply_to: string | null; conversation: string | null }>(
    `select conversation, body, detail, false as has_attachment, detail->'replyTo'->0->>'address' as reply_to from entry where account_id = $1 and case_id = $2 and kind = 'message' and direction = 'in' order by id desc limit 1`, [ctx.accountId, caseId],
  );
  const address = row?.reply_to ?? row?.detail.from?.address;
  if (!row || (!address && row.conversation === null)) return undefined;
  // Whoever wrote in a conversation reads the answer there.
  return { isAutomatic: (row.detail.automatic ?? null) !== null, addresses: address && row.conversation === null ? [address] : [] };
}

/** Who of a team could be given a case: there, and allowed to read and answer. Ordered by id, with how many open cases each has. */
export function selectServing(ctx: Ctx, teamId: string | null): Promise<{ id: string; open: number }[]> {
  return ctx.tx.run(
    `select a.id, coalesce((select sum(t.change) from case_tally t where t.account_id = $1 and t.assignee_id = a.id and t.shelf = 'open'), 0)::int as open
     from agent a join role r on r.account_id = a.account_id and r.id = a.role_id
     where a.account_id = $1 and a.state = 'active' and not a.is_bot and '{case.read,case.reply}' <@ r.permissions and ($2::uuid is null or exists (select 1 from team_member m where m.account_id = $1 and m.agent_id = a.id and m.team_id = $2)) order by a.id`,
    [ctx.accountId, teamId],
  );
}

export async function setLastAgent(ctx: Ctx, ruleId: string, agentId: string): Promise<void> {
  await ctx.tx.run('update rule set last_agent_id = $3 where account_id = $1 and id = $2', [ctx.accountId, ruleId, agentId]);
}

/** Cases that began since then, newest first. */
export function selectCasesSince(ctx: Ctx, since: Date, below: string | null, limit: number): Promise<{ id: string }[]> {
  return ctx.tx.run('select id from cases where account_id = $1 and created_at >= $2 and ($3::uuid is null or id < $3) order by id desc limit $4', [ctx.accountId, since, below, limit]);
}
