// Chatwoot: conversations as its application API answers them (`data.payload` or `payload`, one after the other, or a list), with their `messages`; messages and contacts in files of their own too.
import { odd, type Found, type FoundEntry, type FoundFile, type FoundPerson } from '../found.ts';
import { addressesOf, contentOf, dateOf, idOf, objectOf, objectsOf, priorityOf, statusOf, textOf, textsOf, type Json } from './json-value.ts';
import { readJson, type Index } from './read-json.ts';

const isMessage = (record: Json): boolean => 'message_type' in record;
const isConversation = (record: Json): boolean => !isMessage(record) && ('messages' in record || 'status' in record);
const INCOMING = new Set<unknown>([0, 'incoming']);
const ACTIVITY = new Set<unknown>([2, 'activity']);
const TEMPLATE = new Set<unknown>([3, 'template']);

const person = (value: Json | undefined): FoundPerson => ({ name: textOf(value?.['name']) ?? textOf(value?.['available_name']), email: textOf(value?.['email'])?.toLowerCase() ?? null, phone: textOf(value?.['phone_number']) });

// People come along with every message.
function learn(_record: Json, _list: string, _index: Index): void {}

const filenameOf = (file: Json): string => {
  const url = textOf(file['data_url']);
  const last = url !== null && URL.canParse(url) && !url.startsWith('data:') ? new URL(url).pathname.split('/').at(-1) : undefined;
  try {
    return textOf(file['filename']) ?? (last ? decodeURIComponent(last) : 'file');
  } catch {
    return last ?? 'file';
  }
};
const mediaTypeOf = (file: Json): string => textOf(file['content_type']) ?? (textOf(file['file_type']) === 'image' ? 'image/jpeg' : 'application/octet-stream');
const filesOf = (list: unknown): FoundFile[] => objectsOf(list).map((file) => ({ sourceId: idOf(file['id']), filename: filenameOf(file), mediaType: mediaTypeOf(file), content: contentOf(file), contentId: null }));

function entryOf(message: Json, customer: FoundPerson | undefined): FoundEntry | undefined {
  const id = idOf(message['id']);
  const type = message['message_type'];
  // What changed (assigned, labelled) is told by the conversation itself.
  if (id === null || ACTIVITY.has(type)) return undefined;
  const isIn = INCOMING.has(type);
  const sender = objectOf(message['sender']);
  const isProgram = TEMPLATE.has(type) || textOf(sender?.['type']) === 'agent_bot';
  const mail = objectOf(objectOf(message['content_attributes'])?.['email']);
  return {
    sourceId: `m${id}`, kind: message['private'] === true ? 'note' : 'message', direction: isIn ? 'in' : 'out', author: { ...(isIn && !sender ? (customer ?? person(undefined)) : person(sender)), role: isIn ? 'customer' : isProgram ? 'system' : 'agent' }, at: dateOf(message['created_at']),
    text: textOf(message['content']) ?? textOf(objectOf(mail?.['text_content'])?.['full']), html: textOf(objectOf(mail?.['html_content'])?.['full']), to: addressesOf(mail?.['to']), cc: addressesOf(mail?.['cc']), files: filesOf(message['attachments']), messageId: textOf(mail?.['message_id']),
  };
}

function turn(record: Json, _list: string): Found {
  const id = idOf(record['id']);
  if (isMessage(record)) {
    const caseId = idOf(record['conversation_id']);
    if (caseId === null) return odd('unknown_case', id);
    const entry = entryOf(record, undefined);
    return entry ? { kind: 'entries', caseId, entries: [entry] } : { kind: 'nothing' };
  }
  if (!isConversation(record)) {
    const who = person(record);
    if (who.email === null && who.phone === null) return { kind: 'nothing' };
    return { kind: 'customer', customer: { ...who, furtherEmails: [], organization: textOf(objectOf(record['additional_attributes'])?.['company_name']), note: textOf(objectOf(record['additional_attributes'])?.['description']) ?? '', locale: null, createdAt: dateOf(record['created_at']) } };
  }
  if (id === null) return odd('no_id');
  const meta = objectOf(record['meta']);
  const sender = objectOf(meta?.['sender']);
  const customer = person(sender);
  const messages = objectsOf(record['messages']);
  const assignee = objectOf(meta?.['assignee']);
  const subject = textOf(objectOf(record['additional_attributes'])?.['mail_subject']) ?? messages.map((one) => textOf(objectOf(objectOf(one['content_attributes'])?.['email'])?.['subject'])).find((each) => each !== null) ?? '';
  return {
    kind: 'case',
    case: {
      sourceId: id, subject: subject ?? '', status: statusOf(record['status']), priority: priorityOf(record['priority']), tags: textsOf(record['labels']), customer: { ...customer, sourceId: idOf(sender?.['id']) }, assignee: assignee ? person(assignee) : null,
      createdAt: dateOf(record['created_at']) ?? dateOf(record['timestamp']), resolvedAt: null, entries: messages.flatMap((message) => entryOf(message, customer) ?? []),
    },
  };
}

export const readChatwoot = readJson({ lists: new Set(['data.payload', 'payload', 'conversations', 'contacts']), learn, turn });
