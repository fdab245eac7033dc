import type { CustomerField, FieldValue } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import { fieldPart, type Part } from '../views/field-part.ts';
import type { Named } from '../views/filter-parts.ts';

export const customersTabs = ['customers', 'organizations', 'blocked'] as const;
export type CustomersTab = (typeof customersTabs)[number];

/** Which customers; it stands in the address as it is, so that it can be sent to a colleague. */
export interface CustomerFilter {
  organization?: string;
  blocked?: 'yes' | 'no';
  fields?: { fieldId: string; value: FieldValue }[];
}

const without = <K extends keyof CustomerFilter>(filter: CustomerFilter, key: K): Omit<CustomerFilter, K> => {
  const { [key]: _gone, ...rest } = filter;
  return rest;
};

/** Takes from an address only what can stand in a filter; the server checks the values. */
export function readCustomerFilter(given: Record<string, unknown>): CustomerFilter {
  const { organization, blocked, fields } = given;
  const wanted = Array.isArray(fields) ? fields.filter((each: unknown): each is { fieldId: string; value: FieldValue } => typeof (each as { fieldId?: unknown } | null)?.fieldId === 'string' && ![undefined, null].includes((each as { value?: null }).value)) : [];
  return { ...(typeof organization === 'string' ? { organization } : {}), ...(blocked === 'yes' || blocked === 'no' ? { blocked } : {}), ...(wanted.length > 0 ? { fields: wanted.map(({ fieldId, value }) => ({ fieldId, value })) } : {}) };
}

export const isFiltered = (filter: CustomerFilter): boolean => Object.keys(filter).length > 0;

interface Known {
  organizations: readonly Named[];
  searchOrganizations: (text: string) => void;
  fields: readonly CustomerField[];
}

/** Everything customers can be filtered by, in the order it is offered. */
export function customerParts(filter: CustomerFilter, { organizations, searchOrganizations, fields }: Known): Part<CustomerFilter>[] {
  const { organization, blocked } = filter;
  return [
    {
      id: 'organization', label: t('views.part.organization'), icon: 'building-2', kind: 'one', chosen: organization === undefined ? [] : [organization],
      words: organization === undefined ? '' : (organizations.find(({ id }) => id === organization)?.name ?? t('views.oneChosen')), options: organizations.map(({ id, name }) => ({ id, label: name, isChosen: id === organization })),
      onSearch: searchOrganizations, apply: ([id]) => (id === undefined ? without(filter, 'organization') : { ...filter, organization: id }),
    },
    {
      id: 'blocked', label: t('customers.mail'), icon: 'ban', kind: 'one', chosen: blocked === undefined ? [] : [blocked], words: blocked === undefined ? '' : t(`customers.blocked.${blocked}`),
      options: (['yes', 'no'] as const).map((id) => ({ id, label: t(`customers.blocked.${id}`), isChosen: id === blocked })), apply: ([id]) => (id === 'yes' || id === 'no' ? { ...filter, blocked: id } : without(filter, 'blocked')),
    },
    ...fields.map((field) => fieldPart(filter.fields, field, (wanted) => (wanted === undefined ? without(filter, 'fields') : { ...filter, fields: wanted }))),
  ];
}
