import { z } from 'zod';
import { caseKind } from './case-kinds.ts';
import { casePriority, caseStatus, searchText, shelf, tag } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { briefInput } from './hand-over.ts';
import { id, pageOf, paging, timestamp } from './shapes.ts';
import { caseFilter } from './views.ts';

/** Cases by name, or everything a view or a search shows to the agent when the run begins. */
export const bulkSelection = z.discriminatedUnion('by', [
  z.object({ by: z.literal('cases'), caseIds: z.array(id).min(1).max(2_000) }),
  z.object({
    by: z.literal('view'), shelf, assignee: z.union([z.literal('me'), z.literal('none'), id]).optional(), team: z.union([z.literal('none'), id]).optional(), inbox: id.optional(), tag: z.string().max(40).optional(), kind: caseKind.optional(),
  }),
  /** Everything a filter finds, as a view of one's own has it. */
  z.object({ by: z.literal('filter'), filter: caseFilter }),
  z.object({ by: z.literal('search'), q: searchText, /** In which days of `before:` and `after:` begin. */ timeZone: z.string().max(64).optional(), shelf: shelf.optional() }),
]);
export type BulkSelection = z.output<typeof bulkSelection>;

/** What is done to every case; all of it or, where it is refused, nothing. */
export const bulkAction = z.object({
  status: caseStatus.exclude(['new']).optional(), priority: casePriority.optional(), kind: caseKind.optional(), assigneeId: id.nullable().optional(), teamId: id.nullable().optional(), brief: briefInput.optional(),
  addTags: z.array(tag).max(20).optional(), removeTags: z.array(tag).max(20).optional(), snoozedUntil: timestamp.nullable().optional(), /** Whether the agent follows them from now on. */ follow: z.boolean().optional(),
}).refine(({ brief: _brief, ...rest }) => Object.values(rest).some((part) => part !== undefined), 'Say what to change');
export type BulkAction = z.output<typeof bulkAction>;

export const bulkStates = ['gathering', 'running', 'done', 'undoing', 'undone'] as const;
export const bulkRun = z.object({
  id, state: z.enum(bulkStates), action: bulkAction, by: z.object({ id, name: z.string() }), /** Cases found; grows while `gathering`. */ total: z.number(), done: z.number(),
  changed: z.number(), /** Were that way already. */ same: z.number(), refused: z.number(), /** After undoing: put back. */ restored: z.number(), /** After undoing: changed since, so left as they are. */ kept: z.number(),
  /** There were more than one run takes. */ isCut: z.boolean(), createdAt: timestamp, finishedAt: timestamp.nullable(), /** Until when it can be undone; null when it cannot. */ undoUntil: timestamp.nullable(),
});
export type BulkRun = z.output<typeof bulkRun>;

export const bulkItemStates = ['waiting', 'changed', 'same', 'refused', 'restored', 'kept'] as const;
/** `number` and `subject` are null when the agent may not see the case any more. */
export const bulkItem = z.object({ caseId: id, number: z.number().nullable(), subject: z.string().nullable(), state: z.enum(bulkItemStates), /** Why it was refused or left. */ code: z.string().nullable(), detail: z.string().nullable() });
export type BulkItem = z.output<typeof bulkItem>;

const onRun = z.object({ runId: id });

/** Changing many cases at once. Every case is asked for on its own: scope, permissions and refusals are those of changing it alone. */
export const bulk = {
  start: endpoint({
    method: 'POST', path: '/bulk', tag: 'bulk', summary: 'Begin to change many cases; it runs on when the caller is gone', access: 'case.edit', status: 201, body: z.object({ selection: bulkSelection, action: bulkAction }), response: bulkRun,
    problems: ['brief_needed', 'snooze_in_past'],
  }),
  list: endpoint({ method: 'GET', path: '/bulk', tag: 'bulk', summary: 'This agent’s runs, newest first', access: 'case.edit', query: z.object({ ...paging }), response: pageOf(bulkRun) }),
  get: endpoint({ method: 'GET', path: '/bulk/:runId', tag: 'bulk', summary: 'How far a run has come', access: 'case.edit', params: onRun, response: bulkRun }),
  listItems: endpoint({
    method: 'GET', path: '/bulk/:runId/items', tag: 'bulk', summary: 'What became of each case, in the order they were taken', access: 'case.edit', params: onRun, query: z.object({ state: z.enum(bulkItemStates).optional(), ...paging }), response: pageOf(bulkItem),
  }),
  undo: endpoint({ method: 'POST', path: '/bulk/:runId/undo', tag: 'bulk', summary: 'Put back what a run changed, where nobody changed it since', access: 'case.edit', params: onRun, response: bulkRun, problems: ['undo_over'] }),
};
