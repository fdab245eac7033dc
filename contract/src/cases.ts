import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { emailAddress, file, id, pageOf, paging, timestamp } from './shapes.ts';

export const caseStatuses = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export const casePriorities = ['low', 'normal', 'high', 'urgent'] as const;
/** Where a case lies: its status, except that new and open are one shelf and a snoozed case lies apart until it wakes. */
export const shelves = ['open', 'snoozed', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export const deliveryStates = ['queued', 'sending', 'accepted', 'bounced', 'failed', 'unknown'] as const;
export const caseStatus = z.enum(caseStatuses);
export const casePriority = z.enum(casePriorities);
export const shelf = z.enum(shelves);
export const deliveryState = z.enum(deliveryStates);
export type CaseStatus = z.output<typeof caseStatus>;
export type CasePriority = z.output<typeof casePriority>;
export type Shelf = z.output<typeof shelf>;
export type DeliveryState = z.output<typeof deliveryState>;
export const channelName = z.enum(['email']);
export type ChannelName = z.output<typeof channelName>;

export const person = z.object({ id, name: z.string() });
export const tag = z.string().trim().toLowerCase().min(1).max(40).regex(/^[^\s,]+$/, 'A tag is one word');

export const caseRow = z.object({
  id, number: z.number(), subject: z.string(), status: caseStatus, shelf, priority: casePriority, channel: channelName, inboxId: id,
  customer: person, assignee: person.nullable(), team: person.nullable(), tags: z.array(z.string()), snoozedUntil: timestamp.nullable(),
  /** Since when the customer has been waiting for an answer; null when the next step is not ours. */
  waitingSince: timestamp.nullable(), lastActivityAt: timestamp, preview: z.string(), messageCount: z.number(), version: z.number(), createdAt: timestamp,
  /** Whether something came in since this agent last looked. */
  isUnread: z.boolean(),
});
export type CaseRow = z.output<typeof caseRow>;

export const address = z.object({ address: z.string(), name: z.string().nullable() });
export const attachment = z.object({
  id, filename: z.string(), mediaType: z.string(), bytes: z.number(), isInline: z.boolean(), /** For `cid:` pictures in `html`. */ contentId: z.string().nullable(),
});
export const delivery = z.object({ state: deliveryState, reason: z.string().nullable(), attempts: z.number(), nextAttemptAt: timestamp.nullable(), canRetry: z.boolean() });
const author = z.object({ kind: z.enum(['customer', 'agent', 'bot', 'system']), id: id.nullable(), name: z.string() });
const entryBase = { id, caseId: id, createdAt: timestamp, /** When it happened in the world; a mail's arrival, not our reading it. */ occurredAt: timestamp, author };

export const messageEntry = z.object({
  ...entryBase, kind: z.literal('message'), direction: z.enum(['in', 'out']), channel: channelName, subject: z.string().nullable(), text: z.string(),
  /** Sanitised; show it in a sandboxed frame. Remote content is inert until chosen. Null when the message is text only. */
  html: z.string().nullable(), hasRemoteContent: z.boolean(),
  from: address, to: z.array(address), cc: z.array(address), attachments: z.array(attachment), delivery: delivery.nullable(),
  automatic: z.enum(['auto_reply', 'bounce', 'list']).nullable(),
  /** Card numbers that were masked before anything was stored. */ maskedCardNumbers: z.number(),
  /** The sender was no participant of the case before: look twice. */ isNewParticipant: z.boolean(),
});
export const noteEntry = z.object({ ...entryBase, kind: z.literal('note'), text: z.string(), attachments: z.array(attachment), maskedCardNumbers: z.number() });
export const changeEntry = z.object({
  ...entryBase, kind: z.literal('change'),
  changes: z.array(z.object({ field: z.enum(['status', 'priority', 'assignee', 'team', 'tags', 'snooze', 'subject', 'customer', 'created']), from: z.string().nullable(), to: z.string().nullable() })),
});
export const entry = z.discriminatedUnion('kind', [messageEntry, noteEntry, changeEntry]);
export type Entry = z.output<typeof entry>;
export type MessageEntry = z.output<typeof messageEntry>;

export const caseDetail = z.object({
  ...caseRow.shape, participants: z.array(z.object({ name: z.string().nullable(), address: z.string(), isCustomer: z.boolean() })),
  /** Whom reply and reply-all would answer, from the newest message of the customer. */
  replyTo: z.array(address), replyAllCc: z.array(address), fromAddress: address, lastReadEntryId: id.nullable(), isDemo: z.boolean(),
});
export type CaseDetail = z.output<typeof caseDetail>;
export const draft = z.object({ mode: z.enum(['reply', 'note']), text: z.string(), to: z.array(z.string()), cc: z.array(z.string()), attachmentIds: z.array(id), attachments: z.array(attachment), updatedAt: timestamp, revision: z.number() });
export type Draft = z.output<typeof draft>;

const onCase = z.object({ caseId: id });
const body = z.string().max(200_000);

export const cases = {
  list: endpoint({
    method: 'GET', path: '/cases', tag: 'cases', summary: 'A page of cases within the agent’s scope', access: 'case.read',
    query: z.object({
      shelf: shelf.default('open'),
      /** `me`, `none`, or an agent's id. */ assignee: z.union([z.literal('me'), z.literal('none'), id]).optional(),
      /** `none` or a team's id. */ team: z.union([z.literal('none'), id]).optional(),
      inbox: id.optional(), tag: z.string().max(40).optional(),
      order: z.enum(['newest', 'oldest']).default('newest'), ...paging,
    }),
    response: pageOf(caseRow),
  }),
  counts: endpoint({
    method: 'GET', path: '/cases/counts', tag: 'cases', summary: 'How many cases lie in each view of the agent’s scope', access: 'case.read',
    response: z.object({
      mine: z.number(), unassigned: z.number(), shelves: z.record(shelf, z.number()), teams: z.array(z.object({ teamId: id, open: z.number() })),
    }),
  }),
  get: endpoint({ method: 'GET', path: '/cases/:caseId', tag: 'cases', summary: 'One case', access: 'case.read', params: onCase, response: caseDetail }),
  findByNumber: endpoint({ method: 'GET', path: '/cases/by-number/:number', tag: 'cases', summary: 'One case by its number', access: 'case.read', params: z.object({ number: z.coerce.number().int().min(1) }), response: caseDetail }),
  listEntries: endpoint({
    method: 'GET', path: '/cases/:caseId/entries', tag: 'cases', summary: 'The timeline: the newest page, or the one before `before`, or all after `after`; oldest first within a page', access: 'case.read',
    params: onCase, query: z.object({ before: id.optional(), after: id.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    response: z.object({ items: z.array(entry), hasEarlier: z.boolean(), hasLater: z.boolean() }),
  }),
  create: endpoint({
    method: 'POST', path: '/cases', tag: 'cases', summary: 'Begin a case for a customer with an internal note', access: 'case.reply', status: 201,
    body: z.object({ inboxId: id, customer: z.object({ email: emailAddress, name: z.string().trim().max(200).optional() }), subject: z.string().trim().min(1).max(500), note: body.min(1) }),
    response: caseDetail,
  }),
  update: endpoint({
    method: 'PATCH', path: '/cases/:caseId', tag: 'cases', summary: 'Change status, priority, subject, tags or snooze; assigning needs case.assign', access: 'case.edit', params: onCase,
    body: z.object({
      status: caseStatus.optional(), priority: casePriority.optional(), subject: z.string().trim().min(1).max(500).optional(),
      assigneeId: id.nullable().optional(), teamId: id.nullable().optional(),
      addTags: z.array(tag).max(20).optional(), removeTags: z.array(tag).max(20).optional(),
      /** A time to wake the case; null wakes it now. */ snoozedUntil: timestamp.nullable().optional(),
      /** When given, the change is refused if the case has moved on. */ version: z.number().int().optional(),
    }),
    response: caseDetail, problems: ['case_closed', 'changed_meanwhile', 'not_a_member', 'snooze_in_past'],
  }),
  reply: endpoint({
    method: 'POST', path: '/cases/:caseId/replies', tag: 'cases', summary: 'Answer the customer; the answer is queued durably', access: 'case.reply', params: onCase, status: 201,
    body: z.object({
      text: body.trim().min(1), to: z.array(emailAddress).min(1).max(50), cc: z.array(emailAddress).max(50).default([]), attachmentIds: z.array(id).max(20).default([]),
      /** The newest entry the writer has seen; a newer message of the customer or a colleague stops the sending. */ seenEntryId: id.optional(),
      /** The status after sending. */ thenStatus: z.enum(['open', 'pending', 'on_hold', 'resolved']).default('pending'),
    }),
    response: messageEntry, problems: ['case_closed', 'newer_message', 'nobody_to_answer', 'too_many_attachments'],
  }),
  addNote: endpoint({
    method: 'POST', path: '/cases/:caseId/notes', tag: 'cases', summary: 'Write an internal note', access: 'case.note', params: onCase, status: 201,
    body: z.object({ text: body.trim().min(1), attachmentIds: z.array(id).max(20).default([]) }), response: noteEntry, problems: ['too_many_attachments'],
  }),
  retryDelivery: endpoint({
    method: 'POST', path: '/cases/:caseId/entries/:entryId/retry', tag: 'cases', summary: 'Send a failed or bounced message again', access: 'case.reply', params: z.object({ caseId: id, entryId: id }), response: messageEntry, problems: ['not_retryable'],
  }),
  markRead: endpoint({ method: 'PUT', path: '/cases/:caseId/read', tag: 'cases', summary: 'This agent has read up to an entry', access: 'case.read', params: onCase, body: z.object({ entryId: id }) }),
  upload: endpoint({
    method: 'POST', path: '/cases/:caseId/attachments', tag: 'cases', summary: 'Upload a file for a reply or note; raw bytes as the body', access: 'case.note', params: onCase, status: 201,
    query: z.object({ filename: z.string().trim().min(1).max(255), mediaType: z.string().trim().max(100).default('application/octet-stream') }), body: z.unknown(), bodyKind: 'raw', bodyLimit: 25 * 1024 * 1024, response: attachment, problems: ['too_large'],
  }),
  download: endpoint({
    method: 'GET', path: '/cases/:caseId/attachments/:attachmentId', tag: 'cases', summary: 'An attachment’s bytes', access: 'case.read', params: z.object({ caseId: id, attachmentId: id }),
    query: z.object({ inline: z.enum(['1']).optional() }), response: file, responseKind: 'file',
  }),
  raw: endpoint({
    method: 'GET', path: '/cases/:caseId/entries/:entryId/raw', tag: 'cases', summary: 'A message as it came in, byte for byte (card numbers masked)', access: 'case.read', params: z.object({ caseId: id, entryId: id }), response: file, responseKind: 'file',
  }),
  listDrafts: endpoint({ method: 'GET', path: '/cases/:caseId/drafts', tag: 'cases', summary: 'This agent’s drafts on a case', access: 'case.read', params: onCase, response: z.object({ items: z.array(draft) }) }),
  saveDraft: endpoint({
    method: 'PUT', path: '/cases/:caseId/drafts/:mode', tag: 'cases', summary: 'Keep a draft; an empty one is removed', access: 'case.note', params: z.object({ caseId: id, mode: z.enum(['reply', 'note']) }),
    body: z.object({ text: body, to: z.array(z.string().max(254)).max(50).default([]), cc: z.array(z.string().max(254)).max(50).default([]), attachmentIds: z.array(id).max(20).default([]), /** The revision this builds on; an older one does not overwrite a newer. */ revision: z.number().int().min(0) }),
    response: draft.nullable(), problems: ['changed_meanwhile'],
  }),
  search: endpoint({
    method: 'GET', path: '/search', tag: 'cases', summary: 'Ranked full-text search over everything the agent may see', access: 'case.read',
    query: z.object({ q: z.string().trim().min(1).max(200), shelf: shelf.optional(), ...paging }),
    response: z.object({ items: z.array(z.object({ case: caseRow, entryId: id.nullable(), /** Plain text; matches stand between U+0002 and U+0003. */ snippet: z.string(), rank: z.number() })), nextCursor: z.string().nullable() }),
  }),
  listTags: endpoint({ method: 'GET', path: '/tags', tag: 'cases', summary: 'Tags in use', access: 'case.read', response: z.object({ items: z.array(z.string()) }) }),
};
