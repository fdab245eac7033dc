import type { CaseStatus, LinkKind, Shelf } from '@rapport/contract';
import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';

export interface LinkRow {
  id: string | null;
  kind: LinkKind | 'follows';
  is_from: boolean;
  case_id: string;
  number: number;
  subject: string;
  status: CaseStatus;
  shelf: Shelf;
  customer_name: string;
}

/** Links change one after the other in an account: a circle can be closed by two links that are made at the same moment. */
export async function lockLinks(ctx: Ctx): Promise<void> {
  await ctx.tx.named('links_lock', `select pg_advisory_xact_lock(hashtext('case_link'), hashtext($1::text))`, [ctx.accountId]);
}

export interface Link {
  id: string;
  kind: LinkKind;
  from: string;
  to: string;
}

const LINK = 'id, kind, from_case_id as "from", to_case_id as "to"';

export async function findLink(ctx: Ctx, one: string, other: string): Promise<Link | undefined> {
  const [row] = await ctx.tx.named<Link>(
    'link_find',
    `select ${LINK} from case_link where account_id = $1 and least(from_case_id, to_case_id) = least($2::uuid, $3::uuid) and greatest(from_case_id, to_case_id) = greatest($2::uuid, $3::uuid)`,
    [ctx.accountId, one, other],
  );
  return row;
}

export async function findParent(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ to: string }>('link_parent', `select to_case_id as "to" from case_link where account_id = $1 and from_case_id = $2 and kind = 'part'`, [ctx.accountId, caseId]);
  return row?.to;
}

/** Whether a chain of links of this kind leads from one case to another. */
export async function leadsTo(ctx: Ctx, kind: LinkKind, from: string, to: string): Promise<boolean> {
  const rows = await ctx.tx.named(
    'link_leads',
    `with recursive reached(id) as (select $3::uuid union select l.to_case_id from reached r join case_link l on l.account_id = $1 and l.from_case_id = r.id and l.kind = $2) select from reached where id = $4`,
    [ctx.accountId, kind, from, to],
  );
  return rows.length > 0;
}

export async function insertLink(ctx: Ctx, link: Link): Promise<void> {
  await ctx.tx.named('link_insert', 'insert into case_link (account_id, id, kind, from_case_id, to_case_id, created_at) values ($1, $2, $3, $4, $5, $6)', [ctx.accountId, link.id, link.kind, link.from, link.to, ctx.clock.now()]);
}

export async function deleteLink(ctx: Ctx, linkId: string): Promise<void> {
  await ctx.tx.named('link_delete', 'delete from case_link where account_id = $1 and id = $2', [ctx.accountId, linkId]);
}

export async function selectOwnLinks(ctx: Ctx, caseId: string): Promise<Link[]> {
  return ctx.tx.named<Link>('link_own', `select ${LINK} from case_link where account_id = $1 and from_case_id = $2 union all select ${LINK} from case_link where account_id = $1 and to_case_id = $2 order by id`, [ctx.accountId, caseId]);
}

export async function findLinkById(ctx: Ctx, linkId: string): Promise<Link | undefined> {
  const [row] = await ctx.tx.named<Link>('link_by_id', `select ${LINK} from case_link where account_id = $1 and id = $2`, [ctx.accountId, linkId]);
  return row;
}

export async function redirectLink(ctx: Ctx, link: Link): Promise<void> {
  await ctx.tx.named('link_redirect', 'update case_link set from_case_id = $3, to_case_id = $4 where account_id = $1 and id = $2', [ctx.accountId, link.id, link.from, link.to]);
}

const MOST_LINKS = 200;

/** The linked cases within the reader's scope, also those it follows or that follow it. Deleted ones only with `withDeleted`. */
export function selectLinks(ctx: Ctx, reader: CaseReader, caseId: string, withDeleted: boolean): Promise<LinkRow[]> {
  return ctx.tx.named<LinkRow>(
    'link_list',
    `with link as (
       select id, kind, true as is_from, to_case_id as other from case_link where account_id = $1 and from_case_id = $2
       union all select id, kind, false, from_case_id from case_link where account_id = $1 and to_case_id = $2
       union all select null, 'follows', true, follows_case_id from cases where account_id = $1 and id = $2 and follows_case_id is not null
       union all select null, 'follows', false, id from cases where account_id = $1 and follows_case_id = $2
     )
     select l.id, l.kind, l.is_from, c.id as case_id, c.number, c.subject, c.status, c.shelf, k.name as customer_name from link l
     join cases c on c.account_id = $1 and c.id = l.other join customer k on k.account_id = $1 and k.id = c.customer_id
     where case_in_scope($3, $4, $5, c.assignee_id, c.team_id) and ($6 or c.removed_as is distinct from 'deleted') and c.merged_into_id is distinct from $2 order by c.number desc limit $7`,
    [ctx.accountId, caseId, reader.scope, reader.agentId, reader.teamIds, withDeleted, MOST_LINKS],
  );
}

/** Cases that the same message began in, or came to, through other inboxes of the account. Those that are merged, set aside or linked to this one already are left out. */
export async function selectTwins(ctx: Ctx, caseId: string, entryId: string): Promise<string[]> {
  const rows = await ctx.tx.named<{ id: string }>(
    'link_twins',
    `select distinct c.id from received r join inbox i on i.account_id = $1 and i.id <> r.inbox_id join received o on o.account_id = $1 and o.inbox_id = i.id and o.dedupe_key = r.dedupe_key
       join cases mine on mine.account_id = $1 and mine.id = $2 and mine.merged_into_id is null and mine.removed_as is null join cases c on c.account_id = $1 and c.id = o.case_id and c.id <> $2 and c.merged_into_id is null and c.removed_as is null
     where r.account_id = $1 and r.case_id = $2 and r.entry_id = $3
       and not exists (select from case_link l where l.account_id = $1 and least(l.from_case_id, l.to_case_id) = least(c.id, $2::uuid) and greatest(l.from_case_id, l.to_case_id) = greatest(c.id, $2::uuid)) order by c.id limit 10`,
    [ctx.accountId, caseId, entryId],
  );
  return rows.map((row) => row.id);
}
