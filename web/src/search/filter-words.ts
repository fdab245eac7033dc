import type { CaseKind, CasePriority, CaseStatus } from '@rapport/contract';
import { filterNamed, filterNames, filterValues, parseQuery, writeFilter, withoutPart, type FilterName, type ParsedQuery, type QueryPart } from '@rapport/contract/search-language';
import { t } from '../i18n/index.ts';
import { formatDay } from '../i18n/format.ts';
import { priorityWord, statusWord } from '../cases/words.ts';

/** In which days begin for whoever sits here. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const twoDigits = (n: number) => String(n).padStart(2, '0');
const today = () => {
  const now = new Date();
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
};
export const read = (typed: string): ParsedQuery => parseQuery(typed, today());

/** The name of a filter in the language of the screen, as it is typed. */
export const nameOf = (filter: FilterName): string => t(`search.name.${filter}`);

/** A value of a filter in the language of the screen. */
export function valueWord(filter: FilterName, value: string): string {
  if (filter === 'status') return statusWord(value as CaseStatus);
  if (filter === 'priority') return priorityWord(value as CasePriority);
  if (filter === 'kind') return t(`kind.${value as CaseKind}`);
  if (filter === 'has') return t('search.attachment');
  if (filter === 'assignee' && value === 'me') return t('search.me');
  if (filter === 'assignee' && value === 'none') return t('search.nobody');
  if (filter === 'team' && value === 'none') return t('search.noTeam');
  if (filter === 'before' || filter === 'after') return formatDay(`${value}T12:00:00Z`);
  return value;
}

/** A filter as it is read aloud and shown: `Status: Open`. */
export function chipWord({ filter, value, isNot }: QueryPart): string {
  if (!filter) return value;
  const name = nameOf(filter);
  const words = `${name.charAt(0).toLocaleUpperCase()}${name.slice(1)}: ${valueWord(filter, value)}`;
  return isNot ? t('search.without', { filter: words }) : words;
}

/** A filter as one would type it in the language of the screen; what the language of the search does not read so stays in its own words. */
export function typedFilter(filter: FilterName, value: string): string {
  const word = filterValues[filter] || value === 'me' || value === 'none' ? valueWord(filter, value).toLocaleLowerCase() : value;
  const [part] = read(writeFilter(filter, word)).parts;
  const written = writeFilter(filter, part?.filter === filter && part.value === value ? word : value);
  const name = nameOf(filter);
  return filterNamed(name) === filter ? name + written.slice(filter.length) : written;
}

/** Puts a filter behind what was written, or takes it away when it is there. */
export function toggled(typed: string, filter: FilterName, value: string): string {
  const there = read(typed).parts.find((part) => part.filter === filter && !part.isNot && part.value === read(writeFilter(filter, value)).parts[0]?.value);
  return there ? withoutPart(typed, there) : `${typed.trim()} ${typedFilter(filter, value)}`.trim();
}

export const allFilters: readonly FilterName[] = filterNames;
