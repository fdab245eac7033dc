import type { cases, CaseRow, ResponseOf, Shelf } from '@rapport/contract';
import { caseReader, type CaseReader } from '../platform/case-scope.ts';
import { can, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { Refusal } from '../platform/refusal.ts';
import { hasPrefix, readSearchTerms, withoutPrefix, type SearchTerm } from '../platform/search-words.ts';
import { findIdByNumber, findRecord } from './case-store.ts';
import { mustSeeShelf } from './list-cases.ts';
import { selectRows } from './list-store.ts';
import type { ChangeDetail, MessageDetail } from './message-detail.ts';
import { selectHits, selectHitsByCustomer, selectHitTexts, withinTime, type Hit, type HitText } from './search-store.ts';
import { shapeCaseRow } from './shape-case.ts';
import { matchesIn, snippetOf } from './snippet.ts';

export type SearchAnswer = ResponseOf<typeof cases.search>;

export interface SearchInput {
  q: string;
  shelf?: Shelf | undefined;
  cursor?: string | undefined;
  limit: number;
}

// So many hits are ranked; whoever wants more says more words.
const CANDIDATES = 200;
const EXTRA_MS = 150;
const NUMBER = /^#?(\d{1,15})$/;

/**
 * Ranked search over messages, notes, subjects, names, addresses and names of files, within the caller's scope: one result for each case, the best first. A case's
 * number brings that case first. Runs on connections of its own with a shorter time limit, so that searching never holds up the desk.
 */
export async function searchCases(platform: Platform, caller: AgentActor & { accountId: string }, input: SearchInput): Promise<SearchAnswer> {
  mustSeeShelf(caller, input.shelf);
  const binding = ['search', input.q, input.shelf];
  const offset = Number(readCursor(input.cursor, binding, 1)?.[0] ?? 0) || 0;
  const terms = readSearchTerms(input.q);
  if (terms.length === 0) return { items: [], nextCursor: null };
  const { clock, log } = platform;
  return inTime(platform.database.forSearch(caller.accountId, async (tx) => {
    const ctx: Ctx = { tx, accountId: caller.accountId, actor: caller, clock, log, platform };
    const reader = caseReader(caller);
    const hits = await rankedHits(ctx, reader, terms, input);
    const page = hits.slice(offset, offset + input.limit);
    const rows = new Map((await selectRows(ctx, reader, page.map((hit) => hit.case_id))).map((row) => [row.id, shapeCaseRow(row)]));
    const texts = await selectHitTexts(ctx, page);
    const items = page.flatMap((hit) => {
      const row = rows.get(hit.case_id);
      if (!row || (input.shelf !== undefined && row.shelf !== input.shelf)) return [];
      return [{ case: row, entryId: hit.entry_id, snippet: snippetFor(row, hit.entry_id === null ? undefined : texts.get(hit.entry_id), terms), rank: hit.rank }];
    });
    return { items, nextCursor: offset + input.limit < hits.length ? writeCursor([offset + input.limit], binding) : null };
  }));
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if ((error as { code?: string }).code === '57014') throw new Refusal('unavailable', 'The search took too long. Use more words, or rarer ones.', { cause: error });
    throw error;
  }
}

async function rankedHits(ctx: Ctx, reader: CaseReader, terms: readonly SearchTerm[], input: SearchInput): Promise<Hit[]> {
  const hits = await selectHits(ctx, reader, withoutPrefix(terms), input.shelf, CANDIDATES);
  const known = new Set(hits.map((hit) => hit.case_id));
  const add = (more: readonly Hit[], weight: number) => {
    for (const hit of more) if (!known.has(hit.case_id)) hits.push({ ...hit, rank: hit.rank * weight });
    for (const hit of more) known.add(hit.case_id);
  };
  // Beginnings of words are looked for when the words as they stand do not fill the page: gathering everything that begins with a few letters is the dearest a search can
  // be, so it gets only so much time, and behind full words it comes second anyway. And a word found in a page full of messages is not a name that stands in none.
  if (hits.length < input.limit) {
    await withinTime(ctx, EXTRA_MS, async () => {
      add(await selectHitsByCustomer(ctx, reader, terms, input.shelf, CANDIDATES), 1);
      if (hasPrefix(terms)) add(await selectHits(ctx, reader, terms, input.shelf, CANDIDATES), 0.5);
    });
  }
  hits.sort((a, b) => b.rank - a.rank || (a.case_id < b.case_id ? 1 : -1));
  const number = NUMBER.exec(input.q)?.[1];
  const numbered = number === undefined ? undefined : await findNumbered(ctx, Number(number));
  if (numbered === undefined) return hits;
  const own = hits.find((hit) => hit.case_id === numbered);
  return [{ case_id: numbered, entry_id: own?.entry_id ?? null, rank: 1_000 }, ...hits.filter((hit) => hit !== own)];
}

/** The case of a number; of a merged one the case it went into. Deleted ones are found by those who may see them. */
async function findNumbered(ctx: Ctx, number: number): Promise<string | undefined> {
  let id = await findIdByNumber(ctx, number);
  for (;;) {
    const record = id === undefined ? undefined : await findRecord(ctx, id);
    if (!record?.mergedIntoId) return record?.removedAs === 'deleted' && !can(ctx.actor, 'case.delete') ? undefined : record?.id;
    id = record.mergedIntoId;
  }
}

/** From whichever part of the entry matches: its text, its subject, who wrote it, its files. */
function snippetFor(row: CaseRow, text: HitText | undefined, terms: readonly SearchTerm[]): string {
  if (!text) return snippetOf(`${row.customer.name} · ${row.subject}`, terms);
  const detail = text.detail as Partial<MessageDetail & ChangeDetail>;
  const about = [detail.subject, detail.from?.name, detail.from?.address, detail.to?.map(({ address }) => address).join(' '), detail.changes?.map((change) => change.to).join(' '), ...text.filenames];
  const sources = [text.body, about.filter((part) => part !== undefined && part !== null && part !== '').join(' · ')];
  return snippetOf(sources.find((source) => matchesIn(source, terms).length > 0) ?? text.body, terms);
}
