import { viewColumns, type CaseFilter, type ViewContent } from '@rapport/contract';
import type { OwnView } from '../data/views.ts';
import { isSort } from './sorts.ts';

export const startColumns: ViewContent['columns'] = ['number', 'customer', 'subject', 'priority', 'assignee', 'waiting', 'activity'];

/** What a list that is not saved shows, and which view it was made from. */
export interface Unsaved {
  content: ViewContent;
  of: string | undefined;
}

const toText = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** The address of a list that is not saved: all of it stands there, so that it can be sent to a colleague. */
export const writeAddress = ({ content, of }: Unsaved): OwnView => `filter-${toText(new TextEncoder().encode(JSON.stringify({ ...content, ...(of ? { of } : {}) })))}`;

const texts = (value: unknown) => (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string') ? (value as string[]) : undefined);
const lists = ['shelves', 'kinds', 'priorities', 'inboxes', 'channels', 'assignees', 'teams', 'anyTags', 'allTags', 'noTags', 'languages', 'followers', 'planned'] as const;
const nots = ['shelves', 'kinds', 'priorities', 'inboxes', 'channels', 'assignees', 'teams', 'followers', 'customers', 'languages'] as const;
const marks = ['unread', 'promiseOverdue', 'overdue', 'hasAttachment', 'followed', 'mentioned', 'undelivered'] as const;
const words = ['customerId', 'organizationId', 'subjectHas', 'lastWrote'] as const;
const spans = ['created', 'updated', 'resolved', 'promise', 'due', 'snoozed'] as const;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isValue = ({ value }: Record<string, unknown>) => value !== undefined && value !== null;
/** Of a list about the account's own fields, those entries that mean something. */
const values = (list: unknown, isMeant: (one: Record<string, unknown>) => boolean): unknown[] => (Array.isArray(list) ? list.filter((one: unknown) => isObject(one) && typeof one['fieldId'] === 'string' && isMeant(one)) : []);
const isEnd = (value: unknown) => ['string', 'number', 'undefined'].includes(typeof value);

/** Takes from an address only what can stand in a filter: whoever made it up may have typed anything. The server checks the values. */
function readFilter(given: Record<string, unknown>): CaseFilter {
  const filter: Record<string, unknown> = {};
  for (const key of lists) if (texts(given[key])) filter[key] = texts(given[key]);
  for (const key of marks) if (given[key] === true) filter[key] = true;
  for (const key of words) if (typeof given[key] === 'string') filter[key] = given[key];
  if (typeof given['waitingHours'] === 'number') filter['waitingHours'] = given['waitingHours'];
  for (const key of spans) {
    const span = given[key];
    if (!isObject(span)) continue;
    const days = (['lastDays', 'nextDays'] as const).find((each) => typeof span[each] === 'number');
    if (days) filter[key] = { [days]: span[days] };
    else if (typeof span['from'] === 'string' || typeof span['to'] === 'string') filter[key] = { ...(typeof span['from'] === 'string' ? { from: span['from'] } : {}), ...(typeof span['to'] === 'string' ? { to: span['to'] } : {}) };
  }
  const wantedNot = isObject(given['not']) ? given['not'] : {};
  const notFields = values(wantedNot['fields'], isValue);
  const not = { ...Object.fromEntries(nots.flatMap((key) => (texts(wantedNot[key]) ? [[key, texts(wantedNot[key])]] : []))), ...(notFields.length > 0 ? { fields: notFields } : {}) };
  if (Object.keys(not).length > 0) filter['not'] = not;
  const counts = isObject(given['messages']) ? Object.fromEntries(Object.entries(given['messages']).filter(([key, value]) => ['least', 'most'].includes(key) && typeof value === 'number')) : {};
  if (Object.keys(counts).length > 0) filter['messages'] = counts;
  const entries = (key: string, isMeant: (one: Record<string, unknown>) => boolean) => {
    const list = values(given[key], isMeant);
    if (list.length > 0) filter[key] = list;
  };
  for (const key of ['fields', 'customerFields', 'organizationFields']) entries(key, isValue);
  entries('fieldRanges', ({ from, to }) => isEnd(from) && isEnd(to) && (from !== undefined || to !== undefined));
  return filter as CaseFilter;
}

/** Reads such an address; nothing when it is damaged. */
export function readAddress(view: OwnView): Unsaved | undefined {
  try {
    const bytes = Uint8Array.from(atob(view.slice('filter-'.length).replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const columns = texts(read['columns'])?.filter((each) => (viewColumns as readonly string[]).includes(each) || /^field:[\da-f-]{36}$/.test(each));
    return {
      of: typeof read['of'] === 'string' ? read['of'] : undefined,
      content: {
        filter: typeof read['filter'] === 'object' && read['filter'] !== null ? readFilter(read['filter'] as Record<string, unknown>) : {}, sort: isSort(read['sort']) ? read['sort'] : 'newest', layout: read['layout'] === 'table' ? 'table' : 'list',
        columns: columns?.length ? (columns as ViewContent['columns']) : startColumns,
      },
    };
  } catch {
    return undefined;
  }
}

const inOrder = (value: unknown): unknown => (Array.isArray(value) ? value.map(inOrder) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each)])) : value);

/** Whether two lists show the same in the same way. */
export const isSame = (a: ViewContent, b: ViewContent): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
