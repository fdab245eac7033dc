import { z } from 'zod';
import { channelName } from './channels.ts';
import { fieldValue, wantedField } from './case-fields.ts';
import { caseKind } from './case-kinds.ts';
import { caseRow, casePriority, listedShelf, tag } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, jsonText, onWayBack, pageOf, paging, timestamp, wayBack, wayBackLimit } from './shapes.ts';

/** A span of time: the last so many days, or between two times; `to` itself is no longer in it. */
export const timeWindow = z.union([z.object({ lastDays: z.number().int().min(1).max(3650) }), z.object({ from: timestamp.optional(), to: timestamp.optional() })]);
export type TimeWindow = z.output<typeof timeWindow>;

/** A span of time that is still to come: the next so many days, or between two times; `to` itself is no longer in it. */
export const comingWindow = z.union([z.object({ nextDays: z.number().int().min(1).max(3650) }), z.object({ from: timestamp.optional(), to: timestamp.optional() })]);
export type ComingWindow = z.output<typeof comingWindow>;

/** A field of the account's own, of a case, whose value lies from `from` to `to`, both within: numbers, days as `2026-03-02`, or amounts in minor units. */
export const fieldRange = z.object({ fieldId: id, from: z.union([z.number(), z.iso.date()]).optional(), to: z.union([z.number(), z.iso.date()]).optional() }).refine(({ from, to }) => from !== undefined || to !== undefined, 'Say from where or up to where');
export type FieldRange = z.output<typeof fieldRange>;

const some = <T extends z.ZodType>(of: T, most = 20) => z.array(of).min(1).max(most).optional();
const yes = z.literal(true).optional();
const language = z.string().regex(/^[a-z]{2,3}$/);

/** Which cases: everything that is given must fit; of a list any one. Nothing given: every case that was not set aside. */
export const caseFilter = z.object({
  shelves: some(listedShelf), kinds: some(caseKind), priorities: some(casePriority), inboxes: some(id), channels: some(channelName),
  /** `me` is whoever looks. */ assignees: some(z.union([z.literal('me'), z.literal('none'), id])),
  /** `mine` are the teams of whoever looks. */ teams: some(z.union([z.literal('mine'), z.literal('none'), id])),
  anyTags: some(tag), allTags: some(tag), noTags: some(tag),
  /** None of these; the words are those of the lists above. */
  not: z.object({
    shelves: some(listedShelf), kinds: some(caseKind), priorities: some(casePriority), inboxes: some(id), channels: some(channelName), assignees: some(z.union([z.literal('me'), z.literal('none'), id])), teams: some(z.union([z.literal('mine'), z.literal('none'), id])),
    followers: some(id), customers: some(id), languages: some(language), /** A case without a value has none of them. */ fields: some(wantedField),
  }).optional(),
  /** The subject has each of these words in it, or parts of words, large or small. */ subjectHas: z.string().trim().min(1).max(100).optional(),
  customerId: id.optional(), organizationId: id.optional(), /** The language that the customer's record names, as `de`. */ languages: some(language),
  /** Values of the account's own fields; all of them. */ fields: some(wantedField, 10), fieldRanges: some(fieldRange, 10), /** Of the customer. */ customerFields: some(wantedField, 10), /** Of the customer's organization. */ organizationFields: some(wantedField, 10),
  /** The customer has been waiting for longer. */ waitingHours: z.number().int().min(1).max(24 * 365).optional(),
  /** By whoever looks. */ unread: yes, promiseOverdue: yes, hasAttachment: yes, /** Whoever looks follows them. */ followed: yes, /** Whoever looks is mentioned in them. */ mentioned: yes,
  /** Any of these colleagues follows them. */ followers: some(id), /** Who wrote the last message; what machines sent does not count. */ lastWrote: z.enum(['customer', 'us']).optional(), /** The last answer of ours was refused or came back. */ undelivered: yes,
  /** An answer is written and waits for its time, or was held back from it. */ planned: some(z.enum(['waiting', 'held_back'])), /** How many messages there are, both within. */ messages: z.object({ least: z.number().int().min(0).optional(), most: z.number().int().min(0).optional() }).optional(),
  /** When the next open promise falls due. */ promise: comingWindow.optional(), /** By service policy: has run out. */ overdue: yes, /** By service policy: what is due first. */ due: comingWindow.optional(), /** Until when they are snoozed. */ snoozed: comingWindow.optional(),
  created: timeWindow.optional(), /** By the last activity. */ updated: timeWindow.optional(), resolved: timeWindow.optional(),
});
export type CaseFilter = z.output<typeof caseFilter>;

/** Orders of which a list can be read along, however long it is: activity and age, each from both ends; whoever waits longest first, then those who do not wait; what is due first, then what is not due; the most urgent first, of those the oldest. */
export const caseSorts = ['newest', 'oldest', 'created_newest', 'created_oldest', 'waiting', 'due', 'priority', 'number_newest', 'number_oldest'] as const;
/** Columns that a table is put in order by, both ways, as they are read: the longest wait is the greatest. What has no value comes last. */
export const sortedColumns = ['customer', 'subject', 'status', 'priority', 'kind', 'assignee', 'team', 'waiting', 'due', 'promise', 'resolved', 'messages'] as const;
export type SortedColumn = (typeof sortedColumns)[number];
const way = z.enum(['asc', 'desc']);
/** One of the orders above, or a column or a field of the account's own with the way: `customer:asc`, `field:…:desc`. Of those, except by promise, of which there is an index, only the {@link mostSorted} cases with the latest activity are put in order where a filter finds more. */
export const caseSort = z.union([z.enum(caseSorts), z.templateLiteral([z.enum(sortedColumns), ':', way]), z.templateLiteral(['field:', id, ':', way])]);
export const mostSorted = 20_000;
export type CaseSort = z.output<typeof caseSort>;

export const viewColumns = ['number', 'customer', 'subject', 'status', 'priority', 'kind', 'assignee', 'team', 'tags', 'waiting', 'due', 'promise', 'activity', 'created', 'messages'] as const;
export const viewColumn = z.enum(viewColumns);
export type ViewColumn = z.output<typeof viewColumn>;
/** A column with the values of a field of the account's own: `field:` and its id. */
export const fieldColumn = z.templateLiteral(['field:', id]);
export type FieldColumn = z.output<typeof fieldColumn>;
export const viewColours = ['neutral', 'accent', 'moss', 'honey', 'clay', 'plum', 'slate'] as const;

export const viewContent = z.object({
  filter: caseFilter, sort: caseSort.default('newest'), layout: z.enum(['list', 'table']).default('list'),
  /** Of the table, in this order. */ columns: z.array(z.union([viewColumn, fieldColumn])).min(1).max(30).default(['number', 'customer', 'subject', 'priority', 'assignee', 'waiting', 'activity']),
});
export type ViewContent = z.output<typeof viewContent>;

export const viewAudience = z.enum(['personal', 'team', 'everyone']);
export type ViewAudience = z.output<typeof viewAudience>;

export const view = z.object({
  id, name: z.string(), /** An emoji, or nothing. */ icon: z.string(), colour: z.enum(viewColours), audience: viewAudience, teamId: id.nullable(), content: viewContent,
  /**
   * What it needs and is gone: a part of it that this version of Rapport cannot read, a field or a value of the account’s own, a customer, an organization, a team, an inbox, a colleague. Then it shows no cases, and `content` is what is left of it: its owner
   * writes that, or something else, or removes the view.
   */
  missing: z.array(z.enum(['content', 'field', 'value', 'customer', 'organization', 'team', 'inbox', 'agent'])),
  canEdit: z.boolean(), version: z.number(), updatedAt: timestamp, updatedBy: z.string(),
});
export type View = z.output<typeof view>;

const written = {
  name: z.string().trim().min(1).max(60), icon: z.string().trim().max(16).default(''), colour: z.enum(viewColours).default('neutral'), audience: viewAudience.default('personal'), /** For a team's view, and for no other. */ teamId: id.nullable().default(null),
  content: viewContent,
};
const onView = z.object({ viewId: id });

/** Not all that fits could be put in order: only those of the `mostSorted` cases with the latest activity are in the list. */
const partly = { isPartlySorted: z.boolean() };

/** Ids as an address carries them: with commas between. */
const idsText = z.string().max(800).default('').transform((text) => text.split(',').filter((one) => one !== '')).pipe(z.array(id).max(20));

/**
 * Lists that people make. Whoever looks sees only cases of their own scope, whoever made the view. A page of cases can be shorter than `limit`, or empty, and still have a
 * `nextCursor`: only so much is read for one page. Windows of the last days and waiting times are taken from the moment of each request.
 */
export const views = {
  list: endpoint({ method: 'GET', path: '/views', tag: 'views', summary: 'The views this agent has, in the agent’s order', access: 'case.read', response: z.object({ items: z.array(view) }) }),
  counts: endpoint({
    method: 'GET', path: '/views/counts', tag: 'views', summary: 'How many cases the agent’s first views show, counted no further than 99', access: 'case.read',
    response: z.object({
      items: z.array(z.object({ viewId: id, count: z.number(), /** There are, or may be, more. */ isMore: z.boolean() })),
      /** Numbers are kept for some seconds. When something has happened since, this says after how long newer ones can be asked for; null while they are as new as they get. */ freshInMs: z.number().nullable(),
    }),
  }),
  get: endpoint({ method: 'GET', path: '/views/:viewId', tag: 'views', summary: 'One view', access: 'case.read', params: onView, response: view }),
  create: endpoint({ method: 'POST', path: '/views', tag: 'views', summary: 'Make a view; one for others needs view.share', access: 'case.read', status: 201, body: z.object(written), response: view, problems: ['name_taken', 'too_many_views'] }),
  update: endpoint({
    method: 'PUT', path: '/views/:viewId', tag: 'views', summary: 'Change a view, or with whom it is shared', access: 'case.read', params: onView, body: z.object({ ...written, /** The one the change builds on. */ version: z.number().int() }), response: view,
    problems: ['name_taken', 'too_many_views', 'changed_meanwhile'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/views/:viewId', tag: 'views', summary: 'Remove a view', access: 'case.read', params: onView, response: wayBack }),
  restore: endpoint({ method: 'POST', path: '/views/restore', tag: 'views', summary: 'Put back a view that was just removed', access: 'case.read', bodyLimit: wayBackLimit, body: onWayBack, response: view, problems: ['undo_over', 'undone_already', 'name_taken', 'too_many_views'] }),
  order: endpoint({ method: 'PUT', path: '/views/order', tag: 'views', summary: 'Put this agent’s views into this order; those left out come behind', access: 'case.read', body: z.object({ viewIds: z.array(id).max(500) }) }),
  listCases: endpoint({ method: 'GET', path: '/views/:viewId/cases', tag: 'views', summary: 'A page of the cases a view shows', access: 'case.read', params: onView, query: z.object(paging), response: pageOf(caseRow).extend(partly) }),
  listFiltered: endpoint({
    method: 'GET', path: '/filtered-cases', tag: 'views', summary: 'A page of the cases a filter finds', access: 'case.read', query: z.object({ /** A `CaseFilter` as JSON. */ filter: jsonText(caseFilter, 8_000).default({}), sort: caseSort.default('newest'), /** Of which fields the values come along: ids with commas between. */ fields: idsText, ...paging }),
    response: pageOf(caseRow).extend({ ...partly, /** By case, then by field; only what there is. */ fieldValues: z.record(id, z.record(id, fieldValue)) }),
  }),
};
