import { breakdowns, listedShelf, metricIds } from '@rapport/contract';
import { period } from './belongings.ts';
import { queriesOf, type Door } from './knock.ts';
import type { World } from './world.ts';

type Query = Record<string, string>;

/** What is asked where a door answers questions: every choice it has, every word, and what else could bring something hidden to light. */
export function questionsAt({ company: { near, far }, cases, people }: World): (door: Door) => Query[] {
  const every = Object.values(cases);
  const filters = [
    ...listedShelf.options.map((shelf) => ({ shelves: [shelf] })), ...[near, far].map((team) => ({ teams: [team] })), ...people.map(({ agentId }) => ({ assignees: [agentId] })), ...every.map(({ customerId }) => ({ customerId })),
    ...every.map(({ word }) => ({ anyTags: [`tag-${word}`] })), { hasAttachment: true }, { mentioned: true }, { followed: true }, { unread: true },
  ];
  // As written, and one letter away, which the search guesses.
  const words = [...every.flatMap(({ word }) => [word, word.replace('qz', 'q')]), 'About', 'Carla', 'team:Far', 'has:attachment'];
  const further: Record<string, Query[]> = {
    'cases.search': (['spam', 'deleted'] as const).map((shelf) => ({ q: 'About', shelf })),
    'views.listFiltered': filters.map((filter) => ({ filter: JSON.stringify(filter) })),
    'insights.report': [...breakdowns.map((by) => ({ ...period, by })), ...[near, far].map((team) => ({ ...period, team }))],
    'insights.csv': breakdowns.map((by) => ({ ...period, by })),
    'insights.rows': metricIds.map((metric) => ({ ...period, metric })),
    'mailOut.suggestRecipients': [{ q: 'zq' }, ...every.map(({ caseId }) => ({ q: 'zq', caseId }))],
  };
  // Reports without a period are not asked well, and more than one word says nothing new of people.
  return (door) => [...(door.name.startsWith('insights.') && further[door.name] ? [] : queriesOf(door, door.name === 'cases.search' ? words : ['Carla', 'zq'])), ...(further[door.name] ?? [])];
}
