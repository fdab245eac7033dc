import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { useCan } from '../data/session.ts';
import type { Named } from './filter-parts.ts';

const organizationsOf = (q: string) => queryOptions({ queryKey: ['view-organizations', q], queryFn: ({ signal }) => client.organizations.list({ query: { limit: 20, ...(q ? { q } : {}) }, signal }), select: (page) => page.items, placeholderData: keepPreviousData });
const organizationOf = (organizationId: string) => queryOptions({ queryKey: ['organization', organizationId, 'name'], queryFn: ({ signal }) => client.organizations.get({ params: { organizationId }, signal }), staleTime: 5 * 60_000 });

/** What is chosen is offered, too, whether or not it was found. */
export const joined = (some: { id: string; name: string } | undefined, list: readonly { id: string; name: string }[]) => (some && !list.some(({ id }) => id === some.id) ? [some, ...list] : list);

/** The organizations to choose from by typing, with the one that is chosen. */
export function useOrganizations(chosenId: string | undefined): { organizations: readonly Named[]; searchOrganizations: (text: string) => void } {
  const canSee = useCan('customer.read');
  const [words, searchOrganizations] = useState<string>();
  const found = useQuery({ ...organizationsOf(words ?? ''), enabled: canSee && words !== undefined }).data ?? [];
  const chosen = useQuery({ ...organizationOf(chosenId ?? ''), enabled: canSee && chosenId !== undefined, retry: false }).data;
  return { organizations: joined(chosen, found), searchOrganizations };
}
