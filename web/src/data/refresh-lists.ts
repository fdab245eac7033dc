import { caseSorts } from '@rapport/contract';
import type { Query } from '@tanstack/react-query';
import { createListRefresh, type ListKind } from './list-refresh.ts';
import { queryClient } from './query-client.ts';

// Columns that the server has an index for.
const walked: readonly unknown[] = [...caseSorts, 'waiting:desc', 'priority:desc', 'promise:asc', 'promise:desc', 'due:asc', 'due:desc'];
const isOf = (kind: ListKind) => ({ queryKey: [what, , sort] }: Query) => (what === 'view-cases' && walked.includes(sort) === (kind === 'walked')) || (what === 'view-counts' && kind === 'walked');

/** What fits a filter only the server can say; on a busy desk it is asked once in a while, not for every event. */
export const listRefresh = createListRefresh(
  (kind) => void queryClient.invalidateQueries({ predicate: isOf(kind), refetchType: document.hidden ? 'none' : 'active' }),
  (kind) => queryClient.isFetching({ predicate: isOf(kind) }) > 0,
);
