import { parseQuery } from '@rapport/contract';
import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { foldText, searchWords } from '../../platform/search-words.ts';
import { selectHits, selectWords, type Hit } from '../search-store.ts';
import { canBeMistyped, mistakesBetween, oneMistakeAway } from './likely-words.ts';
import { finished, queryText } from './query-text.ts';
import type { Asked } from './read-question.ts';

const MOST_WORDS = 4;
const LOOKED_AT = 40;
/** So many letters at the beginning of a longer word are taken to be right, when one mistake explains nothing. */
const BEGINNING = 5;

interface Replaced {
  start: number;
  end: number;
  word: string;
}

/**
 * The query with likelier words, when what was typed finds nothing. It is asked through the same search, within the same scope and filters, so it only ever names words
 * of entries that the asker may open; there is no list of words that would have to be kept, or could tell. First every word with one mistake in it, then longer
 * words that begin alike.
 */
export async function didYouMean(ctx: Ctx, reader: CaseReader, asked: Asked, q: string): Promise<string | undefined> {
  const doubtful: Replaced[] = parseQuery(q).parts
    .filter((part) => part.kind === 'word' && !part.isNot)
    .map(({ start, end }) => ({ start, end, word: searchWords(q.slice(start, end)) }))
    .filter(({ word }) => canBeMistyped(word))
    .slice(0, MOST_WORDS);
  if (doubtful.length === 0) return undefined;
  const ask = (alternatives: (word: string) => string[]) => likeliest(ctx, reader, asked, q, doubtful, alternatives);
  return (await ask((word) => oneMistakeAway(word).map((each) => `'${each}'`))) ?? (await ask((word) => (word.length > BEGINNING + 1 ? [`'${word.slice(0, BEGINNING)}':*`] : [])));
}

async function likeliest(ctx: Ctx, reader: CaseReader, asked: Asked, q: string, doubtful: readonly Replaced[], alternatives: (word: string) => string[]): Promise<string | undefined> {
  const isDoubtful = new Set(doubtful.map(({ word }) => word));
  const kept = asked.terms.filter((term) => !(term.words.length === 1 && isDoubtful.has(term.words[0] ?? '')));
  const rest = queryText(finished({ ...asked, terms: kept }));
  const guesses = [...isDoubtful].map((word) => `('${word}' | ${alternatives(word).join(' | ') || `'${word}'`})`).join(' & ');
  const both = (text: string) => (text === '' ? guesses : `${guesses} & ${text}`);
  const { hits } = await selectHits(ctx, reader, { words: both(rest.words), loose: rest.loose === null ? null : both(rest.loose), ofCase: asked.ofCase, ofEntry: asked.ofEntry }, LOOKED_AT);
  const votes = new Map<string, number>();
  for (const text of await selectWords(ctx, hits.filter((hit): hit is Hit & { entry_id: string } => hit.entry_id !== null).slice(0, LOOKED_AT))) {
    const guess = replaced(q, doubtful, [...new Set(text.split(/\s+/))]);
    if (guess !== undefined) votes.set(guess, (votes.get(guess) ?? 0) + 1);
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best?.[0];
}

/** The query with each doubtful word as the entry has it; undefined when the entry holds nothing like one of them, or the very words. */
function replaced(q: string, doubtful: readonly Replaced[], words: readonly string[]): string | undefined {
  let out = q;
  for (const { start, end, word } of [...doubtful].sort((a, b) => b.start - a.start)) {
    if (words.includes(word)) continue;
    const most = word.length > BEGINNING + 1 ? 2 : 1;
    let best: { word: string; mistakes: number } | undefined;
    for (const each of words) {
      const mistakes = mistakesBetween(word, each, most);
      if (mistakes <= most && mistakes < (best?.mistakes ?? most + 1)) best = { word: each, mistakes };
    }
    if (!best) return undefined;
    out = out.slice(0, start) + best.word + out.slice(end);
  }
  return foldText(out) === foldText(q) ? undefined : out;
}
