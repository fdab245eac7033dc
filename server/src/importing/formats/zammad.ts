// Zammad: tickets as its API answers them (with `expand=true`, so that states and people have names), their articles under `articles` or in a list of their own, users and organizations.
import type { CasePriority, CaseStatus } from '@rapport/contract';
import { odd, type Found, type FoundEntry, type FoundFile } from '../found.ts';
import { addressesOf, contentOf, dateOf, idOf, isAddress, objectOf, objectsOf, personOf, textOf, textsOf, type Json } from './json-value.ts';
import { readJson, type Index, type KnownPerson } from './read-json.ts';

// As a new installation numbers them; with names, the names count.
const STATES: Record<string, CaseStatus | 'gone'> = { new: 'new', open: 'open', 'pending reminder': 'pending', 'pending close': 'pending', closed: 'resolved', merged: 'gone', removed: 'gone', 1: 'new', 2: 'open', 3: 'pending', 4: 'resolved', 5: 'gone', 6: 'gone', 7: 'pending' };
const PRIORITIES: Record<string, CasePriority> = { '1 low': 'low', '2 normal': 'normal', '3 high': 'high', 1: 'low', 2: 'normal', 3: 'high' };
const SENDERS: Record<string, 'agent' | 'customer' | 'system'> = { Agent: 'agent', Customer: 'customer', System: 'system', 1: 'agent', 2: 'customer', 3: 'system' };
const nobody: KnownPerson = { name: null, email: null, phone: null, isAgent: false };

const isArticle = (record: Json): boolean => 'ticket_id' in record && 'body' in record;
const isOrganization = (record: Json, list: string): boolean => list === 'organizations' || (list === '' && 'domain_assignment' in record);
const isUser = (record: Json, list: string): boolean => list === 'users' || (list === '' && 'login' in record && !('title' in record));

const person = (value: Json): KnownPerson => ({
  name: [value['firstname'], value['lastname']].flatMap((each) => textOf(each) ?? []).join(' ').trim() || textOf(value['fullname']), email: textOf(value['email'])?.toLowerCase() ?? null, phone: textOf(value['phone']) ?? textOf(value['mobile']),
  isAgent: textsOf(value['roles']).some((role) => role === 'Agent' || role === 'Admin') || (Array.isArray(value['role_ids']) && value['role_ids'].some((role) => role === 1 || role === 2)),
});

function learn(record: Json, list: string, { people, organizations }: Index): void {
  const id = idOf(record['id']);
  if (id === null) return;
  if (isOrganization(record, list)) {
    const name = textOf(record['name']);
    if (name !== null) organizations.set(id, name);
  } else if (isUser(record, list)) people.set(id, person(record));
}

/** By its id, by the object, or by the name that stands for it, which is an address. */
function whoIs(value: unknown, id: unknown, people: Index['people']): KnownPerson | undefined {
  const embedded = objectOf(value);
  const known = people.get(idOf(id) ?? '');
  if (known) return known;
  if (embedded) return person(embedded);
  const text = textOf(value);
  return text === null || text === '-' ? undefined : { ...nobody, ...personOf(text) };
}

const filesOf = (list: unknown): FoundFile[] => objectsOf(list).map((file) => {
  const preferences = objectOf(file['preferences']);
  return {
    sourceId: idOf(file['id']), filename: textOf(file['filename']) ?? 'file', mediaType: (textOf(file['mime-type']) ?? textOf(preferences?.['Content-Type']) ?? textOf(preferences?.['Mime-Type']) ?? 'application/octet-stream').split(';')[0] ?? '', content: contentOf(file),
    contentId: textOf(preferences?.['Content-ID'])?.replace(/^<|>$/g, '') ?? null,
  };
});

function entryOf(article: Json, customer: KnownPerson, people: Index['people']): FoundEntry | undefined {
  const id = idOf(article['id']);
  if (id === null) return undefined;
  const role = SENDERS[textOf(article['sender']) ?? textOf(article['sender_id']) ?? ''] ?? 'system';
  const from = personOf(article['from']);
  const writer = whoIs(article['created_by'], article['created_by_id'], people);
  const author = role === 'customer' ? { ...customer, ...(from.email === null ? {} : from) } : role === 'agent' ? (writer ?? { ...nobody, name: from.name?.replace(/ via .*$/, '') ?? null }) : { ...nobody, name: from.name };
  const isHtml = (textOf(article['content_type']) ?? 'text/html').startsWith('text/html');
  const body = textOf(article['body']);
  return {
    sourceId: `a${id}`, kind: article['internal'] === true ? 'note' : 'message', direction: role === 'customer' ? 'in' : 'out', author: { ...author, role }, at: dateOf(article['created_at']),
    text: isHtml ? null : body, html: isHtml ? body : null, to: addressesOf(article['to']), cc: addressesOf(article['cc']), files: filesOf(article['attachments']), messageId: textOf(article['message_id'])?.replace(/^<|>$/g, '') ?? null,
  };
}

function turn(record: Json, list: string, { people, organizations }: Index): Found {
  const id = idOf(record['id']);
  if (isOrganization(record, list)) return { kind: 'nothing' };
  if (isArticle(record)) {
    const caseId = idOf(record['ticket_id']);
    if (caseId === null) return odd('unknown_case', id);
    const entry = entryOf(record, nobody, people);
    return entry ? { kind: 'entries', caseId, entries: [entry] } : odd('no_id');
  }
  if (isUser(record, list)) {
    const who = person(record);
    if (who.isAgent || id === '1') return { kind: 'nothing' };
    const organization = textOf(record['organization']) ?? organizations.get(idOf(record['organization_id']) ?? '') ?? null;
    return { kind: 'customer', customer: { ...who, furtherEmails: [], organization, note: textOf(record['note']) ?? '', locale: null, createdAt: dateOf(record['created_at']) } };
  }
  if (id === null) return odd('no_id');
  const state = STATES[textOf(record['state'])?.toLowerCase() ?? textOf(record['state_id']) ?? ''];
  if (state === 'gone') return odd('deleted', id);
  const customer = whoIs(record['customer'], record['customer_id'], people) ?? nobody;
  const owner = textOf(record['owner_id']) === '1' ? undefined : whoIs(record['owner'], record['owner_id'], people);
  return {
    kind: 'case',
    case: {
      sourceId: id, subject: textOf(record['title']) ?? '', status: state ?? null, priority: PRIORITIES[textOf(record['priority'])?.toLowerCase() ?? textOf(record['priority_id']) ?? '2'] ?? null,
      tags: typeof record['tags'] === 'string' ? record['tags'].split(',') : textsOf(record['tags']), customer: { ...customer, sourceId: idOf(record['customer_id']) }, assignee: owner !== undefined && (isAddress(owner.email) || owner.name !== null) ? owner : null,
      createdAt: dateOf(record['created_at']), resolvedAt: dateOf(record['close_at']), entries: objectsOf(record['articles']).flatMap((article) => entryOf(article, customer, people) ?? []),
    },
  };
}

export const readZammad = readJson({ lists: new Set(['tickets', 'users', 'organizations']), learn, turn });
