import { caseFilter, type CaseFilter } from '@rapport/contract';
import { checkInput } from './check-input.ts';
import { isNamed, wantedValue, type OwnField } from './wanted-value.ts';

interface Named {
  id: string;
  name: string;
}
/** What filters may call by its name. */
export interface FilterNames {
  /** The id of the agent with this address. */
  agentId(email: string): Promise<string>;
  teams(): Promise<readonly Named[]>;
  inboxes(): Promise<readonly Named[]>;
  fields(): Promise<readonly OwnField[]>;
  customerFields(): Promise<readonly (OwnField & { subject: 'customer' | 'organization' })[]>;
}
type Read = (text: string, names: FilterNames) => unknown;

const listed = (text: string) => text.split(',').map((word) => word.trim());
const words: Read = listed;
const people: Read = (text, { agentId }) => Promise.all(listed(text).map((word) => (word.includes('@') ? agentId(word) : word)));
const named = (what: 'teams' | 'inboxes'): Read => async (text, names) => {
  const known = await names[what]();
  return listed(text).map((word) => known.find(isNamed(word))?.id ?? word);
};
const [teams, inboxes] = [named('teams'), named('inboxes')];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A day is the whole day, as this machine's clock has it. */
function momentOf(text: string, isLast: boolean): string | undefined {
  if (text === '') return undefined;
  const [year = 0, month = 1, day = 1] = DAY.test(text) ? text.split('-').map(Number) : [];
  const moment = DAY.test(text) ? new Date(year, month - 1, day + (isLast ? 1 : 0)) : new Date(text);
  if (Number.isNaN(moment.getTime())) throw new Error(`${text} is no day (2026-03-02) and no moment (2026-03-02T09:00:00Z).`);
  return moment.toISOString();
}
const ends = (text: string): [string, string] => {
  const [from = '', to = from] = text.split('..');
  return [from.trim(), to.trim()];
};
const span = (way: 'lastDays' | 'nextDays'): Read => (text) => {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  if (days !== undefined) return { [way]: Number(days) };
  const [from, to] = ends(text);
  return { from: momentOf(from, false), to: momentOf(to, true) };
};
const number = (text: string) => (text === '' ? undefined : Number(text));
const counts: Read = (text) => {
  const [least, most] = ends(text);
  return { least: number(least), most: number(most) };
};
/** `Plan:gold`, the field by its name. */
const written = (text: string): [string, string] => {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};
const valueOf = (fields: readonly OwnField[], text: string) => wantedValue(fields, written(text).join('='), '--filter');
const fieldValue: Read = async (text, names) => [valueOf(await names.fields(), text)];
const ofCustomer = (subject: 'customer' | 'organization'): Read => async (text, names) => [valueOf((await names.customerFields()).filter((field) => field.subject === subject), text)];
const [customerField, organizationField] = [ofCustomer('customer'), ofCustomer('organization')];
const fieldEnds: Read = async (text, names) => {
  const [name, value] = written(text);
  const fields = await names.fields();
  const read = (end: string) => {
    if (end === '') return undefined;
    const { value: typed } = valueOf(fields, `${name}:${end}`);
    return typeof typed === 'object' ? typed.amountMinor : typed;
  };
  const [from, to] = ends(value);
  return [{ fieldId: fields.find(isNamed(name))?.id ?? valueOf(fields, text).fieldId, from: read(from), to: read(to) }];
};
const plain: Read = (text) => text;
const mark: Read = (text) => (text === 'true' ? true : text);

/** How the value of each part of a filter is typed. */
const reads: Record<Exclude<keyof CaseFilter, 'not'>, Read> = {
  shelves: words, kinds: words, priorities: words, inboxes, channels: words, assignees: people, teams, followers: people, anyTags: words, allTags: words, noTags: words, languages: words, planned: words,
  subjectHas: plain, customerId: plain, organizationId: plain, lastWrote: plain, waitingHours: number, messages: counts,
  fields: fieldValue, customerFields: customerField, organizationFields: organizationField, fieldRanges: fieldEnds, created: span('lastDays'), updated: span('lastDays'), resolved: span('lastDays'), promise: span('nextDays'), due: span('nextDays'), snoozed: span('nextDays'),
  unread: mark, promiseOverdue: mark, overdue: mark, hasAttachment: mark, followed: mark, mentioned: mark, undelivered: mark,
};
const readsNot: Record<keyof NonNullable<CaseFilter['not']>, Read> = { shelves: words, kinds: words, priorities: words, inboxes, channels: words, assignees: people, teams, followers: people, customers: words, languages: words, fields: fieldValue };

const namesWith = (...some: Read[]) => Object.entries(reads).filter(([, one]) => some.includes(one)).map(([name]) => name).join(', ');

export const FILTER_HELP = `
Filters, which all must fit; the names are those of the API's CaseFilter:
  name=value,value    any one of: ${namesWith(words, people, teams, inboxes)}
  name!=value,value   none of: ${Object.keys(readsNot).join(', ')}
  name                true of it: ${namesWith(mark)}
  name=text           ${namesWith(plain)}; waitingHours=24
  name=7d             the last days of created, updated, resolved; the next days of promise, due, snoozed
  name=FROM..TO       days or moments of the same, either end may be left out: created=2026-03-01..2026-03-31
  messages=3..10      how many messages; 3.. for or more, ..10 for or fewer
  name=Field:value    of fields of your own: ${namesWith(fieldValue, customerField, organizationField)}; fieldRanges=Field:FROM..TO
Colleagues go by their address, teams and inboxes by their name: assignees=me,anna@example.com. The same name can be given several times.`;

const joined = (before: unknown, now: unknown) => (Array.isArray(before) && Array.isArray(now) ? [...(before as unknown[]), ...(now as unknown[])] : now);

/** The filter that expressions such as `priorities=high,urgent`, `teams!=none` and `unread` mean, checked by the contract. Throws one line that says what to change. */
export async function readFilterWords(expressions: readonly string[], names: FilterNames): Promise<CaseFilter> {
  const filter: Record<string, unknown> = {};
  const not: Record<string, unknown> = {};
  for (const expression of expressions) {
    const [, name = '', sign, text = ''] = /^([A-Za-z]+)(?:(!?=)(.*))?$/su.exec(expression) ?? [];
    const [into, from] = sign === '!=' ? [not, readsNot as Record<string, Read>] : [filter, reads as Record<string, Read>];
    const read = Object.hasOwn(from, name) ? from[name] : undefined;
    if (!read) throw new Error(`--filter ${expression}: ${sign === '!=' ? 'What can be left out' : 'What can be asked for'} is ${Object.keys(from).join(', ')}.`);
    into[name] = joined(into[name], await read(sign === undefined ? 'true' : text.trim(), names));
  }
  return checkInput(caseFilter, { ...filter, ...(Object.keys(not).length > 0 ? { not } : {}) });
}
