import { queryOptions } from '@tanstack/react-query';
import { client } from '../../data/client.ts';

/** The cases linked to one. */
export const linksQuery = (caseId: string) =>
  queryOptions({ queryKey: ['case-links', caseId] as const, queryFn: async ({ signal }) => (await client.moving.listLinks({ params: { caseId }, signal })).items, staleTime: 60_000 });

/** What was merged into a case and split from it. */
export const movesQuery = (caseId: string) =>
  queryOptions({ queryKey: ['case-moves', caseId] as const, queryFn: async ({ signal }) => (await client.moving.listMoves({ params: { caseId }, signal })).items, staleTime: 60_000 });
