import type { CaseKind } from './case-kinds.ts';
import { foldText, wordsInPlace } from './text-words.ts';

/**
 * What a person can write into the search, read by the server that searches and by the screen that shows what it understood:
 *
 *     query  = { space | part }
 *     part   = [ "-" ] ( filter | phrase | number | word )
 *     filter = name ":" ( phrase | word )        a name of `filterNames` or one of its other words, whatever the case
 *     phrase = '"' { any sign but '"' } [ '"' ]  also “ ” „ « »
 *     number = "#" digit { digit }
 *     word   = any signs but spaces and quotes
 *
 * Everything can be read: what looks like a filter and is none stays the words it is, and a hint says so.
 */
export const filterNames = ['from', 'to', 'tag', 'status', 'kind', 'priority', 'assignee', 'team', 'inbox', 'has', 'file', 'before', 'after'] as const;
export type FilterName = (typeof filterNames)[number];

const otherNames: Record<string, FilterName> = {
  customer: 'from', sender: 'from', von: 'from', kunde: 'from', recipient: 'to', an: 'to', tags: 'tag', schlagwort: 'tag', is: 'status', state: 'status', type: 'kind', art: 'kind', prio: 'priority', prioritat: 'priority', prioritaet: 'priority',
  agent: 'assignee', owner: 'assignee', zustandig: 'assignee', zustaendig: 'assignee', postfach: 'inbox', mailbox: 'inbox', hat: 'has', mit: 'has', filename: 'file', attachment: 'file', datei: 'file', anhang: 'file',
  until: 'before', vor: 'before', since: 'after', nach: 'after', seit: 'after', ab: 'after',
};

/** Values of filters that have a list of them, each with its other words; compared folded. */
export const filterValues: Partial<Record<FilterName, Record<string, readonly string[]>>> = {
  status: {
    new: ['neu'], open: ['offen'], pending: ['waiting', 'wartend', 'wartet'], on_hold: ['on-hold', 'hold', 'zuruckgestellt', 'zurueckgestellt'], snoozed: ['schlummernd', 'schlummert'],
    resolved: ['solved', 'done', 'gelost', 'geloest'], closed: ['geschlossen'], spam: [], deleted: ['trash', 'geloscht', 'geloescht', 'papierkorb'],
  },
  kind: { question: ['frage'], request: ['anliegen'], problem: [], complaint: ['beschwerde'], dispute: ['streitfall'], feedback: ['ruckmeldung', 'rueckmeldung'] } satisfies Record<CaseKind, readonly string[]>,
  priority: { low: ['niedrig'], normal: [], high: ['hoch'], urgent: ['dringend'] },
  has: { attachment: ['attachments', 'file', 'files', 'anhang', 'anhange', 'datei'] },
};
const mine = { me: ['my', 'mine', 'ich', 'mich', 'mir'], none: ['nobody', 'no', 'niemand', 'keiner', 'kein'] };
const ownWords: Partial<Record<FilterName, Record<string, readonly string[]>>> = { assignee: mine, team: { none: mine.none } };

export const hintCodes = ['unknown_filter', 'unknown_value', 'missing_value', 'bad_date', 'only_without'] as const;
/** What was not understood, or cannot be answered. `name` is the filter as it was written. */
export interface SearchHint {
  code: (typeof hintCodes)[number];
  name: string;
  value: string;
}

export interface QueryPart {
  kind: 'word' | 'phrase' | 'number' | 'filter';
  /** Where it stands in what was written, the sign before it and quotes included. */
  start: number;
  end: number;
  isNot: boolean;
  filter?: FilterName;
  /** Of a filter with a list of values: one of the list. Of a date: its first day as `2026-03-01`. Else as written, without the quotes. */
  value: string;
}

export interface ParsedQuery {
  parts: QueryPart[];
  hints: SearchHint[];
}

const PART = /(?<not>-)?(?:(?<name>\p{L}[\p{L}_]*):(?!\/\/)(?:"(?<quoted>[^"]*)"?|(?<bare>[^\s"]*))|"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/gu;
const QUOTES = /[“”„«»]/g;

export const filterNamed = (written: string): FilterName | undefined => {
  const name = foldText(written);
  return (filterNames as readonly string[]).includes(name) ? (name as FilterName) : Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
};

function listed(list: Record<string, readonly string[]>, written: string): string | undefined {
  const word = foldText(written).replaceAll(' ', '_');
  return Object.keys(list).find((key) => key === word || (list[key] ?? []).includes(word));
}

const day = (at: Date): string => at.toISOString().slice(0, 10);

/** The first day of a date as people write it: `2026-03-01`, `2026-03`, `2026`, `1.3.2026`, `today`, `yesterday`, `7d`, `2w`, `3m`, `1y` ago. Undefined when it is none. */
export function readDate(written: string, today: string): string | undefined {
  const word = foldText(written);
  const now = new Date(`${today}T00:00:00Z`);
  const ago = (days: number) => day(new Date(now.getTime() - days * 86_400_000));
  if (word === 'today' || word === 'heute') return today;
  if (word === 'yesterday' || word === 'gestern') return ago(1);
  const span = /^(\d{1,3})(d|t|w|m|y|j)$/.exec(word);
  if (span) {
    const [count, unit] = [Number(span[1]), span[2]];
    if (unit === 'd' || unit === 't') return ago(count);
    if (unit === 'w') return ago(7 * count);
    const [year, month, date] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
    const months = year * 12 + month - count * (unit === 'm' ? 1 : 12);
    // Three months before the 31st of May is the end of February, not a day in March.
    const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
    return day(new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, last))));
  }
  const iso = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(word);
  const german = /^(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})$/.exec(word);
  const [year, month, date] = iso ? [iso[1], iso[2], iso[3]] : german ? [german[3], german[2], german[1]] : [];
  if (year === undefined) return undefined;
  const at = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(date ?? 1)));
  // The 31st of February is none, and PostgreSQL and people alike know no year 0.
  return Number(year) >= 1000 && at.getUTCMonth() === Number(month ?? 1) - 1 && at.getUTCDate() === Number(date ?? 1) ? day(at) : undefined;
}

/** Reads what was written. Never throws; everything that is no space belongs to one part at most. `today` is the day it is for whoever asks, as `2026-03-01`. */
export function parseQuery(typed: string, today = day(new Date())): ParsedQuery {
  const text = typed.replace(QUOTES, '"');
  const parts: QueryPart[] = [];
  const hints: SearchHint[] = [];
  for (const match of text.matchAll(PART)) {
    const groups = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const isNot = groups['not'] !== undefined;
    const add = (kind: QueryPart['kind'], value: string, filter?: FilterName) => parts.push({ kind, start, end, isNot, value, ...(filter ? { filter } : {}) });
    const { name, phrase, word } = groups;
    if (phrase !== undefined) add('phrase', phrase);
    else if (word !== undefined) {
      const number = /^#(\d{1,15})$/.exec(word);
      add(number ? 'number' : 'word', number?.[1] ?? word);
    } else if (name !== undefined) {
      const value = (groups['quoted'] ?? groups['bare'] ?? '').trim();
      const filter = filterNamed(name);
      const isUnfinished = end === text.length;
      if (!filter) {
        // `Re:` and a time of day are words like others.
        if (value !== '' && name.length > 1 && wordsInPlace(value).length > 0 && !/^(re|fw|fwd|aw|wg|https?|mailto)$/i.test(name)) hints.push({ code: 'unknown_filter', name, value });
        if (wordsInPlace(match[0]).length > 0) add(groups['quoted'] === undefined ? 'word' : 'phrase', `${name}${groups['quoted'] === undefined ? ':' : ' '}${value}`);
      } else if (value === '') {
        if (!isUnfinished) hints.push({ code: 'missing_value', name, value });
      } else if (filter === 'before' || filter === 'after') {
        const date = readDate(value, today);
        if (date !== undefined) add('filter', date, filter);
        else if (!isUnfinished || value.length >= 6) hints.push({ code: 'bad_date', name, value });
      } else {
        const list = filterValues[filter];
        const known = listed(list ?? ownWords[filter] ?? {}, value);
        if (known !== undefined || !list) add('filter', known ?? value, filter);
        else if (!isUnfinished || value.length >= 3) hints.push({ code: 'unknown_value', name, value });
      }
    }
  }
  return { parts, hints };
}

const needsQuotes = (value: string): boolean => /[\s"]/.test(value) || value === '';

/** A filter as it is written into the field. */
export const writeFilter = (filter: FilterName, value: string, isNot = false): string => `${isNot ? '-' : ''}${filter}:${needsQuotes(value) ? `"${value.replaceAll('"', '')}"` : value}`;

/** Takes a part out of what was written, and no space too many. */
export const withoutPart = (typed: string, part: Pick<QueryPart, 'start' | 'end'>): string => `${typed.slice(0, part.start).trimEnd()} ${typed.slice(part.end).trimStart()}`.trim();
