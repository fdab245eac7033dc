import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { findRow } from '../data/case-cache.ts';
import { caseByNumberQuery, caseQuery } from '../data/cases.ts';
import { queryClient } from '../data/query-client.ts';

/** The case that a number names: from what is loaded already, or asked for. */
export function useOpenCase(number: number | undefined) {
  const known = number === undefined ? undefined : findRow((row) => row.number === number);
  // While the list knows it nothing is watched: what is kept below for later would draw the case a second time.
  const asked = useQuery({ ...caseByNumberQuery(known ? 0 : number ?? 0), enabled: number !== undefined && known === undefined });
  const id = known?.id ?? (number === undefined ? undefined : asked.data);
  const detail = useQuery({ ...caseQuery(id ?? ''), enabled: id !== undefined });
  // An answer takes the case out of the list it was found in; the pane must know it all the same, also without a connection.
  const knownId = known?.id;
  useEffect(() => {
    if (number !== undefined && knownId) queryClient.setQueryData(caseByNumberQuery(number).queryKey, knownId);
  }, [number, knownId]);
  return { id, row: detail.data ?? known, detail: detail.data, error: asked.error ?? (detail.data ? null : detail.error) };
}
