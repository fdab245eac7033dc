import { searchWords } from '../platform/search-words.ts';

/** So many cases share a bucket; see `entry_words` in the migrations. */
export const BUCKET = 512;
export const bucketOf = (caseNumber: number): number => Math.floor(caseNumber / BUCKET);

const QUOTED = /^[ \t]*>.*$/gm;

export interface Findable {
  /** What weighs more when it matches: subject, names, addresses. */
  strong: readonly (string | null)[];
  text: string;
  filenames?: readonly string[];
  /** Lines that quote an earlier message of the case are found there already. */
  hasEarlier: boolean;
}

/** What search keeps of an entry: the strong words on the first line, the rest on the second. */
export function searchTextOf({ strong, text, filenames = [], hasEarlier }: Findable): string {
  const own = hasEarlier ? text.replace(QUOTED, '') : text;
  return `${searchWords(strong.filter((each) => each !== null).join(' '), 2_000)}\n${searchWords([own, ...filenames].join(' '))}`;
}
