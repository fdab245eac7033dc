// Zendesk: the account's JSON export (one ticket, user or organization on a line, comments within the ticket) and what its API answers (`tickets`, `users`, `organizations` as lists; comments in files of their own when they name their `ticket_id`).
import { odd, type Found, type FoundEntry, type FoundFile } from '../found.ts';
import { addressesOf, contentOf, dateOf, idOf, objectOf, objectsOf, priorityOf, statusOf, textOf, textsOf, type Json } from './json-value.ts';
import { readJson, type Index, type KnownPerson } from './read-json.ts';

const nobody: KnownPerson = { name: null, email: null, phone: null, isAgent: false };

const isUser = (record: Json, list: string): boolean => list === 'users' || (list === '' && 'role' in record && 'email' in record);
const isOrganization = (record: Json, list: string): boolean => list === 'organizations' || (list === '' && 'domain_names' in record);
const isComment = (record: Json, list: string): boolean => list === '' && 'author_id' in record && 'body' in record && !('subject' in record);

const person = (record: Json): KnownPerson => ({ name: textOf(record['name']), email: textOf(record['email'])?.toLowerCase() ?? null, phone: textOf(record['phone']), isAgent: record['role'] === 'agent' || record['role'] === 'admin' });

/** The same numbers are given out in every account, so the account's host is part of an id where it is told. */
const hostOf = (record: Json): string => {
  const url = textOf(record['url']);
  return url !== null && URL.canParse(url) ? `${new URL(url).host}/` : '';
};

function learn(record: Json, list: string, { people, organizations }: Index): void {
  const id = idOf(record['id']);
  if (isUser(record, list)) {
    if (id !== null) people.set(id, person(record));
  } else if (isOrganization(record, list)) {
    const name = textOf(record['name']);
    if (id !== null && name !== null) organizations.set(id, name);
  } else {
    // Tickets of the export carry their people with them.
    for (const role of ['requester', 'submitter', 'assignee']) {
      const who = objectOf(record[role]);
      const whoId = idOf(who?.['id']);
      if (who && whoId !== null && !people.has(whoId)) people.set(whoId, person(who));
    }
  }
}

const filesOf = (list: unknown): FoundFile[] => objectsOf(list).map((file) => ({
  sourceId: idOf(file['id']), filename: textOf(file['file_name']) ?? 'file', mediaType: textOf(file['content_type']) ?? 'application/octet-stream', content: contentOf(file), contentId: null,
}));

function entryOf(comment: Json, host: string, requesterId: string | null, people: Index['people']): FoundEntry | undefined {
  const id = idOf(comment['id']);
  if (id === null) return undefined;
  const authorId = idOf(comment['author_id']);
  const embedded = objectOf(comment['author']);
  const who = (authorId === null ? undefined : people.get(authorId)) ?? (embedded ? person(embedded) : undefined);
  const isCustomer = who?.isAgent === true ? false : authorId !== null && authorId === requesterId ? true : who !== undefined;
  const from = objectOf(objectOf(objectOf(comment['via'])?.['source'])?.['to']);
  return {
    sourceId: `${host}c${id}`, kind: comment['public'] === false ? 'note' : 'message', direction: isCustomer ? 'in' : 'out', author: { ...(who ?? nobody), role: authorId === '-1' ? 'system' : isCustomer ? 'customer' : 'agent' },
    at: dateOf(comment['created_at']), text: textOf(comment['plain_body']) ?? textOf(comment['body']), html: textOf(comment['html_body']), to: addressesOf(from?.['address']), cc: addressesOf(from?.['email_ccs']), files: filesOf(comment['attachments']), messageId: null,
  };
}

function turn(record: Json, list: string, { people, organizations }: Index): Found {
  const id = idOf(record['id']);
  if (isOrganization(record, list)) return { kind: 'nothing' };
  if (isUser(record, list)) {
    const who = person(record);
    const organization = idOf(record['organization_id']);
    if (who.isAgent || record['suspended'] === true) return { kind: 'nothing' };
    return { kind: 'customer', customer: { ...who, furtherEmails: [], organization: organization === null ? null : (organizations.get(organization) ?? null), note: [record['details'], record['notes']].flatMap((each) => textOf(each) ?? []).join('\n'), locale: textOf(record['locale']), createdAt: dateOf(record['created_at']) } };
  }
  if (isComment(record, list)) {
    const caseId = idOf(record['ticket_id']);
    if (caseId === null) return odd('unknown_case', id);
    const entry = entryOf(record, hostOf(record), idOf(record['requester_id']), people);
    return entry ? { kind: 'entries', caseId: `${hostOf(record)}${caseId}`, entries: [entry] } : odd('no_id');
  }
  if (id === null) return odd('no_id');
  if (record['status'] === 'deleted') return odd('deleted', id);
  const host = hostOf(record);
  const requester = objectOf(record['requester']);
  const requesterId = idOf(record['requester_id']) ?? idOf(requester?.['id']);
  const customer = (requesterId === null ? undefined : people.get(requesterId)) ?? (requester ? person(requester) : nobody);
  const assigneeId = idOf(record['assignee_id']);
  const assignee = objectOf(record['assignee']);
  const entries = objectsOf(record['comments']).flatMap((comment) => entryOf(comment, host, requesterId, people) ?? []);
  const description = textOf(record['description']);
  if (entries.length === 0 && description !== null) {
    entries.push({ sourceId: `${host}t${id}`, kind: 'message', direction: 'in', author: { ...customer, role: 'customer' }, at: dateOf(record['created_at']), text: description, html: null, to: addressesOf(record['recipient']), cc: [], files: [], messageId: null });
  }
  return {
    kind: 'case',
    case: {
      sourceId: `${host}${id}`, subject: textOf(record['subject']) ?? textOf(record['raw_subject']) ?? '', status: statusOf(record['status']), priority: priorityOf(record['priority']), tags: textsOf(record['tags']), customer: { ...customer, sourceId: requesterId },
      assignee: (assigneeId === null ? undefined : people.get(assigneeId)) ?? (assignee ? person(assignee) : null), createdAt: dateOf(record['created_at']), resolvedAt: dateOf(objectOf(record['metric_set'])?.['solved_at']), entries,
    },
  };
}

export const readZendesk = readJson({ lists: new Set(['tickets', 'users', 'organizations']), learn, turn });
