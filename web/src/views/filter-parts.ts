import { asideShelves, caseKinds, casePriorities, shelves, type CaseField, type CaseFilter, type TimeWindow } from '@rapport/contract';
import { kindWord } from '../cases/properties/property-words.ts';
import { toTag } from '../cases/pickers/tag-picker.tsx';
import { priorityWord } from '../cases/words.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';
import { fieldPart, type Part } from './field-part.ts';

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
const idOf = (window: TimeWindow) => ('lastDays' in window ? `last-${window.lastDays}` : `${window.from ?? ''}/${window.to ?? ''}`);
function windowOf(id: string): TimeWindow {
  if (id.startsWith('last-')) return { lastDays: Number(id.slice(5)) };
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
function windowWords(window: TimeWindow): string {
  if ('lastDays' in window) return t('views.lastDays', { count: window.lastDays });
  const from = window.from && formatDate(window.from);
  const to = window.to && formatDate(new Date(Date.parse(window.to) - DAY_MS / 2).toISOString());
  return from && to ? t('views.between', { from, to }) : from ? t('views.since', { from }) : t('views.until', { to: to ?? '' });
}

const hoursWords = (hours: number) => (hours % 24 === 0 ? t('views.days', { count: hours / 24 }) : t('views.hours', { count: hours }));

/** Everything a list can be filtered by, in the order it is offered. */
export function partsOf(filter: CaseFilter, known: Known): Part[] {
  const many = (key: 'shelves' | 'kinds' | 'priorities' | 'inboxes' | 'assignees' | 'teams' | 'anyTags' | 'allTags' | 'noTags', label: string, icon: IconName, options: { id: string; label: string }[]): Part => {
    const chosen: readonly string[] = filter[key] ?? [];
    // What is chosen but not known, such as somebody who has left, can still be taken away.
    const all = [...options, ...chosen.filter((id) => !options.some((one) => one.id === id)).map((id) => ({ id, label: key.endsWith('Tags') ? id : t('views.gone') }))];
    return {
      id: key, label, icon, kind: 'many', chosen, words: all.filter(({ id }) => chosen.includes(id)).map((one) => one.label).join(', '), options: all.map((one) => ({ ...one, isChosen: chosen.includes(one.id) })),
      apply: (ids) => put(filter, key, ids.length > 0 ? ids : undefined), ...(key.endsWith('Tags') ? { fromText: (text: string) => toTag(text) || undefined } : {}),
    };
  };
  const one = (key: 'customerId' | 'organizationId' | 'waitingHours', label: string, icon: IconName, options: { id: string; label: string }[], words: (id: string) => string, rest: Partial<Part> = {}): Part => {
    const value = filter[key];
    const chosen = value === undefined ? [] : [String(value)];
    return { id: key, label, icon, kind: 'one', chosen, words: chosen.map(words).join(''), options: options.map((each) => ({ ...each, isChosen: chosen.includes(each.id) })), apply: ([id]) => put(filter, key, id === undefined ? undefined : key === 'waitingHours' ? Number(id) : id), ...rest };
  };
  const yes = (key: 'unread' | 'promiseOverdue' | 'hasAttachment' | 'followed' | 'mentioned', label: string, icon: IconName): Part => ({ id: key, label, icon, kind: 'yes', options: [], chosen: filter[key] ? ['yes'] : [], words: '', apply: ([id]) => put(filter, key, id === undefined ? undefined : true) });
  const window = (key: 'created' | 'updated' | 'resolved', label: string): Part => {
    const now = filter[key];
    const chosen = now === undefined ? [] : [idOf(now)];
    return {
      id: key, label, icon: 'clock', kind: 'window', chosen, words: now === undefined ? '' : windowWords(now), options: DAYS.map((days) => ({ id: `last-${days}`, label: t('views.lastDays', { count: days }), isChosen: chosen.includes(`last-${days}`) })),
      apply: ([id]) => put(filter, key, id === undefined ? undefined : windowOf(id)),
    };
  };
  const named = (list: readonly Named[]) => list.map(({ id, name }) => ({ id, label: name }));
  const nameIn = (list: readonly Named[]) => (id: string) => list.find((each) => each.id === id)?.name ?? t('views.oneChosen');
  const tags = known.tags.map((tag) => ({ id: tag, label: tag }));
  return [
    many('shelves', t('views.part.shelves'), 'layers', [...shelves, ...(known.isAsideSeen ? asideShelves : [])].map((shelf) => ({ id: shelf, label: t(`view.${shelf}`) }))),
    many('kinds', t('views.part.kinds'), 'circle-dot', caseKinds.map((kind) => ({ id: kind, label: kindWord(kind) }))),
    many('priorities', t('views.part.priorities'), 'flag', casePriorities.map((priority) => ({ id: priority, label: priorityWord(priority) }))),
    many('assignees', t('views.part.assignees'), 'user-round', [{ id: 'me', label: t('views.me') }, { id: 'none', label: t('assign.nobody') }, ...named(known.agents)]),
    many('teams', t('views.part.teams'), 'users', [{ id: 'mine', label: t('views.myTeams') }, { id: 'none', label: t('assign.noTeam') }, ...named(known.teams)]),
    many('inboxes', t('views.part.inboxes'), 'inbox', named(known.inboxes)),
    many('anyTags', t('views.part.anyTags'), 'tag', tags), many('allTags', t('views.part.allTags'), 'tag', tags), many('noTags', t('views.part.noTags'), 'tag', tags),
    ...known.fields.map((field) => fieldPart(filter.fields, field, (fields) => put(filter, 'fields', fields))),
    one('customerId', t('views.part.customer'), 'circle-user-round', named(known.customers), nameIn(known.customers), { onSearch: known.searchCustomers }),
    one('organizationId', t('views.part.organization'), 'building-2', named(known.organizations), nameIn(known.organizations), { onSearch: known.searchOrganizations }),
    one('waitingHours', t('views.part.waiting'), 'hourglass', HOURS.map((hours) => ({ id: String(hours), label: hoursWords(hours) })), (id) => hoursWords(Number(id)), { fromText: (text) => (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 8760 ? text : undefined) }),
    yes('unread', t('views.part.unread'), 'mail'), yes('promiseOverdue', t('views.part.overdue'), 'triangle-alert'), yes('hasAttachment', t('views.part.attachment'), 'paperclip'),
    yes('followed', t('views.part.followed'), 'eye'), yes('mentioned', t('views.part.mentioned'), 'at-sign'),
    window('created', t('views.part.created')), window('updated', t('views.part.updated')), window('resolved', t('views.part.resolved')),
  ];
}
