import { shelves, type Shelf } from '@rapport/contract';

/** What is searched for, as the address has it. */
export interface SearchWords {
  q?: string;
  shelf?: Exclude<Shelf, 'merged'>;
}

/** Reads it from an address, whatever somebody may have typed there. */
export const readSearchWords = (search: Record<string, unknown>): SearchWords => ({
  ...(typeof search['q'] === 'string' || typeof search['q'] === 'number' ? { q: String(search['q']).slice(0, 200) } : {}),
  ...((shelves as readonly unknown[]).includes(search['shelf']) ? { shelf: search['shelf'] as Exclude<Shelf, 'merged'> } : {}),
});
