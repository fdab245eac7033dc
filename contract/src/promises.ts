import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

export const promiseStates = ['open', 'kept', 'broken', 'withdrawn'] as const;
export const promiseState = z.enum(promiseStates);
export type PromiseState = z.output<typeof promiseState>;

/** What was promised and until when. */
export const newPromise = z.object({ text: z.string().trim().min(1).max(300), dueAt: timestamp });
export const casePromise = z.object({
  id, caseId: id, text: z.string(), dueAt: timestamp, state: promiseState, /** Open, and its time has passed. */ isOverdue: z.boolean(),
  madeBy: z.object({ id: id.nullable(), name: z.string() }), madeAt: timestamp, /** The message or note it was made with. */ entryId: id.nullable(),
  settledBy: z.string().nullable(), settledAt: timestamp.nullable(), version: z.number(),
});
export type CasePromise = z.output<typeof casePromise>;

const onCase = z.object({ caseId: id });
const onPromise = z.object({ caseId: id, promiseId: id });

export const promises = {
  list: endpoint({ method: 'GET', path: '/cases/:caseId/promises', tag: 'promises', summary: 'The promises of a case: open ones by their time, then the settled ones, newest first', access: 'case.read', params: onCase, response: z.object({ items: z.array(casePromise) }) }),
  make: endpoint({
    method: 'POST', path: '/cases/:caseId/promises', tag: 'promises', summary: 'Promise something by a time', access: 'case.note', params: onCase, status: 201, body: newPromise, response: casePromise,
    problems: ['case_closed', 'promise_in_past', 'too_many_promises'],
  }),
  change: endpoint({
    method: 'PATCH', path: '/cases/:caseId/promises/:promiseId', tag: 'promises', summary: 'Settle a promise as kept, broken or withdrawn, open it again, or change its words or time', access: 'case.note', params: onPromise,
    body: z.object({ state: promiseState.optional(), text: newPromise.shape.text.optional(), dueAt: timestamp.optional(), version: z.number().int().optional() }), response: casePromise,
    problems: ['case_closed', 'changed_meanwhile', 'promise_in_past'],
  }),
};
