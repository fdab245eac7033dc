import { z } from 'zod';
import { fieldType, fieldValue, fieldValues } from './case-fields.ts';
import { caseKind } from './case-kinds.ts';
import { channelName } from './channels.ts';
import { saidByVisitor } from './chat.ts';
import { endpoint } from './endpoint.ts';
import { brief, briefInput } from './hand-over.ts';
import { follower, mentioned, mentionIds } from './mentions.ts';
import { casePromise, newPromise } from './promises.ts';
import { mailFacts } from './mail.ts';
import { hintCodes } from './search-language.ts';
import { caseDue } from './service-clocks.ts';
import { emailAddress, file, id, pageOf, paging, timestamp } from './shapes.ts';

export const caseStatuses = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export const casePriorities = ['low', 'normal', 'high', 'urgent'] as const;
/** Where a case lies: its status, except that new and open are one shelf and a snoozed case lies apart until it wakes. */
export const shelves = ['open', 'snoozed', 'pending', 'on_hold', 'resolved', 'closed'] as const;
/** Set aside: what is spam, and what was deleted, until it is purged. Only for those who may bring it back. */
export const asideShelves = ['spam', 'deleted'] as const;
/** `accepted`: by the next mail server. `delivered` and `read` are told by channels that know. */
export const deliveryStates = ['queued', 'sending', 'accepted', 'delivered', 'read', 'bounced', 'failed', 'unknown'] as const;
export const caseStatus = z.enum(caseStatuses);
export const casePriority = z.enum(casePriorities);
/** A merged case lies on no list; it only points to where it went. */
export const shelf = z.enum([...shelves, ...asideShelves, 'merged']);
export const listedShelf = z.enum([...shelves, ...asideShelves]);
export const deliveryState = z.enum(deliveryStates);
export type CaseStatus = z.output<typeof caseStatus>;
export type CasePriority = z.output<typeof casePriority>;
export type Shelf = z.output<typeof shelf>;
export type DeliveryState = z.output<typeof deliveryState>;

export const person = z.object({ id, name: z.string() });
export const tag = z.string().trim().toLowerCase().min(1).max(40).regex(/^[^\s,]+$/, 'A tag is one word');

export const caseRow = z.object({
  id, number: z.number(), subject: z.string(), status: caseStatus, shelf, kind: caseKind, priority: casePriority, channel: channelName, inboxId: id,
  customer: person, assignee: person.nullable(), team: person.nullable(), tags: z.array(z.string()), snoozedUntil: timestamp.nullable(),
  /** Since when the customer has been waiting for an answer; null when the next step is not ours. */
  waitingSince: timestamp.nullable(), lastActivityAt: timestamp, preview: z.string(), messageCount: z.number(), version: z.number(), createdAt: timestamp,
  /** When the first of the open promises falls due. */
  nextPromiseAt: timestamp.nullable(),
  /** By service policy; null where nothing is promised, and while the clocks stand still. */
  due: caseDue.nullable(),
  /** An answer that was written for later was held back from going out: a person must decide. */
  hasHeldBack: z.boolean(),
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
  from: address, to: z.array(address), cc: z.array(address), /** Blind copies of ours; nobody who gets the mail sees them. */ bcc: z.array(address), attachments: z.array(attachment), delivery: delivery.nullable(),
  /** The message of the case that this one forwards. */ forwardOf: id.nullable(),
  automatic: z.enum(['auto_reply', 'bounce', 'list']).nullable(),
  /** Card numbers that were masked before anything was stored. */ maskedCardNumbers: z.number(),
  /** The sender was no participant of the case before: look twice. */ isNewParticipant: z.boolean(),
  /** Null for messages of ours, and for those that were taken in before it was kept. */ mail: mailFacts.nullable(),
  /** Of what a visitor wrote in a chat. */ visitor: saidByVisitor.nullable(),
  /** It came in on a thread of the case, but its subject is none the case has had: perhaps another matter. */ isNewSubject: z.boolean(),
});
export const noteEntry = z.object({ ...entryBase, kind: z.literal('note'), text: z.string(), /** As of a message. */ html: z.string().nullable(), attachments: z.array(attachment), maskedCardNumbers: z.number(), mentions: z.array(mentioned) });
/** What the next team must know; on the timeline where the case changed hands. */
export const briefEntry = z.object({ ...entryBase, kind: z.literal('brief'), ...brief.shape, promised: z.string(), fromTeam: z.string().nullable(), toTeam: z.string().nullable() });
export const changeEntry = z.object({
  ...entryBase, kind: z.literal('change'),
  changes: z.array(z.object({ field: z.enum(['status', 'priority', 'assignee', 'team', 'tags', 'snooze', 'subject', 'customer', 'created', 'merge', 'unmerge', 'split', 'unsplit', 'link', 'unlink', 'aside', 'kind', 'field', 'promise', 'survey', 'erased']), from: z.string().nullable(), to: z.string().nullable(),
    /** Of a field: what it is called. Of a promise: its words. Of a survey: what the customer wrote beside the score; `from` is then its kind. */ name: z.string().optional(), /** Of a field: what its values are. */ type: fieldType.optional(), /** Of a promise: its time. */ dueAt: timestamp.optional(),
  })),
});
export const entry = z.discriminatedUnion('kind', [messageEntry, noteEntry, changeEntry, briefEntry]);
export type Entry = z.output<typeof entry>;
export type BriefEntry = z.output<typeof briefEntry>;
export type MessageEntry = z.output<typeof messageEntry>;

export const caseDetail = z.object({
  ...caseRow.shape, participants: z.array(z.object({ name: z.string().nullable(), address: z.string(), isCustomer: z.boolean() })),
  /** Whom reply and reply-all would answer, from the newest message of the customer. */
  replyTo: z.array(address), replyAllCc: z.array(address), /** As whom an answer is sent unless another is chosen: the address the customer wrote to. */ fromAddress: address, fromAddresses: z.array(address),
  /** By which channels it can be answered, the usual one first. Where the case’s own has no addresses, an answer that names any is a mail. */ answersBy: z.array(channelName), lastReadEntryId: id.nullable(), isDemo: z.boolean(),
  /** Whether there is anything to list of either; linked cases may be ones the agent cannot see. */ hasPlanned: z.boolean(), hasLinks: z.boolean(),
  /** Of the account's own fields those that have a value. */ fields: z.array(z.object({ fieldId: id, value: fieldValue })),
  followers: z.array(follower), promises: z.array(casePromise), /** Pinned from the hand-over until somebody answers the customer. */ brief: briefEntry.nullable(),
  /** Where a merged case went. */ mergedInto: z.object({ id, number: z.number() }).nullable(),
  /** Spam or deleted: since when, by whom, why, and until when it can be brought back. */
  aside: z.object({ as: z.enum(asideShelves), at: timestamp, by: z.string(), reason: z.string().nullable(), purgeAt: timestamp }).nullable(),
});
export type CaseDetail = z.output<typeof caseDetail>;
/** What an answer has beside its words and first recipients. Null: as usual. */
const draftExtras = { bcc: z.array(z.string().max(254)).max(50).default([]), from: z.string().max(254).nullable().default(null), subject: z.string().max(500).nullable().default(null), forwardOf: id.nullable().default(null), originalFileIds: z.array(id).max(50).default([]), /** The formatted words; null when they are plain. Their text is made from them. */ html: z.string().max(400_000).nullable().default(null) };
export const draftMode = z.enum(['reply', 'note', 'forward']);
export const draft = z.object({ mode: draftMode, ...draftExtras, text: z.string(), to: z.array(z.string()), cc: z.array(z.string()), attachmentIds: z.array(id), attachments: z.array(attachment), updatedAt: timestamp, revision: z.number() });
export type Draft = z.output<typeof draft>;

const onCase = z.object({ caseId: id });
const body = z.string().max(200_000);
/** Formatted words. Only what our editor makes is kept of them, and `text` is then made from them; what is given as `text` counts only when nothing readable is in them. */
export const composed = z.string().max(400_000).optional();

/** What an agent writes to somebody outside, whatever it is. */
export const newMessage = z.object({
  text: body.trim().min(1), html: composed, cc: z.array(emailAddress).max(50).default([]), bcc: z.array(emailAddress).max(50).default([]), attachmentIds: z.array(id).max(20).default([]),
  /** One of the inbox's from-addresses; left out: the one the customer wrote to. */ from: emailAddress.optional(),
});
/** A change of the case that goes with an answer: all of it or none. Assigning needs `case.assign`. */
export const alsoChange = z.object({
  priority: casePriority.optional(), kind: caseKind.optional(), assigneeId: id.nullable().optional(), teamId: id.nullable().optional(),
  addTags: z.array(tag).max(20).optional(), removeTags: z.array(tag).max(20).optional(), snoozedUntil: timestamp.optional(), /** An internal note. */ note: body.trim().min(1).optional(),
});
export type AlsoChange = z.output<typeof alsoChange>;
const to = z.array(emailAddress).min(1).max(50);
/** Empty where a channel has no addresses: it goes to whoever is at the other end. With addresses it is a mail there, where the inbox is set to send such. */
const toAnybody = z.array(emailAddress).max(50).default([]);
export const replyBody = newMessage.extend({
  to: toAnybody, /** Left out: the case's, as an answer. */ subject: z.string().trim().min(1).max(500).optional(),
  /** The newest entry the writer has seen; a newer message of the customer or a colleague stops the sending. */ seenEntryId: id.optional(),
  /** The status after sending. */ thenStatus: z.enum(['open', 'pending', 'on_hold', 'resolved']).default('pending'),
  /** Made to the customer with this answer. */ promise: newPromise.optional(),
  /** What changes on the case together with the answer, as a macro asks for. */ also: alsoChange.optional(),
});
export const forwardBody = newMessage.extend({
  to, text: body.trim().default(''), /** The message that is forwarded. */ entryId: id, /** Which of its files go along; left out: all. Pictures in its text always do. */ originalFileIds: z.array(id).max(50).optional(),
  subject: z.string().trim().min(1).max(500).optional(),
});

/** Words and filters as somebody wrote them; `search-language.ts` says how they are read. */
export const searchText = z.string().trim().min(1).max(300);
/** Plain text; matches stand between U+0002 and U+0003. */
const snippet = z.string();
export const searchHit = z.object({
  case: caseRow, entryId: id.nullable(), snippet, rank: z.number(),
  /** Further entries of the case that match, two at most, the better first. */ also: z.array(z.object({ entryId: id, snippet })),
});
export type SearchHit = z.output<typeof searchHit>;

export const cases = {
  list: endpoint({
    method: 'GET', path: '/cases', tag: 'cases', summary: 'A page of cases within the agent’s scope', access: 'case.read',
    query: z.object({
      shelf: listedShelf.default('open'),
      /** `me`, `none`, or an agent's id. */ assignee: z.union([z.literal('me'), z.literal('none'), id]).optional(),
      /** `none` or a team's id. */ team: z.union([z.literal('none'), id]).optional(),
      inbox: id.optional(), tag: z.string().max(40).optional(), kind: caseKind.optional(),
      order: z.enum(['newest', 'oldest']).default('newest'), ...paging,
    }),
    response: pageOf(caseRow),
  }),
  counts: endpoint({
    method: 'GET', path: '/cases/counts', tag: 'cases', summary: 'How many cases lie in each view of the agent’s scope', access: 'case.read',
    response: z.object({
      mine: z.number(), unassigned: z.number(), shelves: z.record(z.enum(shelves), z.number()), /** Only for those who may bring cases back. */ aside: z.record(z.enum(asideShelves), z.number().nullable()), teams: z.array(z.object({ teamId: id, open: z.number() })),
    }),
  }),
  countsOfAgent: endpoint({
    method: 'GET', path: '/agents/:agentId/case-counts', tag: 'cases', summary: 'How many cases that are not done lie with an agent, in all teams: numbers alone, for whoever may disable people', access: 'agent.manage', params: z.object({ agentId: id }),
    response: z.object({ open: z.number(), snoozed: z.number(), pending: z.number(), on_hold: z.number() }),
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
      kind: caseKind.optional(), /** Values of the account's own fields. */ fields: fieldValues.optional(),
      /** Goes with a change of team; a case is not handed over without it. */ brief: briefInput.optional(),
      /** When given, the change is refused if the case has moved on. */ version: z.number().int().optional(),
      /** The newest entry the caller has seen: a newer message stops a new status, and a colleague's newer change of status, assignee or team stops one of the same. */ seenEntryId: id.optional(),
    }),
    response: caseDetail, problems: ['case_closed', 'changed_meanwhile', 'newer_message', 'not_a_member', 'snooze_in_past', 'brief_needed', 'fields_missing'],
  }),
  reply: endpoint({
    method: 'POST', path: '/cases/:caseId/replies', tag: 'cases', summary: 'Answer the customer; the answer is queued durably', access: 'case.reply', params: onCase, status: 201,
    body: replyBody,
    response: messageEntry, problems: ['case_closed', 'newer_message', 'nobody_to_answer', 'too_many_attachments', 'fields_missing', 'promise_in_past', 'too_many_promises', 'not_a_from_address'],
  }),
  addNote: endpoint({
    method: 'POST', path: '/cases/:caseId/notes', tag: 'cases', summary: 'Write an internal note', access: 'case.note', params: onCase, status: 201,
    body: z.object({
      text: body.trim().min(1), html: composed, attachmentIds: z.array(id).max(20).default([]), /** Colleagues who are told of the note and follow the case from now on. */ mentionIds: mentionIds.default([]),
      /** As for a reply. */ seenEntryId: id.optional(), /** Made to the customer by another way than this desk: on the telephone, for example. */ promise: newPromise.optional(),
    }),
    response: noteEntry, problems: ['case_closed', 'newer_message', 'too_many_attachments', 'promise_in_past', 'too_many_promises'],
  }),
  retryDelivery: endpoint({
    method: 'POST', path: '/cases/:caseId/entries/:entryId/retry', tag: 'cases', summary: 'Send a failed or bounced message again', access: 'case.reply', params: z.object({ caseId: id, entryId: id }), response: messageEntry, problems: ['not_retryable'],
  }),
  markRead: endpoint({ method: 'PUT', path: '/cases/:caseId/read', tag: 'cases', summary: 'This agent has read up to an entry', access: 'case.read', params: onCase, body: z.object({ entryId: id }) }),
  upload: endpoint({
    method: 'POST', path: '/cases/:caseId/attachments', tag: 'cases', summary: 'Upload a file for a reply or note; raw bytes as the body', access: 'case.note', params: onCase, status: 201,
    query: z.object({ filename: z.string().trim().min(1).max(255), mediaType: z.string().trim().max(100).default('application/octet-stream'), /** A picture for the words themselves; its `contentId` is what `cid:` in `html` names. */ inline: z.enum(['1']).optional() }), body: z.unknown(), bodyKind: 'raw', bodyLimit: 25 * 1024 * 1024, response: attachment, problems: ['too_large'],
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
    method: 'PUT', path: '/cases/:caseId/drafts/:mode', tag: 'cases', summary: 'Keep a draft; an empty one is removed', access: 'case.note', params: z.object({ caseId: id, mode: draftMode }),
    body: z.object({ ...draftExtras, text: body, to: z.array(z.string().max(254)).max(50).default([]), cc: z.array(z.string().max(254)).max(50).default([]), attachmentIds: z.array(id).max(20).default([]), /** The revision this builds on; an older one does not overwrite a newer. */ revision: z.number().int().min(0) }),
    response: draft.nullable(), problems: ['changed_meanwhile'],
  }),
  search: endpoint({
    method: 'GET', path: '/search', tag: 'cases', summary: 'Ranked search over everything the agent may see, one result for each case', access: 'case.read',
    query: z.object({ q: searchText, shelf: listedShelf.optional(), /** In which days begin for `before:` and `after:`, as an IANA name; UTC without. */ timeZone: z.string().max(64).optional(), ...paging }),
    response: z.object({
      items: z.array(searchHit), nextCursor: z.string().nullable(), /** How many cases all pages have together. */ total: z.number(),
      /** What of the query was not understood. */ hints: z.array(z.object({ code: z.enum(hintCodes), name: z.string(), value: z.string() })),
      /** The query with other words, when it found nothing and these would. */ didYouMean: z.string().nullable(),
      /** Only the newer part of the history was looked through, or so much was found that the older part was not needed. */ isPartial: z.boolean(),
    }),
    problems: ['search_too_long'],
  }),
  listTags: endpoint({ method: 'GET', path: '/tags', tag: 'cases', summary: 'Tags of the cases the agent may see', access: 'case.read', response: z.object({ items: z.array(z.string()) }) }),
};
