import type { SourceFile } from './found.ts';

const PEOPLE = /user|contact|customer|people|organi[sz]ation|compan/i;
const PARTS = /comment|article|message|conversation|note/i;
const CASES = /ticket|case/i;

const rank = ({ name }: SourceFile): number => (CASES.test(name) ? 1 : PEOPLE.test(name) ? 0 : PARTS.test(name) ? 2 : 1);

/** The files of a source in the order in which they make sense: people, cases, what was written on them; else by name, numbers as numbers. */
export function orderFiles(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }));
}
