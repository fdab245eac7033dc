import { z } from 'zod';
import { id, timestamp } from './shapes.ts';

/** What a policy promises: the first answer of a person, each further one, and that the matter is solved. */
export const clockKinds = ['first_response', 'next_response', 'resolution'] as const;
export const clockKind = z.enum(clockKinds);
export type ClockKind = z.output<typeof clockKind>;

/** Of a case's running clocks the one that is due first. */
export const caseDue = z.object({ at: timestamp, kind: clockKind, policyId: id });
export type CaseDue = z.output<typeof caseDue>;
