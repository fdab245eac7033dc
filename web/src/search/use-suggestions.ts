import type { CaseKind } from '@rapport/contract';
import { filterNamed, filterValues, writeFilter, type FilterName } from '@rapport/contract/search-language';
import { foldText } from '@rapport/contract/text-words';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { agentsQuery, inboxesQuery, tagsQuery, teamsQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { allFilters, nameOf, typedFilter, valueWord } from './filter-words.ts';
import type { Token } from './token.ts';

export interface Suggestion {
  id: string;
  label: string;
  hint?: string | undefined;
  /** What stands in the field instead of the token; ends with a space when it is finished. */
  text: string;
}

interface Option {
  value: string;
  label: string;
  hint?: string | undefined;
}

/** Of names; of the few values that a filter has, all. */
const MOST = 8;
const days = ['today', 'yesterday', '7d', '30d', '3m', '1y'] as const;
const dayWords = { today: 'today', yesterday: 'yesterday', '7d': 'week', '30d': 'month', '3m': 'quarter', '1y': 'year' } as const;
const people = new Set<FilterName>(['from', 'to']);

const listed = (filter: FilterName): Option[] => Object.keys(filterValues[filter] ?? {}).map((value) => ({ value, label: valueWord(filter, value as CaseKind) }));

function fits(option: Option, typed: string): boolean {
  const wanted = foldText(typed);
  return [option.value, option.label, option.hint ?? ''].some((text) => foldText(text).split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)) || foldText(text).startsWith(wanted));
}

/** What could be meant by what is being typed: names of filters, and behind a colon its values. Only what the agent may see anyway is asked for. */
export function useSuggestions(token: Token | undefined): Suggestion[] {
  const filter = token?.name === undefined ? undefined : filterNamed(token.name);
  const canSeePeople = useCan('agent.read');
  const canSeeCustomers = useCan('customer.read');
  const agents = useQuery({ ...agentsQuery, enabled: filter === 'assignee' && canSeePeople }).data ?? [];
  const teams = useQuery({ ...teamsQuery, enabled: filter === 'team' && canSeePeople }).data ?? [];
  const inboxes = useQuery({ ...inboxesQuery, enabled: filter === 'inbox' }).data ?? [];
  const tags = useQuery({ ...tagsQuery, enabled: filter === 'tag' }).data ?? [];
  const name = token?.value.trim() ?? '';
  const asksPeople = filter !== undefined && people.has(filter) && canSeeCustomers && name.length > 1;
  const customers = useQuery({
    queryKey: ['search-people', name], enabled: asksPeople, staleTime: 30_000, placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await client.customers.list({ query: { q: name, limit: 6 }, signal })).items,
  }).data;

  if (!token) return [];
  const sign = token.isNot ? '-' : '';
  if (token.name === undefined) {
    if (token.value.length < 2) return [];
    const typed = foldText(token.value);
    return allFilters.filter((one) => foldText(nameOf(one)).startsWith(typed) || one.startsWith(typed)).map((one) => ({ id: one, label: `${nameOf(one)}:`, hint: t(`search.about.${one}`), text: `${sign}${nameOf(one)}:` }));
  }
  if (!filter) return [];
  const options: Record<FilterName, () => Option[]> = {
    status: () => listed('status'), kind: () => listed('kind'), priority: () => listed('priority'), has: () => listed('has'),
    assignee: () => [...['me', 'none'].map((value) => ({ value, label: valueWord('assignee', value) })), ...agents.filter((agent) => agent.state === 'active').map((agent) => ({ value: agent.name, label: agent.name, hint: agent.email }))],
    team: () => [{ value: 'none', label: valueWord('team', 'none') }, ...teams.map((team) => ({ value: team.name, label: team.name }))],
    inbox: () => inboxes.map((inbox) => ({ value: inbox.name, label: inbox.name, hint: inbox.address })),
    tag: () => tags.map((tag) => ({ value: tag, label: tag })),
    from: () => customerOptions(), to: () => customerOptions(), file: () => [],
    before: () => days.map((value) => ({ value, label: t(`search.date.${dayWords[value]}`), hint: value })), after: () => days.map((value) => ({ value, label: t(`search.date.${dayWords[value]}`), hint: value })),
  };
  const customerOptions = (): Option[] =>
    !asksPeople ? [] : (customers ?? []).map((one) => {
      const address = one.identities.find((identity) => identity.kind === 'email')?.value;
      return { value: address ?? one.name, label: one.name, hint: address };
    });
  const found = options[filter]();
  // The server has chosen the customers; whoever is found by one of several addresses fits although it is not shown.
  return (people.has(filter) ? found : found.filter((option) => fits(option, token.value))).slice(0, filterValues[filter] ? undefined : MOST).map((option) => {
    const isFree = filter === 'before' || filter === 'after' || (filterValues[filter] === undefined && option.value !== 'me' && option.value !== 'none');
    const written = isFree ? `${token.name}${writeFilter(filter, option.value).slice(filter.length)}` : typedFilter(filter, option.value);
    return { id: `${filter} ${option.value}`, label: option.label, hint: option.hint, text: `${sign}${written} ` };
  });
}
