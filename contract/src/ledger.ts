import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { deliveryState } from './cases.ts';
import { file, id, pageOf, paging, timestamp } from './shapes.ts';

export const doors = ['smtp', 'lmtp', 'imap', 'api', 'mailbox', 'chat', 'demo', 'import'] as const;
/**
 * What became of a message seen at a door. new_case, appended: on a case. duplicate: seen before. delivery_report: about a message of ours.
 * set_aside: kept with its reason, a person should look. ignored: our own mail coming back, or of a blocked sender, as its reason says.
 */
export const outcomes = ['new_case', 'appended', 'duplicate', 'delivery_report', 'set_aside', 'ignored'] as const;
export const door = z.enum(doors);
export const outcome = z.enum(outcomes);
export type Door = z.output<typeof door>;
export type Outcome = z.output<typeof outcome>;

export const ledgerRow = z.object({
  id, direction: z.enum(['in', 'out']), at: timestamp, inboxId: id.nullable(), door: door.nullable(), messageId: z.string().nullable(), sender: z.string(), recipient: z.string(), subject: z.string(), bytes: z.number(),
  outcome: outcome.nullable(), state: deliveryState.nullable(), reason: z.string().nullable(), maskedCardNumbers: z.number(), caseId: id.nullable(), caseNumber: z.number().nullable(), entryId: id.nullable(), hasRaw: z.boolean(),
  /** Since when the message is deleted for good; the row stays. */ purgedAt: timestamp.nullable(),
});
export type LedgerRow = z.output<typeof ledgerRow>;

export const ledger = {
  list: endpoint({
    method: 'GET', path: '/ledger', tag: 'ledger', summary: 'Every message seen at a door and every one sent, newest first', access: 'ledger.read',
    query: z.object({ direction: z.enum(['in', 'out']).optional(), outcome: outcome.optional(), state: deliveryState.optional(), inbox: id.optional(), ...paging }), response: pageOf(ledgerRow),
  }),
  summary: endpoint({
    method: 'GET', path: '/ledger/summary', tag: 'ledger', summary: 'The balance: seen equals the sum of outcomes, sent the sum of states', access: 'ledger.read',
    response: z.object({ in: z.object({ seen: z.number(), outcomes: z.record(outcome, z.number()) }), out: z.object({ queuedEver: z.number(), states: z.record(deliveryState, z.number()) }), isBalanced: z.boolean() }),
  }),
  raw: endpoint({ method: 'GET', path: '/ledger/:ledgerId/raw', tag: 'ledger', summary: 'The stored bytes of a message', access: 'ledger.read', params: z.object({ ledgerId: id }), response: file, responseKind: 'file' }),
};
