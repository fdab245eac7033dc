import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { CaseConditions, EntryConditions } from './searching/conditions.ts';
import type { BriefDetail, ChangeDetail, MessageDetail, NoteDetail } from './message-detail.ts';

export interface Hit {
  case_id: string;
  entry_id: string | null;
  rank: number;
}

/** What is asked of the database: a text search query (`loose` when it holds phrases), and what cases and entries must be beside. */
export interface Question {
  words: string;
  loose: string | null;
  ofCase: CaseConditions | null;
  ofEntry: EntryConditions | null;
}

export interface Hits {
  hits: Hit[];
  /** The walk through the history was ended before its end. */
  isPartial: boolean;
}

/** The best three hits of each case, unordered between cases. The function behind it fences its plans, so that the statement may be a prepared one. */
export async function selectHits(ctx: Ctx, reader: CaseReader, { words, loose, ofCase, ofEntry }: Question, most: number): Promise<Hits> {
  const rows = await ctx.tx.named<{ case_id: string | null; entry_id: string | null; rank: number }>('search_hits', 'select case_id, entry_id, rank from search_cases($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    reader.scope, reader.agentId, reader.teamIds, words, loose, ofCase && JSON.stringify(ofCase), ofEntry && JSON.stringify(ofEntry), most, ctx.clock.now(),
  ]);
  const hits = rows.filter((row): row is Hit => row.case_id !== null);
  return { hits, isPartial: hits.length < rows.length };
}

/** Gives `work`, which only reads, so many milliseconds; undefined when they were not enough. The transaction goes on either way. */
export async function withinTime<T>(ctx: Ctx, ms: number, work: () => Promise<T>): Promise<T | undefined> {
  await ctx.tx.run(`savepoint in_time; set local statement_timeout = ${Math.round(ms)}`);
  let result: T | undefined;
  try {
    result = await work();
  } catch (error) {
    if ((error as { code?: string }).code !== '57014') throw error;
  }
  // Nothing was written; going back also brings the time limit back.
  await ctx.tx.run('rollback to savepoint in_time');
  return result;
}

/** The newest cases of customers whose name or address has the words, for those whose name stands in no message. */
export function selectHitsByCustomer(ctx: Ctx, reader: CaseReader, words: string, ofCase: CaseConditions | null, most: number): Promise<Hit[]> {
  return ctx.tx.named<Hit>(
    'search_hits_by_customer',
    `select c.id as case_id, null::uuid as entry_id, 0.01::real as rank from find_customers(to_tsquery('simple', $5), 'ffffffff-ffff-ffff-ffff-ffffffffffff', 20) found
     cross join lateral (
       select c.id from cases c where c.account_id = $1 and c.customer_id = found and case when $6::jsonb is null then c.merged_into_id is null and c.removed_as is null else case_fits(c, $6) end
         and case_in_scope($2, $3, $4, c.assignee_id, c.team_id) order by c.id desc limit 5
     ) c limit $7`,
    [ctx.accountId, reader.scope, reader.agentId, reader.teamIds, words, ofCase && JSON.stringify(ofCase), most],
  );
}

export interface HitText {
  id: string;
  kind: 'message' | 'note' | 'change' | 'brief';
  body: string;
  detail: MessageDetail | NoteDetail | ChangeDetail | BriefDetail;
  filenames: string[];
}

/** What snippets are cut from; long texts only their beginning. */
export async function selectHitTexts(ctx: Ctx, hits: readonly Hit[]): Promise<Map<string, HitText>> {
  const found = hits.filter((hit) => hit.entry_id !== null);
  if (found.length === 0) return new Map();
  const rows = await ctx.tx.named<HitText>(
    'search_texts',
    `select e.id, e.kind, left(e.body, 30000) as body, e.detail, array(select a.filename from attachment a where a.account_id = $1 and a.case_id = e.case_id and a.entry_id = e.id order by a.id) as filenames
     from unnest($2::uuid[], $3::uuid[]) h(c, e) join entry e on e.account_id = $1 and e.case_id = h.c and e.id = h.e`,
    [ctx.accountId, found.map((hit) => hit.case_id), found.map((hit) => hit.entry_id)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The folded words of entries, as search keeps them; of long texts the beginning. */
export async function selectWords(ctx: Ctx, hits: readonly { case_id: string; entry_id: string }[]): Promise<string[]> {
  const rows = await ctx.tx.named<{ words: string }>(
    'search_words',
    'select left(e.search_text, 20000) as words from unnest($2::uuid[], $3::uuid[]) h(c, e) join entry e on e.account_id = $1 and e.case_id = h.c and e.id = h.e',
    [ctx.accountId, hits.map((hit) => hit.case_id), hits.map((hit) => hit.entry_id)],
  );
  return rows.map((row) => row.words);
}
