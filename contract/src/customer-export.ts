import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { file, id, timestamp } from './shapes.ts';

/** What we keep of one person, as an archive for them. It is made in the background and taken away after a day. */
export const customerExport = z.object({
  id, customerId: id, state: z.enum(['waiting', 'running', 'ready', 'cancelled', 'failed', 'expired']), /** Why it did not work, where it failed for good: files could not be read or stored, its process ended again and again, or something else that the log tells. */ failure: z.enum(['storage', 'interrupted', 'unexpected']).nullable(), hasNotes: z.boolean(), /** Cases written so far, of how many. */ done: z.number(), total: z.number(),
  /** Of the archive, once it is ready. */ bytes: z.number(), byName: z.string(), createdAt: timestamp, readyAt: timestamp.nullable(), /** The archive can be fetched until then. */ expiresAt: timestamp.nullable(),
});
export type CustomerExport = z.output<typeof customerExport>;

const tag = 'privacy';
const access = 'customer.export';
const onExport = z.object({ exportId: id });

export const customerExports = {
  start: endpoint({
    method: 'POST', path: '/customers/:customerId/exports', tag, summary: 'Make an archive of what is kept of one person; the one that is being made is answered when there is one', access, needsProof: true, params: z.object({ customerId: id }), status: 202,
    body: z.object({ /** Internal notes of the person’s own cases, too: they may tell of others. */ hasNotes: z.boolean().default(false) }), response: customerExport,
  }),
  list: endpoint({ method: 'GET', path: '/customers/:customerId/exports', tag, summary: 'The newest archives of one person, those that are gone too', access, params: z.object({ customerId: id }), response: z.object({ items: z.array(customerExport) }) }),
  cancel: endpoint({ method: 'POST', path: '/customer-exports/:exportId/cancel', tag, summary: 'Stop making an archive, or take a finished one away before its time', access, params: onExport, response: customerExport }),
  unlock: endpoint({ method: 'POST', path: '/customer-exports/:exportId/unlock', tag, summary: 'Prove who is there, before the archive is fetched by a plain link', access, needsProof: true, params: onExport, response: customerExport }),
  download: endpoint({ method: 'GET', path: '/customer-exports/:exportId/file', tag, summary: 'The archive (tar.gz), for a day; each download is written down in the audit log', access, needsProof: true, params: onExport, response: file, responseKind: 'file' }),
};
