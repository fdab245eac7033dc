import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

/** What an erasure removed, by what it was, and the search afterwards through every text of every table: for the person's addresses and numbers, and for their full names. */
export const erasureReport = z.object({
  removed: z.record(z.string(), z.number()), /** Where others were there too: what was theirs was made nameless, the rest stays. */ pseudonymised: z.record(z.string(), z.number()),
  /** Stored files that stay because something else consists of the same bytes. */ filesKept: z.number(),
  verification: z.object({ tables: z.number(), columns: z.number(), rowsFound: z.number(), /** `table.column`, where something was found. */ where: z.array(z.string()), /** How many full names were looked for: none where the person was known by a single word, or by a name that a colleague has, too. */ namesSearched: z.number().default(0),
    /** Rows in which a full name still stands, in cases the person took no part in and other records: it may be somebody else's. */ namesFound: z.number().default(0), namesWhere: z.array(z.string()).default([]) }),
});
export type ErasureReport = z.output<typeof erasureReport>;
export const erasure = z.object({ id, customerId: id, state: z.enum(['waiting', 'running', 'done']), report: erasureReport.nullable(), byName: z.string(), createdAt: timestamp, erasedAt: timestamp.nullable() });
export type Erasure = z.output<typeof erasure>;

export const privacy = {
  startErasure: endpoint({
    method: 'POST', path: '/customers/:customerId/erasure', tag: 'privacy', summary: 'Erase one person for good: it cannot be undone', access: 'customer.erase', needsProof: true, params: z.object({ customerId: id }), status: 202,
    body: z.object({ /** The name, typed once more. */ name: z.string().max(200) }), response: erasure, problems: ['name_does_not_match', 'still_in_use'],
  }),
  listErasures: endpoint({ method: 'GET', path: '/erasures', tag: 'privacy', summary: 'The newest hundred erasures with their reports; nobody is named', access: 'customer.erase', response: z.object({ items: z.array(erasure) }) }),
  getErasure: endpoint({ method: 'GET', path: '/erasures/:erasureId', tag: 'privacy', summary: 'One erasure with its report', access: 'customer.erase', params: z.object({ erasureId: id }), response: erasure }),
};
