import { z } from 'zod';

/** What the customer comes with. */
export const caseKinds = ['question', 'request', 'problem', 'complaint', 'dispute', 'feedback'] as const;
export const caseKind = z.enum(caseKinds);
export type CaseKind = z.output<typeof caseKind>;
