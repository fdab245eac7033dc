import type { Shelf } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { ChangeDetail, MessageDetail, NoteDetail } from './message-detail.ts';

export interface Hit {
  case_id: string;
  entry_id: string | null;
  rank: number;
}

/** The best hit of each case, unordered. Not a named statement: the function plans for the words it is given. */
export function selectHits(ctx: Ctx, reader: CaseReader, tsquery: string, shelf: Shelf | undefined, most: number, now: Date): Promise<Hit[]> {
  return ctx.tx.run<Hit>('select case_id, entry_id, rank from search_cases($1, $2, $3, $4, $5, $6, $7)', [reader.scope, reader.agentId, reader.teamIds, tsquery, shelf ?? null, most, now]);
}

/** The newest cases of customers whose name or address has the words, for those whose name stands in no message. */
export function selectHitsByCustomer(ctx: Ctx, reader: CaseReader, tsquery: string, shelf: Shelf | undefined, most: number): Promise<Hit[]> {
  return ctx.tx.run<Hit>(
    `select c.id as case_id, null::uuid as entry_id, 0.01::real as rank from find_customers(to_tsquery('simple', $5), 'ffffffff-ffff-ffff-ffff-ffffffffffff', 20) found
     cross join lateral (
       select c.id from cases c where c.account_id = $1 and c.customer_id = found and ($6::text is null or c.shelf = $6) and case_in_scope($2, $3, $4, c.assignee_id, c.team_id) order by c.id desc limit 5
     ) c limit $7`,
    [ctx.accountId, reader.scope, reader.agentId, reader.teamIds, tsquery, shelf ?? null, most],
  );
}

export interface HitText {
  id: string;
  kind: 'message' | 'note' | 'change';
  body: string;
  detail: MessageDetail | NoteDetail | ChangeDetail;
  filenames: string[];
}

/** What snippets are cut from; long texts only their beginning. */
export async function selectHitTexts(ctx: Ctx, hits: readonly Hit[]): Promise<Map<string, HitText>> {
  const found = hits.filter((hit) => hit.entry_id !== null);
  if (found.length === 0) return new Map();
  const rows = await ctx.tx.run<HitText>(
    `select e.id, e.kind, left(e.body, 30000) as body, e.detail, array(select a.filename from attachment a where a.account_id = $1 and a.case_id = e.case_id and a.entry_id = e.id order by a.id) as filenames
     from unnest($2::uuid[], $3::uuid[]) h(c, e) join entry e on e.account_id = $1 and e.case_id = h.c and e.id = h.e`,
    [ctx.accountId, found.map((hit) => hit.case_id), found.map((hit) => hit.entry_id)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
