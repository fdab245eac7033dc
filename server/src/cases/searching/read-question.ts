import { asideShelves, parseQuery, UNSPACED_SIGN, type FilterName, type QueryPart, type SearchHint, type Shelf } from '@rapport/contract';
import { NOBODY } from '../../platform/case-scope.ts';
import { can, type AgentActor, type Ctx } from '../../platform/context.ts';
import { foldText, readSearchTerms, searchWords, type SearchTerm } from '../../platform/search-words.ts';
import type { CaseConditions, EntryConditions } from './conditions.ts';
import { selectColleagues, selectInboxes, selectTeams, type Named } from './names-store.ts';
import { dayIn, startOfDay } from './start-of-day.ts';

/** A query, understood. */
export interface Asked {
  /** Words and phrases that must occur. */
  terms: SearchTerm[];
  /** Words and phrases that must not occur in the same entry. */
  without: SearchTerm[];
  /** Words of names, addresses and files that the index can narrow by; of each group any one. What the words stand for is looked at in each entry. */
  fields: SearchTerm[][];
  /** The case number, when nothing else was asked for. */
  number: number | undefined;
  ofCase: CaseConditions | null;
  ofEntry: EntryConditions | null;
  hints: SearchHint[];
}

const MOST_PARTS = 30;
const UNSPACED = new RegExp(`^${UNSPACED_SIGN}`, 'u');
const FIELDS = { from: 'notFrom', to: 'notTo', file: 'notFile' } as const;
const LISTS = { status: ['shelves', 'notShelves'], kind: ['kinds', 'notKinds'], priority: ['priorities', 'notPriorities'], assignee: ['assignees', 'notAssignees'], team: ['teams', 'notTeams'], inbox: ['inboxes', 'notInboxes'], tag: ['tags', 'notTags'] } as const;

const listOf = (value: string): string[] => searchWords(value, 200).split(' ').filter((word) => word !== '');

/** Those whose name is it, else whose name or address has all its words, as beginnings. */
function matching(named: readonly Named[], value: string): string[] {
  const wanted = foldText(value.trim());
  const same = named.filter((one) => foldText(one.name) === wanted || foldText(one.email ?? '') === wanted);
  if (same.length > 0) return same.map((one) => one.id);
  const words = listOf(value);
  return words.length === 0 ? [] : named.filter((one) => {
    const own = listOf(`${one.name} ${one.email ?? ''}`);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  }).map((one) => one.id);
}

/**
 * Reads a query: what the index is asked, what cases and entries must be beside, and hints about what was not understood, which is then left out. Names of colleagues
 * and teams are looked up only for who may see them.
 */
export async function readQuestion(ctx: Ctx & { actor: AgentActor }, { q, shelf, timeZone }: { q: string; shelf?: Shelf | undefined; timeZone?: string | undefined }): Promise<Asked> {
  const { parts: read, hints } = parseQuery(q, dayIn(ctx.clock.now(), timeZone));
  const parts = read.slice(0, MOST_PARTS);
  const ofCase: CaseConditions = shelf === undefined ? {} : { shelf, ...((asideShelves as readonly string[]).includes(shelf) ? { shelves: [shelf] } : {}) };
  const ofEntry: EntryConditions = {};
  const filters = parts.filter((part): part is QueryPart & { filter: FilterName } => part.filter !== undefined);
  for (const part of filters) {
    const values = await valuesOf(ctx, part);
    const { filter, isNot } = part;
    if (values === undefined || values.length === 0) {
      hints.push({ code: 'unknown_value', name: filter, value: part.value });
    } else if (filter in LISTS) {
      const key = LISTS[filter as keyof typeof LISTS][isNot ? 1 : 0];
      ofCase[key] = [...(ofCase[key] ?? []), ...values];
    } else if (filter in FIELDS) {
      const key = isNot ? FIELDS[filter as keyof typeof FIELDS] : (filter as keyof typeof FIELDS);
      ofEntry[key] = [...(ofEntry[key] ?? []), values.map((word) => (UNSPACED.test(word) ? word : ` ${word}`))];
    } else if (filter === 'has') {
      ofEntry.hasFile = !isNot;
    } else {
      // Not before a day is from that day on.
      const key = (filter === 'after') === isNot ? 'before' : 'after';
      const time = startOfDay(part.value, timeZone).toISOString();
      const other = ofEntry[key];
      ofEntry[key] = other === undefined || (key === 'after' ? time > other : time < other) ? time : other;
    }
  }
  const words = parts.filter((part) => part.filter === undefined);
  const termsOf = (isNot: boolean) => words.filter((part) => part.isNot === isNot).flatMap((part) => termOf(part, q)).slice(0, 12);
  const [terms, without] = [termsOf(false), termsOf(true)];
  const fields = await indexed(ctx, ofEntry, terms.length === 0);
  if (without.length > 0 && terms.length === 0 && fields.length === 0) hints.push({ code: 'only_without', name: '', value: words.map((part) => part.value).join(' ') });
  const [only] = words;
  const number = parts.length === 1 && only && !only.isNot && /^\d{1,15}$/.test(only.value) ? Number(only.value) : undefined;
  return { terms, without, fields, number, ofCase: isEmpty(ofCase) ? null : ofCase, ofEntry: isEmpty(ofEntry) ? null : ofEntry, hints };
}

const isEmpty = (conditions: object): boolean => Object.keys(conditions).length === 0;

function termOf(part: QueryPart, typed: string): SearchTerm[] {
  const [term] = readSearchTerms(part.kind === 'phrase' ? `"${part.value}"` : part.value);
  // Only what stands at the end may be unfinished.
  return term ? [{ ...term, isPrefix: term.isPrefix && part.kind === 'word' && !part.isNot && part.end === typed.length }] : [];
}

async function valuesOf(ctx: Ctx & { actor: AgentActor }, { filter, value, isNot }: QueryPart & { filter: FilterName }): Promise<string[] | undefined> {
  switch (filter) {
    case 'status': return !isNot && ((value === 'spam' && !can(ctx.actor, 'case.edit')) || (value === 'deleted' && !can(ctx.actor, 'case.delete'))) ? undefined : [value];
    case 'assignee':
      if (value === 'me') return [ctx.actor.agentId];
      if (value === 'none') return [NOBODY];
      return can(ctx.actor, 'agent.read') ? matching(await selectColleagues(ctx), value) : undefined;
    case 'team':
      if (value === 'none') return [NOBODY];
      return can(ctx.actor, 'agent.read') ? matching(await selectTeams(ctx), value) : undefined;
    case 'inbox': return matching(await selectInboxes(ctx), value);
    case 'tag': return [value.toLowerCase()];
    case 'from': case 'to': case 'file': return listOf(value);
    default: return [value];
  }
}

/**
 * What the index can be asked of names, addresses and files. It holds who wrote in, whom we wrote to and the names of files. What a colleague wrote, and what was written
 * to an inbox of ours, is found by looking at the entries; so is `to:` when there are words to begin with, because the index does not hold every copy.
 */
async function indexed(ctx: Ctx, { from, to, file }: EntryConditions, isAlone: boolean): Promise<SearchTerm[][]> {
  const groups: string[][][] = file ? [file] : [];
  if (from) {
    const colleagues = await selectColleagues(ctx);
    if (!from.some((words) => matching(colleagues, words.join(' ')).length > 0)) groups.push(from);
  }
  if (to && isAlone) {
    const inboxes = await selectInboxes(ctx);
    if (!to.some((words) => matching(inboxes, words.join(' ')).length > 0)) groups.push(to);
  }
  return groups.map((group) => group.map((words) => ({ words: words.map((word) => word.trim()), isPrefix: (words.at(-1)?.length ?? 0) > 3 })));
}
