import { z } from 'zod';
import { caseDetail, caseRow, draft, entry } from './cases.ts';
import { customer } from './customers.ts';
import { endpoint } from './endpoint.ts';
import { caseLanguage } from './macros.ts';
import { id, pageOf } from './shapes.ts';

/** How many entries and cases of the customer come with it. */
export const openingEntries = 30;
export const openingCases = 20;

const caseOpening = z.object({
  case: caseDetail, /** The newest page of the timeline, oldest first. */ entries: z.object({ items: z.array(entry), hasEarlier: z.boolean() }), drafts: z.array(draft),
  language: caseLanguage.omit({ canTranslate: true }), /** Null for whoever may not see customers. */ customer: customer.nullable(), /** The first page of `customers.listCases`. */ customerCases: pageOf(caseRow),
});
export type CaseOpening = z.output<typeof caseOpening>;

export const caseOpenings = {
  get: endpoint({ method: 'GET', path: '/cases/:caseId/opening', tag: 'cases', summary: 'All that a desk shows of a case, in one answer', access: 'case.read', params: z.object({ caseId: id }), response: caseOpening }),
};
