import type { cases, CaseRow, ResponseOf, SearchHit, Shelf } from '@rapport/contract';
import { caseReader, type CaseReader } from '../platform/case-scope.ts';
import { can, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { Refusal } from '../platform/refusal.ts';
import { hasPrefix, tsqueryOf, type SearchTerm } from '../platform/search-words.ts';
import { findIdByNumber, findRecord } from './case-store.ts';
import { mustSeeShelf } from './list-cases.ts';
import { selectRows } from './list-store.ts';
import type { ChangeDetail, MessageDetail } from './message-detail.ts';
import { selectHits, selectHitsByCustomer, selectHitTexts, withinTime, type Hit, type HitText } from './search-store.ts';
import { didYouMean } from './searching/did-you-mean.ts';
import { selectByFilter } from './searching/filter-store.ts';
import { finished, queryText } from './searching/query-text.ts';
import { readQuestion, type Asked } from './searching/read-question.ts';
import { shapeCaseRow } from './shape-case.ts';
import { matchesIn, snippetOf } from './snippet.ts';

export type SearchAnswer = ResponseOf<typeof cases.search>;

export interface SearchInput {
  q: string;
  shelf?: Shelf | undefined;
  /** In which days of dates begin, an IANA name; UTC without. */
  timeZone?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

// So many hits are ranked; whoever wants more says more words.
const CANDIDATES = 200;
// With fewer than these, beginnings of words are looked for, too; the same for whoever reads pages of another size, so that all mean the same cases.
const FEW = 25;
const EXTRA_MS = 150;

/** A case with its best entries. */
interface FoundCase {
  case_id: string;
  entries: string[];
  rank: number;
}

/**
 * Ranked search over messages, notes, subjects, names, addresses and names of files, within the caller's scope, with filters (`contract/src/search-language.ts`): one result for
 * each case, the best first. A case's number alone brings that case first. Without words, the newest cases that fit the filters. Runs on connections of its own with a
 * shorter time limit, so that searching never holds up the desk, and ends with `signal`: when nobody waits any more. Refuses `search_too_long`.
 */
export async function searchCases(platform: Platform, caller: AgentActor & { accountId: string }, given: SearchInput, signal?: AbortSignal): Promise<SearchAnswer> {
  // What the database cannot keep, nobody can have written; the places of everything else stay.
  const input = { ...given, q: given.q.toWellFormed().replaceAll('\u0000', ' ') };
  mustSeeShelf(caller, input.shelf);
  const binding = ['search', input.q, input.shelf, input.timeZone];
  const offset = Number(readCursor(input.cursor, binding, 1)?.[0] ?? 0) || 0;
  const { clock, log } = platform;
  const work = platform.database.forSearch(caller.accountId, async (tx) => {
    const ctx: Ctx & { actor: AgentActor } = { tx, accountId: caller.accountId, actor: caller, clock, log, platform };
    const reader = caseReader(caller);
    const asked = await readQuestion(ctx, input);
    const { found, isPartial } = await find(ctx, reader, asked, input);
    const page = found.slice(offset, offset + input.limit);
    const items = await shapeHits(ctx, reader, page, asked, input.shelf);
    const guess = found.length === 0 ? await withinTime(ctx, EXTRA_MS, () => didYouMean(ctx, reader, asked, input.q)) : undefined;
    return { items, nextCursor: offset + input.limit < found.length ? writeCursor([offset + input.limit], binding) : null, total: found.length, hints: asked.hints, didYouMean: guess ?? null, isPartial };
  }, signal);
  return inTime(work, signal);
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (signal?.aborted || (error as { code?: string }).code === '57014') throw new Refusal('search_too_long', 'Use more words or rarer ones, or a filter such as after:30d.', { cause: error });
    throw error;
  }
}

async function find(ctx: Ctx, reader: CaseReader, asked: Asked, input: SearchInput): Promise<{ found: FoundCase[]; isPartial: boolean }> {
  const hasWords = asked.terms.length + asked.fields.length > 0;
  if (!hasWords && !asked.ofEntry && Object.keys(asked.ofCase ?? {}).every((key) => key === 'shelf')) return { found: [], isPartial: false };
  const { hits, isPartial } = hasWords ? await rankedHits(ctx, reader, asked) : { hits: await selectByFilter(ctx, reader, asked.ofCase ?? {}, asked.ofEntry, CANDIDATES), isPartial: false };
  const found = byCase(hits);
  // As many as are ranked: what is older was not asked for.
  const isFull = hits.length >= CANDIDATES;
  // Those of a filter are in their order.
  if (hasWords) found.sort((a, b) => b.rank - a.rank || (a.case_id < b.case_id ? 1 : -1));
  const numbered = asked.number === undefined ? undefined : await findNumbered(ctx, reader, asked.number, input.shelf);
  if (numbered === undefined) return { found, isPartial: isPartial || isFull };
  const own = found.find((one) => one.case_id === numbered);
  return { found: [{ case_id: numbered, entries: own?.entries ?? [], rank: 1_000 }, ...found.filter((one) => one !== own)], isPartial: isPartial || isFull };
}

/** The hits of each case together; they come with the best of a case first. */
function byCase(hits: readonly Hit[]): FoundCase[] {
  const cases = new Map<string, FoundCase>();
  for (const { case_id, entry_id, rank } of hits) {
    const one = cases.get(case_id) ?? { case_id, entries: [], rank };
    if (entry_id !== null) one.entries.push(entry_id);
    cases.set(case_id, one);
  }
  return [...cases.values()];
}

async function rankedHits(ctx: Ctx, reader: CaseReader, asked: Asked): Promise<{ hits: Hit[]; isPartial: boolean }> {
  const { ofCase, ofEntry } = asked;
  const { hits, isPartial } = await selectHits(ctx, reader, { ...queryText(finished(asked)), ofCase, ofEntry }, CANDIDATES);
  const known = new Set(hits.map((hit) => hit.case_id));
  const add = (more: readonly Hit[], weight: number) => {
    for (const hit of more) if (!known.has(hit.case_id)) hits.push({ ...hit, rank: hit.rank * weight });
    for (const hit of more) known.add(hit.case_id);
  };
  // Beginnings of words are looked for when the words as they stand find few cases: gathering everything that begins with a few letters is the dearest a search can
  // be, so it gets only so much time, and behind full words it comes second anyway. And a word found in a page full of messages is not a name that stands in none.
  let isMorePartial = false;
  if (known.size < FEW) {
    await withinTime(ctx, EXTRA_MS, async () => {
      const isOnlyWords = !ofEntry && asked.without.length === 0 && asked.terms.length > 0;
      if (isOnlyWords) add(await selectHitsByCustomer(ctx, reader, tsqueryOf(asked.terms), ofCase, CANDIDATES), 1);
      if (hasPrefix(asked.terms) || asked.fields.some(hasPrefix)) {
        const more = await selectHits(ctx, reader, { ...queryText(asked), ofCase, ofEntry }, CANDIDATES);
        add(more.hits, 0.5);
        isMorePartial = more.isPartial;
      }
    });
  }
  return { hits, isPartial: isPartial || isMorePartial };
}

/** The case of a number; of a merged one the case it went into. Deleted ones are found by those who may see them, and what is out of scope counts for nothing. */
async function findNumbered(ctx: Ctx, reader: CaseReader, number: number, shelf: Shelf | undefined): Promise<string | undefined> {
  let id = await findIdByNumber(ctx, number);
  for (;;) {
    const record = id === undefined ? undefined : await findRecord(ctx, id);
    if (record?.mergedIntoId) {
      id = record.mergedIntoId;
      continue;
    }
    if (!record || (record.removedAs === 'deleted' && !can(ctx.actor, 'case.delete'))) return undefined;
    const [row] = await selectRows(ctx, reader, [record.id]);
    return row && (shelf === undefined || row.shelf === shelf) ? record.id : undefined;
  }
}

async function shapeHits(ctx: Ctx, reader: CaseReader, page: readonly FoundCase[], asked: Asked, shelf: Shelf | undefined): Promise<SearchHit[]> {
  const rows = new Map((await selectRows(ctx, reader, page.map((one) => one.case_id))).map((row) => [row.id, shapeCaseRow(row)]));
  const texts = await selectHitTexts(ctx, page.flatMap(({ case_id, entries, rank }) => entries.map((entry_id) => ({ case_id, entry_id, rank }))));
  const terms = [...asked.terms, ...asked.fields.flat().flatMap(({ words }) => words.map((word) => ({ words: [word], isPrefix: true })))];
  return page.flatMap(({ case_id, entries: [best, ...others], rank }) => {
    const row = rows.get(case_id);
    if (!row || (shelf !== undefined && row.shelf !== shelf)) return [];
    const snippet = (id: string | undefined) => snippetFor(row, id === undefined ? undefined : texts.get(id), terms);
    return [{ case: row, entryId: best ?? null, snippet: snippet(best), rank, also: others.map((entryId) => ({ entryId, snippet: snippet(entryId) })) }];
  });
}

/** From whichever part of the entry matches: its text, its subject, who wrote it, its files. */
function snippetFor(row: CaseRow, text: HitText | undefined, terms: readonly SearchTerm[]): string {
  if (!text) return terms.length === 0 ? row.preview : snippetOf(`${row.customer.name} · ${row.subject}`, terms);
  const detail = text.detail as Partial<MessageDetail & ChangeDetail>;
  const about = [detail.subject, detail.from?.name, detail.from?.address, detail.to?.map(({ address }) => address).join(' '), detail.changes?.map((change) => change.to).join(' '), ...text.filenames];
  const sources = [text.body, about.filter((part) => part !== undefined && part !== null && part !== '').join(' · ')];
  return snippetOf(sources.find((source) => matchesIn(source, terms).length > 0) ?? text.body, terms);
}
