import type { Inbox } from '@rapport/contract';
import { inboxesQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';

/** Puts a saved inbox on the list at once, new or changed, and has the list asked for anew. */
export function keepInbox(saved: Inbox): void {
  queryClient.setQueryData(inboxesQuery.queryKey, (before) => before && { items: before.items.some(({ id }) => id === saved.id) ? before.items.map((other) => (other.id === saved.id ? saved : other)) : [...before.items, saved] });
  void queryClient.invalidateQueries({ queryKey: inboxesQuery.queryKey });
}
