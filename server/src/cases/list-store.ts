import type { Shelf } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { ROW_COLUMNS, rowJoins, type CaseRowRow } from './case-row-store.ts';
import type { Branch } from './list-branches.ts';

const NIL = `'00000000-0000-0000-0000-000000000000'`;
const TEAM_KEY = 'owner_key(c.team_id)';
const ASSIGNEE_KEY = 'owner_key(c.assignee_id)';

export interface Position {
  at: Date | 'infinity' | '-infinity';
  id: string;
}

export interface Selection {
  shelf: Shelf;
  order: 'newest' | 'oldest';
  /** Read from behind here. */
  after: Position;
  limit: number;
}

/** Collects the values of a statement as its text is put together. */
function places(...values: unknown[]) {
  return { values, add: (value: unknown) => `$${values.push(value)}` };
}

function branchSql(branch: Branch, add: (value: unknown) => string, order: Selection['order'], limit = '$5'): string {
  const [than, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc'];
  const from = (where: string) =>
    `select c.id, c.last_activity_at, c.inbox_id, c.tags, c.kind from cases c where c.account_id = $1 ${where} and c.shelf = $2 and (c.last_activity_at, c.id) ${than} ($3, $4) order by c.last_activity_at ${direction}, c.id ${direction} limit ${limit}`;
  if (branch.index === 'shelf') return `(${from('')})`;
  const assignee = branch.index === 'assignee' ? `and ${ASSIGNEE_KEY} = ${add(branch.assigneeKey)}` : '';
  const keys = 'teamKeys' in branch ? `unnest(${add(branch.teamKeys)}::uuid[])` : `(select ${NIL}::uuid union all select id from team where account_id = $1)`;
  const except = 'except' in branch && branch.except.length > 0 ? `where key.id <> all(${add(branch.except)}::uuid[])` : '';
  // One short walk of the index for each team: `in (…)` would lose the order of what stands behind it in the index.
  return `(select part.* from ${keys} key(id) cross join lateral (${from(`${assignee} and ${TEAM_KEY} = key.id`)}) part ${except})`;
}

const nameOf = (branches: readonly Branch[], order: string): string => `${branches.map((branch) => `${branch.index}${'teamKeys' in branch ? '' : 'except' in branch ? `_all${branch.except.length > 0 ? '_but' : ''}` : ''}`).join('_')}_${order}`;

/** A limit the planner can see is worth a plan of its own that is kept; one that comes as a value makes it plan every time, which costs more than the reading. */
const LIMITS = [26, 51, 101];

/** The next `limit` cases (at most 101) of the branches together, in order. */
export async function selectList(ctx: Ctx, reader: CaseReader, branches: readonly Branch[], selection: Selection): Promise<CaseRowRow[]> {
  const most = LIMITS.find((each) => each >= selection.limit);
  if (most === undefined) throw new RangeError(`A page has at most ${LIMITS.at(-1)} cases.`);
  const { values, add } = places(ctx.accountId, selection.shelf, selection.after.at, selection.after.id, reader.agentId);
  const direction = selection.order === 'newest' ? 'desc' : 'asc';
  const found = branches.map((branch) => branchSql(branch, add, selection.order, String(most))).join(' union all ');
  const rows = await ctx.tx.named<CaseRowRow>(
    `list_${nameOf(branches, selection.order)}_${most}`,
    `with found as materialized (select id, last_activity_at from (${found}) every order by last_activity_at ${direction}, id ${direction} limit ${most})
     select ${ROW_COLUMNS} from found f join cases c on c.account_id = $1 and c.id = f.id ${rowJoins('$5')} order by f.last_activity_at ${direction}, f.id ${direction}`,
    values,
  );
  return rows.slice(0, selection.limit);
}

export interface Scanned {
  id: string;
  last_activity_at: Date;
  matches: boolean;
  /** Its place among the cases read, from 1. */
  place: number;
}

/**
 * Reads `limit` cases of the branches in order and answers those that match, and the last one whether it matches or not, so that the caller can go on from there.
 * For filters that no index has: they cost what is read, not what there is.
 */
export async function scanList(ctx: Ctx, branches: readonly Branch[], selection: Selection, filter: { inbox: string | undefined; tag: string | undefined; kind: string | undefined }): Promise<Scanned[]> {
  const { values, add } = places(ctx.accountId, selection.shelf, selection.after.at, selection.after.id, selection.limit, filter.inbox ?? null, filter.tag ?? null, filter.kind ?? null);
  const direction = selection.order === 'newest' ? 'desc' : 'asc';
  const found = branches.map((branch) => branchSql(branch, add, selection.order)).join(' union all ');
  return ctx.tx.named<Scanned>(
    `scan_${nameOf(branches, selection.order)}`,
    `with scanned as materialized (
       select id, last_activity_at, ($6::uuid is null or inbox_id = $6) and ($7::text is null or $7 = any(tags)) and ($8::text is null or kind = $8) as matches, row_number() over (order by last_activity_at ${direction}, id ${direction}) as place
       from (${found}) every order by last_activity_at ${direction}, id ${direction} limit $5)
     select id, last_activity_at, matches, place from scanned where matches or place = $5 order by place`,
    values,
  );
}

/** How many cases carry a tag, counted no further than `most`. */
export async function countTagged(ctx: Ctx, tag: string, most: number): Promise<number> {
  const [row] = await ctx.tx.named<{ count: number }>('tag_count', 'select count(*) as count from (select from case_tag where account_id = $1 and tag = $2 limit $3) tagged', [ctx.accountId, tag, most]);
  return row?.count ?? 0;
}

/** The cases of a rare tag: all of them are looked at. */
export async function selectTagged(ctx: Ctx, reader: CaseReader, tag: string, filter: { assigneeKey: string | undefined; teamKey: string | undefined; inbox: string | undefined; kind: string | undefined }, selection: Selection): Promise<CaseRowRow[]> {
  const [than, direction] = selection.order === 'newest' ? ['<', 'desc'] : ['>', 'asc'];
  return ctx.tx.named<CaseRowRow>(
    `list_tag_${selection.order}`,
    `with tagged as materialized (select case_id from case_tag where account_id = $1 and tag = $7)
     select ${ROW_COLUMNS} from tagged join cases c on c.account_id = $1 and c.id = tagged.case_id ${rowJoins('$6')}
     where c.shelf = $2 and (c.last_activity_at, c.id) ${than} ($3, $4) and case_in_scope($8, $6, $9, c.assignee_id, c.team_id)
       and ($10::uuid is null or ${ASSIGNEE_KEY} = $10) and ($11::uuid is null or ${TEAM_KEY} = $11) and ($12::uuid is null or c.inbox_id = $12) and ($13::text is null or c.kind = $13)
     order by c.last_activity_at ${direction}, c.id ${direction} limit $5`,
    [ctx.accountId, selection.shelf, selection.after.at, selection.after.id, selection.limit, reader.agentId, tag, reader.scope, reader.teamIds, filter.assigneeKey ?? null, filter.teamKey ?? null, filter.inbox ?? null, filter.kind ?? null],
  );
}

/** Rows of known cases, in the order given; those out of scope are left out. */
export async function selectRows(ctx: Ctx, reader: CaseReader, ids: readonly string[]): Promise<CaseRowRow[]> {
  return ctx.tx.named<CaseRowRow>(
    'list_rows',
    `select ${ROW_COLUMNS} from unnest($2::uuid[]) with ordinality wanted(id, place) join cases c on c.account_id = $1 and c.id = wanted.id ${rowJoins('$3')}
     where case_in_scope($4, $3, $5, c.assignee_id, c.team_id) order by wanted.place`,
    [ctx.accountId, ids, reader.agentId, reader.scope, reader.teamIds],
  );
}

/** A customer's cases below `before`, newest first. */
export async function selectOfCustomer(ctx: Ctx, reader: CaseReader, customerId: string, before: string, limit: number): Promise<CaseRowRow[]> {
  return ctx.tx.named<CaseRowRow>(
    'list_of_customer',
    `select ${ROW_COLUMNS} from cases c ${rowJoins('$3')} where c.account_id = $1 and c.customer_id = $2 and c.id < $6 and c.merged_into_id is null and c.removed_as is null and case_in_scope($4, $3, $5, c.assignee_id, c.team_id) order by c.id desc limit $7`,
    [ctx.accountId, customerId, reader.agentId, reader.scope, reader.teamIds, before, limit],
  );
}

/**
 * The tags of the cases the reader may see; for whoever sees all, of every case. Jumps from tag to tag instead of reading all, and takes a tag when one of its newest cases is in
 * scope; what lies on a case of one's own counts however old it is. Deleted cases tell nothing.
 */
export async function selectTags(ctx: Ctx, reader: CaseReader): Promise<string[]> {
  const rows = await ctx.tx.named<{ tag: string }>(
    'tag_list',
    `with recursive next as (
       (select tag from case_tag where account_id = $1 order by tag limit 1)
       union all select (select g.tag from case_tag g where g.account_id = $1 and g.tag > next.tag order by g.tag limit 1) from next where next.tag is not null
     ), own as materialized (
       select distinct own_tag from (select c.tags from cases c where c.account_id = $1 and owner_key(c.assignee_id) = $3 and c.removed_as is distinct from 'deleted' and $2 <> 'all' limit 10000) c, unnest(c.tags) own_tag
     )
     select tag from next where tag is not null and (tag in (select own_tag from own) or $2 <> 'own' and exists (
       select from (select g.case_id from case_tag g where g.account_id = $1 and g.tag = next.tag order by g.case_id desc limit 300) newest join cases c on c.account_id = $1 and c.id = newest.case_id
       where c.removed_as is distinct from 'deleted' and case_in_scope($2, $3, $4, c.assignee_id, c.team_id))) limit 2000`,
    [ctx.accountId, reader.scope, reader.agentId, reader.teamIds],
  );
  return rows.map(({ tag }) => tag);
}
