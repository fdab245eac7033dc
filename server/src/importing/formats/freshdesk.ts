// Freshdesk: the account export (`Tickets0.json`: each ticket wrapped as `helpdesk_ticket` with its `notes`) and what its API answers (tickets with `conversations`, `requester`, `responder`).
import type { CasePriority, CaseStatus } from '@rapport/contract';
import { odd, type Found, type FoundEntry, type FoundFile } from '../found.ts';
import { addressesOf, contentOf, dateOf, idOf, objectOf, objectsOf, personOf, priorityOf, statusOf, textOf, textsOf, type Json } from './json-value.ts';
import { readJson, type Index, type KnownPerson } from './read-json.ts';

const STATUS: Record<string, CaseStatus> = { 2: 'open', 3: 'pending', 4: 'resolved', 5: 'closed', 6: 'pending', 7: 'on_hold' };
const PRIORITY: Record<string, CasePriority> = { 1: 'low', 2: 'normal', 3: 'high', 4: 'urgent' };
const nobody: KnownPerson = { name: null, email: null, phone: null, isAgent: false };

/** What stands in a wrapper of its kind, as in the account export. */
function unwrapped(record: Json): { kind: 'ticket' | 'person' | 'agent' | 'company' | 'conversation'; value: Json } {
  const wrap = (key: string) => objectOf(record[key]);
  const ticket = wrap('helpdesk_ticket') ?? wrap('ticket');
  if (ticket) return { kind: 'ticket', value: ticket };
  const note = wrap('helpdesk_note') ?? wrap('note');
  if (note) return { kind: 'conversation', value: note };
  const agent = wrap('agent');
  if (agent) return { kind: 'agent', value: agent };
  const who = wrap('user') ?? wrap('contact');
  // An agent of the API has its person within, under `contact`.
  if (who && ('available' in record || 'ticket_scope' in record)) return { kind: 'agent', value: { ...who, id: record['id'] } };
  if (who) return { kind: 'person', value: who };
  const company = wrap('company') ?? wrap('customer');
  if (company) return { kind: 'company', value: company };
  if ('ticket_id' in record && ('body' in record || 'body_text' in record)) return { kind: 'conversation', value: record };
  if ('subject' in record || 'status' in record) return { kind: 'ticket', value: record };
  if ('domains' in record && !('email' in record)) return { kind: 'company', value: record };
  return { kind: 'person', value: record };
}

const person = (value: Json, isAgent: boolean): KnownPerson => {
  const within = objectOf(value['user']);
  const of = (key: string) => textOf(value[key]) ?? textOf(within?.[key]);
  return { name: of('name'), email: of('email')?.toLowerCase() ?? null, phone: of('phone') ?? of('mobile'), isAgent: isAgent || value['helpdesk_agent'] === true };
};

function learn(record: Json, _list: string, { people, organizations }: Index): void {
  const { kind, value } = unwrapped(record);
  const id = idOf(value['id']);
  if (kind === 'company') {
    const name = textOf(value['name']);
    if (id !== null && name !== null) organizations.set(id, name);
  } else if (kind === 'person' || kind === 'agent') {
    if (id !== null) people.set(id, person(value, kind === 'agent'));
  } else if (kind === 'ticket') {
    for (const [role, isAgent] of [['requester', false], ['responder', true]] as const) {
      const who = objectOf(value[role]);
      const whoId = idOf(who?.['id']) ?? idOf(value[`${role}_id`]);
      if (who && whoId !== null && !people.has(whoId)) people.set(whoId, person(who, isAgent));
    }
  }
}

const filesOf = (list: unknown): FoundFile[] => objectsOf(list).map((file) => ({
  sourceId: idOf(file['id']), filename: textOf(file['name']) ?? textOf(file['content_file_name']) ?? 'file', mediaType: textOf(file['content_type']) ?? textOf(file['content_content_type']) ?? 'application/octet-stream', content: contentOf(file), contentId: null,
}));

/** Whose case it is and who serves it: notes of the account export name them by their ids only. */
interface Around {
  customerId: string | null;
  customer: KnownPerson;
  responderId: string | null;
  responder: KnownPerson | null;
}

function entryOf(note: Json, { customerId, customer, responderId, responder }: Around, people: Index['people']): FoundEntry | undefined {
  const value = objectOf(note['helpdesk_note']) ?? note;
  const id = idOf(value['id']);
  if (id === null) return undefined;
  const userId = idOf(value['user_id']);
  const known = userId === null ? undefined : people.get(userId);
  const isCustomer = value['incoming'] === true || (userId !== null && userId === customerId && known?.isAgent !== true);
  const sender = personOf(value['from_email']);
  const who = known ?? (isCustomer ? customer : userId !== null && userId === responderId && responder ? responder : { ...nobody, name: sender.name, email: userId === null ? sender.email : null });
  const isPlain = textOf(value['body_text']) === null && textOf(value['body_html']) !== null;
  return {
    sourceId: `c${id}`, kind: value['private'] === true ? 'note' : 'message', direction: isCustomer ? 'in' : 'out', author: { ...who, role: isCustomer ? 'customer' : 'agent' }, at: dateOf(value['created_at']),
    text: textOf(value['body_text']) ?? (isPlain ? textOf(value['body']) : null), html: textOf(value['body_html']) ?? (isPlain ? null : textOf(value['body'])), to: addressesOf(value['to_emails']), cc: addressesOf(value['cc_emails']), files: filesOf(value['attachments']), messageId: null,
  };
}

function turn(record: Json, _list: string, { people, organizations }: Index): Found {
  const { kind, value } = unwrapped(record);
  const id = idOf(value['id']);
  if (kind === 'company' || kind === 'agent') return { kind: 'nothing' };
  if (kind === 'person') {
    const who = person(value, false);
    if (who.isAgent) return { kind: 'nothing' };
    const company = idOf(value['company_id']) ?? idOf(value['customer_id']);
    return { kind: 'customer', customer: { ...who, furtherEmails: textsOf(value['other_emails']), organization: company === null ? null : (organizations.get(company) ?? null), note: textOf(value['description']) ?? '', locale: textOf(value['language']), createdAt: dateOf(value['created_at']) } };
  }
  if (kind === 'conversation') {
    const caseId = idOf(value['ticket_id']) ?? idOf(value['notable_id']);
    if (caseId === null) return odd('unknown_case', id);
    const entry = entryOf(value, { customerId: null, customer: nobody, responderId: null, responder: null }, people);
    return entry ? { kind: 'entries', caseId, entries: [entry] } : odd('no_id');
  }
  const caseId = idOf(value['display_id']) ?? id;
  if (caseId === null) return odd('no_id');
  if (value['deleted'] === true || value['spam'] === true) return odd('deleted', caseId);
  const embedded = objectOf(value['requester']);
  const customerId = idOf(value['requester_id']) ?? idOf(embedded?.['id']);
  const customer: KnownPerson = (customerId === null ? undefined : people.get(customerId)) ?? (embedded ? person(embedded, false) : { ...nobody, name: textOf(value['requester_name']), email: personOf(value['email']).email });
  const responderId = idOf(value['responder_id']);
  const responderName = textOf(value['responder_name']);
  const description = textOf(value['description_html']) ?? (textOf(value['description_text']) === null ? null : textOf(value['description']));
  const text = textOf(value['description_text']) ?? textOf(value['description']);
  const entries: FoundEntry[] = [];
  if (text !== null || description !== null) {
    entries.push({ sourceId: `t${caseId}`, kind: 'message', direction: 'in', author: { ...customer, role: 'customer' }, at: dateOf(value['created_at']), text, html: description, to: addressesOf(value['to_emails'] ?? value['to_email']), cc: addressesOf(value['cc_emails']), files: filesOf(value['attachments']), messageId: null });
  }
  const responder = (responderId === null ? undefined : people.get(responderId)) ?? (responderName === null || responderName === 'No Agent' ? null : { ...nobody, name: responderName, isAgent: true });
  entries.push(...objectsOf(value['conversations'] ?? value['notes']).flatMap((note) => entryOf(note, { customerId, customer, responderId, responder }, people) ?? []));
  const stats = objectOf(value['stats']) ?? objectOf(value['ticket_states']);
  return {
    kind: 'case',
    case: {
      sourceId: caseId, subject: textOf(value['subject']) ?? '', status: STATUS[textOf(value['status']) ?? ''] ?? statusOf(value['status_name'] ?? value['status']), priority: PRIORITY[textOf(value['priority']) ?? ''] ?? priorityOf(value['priority_name'] ?? value['priority']),
      tags: [...textsOf(value['tags']), ...objectsOf(value['tags']).flatMap((one) => textOf(one['name']) ?? [])], customer: { ...customer, sourceId: customerId },
      assignee: responder, createdAt: dateOf(value['created_at']), resolvedAt: dateOf(stats?.['resolved_at']) ?? dateOf(stats?.['closed_at']), entries,
    },
  };
}

export const readFreshdesk = readJson({ lists: new Set(['tickets', 'contacts', 'agents', 'companies', 'users']), learn, turn });
