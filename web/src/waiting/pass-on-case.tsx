import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { agentsQuery } from '../data/people.ts';
import { presencesQuery } from '../data/waiting.ts';
import { PassOn, type Passed } from './pass-on.tsx';

/** Passing on from a case: to whoever is there, as far as is known beside the case. */
export function PassOnCase({ item, canLeave, trigger }: { item: Passed; canLeave: boolean; trigger: ReactElement<Record<string, unknown>> }) {
  const agents = useQuery(agentsQuery).data ?? [];
  const presences = useQuery(presencesQuery).data ?? [];
  const there = presences.flatMap(({ agentId, state }) => {
    const name = agents.find(({ id }) => id === agentId)?.name;
    return state === 'offline' || name === undefined ? [] : [{ agentId, name, state }];
  });
  return <PassOn startsOpen item={item} agents={there} canLeave={canLeave} trigger={trigger} />;
}
