import type { CaseFilter } from '@rapport/contract';
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { caseFieldsQuery } from '../data/case-properties.ts';
import { client } from '../data/client.ts';
import { customerFieldsQuery } from '../data/customers.ts';
import { agentsQuery, inboxesQuery, tagsQuery, teamsQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import type { Known, Named } from './filter-parts.ts';
import { joined, useOrganizations } from './use-organizations.ts';

const customersOf = (q: string) => queryOptions({ queryKey: ['view-customers', q], queryFn: ({ signal }) => client.customers.list({ query: { limit: 20, ...(q ? { q } : {}) }, signal }), select: (page) => page.items, placeholderData: keepPreviousData });
const customerOf = (customerId: string) => queryOptions({ queryKey: ['customer', customerId, 'name'], queryFn: ({ signal }) => client.customers.get({ params: { customerId }, signal }), staleTime: 5 * 60_000 });

/** What the parts of a filter are called, and what there is to choose from. */
export function useKnown(filter: CaseFilter): Known {
  const canSeeCustomers = useCan('customer.read');
  const canSeePeople = useCan('agent.read');
  const canEdit = useCan('case.edit');
  const [customerWords, searchCustomers] = useState<string>();
  const customers = useQuery({ ...customersOf(customerWords ?? ''), enabled: canSeeCustomers && customerWords !== undefined }).data ?? [];
  const { organizations, searchOrganizations } = useOrganizations(filter.organizationId);
  const namedIds = canSeeCustomers ? [...new Set([...(filter.customerId === undefined ? [] : [filter.customerId]), ...(filter.not?.customers ?? [])])] : [];
  // Whoever was merged into another is answered for by the other, under the id that was asked for.
  const named = useQueries({ queries: namedIds.map((id) => ({ ...customerOf(id), retry: false })) }).flatMap(({ data }, i) => (data ? [{ id: namedIds[i] as string, name: data.name }] : []));
  const ownFields = useQuery({ ...customerFieldsQuery, enabled: canSeeCustomers }).data ?? [];
  const isAsked = (fieldId: string) => [...(filter.customerFields ?? []), ...(filter.organizationFields ?? []), ...(filter.fields ?? []), ...(filter.fieldRanges ?? []), ...(filter.not?.fields ?? [])].some((one) => one.fieldId === fieldId);
  const ofSubject = (subject: 'customer' | 'organization') => ownFields.filter((field) => field.subject === subject && (!field.isRetired || isAsked(field.id)));
  return {
    agents: useQuery({ ...agentsQuery, enabled: canSeePeople }).data ?? [], teams: useQuery({ ...teamsQuery, enabled: canSeePeople }).data ?? [], inboxes: useQuery(inboxesQuery).data ?? [], tags: useQuery(tagsQuery).data ?? [],
    fields: (useQuery(caseFieldsQuery).data ?? []).filter((field) => !field.isRetired || isAsked(field.id)), customers: named.reduceRight<readonly Named[]>((list, one) => joined(one, list), customers), organizations,
    customerFields: ofSubject('customer'), organizationFields: ofSubject('organization'), searchCustomers, searchOrganizations, isAsideSeen: canEdit,
  };
}
