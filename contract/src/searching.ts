import { z } from 'zod';
import { searchText } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

export const savedSearch = z.object({ id, name: z.string(), q: z.string(), createdAt: timestamp });
export type SavedSearch = z.output<typeof savedSearch>;
const savedName = z.string().trim().min(1).max(60);
const onSaved = z.object({ searchId: id });

/** Searches that an agent comes back to. They are the agent's own; nobody else sees them, and what they find is asked anew each time. */
export const savedSearches = {
  list: endpoint({ method: 'GET', path: '/saved-searches', tag: 'search', summary: 'The searches this agent saved, by name', access: 'case.read', response: z.object({ items: z.array(savedSearch) }) }),
  save: endpoint({
    method: 'POST', path: '/saved-searches', tag: 'search', summary: 'Save a search for oneself', access: 'case.read', status: 201, body: z.object({ name: savedName, q: searchText }), response: savedSearch, problems: ['name_taken', 'too_many_searches'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/saved-searches/:searchId', tag: 'search', summary: 'Rename a saved search, or change what it looks for', access: 'case.read', params: onSaved, body: z.object({ name: savedName.optional(), q: searchText.optional() }), response: savedSearch,
    problems: ['name_taken'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/saved-searches/:searchId', tag: 'search', summary: 'Remove a saved search', access: 'case.read', params: onSaved }),
};
