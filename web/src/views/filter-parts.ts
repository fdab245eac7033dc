import { asideShelves, caseKinds, casePriorities, channelNames, shelves, type CaseField, type CaseFilter, type ComingWindow, type TimeWindow } from '@rapport/contract';
import { kindWord } from '../cases/properties/property-words.ts';
import { toTag } from '../cases/pickers/tag-picker.tsx';
import { priorityWord } from '../cases/words.ts';
import { formatDate } from '../i18n/format.ts';
import { currentLocale, t } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';
import { fieldPart, hasRange, rangePart, type OwnField, type Part } from './field-part.ts';

export interface Named {
  id: string;
  name: string;
}
export interface Known {
  agents: readonly Named[];
  teams: readonly Named[];
  inboxes: readonly Named[];
  tags: readonly string[];
  fields: readonly CaseField[];
  customerFields: readonly OwnField[];
  organizationFields: readonly OwnField[];
  customers: readonly Named[];
  organizations: readonly Named[];
  searchCustomers: (text: string) => void;
  searchOrganizations: (text: string) => void;
  /** Who may look into what was set aside. */
  isAsideSeen: boolean;
}

const HOURS = [1, 2, 4, 8, 24, 48, 72, 168];
const DAYS = [1, 3, 7, 14, 30, 90, 365];
const DAY_MS = 86_400_000;

function without(filter: CaseFilter, key: keyof CaseFilter): CaseFilter {
  const { [key]: _gone, ...rest } = filter;
  return rest;
}
const put = (filter: CaseFilter, key: keyof CaseFilter, value: unknown): CaseFilter => (value === undefined ? without(filter, key) : { ...filter, [key]: value });

/** A window as the id of an option, and back. */
const idOf = (window: TimeWindow | ComingWindow) => ('lastDays' in window ? `last-${window.lastDays}` : 'nextDays' in window ? `next-${window.nextDays}` : `${window.from ?? ''}/${window.to ?? ''}`);
function windowOf(id: string): TimeWindow | ComingWindow {
  if (id.startsWith('last-')) return { lastDays: Number(id.slice(5)) };
  if (id.startsWith('next-')) return { nextDays: Number(id.slice(5)) };
  const [from, to] = id.split('/');
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}
/** From the first to the last day, both whole, as the agent's clock has them. */
export function daysId(first: string, last: string): string | undefined {
  const at = (day: string, plus: number) => {
    const [year, month, date] = day.split('-').map(Number);
    return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + plus).toISOString();
  };
  return first === '' && last === '' ? undefined : `${first === '' ? '' : at(first, 0)}/${last === '' ? '' : at(last, 1)}`;
}
function windowWords(window: TimeWindow | ComingWindow): string {
  if ('lastDays' in window) return t('views.lastDays', { count: window.lastDays });
  if ('nextDays' in window) return t('views.nextDays', { count: window.nextDays });
  const from = window.from && formatDate(window.from);
  const to = window.to && formatDate(new Date(Date.parse(window.to) - DAY_MS / 2).toISOString());
  return from && to ? t('views.between', { from, to }) : from ? t('views.since', { from }) : t('views.until', { to: to ?? '' });
}

const hoursWords = (hours: number) => (hours % 24 === 0 ? t('views.days', { count: hours / 24 }) : t('views.hours', { count: hours }));

type Not = NonNullable<CaseFilter['not']>;
type NotKey = Exclude<keyof Not, 'fields'>;
interface Option {
  id: string;
  label: string;
}
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'da', 'sv', 'nb', 'fi', 'cs', 'sk', 'hu', 'ro', 'el', 'tr', 'ar', 'he', 'uk', 'ru', 'ja', 'ko', 'zh'];
const COUNTS = [2, 3, 5, 10, 20, 50];
/** How many, as the id of an option: from and to with a slash between, either of which can be left out. */
const countsId = ({ least, most }: NonNullable<CaseFilter['messages']>) => `${least ?? ''}/${most ?? ''}`;
function countsOf(id: string): CaseFilter['messages'] {
  const [least, most] = id.split('/').map((end) => (/^\d{1,5}$/.test(end.trim()) ? Number(end) : undefined));
  return least === undefined && most === undefined ? undefined : { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}
function countsWords({ least, most }: NonNullable<CaseFilter['messages']>): string {
  if (least !== undefined && most !== undefined) return t('views.between', { from: String(least), to: String(most) });
  return least !== undefined ? t('views.orMore', { count: least }) : t('views.orFewer', { count: most ?? 0 });
}
const oneWord = (text: string) => text.trim().slice(0, 100) || undefined;

/** The makers of the parts of one filter. */
function makers(filter: CaseFilter) {
  /** What is chosen but not known, such as somebody who has left, can still be taken away. */
  const several = (id: string, label: string, icon: IconName, options: readonly Option[], chosen: readonly string[], apply: Part['apply'], nameless = (_id: string) => t('views.gone')): Part => {
    const all = [...options, ...chosen.filter((each) => !options.some((one) => one.id === each)).map((each) => ({ id: each, label: nameless(each) }))];
    return { id, label, icon, kind: 'many', chosen, words: all.filter((one) => chosen.includes(one.id)).map((one) => one.label).join(', '), options: all.map((one) => ({ ...one, isChosen: chosen.includes(one.id) })), apply };
  };
  const putNot = (key: keyof Not, list: readonly unknown[]): CaseFilter => {
    const { [key]: _gone, ...rest } = filter.not ?? {};
    const not = list.length > 0 ? { ...rest, [key]: list } : rest;
    return put(filter, 'not', Object.keys(not).length > 0 ? not : undefined);
  };
  return {
    many: (key: 'shelves' | 'kinds' | 'priorities' | 'inboxes' | 'channels' | 'assignees' | 'teams' | 'followers' | 'planned' | 'languages', label: string, icon: IconName, options: readonly Option[]): Part => several(key, label, icon, options, filter[key] ?? [], (ids) => put(filter, key, ids.length > 0 ? ids : undefined)),
    tags: (key: 'anyTags' | 'allTags' | 'noTags', label: string, options: readonly Option[]): Part => ({ ...several(key, label, 'tag', options, filter[key] ?? [], (ids) => put(filter, key, ids.length > 0 ? ids : undefined), (tag) => tag), fromText: (text) => toTag(text) || undefined }),
    none: (key: NotKey, label: string, icon: IconName, options: readonly Option[]): Part => several(`not-${key}`, label, icon, options, filter.not?.[key] ?? [], (ids) => putNot(key, ids)),
    noneOfField: (field: OwnField): Part => {
      const [of, others] = [(filter.not?.fields ?? []).filter(({ fieldId }) => fieldId === field.id), (filter.not?.fields ?? []).filter(({ fieldId }) => fieldId !== field.id)];
      return several(`not-field-${field.id}`, t('views.isNot', { what: field.name }), 'tag', field.options, of.map(({ value }) => String(value)), (ids) => putNot('fields', [...others, ...ids.map((value) => ({ fieldId: field.id, value }))]));
    },
    one: (id: string, label: string, icon: IconName, value: string | undefined, options: readonly Option[], apply: (id: string | undefined) => CaseFilter, words: (id: string) => string, rest: Partial<Part> = {}): Part => ({
      id, label, icon, kind: 'one', chosen: value === undefined ? [] : [value], words: value === undefined ? '' : words(value), options: options.map((each) => ({ ...each, isChosen: each.id === value })), apply: ([next]) => apply(next), ...rest,
    }),
    yes: (key: 'unread' | 'promiseOverdue' | 'overdue' | 'hasAttachment' | 'followed' | 'mentioned' | 'undelivered', label: string, icon: IconName): Part => ({ id: key, label, icon, kind: 'yes', options: [], chosen: filter[key] ? ['yes'] : [], words: '', apply: ([id]) => put(filter, key, id === undefined ? undefined : true) }),
    window: (key: 'created' | 'updated' | 'resolved' | 'promise' | 'due' | 'snoozed', label: string): Part => {
      const now = filter[key];
      const chosen = now === undefined ? [] : [idOf(now)];
      const [way, word] = key === 'promise' || key === 'due' || key === 'snoozed' ? (['next', 'views.nextDays'] as const) : (['last', 'views.lastDays'] as const);
      return {
        id: key, label, icon: 'clock', kind: 'window', chosen, words: now === undefined ? '' : windowWords(now), options: DAYS.map((days) => ({ id: `${way}-${days}`, label: t(word, { count: days }), isChosen: chosen.includes(`${way}-${days}`) })),
        apply: ([id]) => put(filter, key, id === undefined ? undefined : windowOf(id)),
      };
    },
  };
}

/** Everything a list can be filtered by, in the order it is offered, with what belongs together side by side. */
export function partsOf(filter: CaseFilter, known: Known): Part[] {
  const { many, tags, none, noneOfField, one, yes, window } = makers(filter);
  const named = (list: readonly Named[]) => list.map(({ id, name }) => ({ id, label: name }));
  const nameIn = (list: readonly Named[]) => (id: string) => list.find((each) => each.id === id)?.name ?? t('views.oneChosen');
  const languages = new Intl.DisplayNames(currentLocale(), { type: 'language' });
  const offers = {
    shelves: [...shelves, ...(known.isAsideSeen ? asideShelves : [])].map((shelf) => ({ id: shelf, label: t(`view.${shelf}`) })), channels: channelNames.map((channel) => ({ id: channel, label: t(`views.channel.${channel}`) })), languages: LANGUAGES.map((code) => ({ id: code, label: languages.of(code) ?? code })),
    kinds: caseKinds.map((kind) => ({ id: kind, label: kindWord(kind) })), priorities: casePriorities.map((priority) => ({ id: priority, label: priorityWord(priority) })), inboxes: named(known.inboxes), tags: known.tags.map((tag) => ({ id: tag, label: tag })),
    assignees: [{ id: 'me', label: t('views.me') }, { id: 'none', label: t('assign.nobody') }, ...named(known.agents)], teams: [{ id: 'mine', label: t('views.myTeams') }, { id: 'none', label: t('assign.noTeam') }, ...named(known.teams)],
  };
  const putOne = (key: 'customerId' | 'organizationId' | 'subjectHas' | 'lastWrote') => (id: string | undefined) => put(filter, key, id);
  const own = (key: 'fields' | 'customerFields' | 'organizationFields', fields: readonly OwnField[]) => fields.map((field) => ({ ...fieldPart(filter[key], field, (list) => put(filter, key, list)), id: `${key}-${field.id}` }));
  const hours = filter.waitingHours === undefined ? undefined : String(filter.waitingHours);
  const counts = COUNTS.map(String);
  const groups: [string, Part[]][] = [
    [t('views.group.case'), [
      many('shelves', t('views.part.shelves'), 'layers', offers.shelves),
      many('kinds', t('views.part.kinds'), 'circle-dot', offers.kinds), many('priorities', t('views.part.priorities'), 'flag', offers.priorities), many('channels', t('views.part.channels'), 'messages-square', offers.channels), many('inboxes', t('views.part.inboxes'), 'inbox', offers.inboxes),
      one('subjectHas', t('views.part.subject'), 'type', filter.subjectHas, [], putOne('subjectHas'), (text) => text, { fromText: oneWord }),
      tags('anyTags', t('views.part.anyTags'), offers.tags), tags('allTags', t('views.part.allTags'), offers.tags), tags('noTags', t('views.part.noTags'), offers.tags),
    ]],
    [t('views.group.people'), [
      many('assignees', t('views.part.assignees'), 'user-round', offers.assignees), many('teams', t('views.part.teams'), 'users', offers.teams), yes('followed', t('views.part.followed'), 'eye'), many('followers', t('views.part.followers'), 'eye', named(known.agents)), yes('mentioned', t('views.part.mentioned'), 'at-sign'),
    ]],
    [t('views.group.messages'), [
      yes('unread', t('views.part.unread'), 'mail'),
      one('waitingHours', t('views.part.waiting'), 'hourglass', hours, HOURS.map((each) => ({ id: String(each), label: hoursWords(each) })), (id) => put(filter, 'waitingHours', id === undefined ? undefined : Number(id)), (id) => hoursWords(Number(id)), { fromText: (text) => (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 8760 ? text : undefined) }),
      one('lastWrote', t('views.part.lastWrote'), 'message-square-text', filter.lastWrote, (['customer', 'us'] as const).map((who) => ({ id: who, label: t(`views.lastWrote.${who}`) })), putOne('lastWrote'), (id) => t(id === 'us' ? 'views.lastWrote.us' : 'views.lastWrote.customer')),
      one('messages', t('views.part.messages'), 'rows-3', filter.messages && countsId(filter.messages), [...counts.map((count) => `${count}/`), ...counts.map((count) => `/${count}`)].map((id) => ({ id, label: countsWords(countsOf(id) ?? {}) })), (id) => put(filter, 'messages', id === undefined ? undefined : countsOf(id)), () => countsWords(filter.messages ?? {}), { holds: 'number' }),
      yes('hasAttachment', t('views.part.attachment'), 'paperclip'), yes('undelivered', t('views.part.undelivered'), 'mail-warning'), many('planned', t('views.part.planned'), 'send', (['waiting', 'held_back'] as const).map((state) => ({ id: state, label: t(`views.planned.${state}`) }))),
    ]],
    [t('views.group.customer'), [
      one('customerId', t('views.part.customer'), 'circle-user-round', filter.customerId, named(known.customers), putOne('customerId'), nameIn(known.customers), { onSearch: known.searchCustomers }),
      one('organizationId', t('views.part.organization'), 'building-2', filter.organizationId, named(known.organizations), putOne('organizationId'), nameIn(known.organizations), { onSearch: known.searchOrganizations }),
      many('languages', t('views.part.languages'), 'languages', offers.languages), ...own('customerFields', known.customerFields), ...own('organizationFields', known.organizationFields),
    ]],
    [t('views.group.times'), [window('created', t('views.part.created')), window('updated', t('views.part.updated')), window('resolved', t('views.part.resolved')), yes('overdue', t('views.part.dueOverdue'), 'flag'), window('due', t('views.part.due')), yes('promiseOverdue', t('views.part.overdue'), 'triangle-alert'), window('promise', t('views.part.promise')), window('snoozed', t('views.part.snoozed'))]],
    [t('views.group.fields'), [...own('fields', known.fields), ...known.fields.filter(hasRange).map((field) => rangePart(filter.fieldRanges, field, (ranges) => put(filter, 'fieldRanges', ranges)))]],
    [t('views.group.not'), [
      none('shelves', t('views.part.notShelves'), 'layers', offers.shelves), none('kinds', t('views.part.notKinds'), 'circle-dot', offers.kinds), none('priorities', t('views.part.notPriorities'), 'flag', offers.priorities), none('assignees', t('views.part.notAssignees'), 'user-x', offers.assignees), none('teams', t('views.part.notTeams'), 'users', offers.teams),
      none('followers', t('views.part.notFollowers'), 'eye', named(known.agents)), none('channels', t('views.part.notChannels'), 'messages-square', offers.channels), none('inboxes', t('views.part.notInboxes'), 'inbox', offers.inboxes), { ...none('customers', t('views.part.notCustomers'), 'circle-user-round', named(known.customers)), onSearch: known.searchCustomers },
      none('languages', t('views.part.notLanguages'), 'languages', offers.languages), ...known.fields.filter((field) => field.type === 'choice').map(noneOfField),
    ]],
  ];
  return groups.flatMap(([group, parts]) => parts.map((part) => ({ ...part, group })));
}
