import type { SearchTerm } from '../../platform/search-words.ts';
import { hasPhrase, tsqueryOf, withoutPrefix } from '../../platform/search-words.ts';
import type { Asked } from './read-question.ts';

type Words = Pick<Asked, 'terms' | 'without' | 'fields'>;

const anyOf = (group: readonly SearchTerm[]): string => `(${group.map((term) => tsqueryOf([term], { anyOrder: true })).join(' | ')})`;

function textOf({ terms, without, fields }: Words, anyOrder: boolean): string {
  // Where phrases are taken word by word, one that must not occur cannot be: its words may.
  const not = without.filter((term) => !anyOrder || term.words.length === 1).map((term) => `!${tsqueryOf([term])}`);
  return [...(terms.length > 0 ? [tsqueryOf(terms, { anyOrder })] : []), ...fields.map(anyOf), ...not].join(' & ');
}

/** What `to_tsquery('simple', …)` reads: the query, and with phrases also the same word by word, which is all the index knows. */
export function queryText(asked: Words): { words: string; loose: string | null } {
  return { words: textOf(asked, false), loose: hasPhrase([...asked.terms, ...asked.without]) ? textOf(asked, true) : null };
}

/** Every word taken as finished. */
export const finished = (asked: Words): Words => ({ terms: withoutPrefix(asked.terms), without: asked.without, fields: asked.fields.map(withoutPrefix) });
