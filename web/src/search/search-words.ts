/** What is searched for, as the address has it. */
export interface SearchWords {
  q?: string;
}

/** Reads it from an address, whatever somebody may have typed there. */
export const readSearchWords = (search: Record<string, unknown>): SearchWords => (typeof search['q'] === 'string' || typeof search['q'] === 'number' ? { q: String(search['q']).slice(0, 300) } : {});
