import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging, timestamp } from './shapes.ts';

export const blockedSender = z.object({
  id, kind: z.enum(['address', 'domain']), /** A domain stands for everything below it as well. */ value: z.string(), reason: z.string(), /** From then on their mail is taken again; null: for good. */ expiresAt: timestamp.nullable(), isExpired: z.boolean(), byName: z.string(), createdAt: timestamp,
});
export type BlockedSender = z.output<typeof blockedSender>;

export const blockedSenders = {
  list: endpoint({ method: 'GET', path: '/blocked-senders', tag: 'customers', summary: 'Who is blocked, newest first', access: 'customer.read', query: z.object({ ...paging }), response: pageOf(blockedSender) }),
  block: endpoint({
    method: 'POST', path: '/blocked-senders', tag: 'customers', summary: 'Block an address or a domain: its mail stands in the ledger and makes no case', access: 'customer.block', status: 201,
    body: z.object({
      value: z.string().trim().toLowerCase().max(254).regex(/^([^\s@,;]+@)?[^\s@,;]+\.[^\s@,;]+$/, 'An address or a domain'), reason: z.string().trim().min(1).max(500), expiresAt: timestamp.nullable().default(null),
      /** The caller knows that many people have their mailbox there. */ isWholeProvider: z.boolean().default(false),
    }),
    response: blockedSender, problems: ['blocks_ourselves', 'blocks_a_provider', 'time_has_passed'],
  }),
  unblock: endpoint({ method: 'DELETE', path: '/blocked-senders/:blockId', tag: 'customers', summary: 'Take mail from there again', access: 'customer.block', params: z.object({ blockId: id }) }),
};
