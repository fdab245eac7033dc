import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../../data/client.ts';

export interface Suggestion {
  address: string;
  name: string | null;
  isParticipant: boolean;
}

const PAUSE_MS = 140;

/** Addresses that fit what is being typed, once the fingers rest: those of the case first, then customers'. None for fewer than two letters. */
export function useSuggestions(caseId: string | undefined, typed: string, taken: readonly string[]): Suggestion[] {
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const isAsked = q.length >= 2 && typed.trim().length >= 2;
  const found = useQuery({ queryKey: ['recipients', caseId, q], queryFn: ({ signal }) => client.mailOut.suggestRecipients({ query: { q, ...(caseId ? { caseId } : {}) }, signal }), enabled: isAsked, placeholderData: keepPreviousData, staleTime: 30_000, retry: false });
  const has = new Set(taken.map((address) => address.toLowerCase()));
  return isAsked ? (found.data?.items ?? []).filter(({ address }) => !has.has(address)) : [];
}
