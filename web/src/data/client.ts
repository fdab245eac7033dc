import { createClient, ProblemError } from '@rapport/sdk';
import { fetchWithProof } from './proof.ts';

/** The one way to the server: typed by the contract, same origin, signed in by the session cookie. Where an act matters the person proves once more who they are. */
export const client = createClient({ fetch: (input, init) => fetchWithProof(input, init) });

export { ProblemError };

export const isProblem = (error: unknown, ...codes: string[]): error is ProblemError => error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));

/** Worth trying again by itself: the network, a restart or a crowd, not a refusal. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return !(error instanceof DOMException && error.name === 'AbortError');
  return error.status >= 500 || error.status === 429 || error.code === 'key_in_flight';
}
